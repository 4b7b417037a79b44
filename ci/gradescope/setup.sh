#!/bin/bash
# SPDX-License-Identifier: MIT
# Gradescope runs this once, as root, when it makes the image of the autograder: builds sockgrade.
set -euo pipefail
cd "$(dirname "$0")"
sockgrade/ci/build "$PWD/build"
