# SPDX-License-Identifier: MIT
"""Captures: tshark reads every one that a run leaves behind, finds nothing wrong with it, and puts together the
streams and datagrams that the transcript tells of. Usage: run.py SOCKGRADE"""
import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SOCKGRADE = os.path.abspath(sys.argv.pop(1))
TESTS = pathlib.Path(__file__).resolve().parent.parent
SUBMISSIONS = [  # folder, assignment, cases, how many flows at least
    (TESTS.parent / "examples/echo-dot-one-recv", "echo-dot",
     ["one-message", "in-pieces*", "any-bytes*", "after-*"], 10),
    (TESTS.parent / "examples/echo-right", "echo",
     ["slow-reader", "sixteen-clients", "ipv6", "client-ipv6", "reset-at-rest", "short-sends", "reference-*",
      "nobody-listens"], 20),
]
DATAGRAMS = ["largest*", "empty", "two-*", "sixteen-clients", "reference-*", "client-*"]
FIELDS = ["frame.number", "tcp.stream", "udp.stream", "tcp.srcport", "tcp.dstport", "udp.srcport", "tcp.payload",
          "udp.payload", "frame.comment", "_ws.expert.message"]
CHECKS = [word for name in ("tcp", "ip", "udp") for word in ("-o", f"{name}.check_checksum:TRUE")]


def sent(case):
    """What the transcript says: {(connection, sender): [bytes known at the start, bytes in all]}."""
    flows = {}
    for event in case["transcript"]:
        if event["event"] == "data":
            pieces = flows.setdefault((event["connection"], event["from"]), [])
            pieces.append((base64.b64decode(event.get("base64", "")), event.get("bytes", 0)))
    return flows


def agrees(stream, pieces):
    """Whether `stream` is those pieces one after another, each known by its beginning."""
    at = 0
    for known, length in pieces:
        if stream[at:at + len(known)] != known:
            return False
        at += length
    return at == len(stream)


class Captures(unittest.TestCase):
    def grade(self, folder, assignment, cases):
        out = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, out)
        chosen = [word for case in cases for word in ("--case", case)]
        done = subprocess.run([SOCKGRADE, "check", folder, "--assignment", assignment, "--artifacts", out / "kept",
                               "--format", f"json={out / 'result.json'}", *chosen], capture_output=True, timeout=200)
        self.assertLess(done.returncode, 2, done.stderr)
        captures = {}  # by what the file says it is
        told = subprocess.run(["capinfos", "-k", *(out / "kept").glob("*.pcapng")], capture_output=True, timeout=100)
        for line in told.stdout.decode("utf-8").splitlines():
            key, _, value = line.partition(": ")
            path = value.strip() if key == "File name" else path
            if key == "Capture comment":
                captures[value.strip()] = pathlib.Path(path)
        return json.loads((out / "result.json").read_text()), captures

    def read(self, path):
        """The capture's flows: {(stream, sender's port): bytes}, and all comments."""
        words = [word for field in FIELDS for word in ("-e", field)]
        done = subprocess.run(["tshark", "-r", path, *CHECKS, "-T", "fields", *words], capture_output=True,
                              timeout=100)
        complaints = [line for line in done.stderr.decode().splitlines() if not line.startswith("Running as user")]
        self.assertEqual((done.returncode, complaints), (0, []), path.name)
        flows, comments = {}, []
        for line in done.stdout.decode("utf-8").splitlines():
            row = dict(zip(FIELDS, line.split("\t")))
            said = row["_ws.expert.message"].replace(row["frame.comment"], "")
            self.assertNotRegex(said, "(?i)malformed|checksum|unseen|out-of-order|retransmission|window|truncated",
                                path.name)
            stream, port = row["tcp.stream"] or "u" + row["udp.stream"], row["tcp.srcport"] or row["udp.srcport"]
            payload = bytes.fromhex(row["tcp.payload"] or row["udp.payload"])
            flows[stream, port] = flows.get((stream, port), b"") + payload
            comments.append(row["frame.comment"])
        return flows, "\n".join(comments)

    def check_case(self, case, path):
        flows, comments = self.read(path)
        told = sent(case)
        for key, pieces in told.items():
            self.assertTrue(any(agrees(stream, pieces) for stream in flows.values()), f"{path.name}: {key}")
        self.assertEqual(sum(map(len, flows.values())), sum(n for p in told.values() for _, n in p), path.name)
        if case["status"] == "failed" and flows:
            self.assertIn(case["diagnosis"]["code"], comments, path.name)
        return len(told)

    def test_every_capture_is_read_and_tells_what_the_transcript_tells(self):
        for folder, assignment, cases, least in SUBMISSIONS:
            with self.subTest(folder.name):
                result, captures = self.grade(folder, assignment, cases)
                played = [case for case in result["cases"] if case.get("transcript")]
                self.assertEqual(len(captures), len(played))
                count = sum(self.check_case(case, captures[f"{case['role']} {case['id']}: {case['title']}"])
                            for case in played)
                self.assertGreater(count, least)

    def test_datagrams_too(self):
        result, captures = self.grade(TESTS / "submissions/right/udp-c-plain", "echo-udp", DATAGRAMS)
        played = [case for case in result["cases"] if case.get("transcript")]
        self.assertEqual(len(captures), len(played))
        self.assertGreater(sum(self.check_case(case, captures[f"{case['role']} {case['id']}: {case['title']}"])
                               for case in played), 10)


if __name__ == "__main__":
    if not shutil.which("tshark"):
        print("tshark is not installed")
        sys.exit(1 if os.environ.get("SG_MUST_RUN") == "1" else 77)
    unittest.main()
