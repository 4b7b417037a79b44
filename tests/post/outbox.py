# SPDX-License-Identifier: MIT
"""The outbox: what is queued when, what is sent once, what is said of what waits."""
import fcntl
import json
import os
import shutil
import signal
import ssl
import sqlite3
import struct
import subprocess
import threading
import time

import classroom
import posting
import sites
from posting import SECRET, TOKEN, Server, answer

# It asks for a wait that is longer than there is time for: no more attempts, and no time goes by.
TIRED = answer(503, b"closed", Retry_After="600")
MAILS = {"4711": "", "4712": "", "4713": ""}


class OutboxTest(posting.PostingTest):
    def setUp(self):
        super().setUp()
        self.db = classroom.database(os.path.join(self.folder, "results.db"))

    def webhook(self, url, *words, **environment):
        return self.run_it("post", "webhook", self.db, *words, SOCKGRADE_WEBHOOK_URL=url,
                           SOCKGRADE_WEBHOOK_SECRET=SECRET, **environment)

    def canvas(self, site, *words, **environment):
        settings = {"SOCKGRADE_CANVAS_URL": site.url(), "SOCKGRADE_CANVAS_COURSE": "7",
                    "SOCKGRADE_CANVAS_ASSIGNMENT": "12", "SOCKGRADE_CANVAS_TOKEN": TOKEN}
        return self.run_it("post", "canvas", self.db, *words, **{**settings, **environment})

    def status(self, *words):
        done = self.run_it("post", "--status", *words, self.db)
        self.assertEqual((done.returncode, done.err), (0, ""))
        return done.out

    def states(self):
        return {name: state for (_, name), state in classroom.outbox(self.db).items()}


class Stopped(OutboxTest):
    def test_a_stop_lets_go_of_the_outbox_and_sends_nothing_more(self):
        held, let_go = threading.Event(), threading.Event()
        second = shutil.copy(self.db, self.db + ".second")

        def hold():
            held.set()
            let_go.wait(posting.SECONDS)

        with Server(answer(200), during=hold) as server:
            process = subprocess.Popen(
                [posting.program, "post", "webhook", self.db, second], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, env=self.environment(SOCKGRADE_WEBHOOK_URL=server.url(),
                                                             SOCKGRADE_WEBHOOK_SECRET=SECRET))
            self.assertTrue(held.wait(posting.SECONDS))
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=posting.SECONDS)
            let_go.set()
        self.assertEqual((process.returncode, out, err, len(server.seen)), (-signal.SIGTERM, b"", b"", 1))
        self.assertFalse(os.path.exists(self.db + "-posting"))
        self.assertEqual(self.states(), {"4711": "sending", "4712": "waiting", "4713": "waiting"})


class Outbox(OutboxTest):
    def test_what_arrived_is_not_sent_again(self):
        with Server(answer(200)) as server:
            done = self.webhook(server.url())
            self.assertEqual((done.returncode, done.err), (0, ""))
            self.assertEqual(done.out.splitlines()[0], f"4711: posted to webhook at 127.0.0.1:{server.port}")
            again = self.webhook(server.url())
            self.assertEqual((again.returncode, again.out), (0, "webhook: 3 had arrived before\n"))
        ids = [json.loads(seen.body)["submission"]["id"] for seen in server.seen]
        self.assertEqual(ids, ["4711", "4712", "4713"])
        self.assertEqual(len({seen.headers["X-Sockgrade-Delivery"] for seen in server.seen}), 3)
        self.assertIn(f"webhook to {server.url()}: 3 arrived\n", self.status())

    def test_another_place_is_another_matter(self):
        with Server(answer(200)) as one, Server(answer(200)) as other:
            self.webhook(one.url())
            self.webhook(other.url())
            self.webhook(other.url("/hook?course=2"))
        self.assertEqual((len(one.seen), len(other.seen)), (3, 6))
        self.assertIn("/hook?(", self.status())
        self.assertNotIn("course=2", self.status())

    def test_a_refusal_is_kept_with_its_words_and_not_tried_again(self):
        def refuse_one(handler):
            body = json.loads(server.seen[-1].body)
            (answer(422, b"no such student\n") if body["submission"]["id"] == "4712" else answer(200))(handler)

        with Server(refuse_one) as server:
            done = self.webhook(server.url())
            self.assertEqual(done.returncode, 3)
            words = f'cannot post to webhook at 127.0.0.1:{server.port}: it answered 422: "no such student\\n"'
            self.assertIn(f"sockgrade: 4712: {words}\n", done.err)
            self.assertIn("webhook: 1 refused: 'sockgrade post --status ", done.err)
            self.assertIn(f"  4712: refused, tried 1 time: {words}\n", self.status())
            again = self.webhook(server.url())
            self.assertEqual((again.returncode, len(server.seen)), (3, 3))
            self.assertIn(words, again.err)
            self.webhook(server.url(), "--again")
            self.assertEqual(len(server.seen), 4)
            keys = {seen.headers["X-Sockgrade-Delivery"] for seen in server.seen}
            self.assertEqual(len(keys), 3)
            server.plays = (answer(200),)
            self.assertEqual(self.webhook(server.url(), "--again").returncode, 0)
        self.assertEqual(set(self.states().values()), {"arrived"})

    def test_what_is_about_all_stops_and_the_rest_waits(self):
        for play, words in ((answer(401, b"who are you"), 'it answered 401: "who are you"'),
                            (answer(302, Location="https://elsewhere.example/x"),
                             "pointed to 'https://elsewhere.example/x'")):
            with self.subTest(words), Server(play) as server:
                done = self.webhook(server.url())
                self.assertEqual((done.returncode, len(server.seen)), (3, 1))
                self.assertIn(words, done.err)
                self.assertIn("webhook: 3 wait: ", done.err)
                status = self.status()
                self.assertIn("  4711: waiting, tried 1 time: ", status)
                self.assertIn("  4713: waiting\n", status)
                server.plays = (answer(200),)
                self.assertEqual(self.webhook(server.url()).returncode, 0)
                # Those that were not tried come first.
                ids = [json.loads(seen.body)["submission"]["id"] for seen in server.seen]
                self.assertEqual(ids, ["4711", "4712", "4713", "4711"])

    def test_a_wrong_certificate_loses_nothing(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        key, certificate = os.path.join(self.folder, "k.pem"), os.path.join(self.folder, "c.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
                        "-days", "2", "-subj", "/CN=wrong.example", "-addext", "subjectAltName=DNS:wrong.example"],
                       check=True, capture_output=True)
        context.load_cert_chain(certificate, key)
        with Server(answer(200), context=context) as server:
            done = self.webhook(server.url(), SOCKGRADE_CA_FILE=certificate)
            self.assertEqual((done.returncode, server.seen), (3, []))
        self.assertEqual(set(self.states().values()), {"waiting"})
        self.assertEqual(done.err.count("cannot post"), 1, done.err)

    def test_a_server_that_is_tired_is_left_alone_after_some(self):
        for name in "abcd":
            for table, column in (("submission", "id"), ("case_result", "submission")):
                rest = ", ".join(row[1] for row in classroom.query(self.db, f"PRAGMA table_info({table})")
                                 if row[1] != column)
                classroom.query(self.db, f"INSERT INTO {table} ({column}, {rest}) SELECT ?, {rest} FROM {table} "
                                         f"WHERE {column} = '4711'", name)
        with Server(TIRED) as server:
            done = self.webhook(server.url())
            self.assertEqual((done.returncode, len(server.seen)), (3, 5))
            self.assertIn("webhook: 7 wait: ", done.err)
            self.assertEqual(self.status().count('it answered 503: "closed"'), 5)
            # The next begins with those that were not reached.
            self.webhook(server.url())
        ids = [json.loads(seen.body)["submission"]["id"] for seen in server.seen]
        self.assertEqual(ids[5:7], ["c", "d"])

    def test_only_the_chosen_ones_are_queued_and_sent(self):
        with Server(answer(200)) as server:
            self.webhook(server.url(), "--submission", "4712")
            self.assertEqual((len(server.seen), self.states()), (1, {"4712": "arrived"}))

    def test_a_dry_run_writes_nothing_and_shows_what_is_left(self):
        with open(self.db, "rb") as file:
            before = file.read()
        with Server(answer(200)) as server:
            dry = self.webhook(server.url(), "--dry-run")
            self.assertEqual((dry.returncode, dry.out.count("POST http")), (0, 3))
            with open(self.db, "rb") as file:
                self.assertEqual(before, file.read())
            self.webhook(server.url(), "--submission", "4711")
            self.assertEqual(self.webhook(server.url(), "--dry-run").out.count("POST http"), 2)
            self.assertEqual(len(server.seen), 1)
        self.assertIn("nothing was ever queued", self.run_it(
            "post", "--status", classroom.database(self.db + ".other")).out)

    def test_a_status_can_be_of_one_target(self):
        with Server(answer(200)) as server, sites.Canvas(TOKEN, MAILS) as canvas:
            self.webhook(server.url())
            self.canvas(canvas)
        self.assertEqual(len(self.status().splitlines()), 2)
        self.assertIn(f"canvas to {canvas.url()} 7 12: 3 arrived\n", self.status("canvas"))
        self.assertNotIn("webhook", self.status("canvas"))

    def test_a_database_of_an_earlier_sockgrade_gets_an_outbox(self):
        classroom.query(self.db, "DROP TABLE outbox")
        classroom.query(self.db, "PRAGMA user_version = 1")
        with Server(answer(200)) as server:
            self.assertEqual(self.webhook(server.url()).returncode, 0)
        self.assertEqual(classroom.query(self.db, "PRAGMA user_version"), [(2,)])
        self.assertEqual(set(self.states().values()), {"arrived"})

    def test_what_a_database_says_is_harmless_to_a_terminal(self):
        with Server(answer(422)) as server:
            self.webhook(server.url())
        classroom.query(self.db, "UPDATE outbox SET reason = ?, place = ?", "x\x1b[2J\u202e", "y\x1b[2J")
        self.assertNotRegex(self.status(), "[\x1b\u202e]")

    def test_two_do_not_send_at_once(self):
        with Server(answer(200)) as server:
            with open(self.db + "-posting", "w", encoding="ascii") as lock:
                fcntl.fcntl(lock, 37, struct.pack("hhqqi", fcntl.F_WRLCK, 0, 0, 0, 0))  # F_OFD_SETLK
                done = self.webhook(server.url())
            self.assertEqual((done.returncode, server.seen), (3, []))
            self.assertIn("another process is posting from", done.err)
            # What a dead one left behind is in nobody's way.
            self.assertEqual(self.webhook(server.url()).returncode, 0)
        self.assertFalse(os.path.exists(self.db + "-posting"))

    def test_what_is_in_doubt_is_sent_again_under_its_key(self):
        seen = []
        with Server(TIRED) as server:
            self.webhook(server.url())
            seen += [one.headers["X-Sockgrade-Delivery"] for one in server.seen]
            classroom.query(self.db, "UPDATE outbox SET state = 'sending' WHERE submission = '4711'")
            self.assertIn("  4711: sending, tried 1 time: whoever sent it ended before there was an answer",
                          self.status())
            server.plays = (answer(200),)
            begun = time.monotonic()
            self.assertEqual(self.webhook(server.url(), SOCKGRADE_POST_FIRST_WAIT="700ms").returncode, 0)
            self.assertGreaterEqual(time.monotonic() - begun, 0.7)
            self.assertEqual({one.headers["X-Sockgrade-Delivery"] for one in server.seen}, set(seen))


class Regraded(OutboxTest):
    """What another result does to an outbox."""

    def set_points(self, submission, points, status="passed"):
        classroom.query(self.db, "UPDATE case_result SET points = ?, status = ?, json = replace(json, "
                                 "'\"status\":\"' || status || '\"', '\"status\":\"' || ? || '\"') "
                                 "WHERE submission = ? AND place = 0", points, status, status, submission)

    def test_another_result_is_sent_under_another_key_and_an_equal_one_is_not(self):
        with sites.Canvas(TOKEN, MAILS) as canvas:
            self.canvas(canvas)
            first = canvas.there["4711"]["comments"][0]
            self.set_points("4711", 4000)
            self.canvas(canvas)
            self.assertEqual(canvas.writes, 4)
            self.assertEqual(len(canvas.there["4711"]["comments"]), 2)
            self.assertNotEqual(first.splitlines()[-1], canvas.there["4711"]["comments"][1].splitlines()[-1])
            # Back to what it was: a grade that was replaced meanwhile has to be sent again.
            self.set_points("4711", 5000)
            self.canvas(canvas)
            self.assertEqual((canvas.writes, len(canvas.there["4711"]["comments"])), (5, 3))
            self.canvas(canvas)
            self.assertEqual(canvas.writes, 5)

    def test_a_result_that_waits_is_replaced_by_the_newer_one(self):
        with sites.Canvas(TOKEN, MAILS, faults=lambda _: "unavailable") as canvas:
            self.canvas(canvas, SOCKGRADE_POST_DEADLINE="50ms")
            canvas.faults = lambda _: None
            self.set_points("4711", 4000)
            self.assertEqual(self.canvas(canvas).returncode, 0)
            self.assertEqual(len(canvas.there["4711"]["comments"]), 1)

    def test_an_error_of_the_harness_never_overwrites_a_grade(self):
        with sites.Canvas(TOKEN, MAILS) as canvas, Server(answer(200)) as server:
            self.canvas(canvas)
            self.set_points("4711", 0, "error")
            done = self.canvas(canvas)
            self.assertEqual((done.returncode, canvas.writes), (3, 3))
            self.assertIn("4711: held back: 1 case could not be graded, which is no grade\n", done.err)
            self.assertIn("  4711: held: 1 case could not be graded", self.status())
            self.assertEqual(canvas.there["4711"]["score"], 5)
            # A page of one's own is told.
            self.assertEqual(self.webhook(server.url()).returncode, 0)
            self.assertEqual(len(server.seen), 3)
            # And when it is put right, the grade that is there is the one that there is: nothing is sent.
            self.set_points("4711", 5000)
            self.assertEqual(self.canvas(canvas).returncode, 0)
            self.assertEqual((canvas.writes, self.states()["4711"]), (3, "arrived"))

    def test_nor_does_a_result_file_with_one(self):
        path = self.write("alice.json", posting.result(cases=[{"id": "a", "status": "error"}]))
        with sites.Canvas(TOKEN, {"alice": ""}) as canvas:
            self.db = path
            done = self.canvas(canvas)
        self.assertEqual((done.returncode, canvas.seen), (3, []))
        self.assertIn("1 case could not be graded, which is no grade", done.err)


class Graded(posting.PostingTest):
    """`grade --post`: queued as it is stored."""

    def grade(self, server, *words, **environment):
        return self.run_it("grade", os.path.join(self.folder, "class"), *classroom.ASKED, "--db",
                           os.path.join(self.folder, "results.db"), "--post", "webhook", *words,
                           SOCKGRADE_WEBHOOK_URL=server.url(), SOCKGRADE_WEBHOOK_SECRET=SECRET, **environment)

    def setUp(self):
        super().setUp()
        classroom.write_class(os.path.join(self.folder, "class"))
        self.db = os.path.join(self.folder, "results.db")

    def test_grades_and_posts_in_one_go(self):
        with Server(answer(200)) as server:
            done = self.grade(server)
            self.assertEqual((done.returncode, done.err), (1, ""))
            self.assertEqual(done.out.splitlines()[-1], "webhook: 3 arrived")
            self.assertEqual(self.grade(server, "--resume").returncode, 1)
            self.assertEqual(len(server.seen), 3)
            # A later hand-in is graded and posted, the others are left alone.
            classroom.write_class(os.path.join(self.folder, "class"), {"4714": "data", "4712": "data"})
            self.grade(server, "--resume")
        ids = [json.loads(seen.body)["submission"]["id"] for seen in server.seen]
        self.assertEqual(sorted(ids[3:]), ["4712", "4714"])

    def test_what_cannot_be_sent_yet_is_queued(self):
        with Server(TIRED) as server:
            self.grade(server)
        rows = classroom.query(self.db, "SELECT count(*) FROM submission JOIN outbox "
                                        "ON id = submission AND outbox.state = 'waiting'")
        self.assertEqual(rows, [(3,)])

    def test_a_result_and_its_entry_come_together_whenever_a_run_is_killed(self):
        with Server(answer(200)) as server:
            run = subprocess.Popen([posting.program, "grade", os.path.join(self.folder, "class"), *classroom.ASKED,
                                    "--jobs", "1", "--db", self.db, "--post", "webhook"],
                                   env=self.environment(SOCKGRADE_WEBHOOK_URL=server.url(),
                                                        SOCKGRADE_WEBHOOK_SECRET=SECRET, TMPDIR=self.folder),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while run.poll() is None and not self.count("submission"):
                time.sleep(0.002)
            run.kill()
            run.wait()
        self.assertGreater(self.count("submission"), 0)
        self.assertEqual(self.count("submission"), self.count("outbox"))

    def test_shards_keep_what_they_have_sent_when_they_are_joined(self):
        shards = [os.path.join(self.folder, f"{shard}.db") for shard in "12"]
        with Server(answer(200)) as server:
            for shard, path in zip("12", shards):
                self.db = path
                self.run_it("grade", os.path.join(self.folder, "class"), *classroom.ASKED, "--db", path,
                            "--shard", f"{shard}/2", *(["--post", "webhook"] if shard == "1" else []),
                            SOCKGRADE_WEBHOOK_URL=server.url(), SOCKGRADE_WEBHOOK_SECRET=SECRET)
            self.assertEqual(len(server.seen), 2)
            self.db = os.path.join(self.folder, "all.db")
            self.assertEqual(self.run_it("merge", self.db, *shards).returncode, 0)
            done = self.run_it("post", "webhook", self.db, SOCKGRADE_WEBHOOK_URL=server.url(),
                               SOCKGRADE_WEBHOOK_SECRET=SECRET)
        self.assertEqual((done.returncode, len(server.seen)), (0, 3))
        self.assertIn("webhook: 2 had arrived before", done.out)

    def count(self, table):
        try:
            return classroom.query(self.db, f"SELECT count(*) FROM {table}")[0][0]
        except sqlite3.OperationalError:  # it is being made, or written to
            return 0


if __name__ == "__main__":
    posting.main()
