#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds what sockgrade says of a wrong spec, manifest or command line against what it should say.

    run.py SOCKGRADE [--update] [NAME...]

Each folder beside this file is one mistake. It holds `spec.yaml` (given to `sockgrade spec lint`) or
`submission.yaml` (found by `sockgrade check`), perhaps the specs that it extends, and `expected`: the exact
text on standard error. Where the file is too large or too strange to keep, `make.json` says what it is
made of: a list of parts, each a `text` or bytes in `hex`, so many `times`. The mark `schema-too` is for
../schema/agree.mjs: the JSON Schema must refuse the file as well. command-line.json lists command lines.

The exit status must be 2, and nothing may come on standard output. With --update the expectations are
written anew; read each of them before you keep it.
"""
import concurrent.futures
import difflib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
COMMAND_LINES = HERE / "command-line.json"


def make_file(parts):
    data = b""
    for part in parts:
        one = bytes.fromhex(part["hex"]) if "hex" in part else part["text"].encode()
        data += one * part.get("times", 1)
    return data


def run(program, words, folder):
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "LC_ALL": "C.UTF-8",
        "SOCKGRADE_SPECS": ".",
        "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""),
    }
    done = subprocess.run(
        [program, *words],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=30,
    )
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def find_fault(name, outcome, expected):
    """What is wrong with an outcome, as text; None where nothing is."""
    status, out, err = outcome
    faults = []
    if err != expected:
        lines = difflib.unified_diff(
            expected.splitlines(keepends=True), err.splitlines(keepends=True), "expected", "said", n=9
        )
        faults.append("".join(line if line.endswith("\n") else line + "\n" for line in lines))
    if status != 2:
        faults.append(f"exit status {status}, expected 2\n")
    if out:
        faults.append(f"on standard output: {out[:200]!r}\n")
    return f"--- {name}\n" + "".join(faults) if faults else None


def run_folder(program, folder, update):
    with tempfile.TemporaryDirectory() as scratch:
        work = shutil.copytree(folder, pathlib.Path(scratch) / "work")
        for name in ("expected", "schema-too"):
            (work / name).unlink(missing_ok=True)
        if (work / "make.json").exists():
            parts = json.loads((work / "make.json").read_text())
            (work / "make.json").unlink()
            (work / "spec.yaml").write_bytes(make_file(parts))
        manifest = (work / "submission.yaml").exists()
        outcome = run(program, ["check"] if manifest else ["spec", "lint", "spec.yaml"], work)
    path = folder / "expected"
    if update:
        path.write_text(outcome[2])
    expected = path.read_text() if path.exists() else ""
    return find_fault(folder.name, outcome, expected)


def run_lines(program, update):
    """The command lines, each in an empty folder."""
    rows = json.loads(COMMAND_LINES.read_text())
    faults = []
    for row in rows:
        with tempfile.TemporaryDirectory() as work:
            outcome = run(program, row["words"], work)
        if update:
            row["expected"] = outcome[2].splitlines()
        said = outcome[2].splitlines()
        expected = row["expected"]
        faults.append(
            find_fault(
                " ".join(["sockgrade", *row["words"]]),
                (outcome[0], outcome[1], "\n".join(said)),
                "\n".join(expected),
            )
        )
    if update:
        COMMAND_LINES.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    return faults


def main():
    words = [word for word in sys.argv[1:] if word != "--update"]
    update = len(words) + 1 < len(sys.argv)
    program, wanted = str(pathlib.Path(words[0]).resolve()), words[1:]
    folders = sorted(path for path in HERE.iterdir() if path.is_dir() and path.name != "__pycache__")
    if wanted:
        folders = [path for path in folders if any(word in path.name for word in wanted)]
    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
        faults = list(pool.map(lambda folder: run_folder(program, folder, update), folders))
    if not wanted:
        faults += run_lines(program, update)
    count = len(faults)
    faults = [fault for fault in faults if fault]
    sys.stdout.write("".join(faults))
    print(f"{count - len(faults)} of {count} as expected")
    return 1 if faults or not count else 0


if __name__ == "__main__":
    sys.exit(main())
