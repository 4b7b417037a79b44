#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The HTML report: pages of real and of made-up results, looked at by a browser and by independent checkers.

    run.py SOCKGRADE WRITE_REPORT [FOLDER]     FOLDER: where the pages are left; else they are not

Needs Chromium, pdftotext, Node.js and `npm ci` in this folder; without them it ends with status 77, or 1 where
SG_MUST_RUN is 1.
"""
import base64
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SECONDS = 300
SUBMISSIONS = ROOT / "tests/submissions"

# What real programs leave, each with the cases that make it short.
REAL = {
    "one-recv": ("echo-dot-wrong/server-python-one-recv", "echo-dot",
                 ["one-message", "in-pieces*", "sizes*", "pieces-after-long", "interrupted", "honours-arguments"]),
    "sigpipe": ("echo-wrong/server-sigpipe", "echo",
                ["one-message", "next-client", "after-reset", "after-vanished-client", "short-sends",
                 "keeps-nothing*", "reference-client"]),
    "no-build": ("echo-wrong/server-does-not-compile", "echo", ["one-message", "in-pieces*"]),
    "right": ("right/echo-py-threads", "echo",
              ["one-message", "in-pieces*", "sixteen-clients", "short-sends", "reference-client"]),
}

HIDDEN = """
spec: 1
id: own
extends: echo
title: Echo, and something of our own
cases:
  - id: own-case
    title: A message that nobody knows comes back
    role: server
    points: 0.5
    hidden: true
    play:
      - c: connect
      - c: {send: "hush-hush\\n"}
      - c: {expect: "hush-hush\\n"}
"""

WRONG_SERVER = """
import socket, sys
with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listener:
    while True:
        client, address = listener.accept()
        while data := client.recv(65536):
            client.sendall(b"<b>" + data.upper() + b"\\x00\\xff\\xe2\\x80\\xae</script>")
        client.close()
"""

SCRIPT = "<script>window.hacked = 1</script>"
# What a program, or whoever named its folder, would like a browser to obey.
HOSTILE = [
    SCRIPT, "</script>" + SCRIPT, "</style>" + SCRIPT, "</title>" + SCRIPT, "<!--" + SCRIPT, "]]>" + SCRIPT,
    "\"' onmouseover=\"window.hacked = 1\" x='", "<img src=http://127.0.0.1:1/x onerror='window.hacked = 1'>",
    "<svg onload=window.hacked=1>", "javascript:window.hacked=1", "&lt;&#60;&amp;", "\u202egnp.exe\u2066", "a\u200bb\ufeff",
    "\x01\x1b[2J\x7f\u0085", "line\nbreak\ttab\r", "{{constructor.constructor('window.hacked=1')()}}",
    "<a href=//127.0.0.1:1 autofocus onfocus=window.hacked=1>", "<base href=http://127.0.0.1:1/>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:1/'>", "e\u0301" * 20, "\u05d0\u05d1 12",
]


def run(words, ok=(0,), **how):
    done = subprocess.run([str(word) for word in words], timeout=SECONDS, check=False, stdout=subprocess.PIPE, **how)
    if done.returncode not in ok:
        raise SystemExit(f"status {done.returncode}: {' '.join(map(str, words))}")
    return done.stdout


def base64_of(data):
    return base64.b64encode(data).decode()


def event(at, kind, **more):
    made = {"at_ms": at, "event": kind, **more}
    if "data" in made:
        data = made.pop("data")
        made.update(bytes=made.get("bytes", len(data)), base64=base64_of(data[:512]))
    return made


def transcript(data=b"Isi pesan.", peer="c"):
    to = {"from": "harness", "to": "server", "peer": peer, "connection": 1}
    back = {"from": "server", "to": "harness", "peer": peer, "connection": 1}
    return [
        event(0.5, "start", **{"from": "harness", "to": "server", "text": "./server 127.0.0.1 2000"}),
        event(1.5, "listen", **{"from": "server", "text": "127.0.0.1:2000"}),
        event(1.6, "connect", **to), event(1.7, "data", data=data, **to), event(1.9, "data", data=data[:4], **back),
        event(2.0, "fault", **{"from": "server", "connection": 1,
                               "text": "send() took 4 of 10 bytes (made short by the examiner)"}),
        event(2.0, "blocked", **{"from": "server", "text": "waits in recv() on connection 1"}),
        event(2.1, "signal", **{"from": "harness", "to": "server", "text": "stops (SIGSTOP)"}),
        event(2.2, "unsent", bytes=6, **to), event(2.3, "reset", **back), event(2.4, "end", **back),
        event(2.5, "close", **to),
        event(2.6, "output", data=data, **{"from": "server", "to": "stdout"}),
        event(2.7, "exit", **{"from": "server", "text": "SIGPIPE"}),
    ]


def case(name, status="passed", role="server", **more):
    made = {"id": name, "title": f"The case {name}", "group": "", "role": role, "status": status,
            "points": 1 if status == "passed" else 0, "max_points": 1, "charged": status not in ("error", "inconclusive"),
            "duration_ms": 3, "started": "./server HOST PORT", "transcript": transcript()}
    if status == "failed":
        made["diagnosis"] = diagnosis()
    if status == "skipped":
        made.update(reason="needs case-1", transcript=[])
    return {**made, **more}


def diagnosis(code="single-recv", text="The server answered after the first piece.", data=b"Isi pesan."):
    return {"code": code, "message": text, "evidence": [{"at_ms": 1, "text": f"seen: {text}"}],
            "difference": {"offset": 4, "expected_bytes": len(data), "got_bytes": 5, "excerpt_at": 0,
                           "expected": base64_of(data), "got": base64_of(data[:4] + b"?"), "got_end": "then a reset"},
            "file": "server.c", "line": 31, "excerpt_line": 30, "excerpt": f"{{\n\trecv(fd, text); // {text}\n}}"}


def result(cases, name="alice", **more):
    return {"schema": "sockgrade/result/1", "tool": {"name": "sockgrade", "version": "0.1.0"}, "assignment": "echo-dot",
            "submission": {"id": name, "path": name}, "seed": 7, "score": 0, "max_score": 0, "duration_ms": 310.5,
            "environment": {"network": "private", "faults": "seccomp", "jail": "full"}, "build": {"status": "passed"},
            "notes": [], "cases": cases, **more}


def hostile():
    everywhere = " ".join(HOSTILE)
    long = "x" * 10_000_000
    cases = []
    for i, text in enumerate(HOSTILE):
        data = text.encode() + bytes(range(256))
        cases.append(case(f"{text} {i}", "failed", title=text, started=text, transcript=transcript(data, peer=text),
                          diagnosis=diagnosis("wrong-data", text, data)))
    cases[0]["diagnosis"]["excerpt"] = long + "\n" + everywhere
    cases[0]["diagnosis"]["evidence"].append({"at_ms": 1, "text": long})
    cases[1]["diagnosis"].update(code="extra-bytes", file=everywhere, advice=everywhere, message=everywhere + long)
    cases[2]["diagnosis"]["code"] = "stale-buffer"
    for i, each in enumerate(cases[2]["transcript"]):
        each["text"] = HOSTILE[i % len(HOSTILE)]
    cases.append(case("e", "error", reason=everywhere))
    cases.append(case("i", "inconclusive", reason=everywhere, role="client"))
    cases.append(case("s", "skipped", reason="needs " + cases[0]["id"]))
    return result(cases, everywhere, notes=HOSTILE, build={"status": "failed", "message": everywhere, "log": everywhere + long})


def many():
    words = ["passed"] * 6 + ["failed", "failed", "skipped", "inconclusive"]
    codes = ["single-recv", "buffer-limit", "serves-once", "never-closes", "crashed"]
    cases = [case(f"case-{i}", words[i % 10] if i else "failed", "client" if i >= 400 else "server") for i in range(500)]
    for i, each in enumerate(cases):
        if "diagnosis" in each:
            each["diagnosis"]["code"] = codes[i // 10 % 5]
    cases[10]["transcript"] *= 100  # the longest that there can be is longer than a page
    for i, each in enumerate(cases[11]["transcript"]):
        each["peer"] = f"many{i}"
    return result(cases)


SECRETS = {"code": "single-recv", "message": "hush1", "advice": "hush2",
           "evidence": [{"at_ms": 1, "text": "hush3"}],
           "difference": {"offset": 0, "expected_bytes": 5, "got_bytes": 5, "excerpt_at": 0,
                          "expected": base64_of(b"hush4"), "got": base64_of(b"hush5"), "got_end": "hush6"},
           "file": "hush7.c", "line": 1, "excerpt_line": 1, "excerpt": "hush8"}


def hidden():
    secret = transcript(b"hush9\xff", peer="hush10")
    return result([
        case("open-one", "failed"),
        case("kept-1", "failed", hidden=True, diagnosis=SECRETS, transcript=secret, started="hush11"),
        case("kept-2", "failed", hidden=True, diagnosis={**SECRETS, "code": "serves-once"}, transcript=secret,
             started="hush11"),
        case("kept-3", "passed", hidden=True, transcript=secret, started="hush11"),
    ])


def write_all(sockgrade, write_report, folder):
    for name, (path, assignment, cases) in REAL.items():
        words = [sockgrade, "check", SUBMISSIONS / path / "files", "--assignment", assignment, "--role", "server",
                 "--lang", "id" if name == "sigpipe" else "en", "--format", f"html={folder}/{name}.html"]
        for each in cases:
            words += ["--case", each]
        run(words, ok=(0, 1))
    own = folder / "own.yaml"
    own.write_text(HIDDEN)
    submission = folder / "\u202ebob<b>"
    submission.mkdir()
    (submission / "server.py").write_text(WRONG_SERVER)
    for reader in ("student", "instructor"):
        run([sockgrade, "check", submission, "--spec", own, "--role", "server", "--case", "o*", "--for", reader,
             "--format", f"html={folder}/own-{reader}.html"], ok=(1,))
    shutil.rmtree(submission)
    made = {"hostile": hostile(), "many": many(), "one": result([case("only")]), "empty": result([]),
            "statuses": result([case(f"case-{i}", status) for i, status in enumerate(
                ["passed", "failed", "skipped", "inconclusive", "error"])])}
    for name, content in made.items():
        write_one(write_report, folder / f"{name}.html", content, "student")
    for reader in ("student", "instructor"):
        write_one(write_report, folder / f"hidden-{reader}.html", hidden(), reader)
    write_one(write_report, folder / "no-pages.html", made["statuses"], "student", pages="")


def write_one(write_report, path, content, reader, pages=str(ROOT / "explain/en")):
    path.write_bytes(run([write_report, "html", reader, pages], input=json.dumps(content).encode()))


def text_of(path):
    """All that is in a file, whether it is shown or not, twice: as it is, and without the marks within words."""
    data = path.read_bytes()
    return data + re.sub(b"</?mark>", b"", data)


def check_secrets(folder):
    """Of a hidden case a student's file holds its title, its points and its code, an instructor's all."""
    kept, told = (text_of(folder / f"hidden-{reader}.html") for reader in ("student", "instructor"))
    assert b"hush" not in kept and b"68 75 73 68" not in kept, "a hidden case is told to a student"
    for i in range(1, 12):
        assert f"hush{i}".encode() in told, f"hush{i} is not told to an instructor"
    assert b"68 75 73 68" in told
    for name in (b"kept-1", b"kept-2", b"kept-3", b"serves-once"):
        assert name in kept
    kept, told = (text_of(folder / f"own-{reader}.html") for reader in ("student", "instructor"))
    assert b"own-case" in kept and b"hush" not in kept.lower() and b"hush-hush" in told and b"HUSH-HUSH" in told


def check_sizes(folder):
    for name, most in {"one": 60_000, "many": 6_000_000, "hostile": 2_000_000, "right": 400_000}.items():
        size = (folder / f"{name}.html").stat().st_size
        assert size < most, f"{name}.html has {size} bytes"


def missing():
    if not shutil.which("node"):
        return "node is missing: install the package nodejs"
    if not (HERE / "node_modules").is_dir():
        return f"node_modules is missing: run 'npm ci' in {HERE}"
    if not os.path.exists("/usr/bin/chromium"):
        return "/usr/bin/chromium is missing: install the package chromium"
    return None if shutil.which("pdftotext") else "pdftotext is missing: install the package poppler-utils"


def main(sockgrade, write_report, folder=None):
    lacking = missing()
    if lacking:
        print(lacking)
        return 1 if os.environ.get("SG_MUST_RUN") == "1" else 77
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(folder or scratch)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
        write_all(sockgrade, write_report, folder)
        check_secrets(folder)
        check_sizes(folder)
        return subprocess.run(["node", "--test", "--test-reporter=spec", HERE / "pages.mjs"], check=False,
                              env={**os.environ, "PAGES": str(folder)}).returncode


sys.exit(main(*map(str, sys.argv[1:])))
