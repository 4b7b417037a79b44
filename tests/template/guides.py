#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The reports that README.md and docs/students.md quote are those that come out where they are followed.

    guides.py SOCKGRADE

Times are set aside. A line "…" in what is quoted stands for any number of lines.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
QUOTED_MACHINE = "network private · faults seccomp · jail full"
faults = []


def expect(right, text):
    if not right:
        faults.append(text)
        print(text)


def run(sockgrade, *words, cwd):
    done = subprocess.run([sockgrade, *words], cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=120, env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"})
    return done.stdout


def fences(path):
    """Each fenced piece of a page, with the language that it says."""
    return re.findall(r"^```(\w*)\n(.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S)


def without_times(text):
    text = re.sub(r" cases in \d+\.\d+ s$", " cases in T s", text, flags=re.M)
    return re.sub(r" +\d+\.\d ms$", " T ms", text, flags=re.M)


def expect_quoted(path, quoted, report):
    rest = "\n" + without_times(report)
    for piece in re.split(r"^ *…\n", without_times(quoted), flags=re.M):
        before, found, rest = rest.partition("\n" + piece.strip("\n") + "\n")
        rest = "\n" + rest
        expect(found, f"{path.name} quotes\n{piece}\nand this comes out\n{before}")
        if not found:
            return


def follow_readme(sockgrade):
    path = ROOT / "README.md"
    (quoted,) = [text for _, text in fences(path) if text.startswith("$ sockgrade check ")]
    command, _, quoted = quoted.partition("\n")
    report = run(sockgrade, *command.split()[2:], cwd=ROOT)
    expect_quoted(path, quoted, report)
    return report


def follow_students(sockgrade, scratch):
    """The start in Python, with one attempt at serve() after the other."""
    path = ROOT / "docs/students.md"
    pieces = fences(path)
    attempts = [text for language, text in pieces if language == "python"]
    (quoted,) = [text for _, text in pieces if text.startswith("✗ ")]
    said = re.findall(r"([\d.]+) of 100", path.read_text(encoding="utf-8"))[:len(attempts)]
    run(sockgrade, "init", "echo-dot", "my-echo", "--in", "python", cwd=scratch)
    server = scratch / "my-echo/server.py"
    start = server.read_text()
    reports = []
    for attempt, points in zip(attempts, said, strict=True):
        server.write_text(re.sub(r"^    print\(.*is not written yet.*\n", lambda _: attempt, start, flags=re.M))
        reports.append(run(sockgrade, "check", "--role", "server", cwd=server.parent))
        heading = reports[-1].partition("\n")[0]
        expect(f" {points} of 100 " in heading, f"{path.name} says {points} points: {heading}")
    expect(len(reports) == 2, f"{path.name} shows {len(reports)} attempts")
    expect_quoted(path, quoted, reports[0])


def main():
    sockgrade = str(pathlib.Path(sys.argv[1]).resolve())
    if QUOTED_MACHINE not in follow_readme(sockgrade):
        print(f"skipped: what is quoted is of another machine: {QUOTED_MACHINE}")
        return 1 if os.environ.get("SG_MUST_RUN") == "1" else 77
    with tempfile.TemporaryDirectory() as scratch:
        follow_students(sockgrade, pathlib.Path(scratch))
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
