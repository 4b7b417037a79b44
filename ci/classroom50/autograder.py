#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The autograder of an assignment in Classroom 50: CLASSROOM/autograders/ASSIGNMENT/autograder.py.

Its runner starts this in the student's checkout and reads ./result.json. Change the two lines below. `SOCKGRADE` may
also be a folder beside this file. Status 0 means that the submission was graded, whatever came of it.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOCKGRADE = "https://github.com/OWNER/sockgrade@v0.1.0"  # where it is, and behind the @ a tag or a commit
ASSIGNMENT = "echo"  # an assignment of sockgrade's, or a spec beside this file: "echo-friday.yaml"

HERE = pathlib.Path(__file__).resolve().parent


def fetch(folder):
    """The sources of sockgrade."""
    beside = HERE / SOCKGRADE
    if beside.is_dir():
        return beside
    url, _, version = SOCKGRADE.rpartition("@")
    for words in (["init", "-q", folder], ["-C", folder, "fetch", "-q", "--depth", "1", url, version],
                  ["-C", folder, "checkout", "-q", "FETCH_HEAD"]):
        subprocess.run(["git", *words], check=True)
    return pathlib.Path(folder)


def remove(path):
    """Whatever a student has put there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def submitted_at():
    """When the graded commit was made: the same on every regrade. "" where that is not known."""
    words = ["git", "-c", "safe.directory=*", "log", "-1", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%cd"]
    done = subprocess.run(words, capture_output=True, text=True, env={**os.environ, "TZ": "UTC"}, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def main():
    for name in ("result.json", "release-body.md"):
        remove(pathlib.Path(name))
    with tempfile.TemporaryDirectory() as name:
        tools = pathlib.Path(name)
        tools.chmod(0o755)
        source = fetch(tools / "sockgrade")
        subprocess.run([source / "ci/build", tools / "build"], check=True)
        which = ["--spec", HERE / ASSIGNMENT] if ASSIGNMENT.endswith(".yaml") else ["--assignment", ASSIGNMENT]
        done = subprocess.run([tools / "build/sockgrade", "check", ".", *which, "--color", "never", "--format", "pretty",
                               "--format", "classroom50=result.json"], check=False,
                              env={**os.environ, "SUBMITTED_AT": submitted_at()})
    return 0 if done.returncode in (0, 1) else done.returncode


if __name__ == "__main__":
    sys.exit(main())
