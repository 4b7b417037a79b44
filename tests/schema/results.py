#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Result files of every kind, as sockgrade writes them, against schema/result.schema.json.

    results.py SOCKGRADE
"""
import os
import pathlib
import shutil
import signal
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "contract"))
import contract  # noqa: E402

OWN = """
spec: 1
id: own
extends: echo
title: Echo, and something of our own
hide: [one-message]
cases:
  - id: own-case
    title: A message that nobody knows comes back
    group: basics
    role: server
    points: 0.5
    hidden: true
    play:
      - c: connect
      - c: {send: "hush\\n"}
      - c: {expect: "hush\\n"}
"""


def missing():
    if not shutil.which("node"):
        return "node is missing: install the package nodejs"
    if not (HERE / "node_modules").is_dir():
        return "node_modules is missing: run 'npm ci' in tests/schema"
    return None


class Results(contract.ContractTest):
    def write(self, name, folder, *words, **how):
        path = self.folder / "results" / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        done = self.run_it("check", folder, *words, "--format", f"json={path}", **how)
        self.assertTrue(path.exists(), f"{name}: {done.err!r}")
        return done

    def test_result_files_are_as_the_schema_says(self):
        right, wrong = self.submission(), self.submission(contract.WRONG, name="bob")
        text = self.submission("data.decode().encode()", name="text")
        empty, broken = self.folder / "empty", self.folder / "broken"
        empty.mkdir()
        broken.mkdir()
        (broken / "server.c").write_text("int main(void) { return nothing; }\n")
        (self.folder / "own.yaml").write_text(OWN)
        echo = ["--assignment", "echo"]
        self.write("right", contract.ROOT / "examples/echo-right", *echo)
        self.write("wrong", wrong, *echo, "--role", "server")
        self.write("text", text, *echo, "--role", "server")
        self.write("caesar", contract.ROOT / "examples/caesar-no-send-loop", "--assignment", "caesar")
        self.write("no-program", empty, *echo)
        self.write("build-error", broken, *echo)
        self.write("own-passed", right, "--spec", "own.yaml", "--role", "server", "--case", "o*")
        self.write("own-failed", wrong, "--spec", "own.yaml", "--role", "server")
        self.write("chosen", right, *echo, "--case", "in-pieces*", "--seed", "9007199254740991")
        self.write("role", right, *echo, "--role", "client")
        self.write("inconclusive", self.submission("sys.exit()", name="gone"), *echo, "--role", "server")
        self.write_killed()
        subprocess.run(["node", HERE / "results.mjs", self.folder / "results"], check=True, timeout=contract.SECONDS)

    def write_killed(self):
        """The examiner of a case is killed, once it is there."""
        folder = self.submission("exec('while True: pass')", name="spins")
        path = self.folder / "results/killed.json"
        for _ in range(20):
            process = self.start("check", folder, "--assignment", "echo", "--case", "one-message", "--format",
                                 f"json={path}")
            self.addCleanup(process.kill)
            examiner = contract.wait_until(lambda: contract.examiner_of(process), "an examiner")
            os.kill(examiner, signal.SIGKILL)
            process.communicate(timeout=contract.SECONDS)
            if path.exists():
                return
        self.fail("no examiner was met in the middle of a case")


if __name__ == "__main__":
    if missing():
        print("skipped:", missing())
        sys.exit(1 if os.environ.get("SG_MUST_RUN") == "1" else 77)
    contract.main()
