#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs agree.mjs where it can be run; else says why not.
cd "$(dirname "$0")" || exit 1
missing=
command -v node >/dev/null || missing="node is missing: install the package nodejs"
[ -n "$missing" ] || [ -d node_modules ] ||
    missing="node_modules is missing: run 'npm ci' in tests/schema"
if [ -n "$missing" ]; then
    echo "skipped: $missing"
    [ "$SG_MUST_RUN" = 1 ] && exit 1
    exit 77
fi
exec node agree.mjs
