#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the generated files of the repository with what the tables of the languages say today.

    generated.py WRITE_SCHEMAS            tells what differs; status 1 where anything does
    generated.py WRITE_SCHEMAS --update   writes the files anew
"""
import difflib
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# file, what write_schemas calls it, the part that is written by hand and stands above it
FILES = [
    ("schema/spec.schema.json", "spec", None),
    ("schema/submission.schema.json", "submission", None),
    ("docs/spec-language.md", "document", "docs/spec-language.head.md"),
    ("docs/submission.md", "manifest", "docs/submission.head.md"),
]


def generate(program, kind, head):
    out = subprocess.run([program, kind], check=True, capture_output=True, timeout=30).stdout
    above = (ROOT / head).read_bytes() if head else b""
    return above + out


def show_difference(name, old, new):
    lines = difflib.unified_diff(
        old.decode(errors="replace").splitlines(keepends=True),
        new.decode(errors="replace").splitlines(keepends=True),
        f"{name} (in the repository)",
        f"{name} (by the tables)",
        n=1,
    )
    sys.stdout.writelines(list(lines)[:60])


def main():
    program, update = sys.argv[1], "--update" in sys.argv[2:]
    stale = []
    for name, kind, head in FILES:
        path = ROOT / name
        new = generate(program, kind, head)
        old = path.read_bytes() if path.exists() else b""
        if new == old:
            continue
        if update:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(new)
            print(f"written: {name}")
            continue
        stale.append(name)
        show_difference(name, old, new)
    if stale:
        print(f"stale: {', '.join(stale)}; write them with: {sys.argv[0]} {program} --update")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
