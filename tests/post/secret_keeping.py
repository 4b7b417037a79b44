# SPDX-License-Identifier: MIT
"""Secrets are in one process alone, and in nothing that is printed: looked for in the environment, the
command line and the memory of every process of a run, by the tests from outside and by a student's
program from inside."""
import json
import os
import shutil
import sqlite3
import subprocess
import unittest

import posting
from posting import SECRET, TOKEN, Server, answer, raw, result

NEEDLES = (SECRET.encode(), TOKEN.encode())
HERE = os.path.dirname(os.path.abspath(__file__))


def read(pid, name):
    try:
        with open(f"/proc/{pid}/{name}", "rb") as file:
            return file.read()
    except OSError:
        return b""


def children(pid):
    found = []
    for child in (int(word) for word in read(pid, f"task/{pid}/children").split()):
        found += [child, *children(child)]
    return found


def memory(pid):
    """All memory of a process that can be written, or None where it has gone meanwhile."""
    parts = []
    try:
        with open(f"/proc/{pid}/mem", "rb", 0) as file:
            for line in read(pid, "maps").decode(errors="replace").splitlines():
                start, end = (int(part, 16) for part in line.split()[0].split("-"))
                if "w" not in line.split()[1] or end - start > 256 << 20:
                    continue
                try:
                    file.seek(start)
                    parts.append(file.read(end - start))
                except OSError:
                    pass
    except OSError:
        return None
    return b"".join(parts) or None


def is_poster(pid):
    return read(pid, "comm") == b"sockgrade-post\n"


def holds(data):
    return any(needle in data for needle in NEEDLES)


class Outside(posting.PostingTest):
    """What another process of the same machine can see; as root, that is everything."""

    def settings(self, server):
        return {"SOCKGRADE_WEBHOOK_URL": server.url(), "SOCKGRADE_WEBHOOK_SECRET": SECRET,
                "SOCKGRADE_GITHUB_TOKEN": TOKEN, "GITHUB_TOKEN": TOKEN}

    def test_no_environment_and_no_command_line_shows_it_while_it_is_used(self):
        seen = []

        def look():  # while the server is answering: the poster waits for that, sockgrade for the poster
            for pid in children(os.getpid()):
                seen.append((is_poster(pid), read(pid, "environ"), read(pid, "cmdline")))

        with Server(answer(200), during=look) as server:
            path = self.write("result.json", result())
            done = self.run_it("post", "webhook", path, **self.settings(server))
        self.assertEqual(done.returncode, 0, done.err)
        self.assertEqual(sorted(poster for poster, _, _ in seen), [False, True])
        for _, environment, command in seen:
            if os.geteuid() == 0:
                self.assertIn(b"SOCKGRADE_WEBHOOK_URL=http", environment)
            self.assertFalse(holds(environment))
            self.assertNotEqual(command, b"")
            self.assertFalse(holds(command))

    def test_an_ordinary_user_cannot_look_into_a_poster(self):
        """Not even one whose own process it is: it is not dumpable, so /proc makes it root's."""
        seen = []

        def look():
            for pid in filter(is_poster, children(os.getpid())):
                seen.append((os.stat(f"/proc/{pid}/environ").st_uid, os.stat(f"/proc/{pid}/mem").st_uid))

        with Server(answer(200), during=look) as server:
            path = self.write("result.json", result())
            environment = self.environment(**self.settings(server))
            os.chmod(self.folder, 0o755)
            os.chmod(path, 0o644)
            user = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
            program = shutil.copy(posting.program, self.folder)  # it may lie where that user cannot start it
            done = subprocess.run([program, "post", "webhook", path], env=environment,
                                  timeout=posting.SECONDS, stdin=subprocess.DEVNULL,
                                  capture_output=True, check=False, **user)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(seen, [(0, 0)])

    def echo(self, name):
        folder = os.path.join(self.folder, name)
        os.mkdir(folder)
        shutil.copy(os.path.join(HERE, "probe.py"), os.path.join(folder, "server.py"))
        return folder

    @unittest.skipUnless(os.geteuid() == 0, "only root may read the memory of other processes")
    def test_no_memory_holds_it_but_the_posters(self):
        if posting.is_sanitized():
            self.skipTest("the sanitizer keeps a copy of the whole environment for itself")
        with Server(answer(200)) as server:
            words = [posting.program, "check", self.echo("alice"), "--assignment", "echo", "--role",
                     "server", "--jobs", "1", "--post", "webhook", "--post", "github-status"]
            environment = self.environment(GITHUB_API_URL=server.url(""), GITHUB_REPOSITORY="a/b",
                                           GITHUB_SHA="0" * 40, **self.settings(server))
            run = subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.addCleanup(run.wait)
            self.addCleanup(run.kill)
            posters, others, mains = self.scan(run)
        # The search finds what is there, and it looked at enough.
        self.assertEqual([True in reads for reads in posters.values()], [True, True])
        self.assertGreaterEqual(len(others), 5)
        self.assertEqual(set(others.values()), {False})
        self.assertEqual(mains, {False})

    def scan(self, run):
        """Reads the memory of all processes of a run, again and again until it ends. A poster is known by
        its name, once it has that: what came before both of them had it is not judged. sockgrade itself
        is judged from the moment at which it has a child that is no poster: it starts none before."""
        posters, others, mains = {}, {}, set()
        while run.poll() is None:
            for pid in children(run.pid):
                name, ready = read(pid, "comm"), len(posters) == 2
                data = memory(pid)
                if data is None or read(pid, "comm") != name:
                    continue
                if name == b"sockgrade-post\n":
                    posters.setdefault(pid, set()).add(holds(data))
                elif name == b"sockgrade\n" and ready and pid not in others:
                    others[pid] = holds(data)
                    main = memory(run.pid)
                    if main:
                        mains.add(holds(main))
        return posters, others, mains


class Inside(posting.PostingTest):
    """What a student's program can see: see probe.py."""

    def grade(self, manifest="", **environment):
        folder = os.path.join(self.folder, "alice")
        os.makedirs(folder, exist_ok=True)
        shutil.copy(os.path.join(HERE, "probe.py"), os.path.join(folder, "server.py"))
        with open(os.path.join(folder, "submission.yaml"), "w", encoding="ascii") as file:
            file.write("assignment: echo\n" + manifest)
        settings = {"SOCKGRADE_WEBHOOK_SECRET": SECRET, "GITHUB_TOKEN": TOKEN}
        settings.update(environment)
        return self.run_it("check", folder, "--role", "server", "--case", "one-message", "--case",
                           "own-bytes", "--format", f"json={self.folder}/result.json", *self.words,
                           **settings)

    words = ()

    def statuses(self):
        with open(f"{self.folder}/result.json", encoding="utf-8") as file:
            return {case["status"] for case in json.load(file)["cases"]}

    def test_the_probe_finds_what_is_there(self):
        self.grade("server:\n  run: python3 server.py $host $port\n"
                   f"  env: {{X: {SECRET}}}\n")
        self.assertEqual(self.statuses(), {"failed"})

    def test_a_students_program_finds_nothing_while_its_result_waits_to_be_posted(self):
        self.words = ("--post", "webhook", "--post", "github-status")
        made = answer(201, b'{"state": "success"}')
        with Server(made) as server:
            done = self.grade(SOCKGRADE_WEBHOOK_URL=server.url(), GITHUB_API_URL=server.url(""),
                              GITHUB_REPOSITORY="a/b", GITHUB_SHA="0" * 40)
        self.assertEqual((done.returncode, done.err), (0, ""))
        self.assertEqual(self.statuses(), {"passed"})
        self.assertEqual(len(server.seen), 2)

    def test_nor_where_the_secret_is_in_a_file(self):
        self.words = ("--post", "webhook")
        with Server(answer(200)) as server:
            done = self.grade(SOCKGRADE_WEBHOOK_URL=server.url(), SOCKGRADE_WEBHOOK_SECRET=None,
                              SOCKGRADE_WEBHOOK_SECRET_FILE=self.write("secret", SECRET))
        self.assertEqual((done.returncode, done.err), (0, ""))
        self.assertEqual(self.statuses(), {"passed"})

    def test_nor_where_nothing_is_posted(self):
        self.assertEqual(self.grade().returncode, 0)
        self.assertEqual(self.statuses(), {"passed"})


class InsideAClass(Inside):
    """The same, where a class is graded and each result waits to be posted."""

    def grade(self, manifest="", **environment):
        student = os.path.join(self.folder, "class", "alice")
        os.makedirs(student, exist_ok=True)
        shutil.copy(os.path.join(HERE, "probe.py"), os.path.join(student, "server.py"))
        with open(os.path.join(student, "submission.yaml"), "w", encoding="ascii") as file:
            file.write("assignment: echo\n" + manifest)
        settings = {"SOCKGRADE_WEBHOOK_SECRET": SECRET, "GITHUB_TOKEN": TOKEN}
        settings.update(environment)
        return self.run_it("grade", os.path.join(self.folder, "class"), "--assignment", "echo", "--role", "server",
                           "--case", "one-message", "--case", "own-bytes", "--db",
                           os.path.join(self.folder, "results.db"), *self.words, **settings)

    def statuses(self):
        connection = sqlite3.connect(os.path.join(self.folder, "results.db"))
        rows = connection.execute("SELECT DISTINCT status FROM case_result").fetchall()
        connection.close()
        return {status for status, in rows}


class Printed(posting.PostingTest):
    """run_it() looks for the secrets in everything that sockgrade prints."""

    def test_a_server_that_echoes_everything_does_not_make_us_print_it(self):
        def echo(handler):  # the token comes with the request, the other secret never leaves us
            words = str(handler.headers) + ("" if handler.headers["Authorization"] else SECRET)
            answer(400, words[-300:].encode())(handler)

        with Server(echo) as server:
            for done in (self.post_webhook(server), self.post_status(server)):
                self.assertEqual(done.returncode, 3)
                self.assertIn("(secret)", done.err)

    def test_nor_one_that_hides_it_at_the_end_of_what_is_shown(self):
        for length in range(480, 501, 4):
            with Server(answer(400, b"x" * length + SECRET.encode())) as server:
                done = self.post_webhook(server)
            self.assertEqual(done.returncode, 3)
            for part in range(8, len(SECRET)):
                self.assertNotIn(SECRET[:part], done.err)

    def test_nor_one_that_points_to_it(self):
        with Server(answer(302, Location="https://elsewhere.example/" + SECRET)) as server:
            done = self.post_webhook(server)
        self.assertIn("pointed to 'https://elsewhere.example/(secret)'", done.err)

    def test_nor_one_that_speaks_no_http(self):
        with Server(raw(SECRET.encode() + b" " + SECRET.encode() + b"\r\n\r\n")) as server:
            done = self.post_webhook(server, SOCKGRADE_POST_DEADLINE="300ms")
        self.assertEqual(done.returncode, 3)

    def test_nor_a_setting_that_was_mistaken_for_another(self):
        with Server(answer(200)) as server:
            for name in ("SOCKGRADE_WEBHOOK_URL", "SOCKGRADE_POST_DEADLINE"):
                done = self.post_webhook(server, **{name: SECRET})
                self.assertEqual(done.returncode, 2)
            for name in ("GITHUB_SHA", "GITHUB_REPOSITORY", "GITHUB_API_URL"):
                done = self.post_status(server, **{name: TOKEN})
                self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    posting.main()
