#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The page of a class: of a real database and of made-up ones, looked at by a browser and by independent checkers.

    class_run.py SOCKGRADE [FOLDER]     FOLDER: where the pages are left; else they are not

Needs what run.py needs; without it ends with status 77, or 1 where SG_MUST_RUN is 1.
"""
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SECONDS = 300

RIGHT = """import socket, sys, threading
def serve(client):
    with client:
        while data := client.recv(65536):
            client.sendall(data)
with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listener:
    while True:
        threading.Thread(target=serve, args=listener.accept()[:1], daemon=True).start()
"""
REAL = {"ani": RIGHT, "budi s": RIGHT.replace("sendall(data)", "sendall(data.upper())"), "citra": "raise SystemExit('citra')\n"}

SCRIPT = "<script>window.hacked = 1</script>"
# What whoever named a folder, a member of a roster or a program would like a browser to obey.
HOSTILE = [
    SCRIPT, "</script>" + SCRIPT, "</style>" + SCRIPT, "</title>" + SCRIPT, "<!--" + SCRIPT, "]]>" + SCRIPT,
    "\"' onmouseover=\"window.hacked = 1\" x='", "<img src=http://127.0.0.1:1/x onerror='window.hacked = 1'>",
    "<svg onload=window.hacked=1>", "javascript:window.hacked=1", "&lt;&#60;&amp;", "\u202egnp.exe\u2066", "a\u200bb\ufeff",
    "\x01\x1b[2J\x7f\u0085", "line\nbreak\ttab\r", "<a href=//127.0.0.1:1 autofocus onfocus=window.hacked=1>",
    "<base href=http://127.0.0.1:1/>", "<meta http-equiv=refresh content='0;url=http://127.0.0.1:1/'>", "e\u0301" * 20,
    "\u05d0\u05d1 12", "../up", "x" * 100_000,
]

CODES = {
    "single-recv": "The server answered after the first 9 of 22 bytes; the rest of the message came later.",
    "wrong-data": "The server answered 'HALO' where 'halo' was sent.",
    "serves-once": "The server ended after its first client.",
    "crashed": "The server died of SIGSEGV while it held 2 connections.",
    "never-closes": "The server kept the connection open after the client had ended its side.",
    "blocked-by-client": "The server answered nobody else while one client said nothing.",
}
FIRST = ("Ani Budi Citra Dewi Eko Fajar Gita Hadi Indah Joko Kartika Lestari Made Nadia Oka Putu Qori Rina Sari Tono "
         "Umar Vina Wayan Yusuf Zahra").split()
LAST = "Wijaya Santoso Pratama Lestari Siregar Nugroho Hidayat Simanjuntak Permata Kusuma".split()


def run(words, ok=(0,), **how):
    done = subprocess.run([str(word) for word in words], timeout=SECONDS, check=False, **how)
    if done.returncode not in ok:
        raise SystemExit(f"status {done.returncode}: {' '.join(map(str, words))}")


class Database:
    """A copy of a real database, with students and results of our own (docs/results-database.md)."""

    def __init__(self, real, path, title="Echo", language="en"):
        shutil.copy(real, path)
        self.db = sqlite3.connect(path)
        for table in ("case_result", "member", "submission"):
            self.db.execute(f"DELETE FROM {table}")
        self.db.execute("UPDATE run SET title = ?, language = ?", (title, language))
        self.key, = self.db.execute("SELECT run_key FROM run").fetchone()

    def submission(self, ident, name, cases, state="graded", reason=None, key=None):
        points = sum(case["points"] for case in cases)
        self.db.execute(
            "INSERT INTO submission VALUES (?, ?, NULL, '[]', NULL, ?, ?, ?, 0, ?, ?, '', '', '', 0, NULL, NULL, '[]', 1, "
            "'2026-03-01T09:30:00Z')", (ident, "class/" + ident, key or self.key, state, reason, points, 2000 * len(cases)))
        if name is not None:
            self.db.execute("INSERT INTO member VALUES (?, 0, NULL, ?, NULL, NULL)", (ident, name))
        for place, case in enumerate(cases):
            told = {"diagnosis": {"message": case["message"]}} if case["message"] else {}
            self.db.execute(
                "INSERT INTO case_result VALUES (?, ?, ?, ?, ?, ?, 1, ?, 2000, ?, 3, 1, ?, 1, ?)",
                (ident, place, case["role"], case["name"], case["title"], case["status"], case["points"], case["code"],
                 case.get("agreeing", 3), json.dumps({**told, "hidden": case.get("hidden", False)})))

    def done(self):
        count, = self.db.execute("SELECT count(*) FROM submission").fetchone()
        self.db.execute("UPDATE run SET submission_count = ?1, class_count = ?1", (count,))
        self.db.commit()
        self.db.close()


def case(name, status="passed", code=None, message=None, role="server", title=None, **more):
    return {"name": name, "title": title or f"What the case {name} is about", "role": role, "status": status, "code": code,
            "message": message or CODES.get(code), "points": 2000 if status == "passed" else 0, **more}


def random_cases(chance, count, skill):
    """One student's: some cases fail oftener than others, everybody passes every tenth."""
    made = []
    for i in range(count):
        hard = (i * 37 % 100) / 100
        role = "server" if i < count * 3 // 5 else "client"
        name = f"{role}-{'-'.join(['pieces', 'sizes', 'after-reset', 'sixteen-clients', 'short-sends'][i % 5].split())}-{i}"
        draw = chance.random()
        if i % 10 == 0 or draw < skill + (1 - hard) * (1 - skill) * .7:
            made.append(case(name, role=role, agreeing=2 if chance.random() < .01 else 3))
        elif draw > .985:
            made.append(case(name, chance.choice(["skipped", "inconclusive", "error"]), role=role))
        else:
            made.append(case(name, "failed", list(CODES)[int(chance.random() ** 2 * len(CODES))], role=role))
    return made


def write_class(real, path, students, cases):
    chance = random.Random(1)
    database = Database(real, path)
    for i in range(students):
        name = f"{FIRST[i * 7 % 25]} {LAST[(i // 25 + i * 3) % 10]}" + (f" {i // 250}" if i >= 250 else "")
        ident = f"{13520000 + i * 7}"
        if i % 17 == 16:
            database.submission(ident, name, [], "refused", f"class/{ident}/submission.yaml:2:1: a value is wanted here")
        else:
            skill = 1 if i % 9 == 0 else chance.betavariate(5, 1.6)
            database.submission(ident, name, random_cases(chance, cases, skill), key="old" if i == 5 else None)
    database.done()


def write_hostile(real, path):
    everywhere = " ".join(HOSTILE[:-1])
    database = Database(real, path, everywhere, "id")
    for i, text in enumerate(HOSTILE):
        cases = [case(other, "failed" if (i + j) % 3 else "passed", None if (i + j) % 3 == 0 else HOSTILE[(i + j) % 20],
                      f"<iframe srcdoc='{j}'>\u202e</iframe></blockquote>", title=other, role=["server", "client", "<i>other</i>"][j % 3])
                 for j, other in enumerate(HOSTILE)]
        refused = i % 7 == 6
        database.submission(f"{text} {i}", text, [] if refused else cases, "refused" if refused else "graded", text)
    database.done()


def write_named(real, path):
    """Sentences that name students, and those of a hidden case, are no examples."""
    database = Database(real, path)
    database.submission("dewi", "Dewi Ayu", [
        case("a", "failed", "wrong-data", "The server answered 'dewi' to everybody."),
        case("b", "failed", "crashed", "The server of AYU died."),
        case("c", "failed", "serves-once", "The secret of the hidden case.", hidden=True)])
    database.submission("eko-7", "Eko", [
        case("a", "failed", "wrong-data", "The server answered 'dewi' to everybody."),
        case("b", "failed", "wrong-data", "The server answered 'dewindow'."),
        case("c", "failed", "crashed", "class/eko-7 could not be read.")])
    database.done()


def write_all(sockgrade, folder):
    (folder / "class").mkdir(exist_ok=True)
    for name, text in REAL.items():
        (folder / "class" / name).mkdir(exist_ok=True)
        (folder / "class" / name / "server.py").write_text(text)
    real = folder / "real.db"
    real.unlink(missing_ok=True)
    run([sockgrade, "grade", folder / "class", "--assignment", "echo", "--role", "server", "--case", "one-*", "--db", real,
         "--quiet"], ok=(0, 1), stdout=subprocess.DEVNULL)
    write_class(real, folder / "thirty.db", 30, 76)
    write_class(real, folder / "thousand.db", 1000, 80)
    write_hostile(real, folder / "hostile.db")
    write_named(real, folder / "named.db")
    Database(real, folder / "nobody.db").done()
    for name in ("real", "thirty", "thousand", "hostile", "named", "nobody"):
        run([sockgrade, "report", folder / f"{name}.db", "--format", f"html={folder}/{name}.html"])
    linked = folder / "linked"
    linked.mkdir(exist_ok=True)
    run([sockgrade, "report", real, "--format", f"html={linked}/class.html", "--format", f"html={linked}/{{id}}.html",
         "--format", f"html={folder}/not-linked.html"])
    run([sockgrade, "report", folder / "thirty.db", "--submission", "1352000*", "--format", f"html={folder}/some.html"])
    run([sockgrade, "report", folder / "named.db", "--for", "instructor", "--format", f"html={folder}/told.html"])


def check_texts(folder):
    kept, told = ((folder / f"{name}.html").read_text() for name in ("named", "told"))
    for example in ("'dewi'", "of AYU", "class/eko-7 could", "secret"):
        assert example not in kept, f"an example says {example}"
    assert "The server answered &#39;dewindow&#39;." in kept, "there is no example that names nobody"
    assert "The secret of the hidden case." in told
    assert "&lt;iframe srcdoc=" in (folder / "hostile.html").read_text(), "no hostile sentence is shown"
    assert "href" not in (folder / "not-linked.html").read_text(), "a link leads nowhere"
    some = (folder / "some.html").read_text()
    assert "13520007" in some and "13520014" not in some
    for name, most in {"real": 40_000, "thirty": 150_000, "thousand": 3_000_000, "hostile": 400_000}.items():
        size = (folder / f"{name}.html").stat().st_size
        print(f"{name}.html: {size} bytes")
        assert size < most, f"{name}.html has {size} bytes"


def missing():
    if not shutil.which("node"):
        return "node is missing: install the package nodejs"
    if not (HERE / "node_modules").is_dir():
        return f"node_modules is missing: run 'npm ci' in {HERE}"
    if not os.path.exists("/usr/bin/chromium"):
        return "/usr/bin/chromium is missing: install the package chromium"
    return None if shutil.which("pdftotext") else "pdftotext is missing: install the package poppler-utils"


def main(sockgrade, folder=None):
    lacking = missing()
    if lacking:
        print(lacking)
        return 1 if os.environ.get("SG_MUST_RUN") == "1" else 77
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(folder or scratch)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
        write_all(sockgrade, folder)
        check_texts(folder)
        return subprocess.run(["node", "--test", "--test-reporter=spec", HERE / "class_pages.mjs"], check=False,
                              env={**os.environ, "PAGES": str(folder)}).returncode


if __name__ == "__main__":
    sys.exit(main(*map(str, sys.argv[1:])))
