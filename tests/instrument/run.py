#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the cutting of messages on servers that tell what each of their recv() calls returned.

    run.py SOCKGRADE [--times N]

Every case of segments.yaml is played N times on a server in C and on one in Python; every play must be
right. A spec that expects other pieces than were cut must fail, or the rest would prove nothing.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def check(sockgrade, folder, spec):
    done = subprocess.run([sockgrade, "check", str(folder), "--spec", str(spec), "--role", "server",
                           "--format", "json"], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"status {done.returncode}: {done.stderr}")
    return {case["id"]: case for case in json.loads(done.stdout)["cases"]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sockgrade")
    parser.add_argument("--times", type=int, default=100)
    options = parser.parse_args()
    sockgrade = os.path.abspath(options.sockgrade)
    text = (HERE / "segments.yaml").read_text()
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        scratch.chmod(0o755)
        right = scratch / "segments.yaml"
        right.write_text(text.replace("times: 100", f"times: {options.times}"))
        other = scratch / "other.yaml"
        other.write_text(text.replace("times: 100", "times: 1").replace("as: [3, 3]", "as: [3, 2]"))
        for source in sorted((HERE / "recv-sizes").iterdir()):
            folder = scratch / source.suffix[1:]
            folder.mkdir()
            shutil.copy(source, folder)
            for id_, case in check(sockgrade, folder, right).items():
                good = case["status"] == "passed"
                wrong += not good
                print(f"{'ok' if good else 'not ok'}  {source.name}  {id_}  {options.times} times")
                if not good:
                    print(json.dumps(case.get("diagnosis") or case.get("reason"), indent=1))
            if check(sockgrade, folder, other)["three-pieces"]["status"] != "failed":
                wrong += 1
                print(f"not ok  {source.name}  other pieces than were cut were taken for right")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
