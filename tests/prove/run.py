#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What `sockgrade spec prove` says of a small spec: proven, a survivor, a wrong diagnosis, a reference that
is not right, and edits that do not fit.

    run.py SOCKGRADE
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

SPEC = """\
spec: 1
id: parrot
title: A parrot
programs:
  server: {arguments: [$host, $port], listens: true}
peers: {c: client}
twins: twins.yaml
cases:
  - id: one-word
    title: A word comes back
    role: server
    points: 1
    play:
      - c: connect
      - c: {send: "hello"}
      - c: shutdown
      - c: {expect: "hello"}
  - id: nothing-more
    title: and nothing else
    role: server
    points: 1
    needs: [one-word]
    play:
      - c: connect
      - c: {send: "hello"}
      - c: shutdown
      - c: {expect: "hello"}
      - c: expect_no_more
"""

SERVER = """\
import socket, sys

listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind((sys.argv[1], int(sys.argv[2])))
listener.listen()
while True:
    client, _ = listener.accept()
    with client:
        while data := client.recv(100):
            client.sendall(data)
"""

TWINS = """\
version: 1
references:
  python: {files: [server.py]}
twins:
  adds-a-zero:
    role: server
    bug: a zero byte follows the answer
    earns: [extra-bytes]
    edits:
      - {file: server.py, replace: "sendall(data)", by: "sendall(data + b'\\\\0')"}
"""

SURVIVOR = """\
  small-buffer:
    role: server
    bug: none that this spec could see
    earns: [buffer-limit]
    edits:
      - {file: server.py, replace: "recv(100)", by: "recv(50)"}
"""


def prove(sockgrade, spec=SPEC, server=SERVER, twins=TWINS, options=()):
    with tempfile.TemporaryDirectory() as folder:
        top = pathlib.Path(folder)
        for name, text in [("spec.yaml", spec), ("server.py", server), ("twins.yaml", twins)]:
            (top / name).write_text(text)
        done = subprocess.run(
            [sockgrade, "spec", "prove", str(top / "spec.yaml"), "--repeat", "2", *options],
            capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C.UTF-8"})
        return done.returncode, done.stdout, done.stderr


def check(name, result, status, *texts):
    """What is wrong with the outcome, as a list of texts."""
    got, out, err = result
    faults = [] if got == status else [f"{name}: status {got}, not {status}: {err.strip()[:300]}"]
    return faults + [f"{name}: nothing says '{text}':\n{out}{err}" for text in texts
                     if text not in out + err]


def main():
    sockgrade = os.path.abspath(sys.argv[1])
    faults = check("proven", prove(sockgrade), 0, "parrot: proven",
                   "full marks in 2 of 2 runs, the same file in 2", "1 of 1 twins caught")
    faults += check("a survivor", prove(sockgrade, twins=TWINS + SURVIVOR), 1, "survives",
                    "1 of 2 twins caught, 1 survives")
    faults += check("the survivor left out",
                    prove(sockgrade, twins=TWINS + SURVIVOR, options=["--twin", "adds-*"]), 0)
    faults += check("a wrong diagnosis", prove(sockgrade, twins=TWINS.replace("extra-bytes", "crashed")),
                    1, "did not earn crashed", "earned extra-bytes in nothing-more")
    faults += check("a reference that is not right",
                    prove(sockgrade, server=SERVER.replace("recv(100)", "recv(3)[:2]")), 1,
                    "full marks in 0 of 2 runs", "one-word: failed")
    faults += check("an edit that does not fit",
                    prove(sockgrade, twins=TWINS.replace("replace: \"sendall", "replace: \"send_all")), 2,
                    "twins.yaml:10:9: what is to be replaced must occur once in 'server.py', and occurs 0")
    faults += check("no such diagnosis", prove(sockgrade, twins=TWINS.replace("extra-bytes", "extra-bits")),
                    2, "twins.yaml:8:13:", "did you mean 'extra-bytes'?")
    faults += check("no twins", prove(sockgrade, spec=SPEC.replace("twins: twins.yaml\n", "")), 2,
                    "names no programs to prove it with")
    faults += check("no twins, said at its place", prove(sockgrade, spec=SPEC.replace("twins: twins.yaml\n", "")), 2,
                    "command line:1:22: the spec 'parrot' names no programs")
    faults += check("a file that cannot be written", prove(sockgrade, spec="", options=["--format", "json=/no/such/x"]), 2,
                    "cannot write '/no/such/x'")  # before the spec is read
    status, out, err = prove(sockgrade, twins=TWINS + SURVIVOR, options=["--format", "json"])
    proof = json.loads(out) if status == 1 else {}
    if {twin["id"]: twin["survives"] for twin in proof.get("twins", [])} != {
            "adds-a-zero": False, "small-buffer": True}:
        faults.append(f"json: status {status}: {out}{err}")
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
