# SPDX-License-Identifier: MIT
"""`sockgrade post` as a command: what it refuses, what --dry-run and --help print."""
import json
import os
import re

import posting
from posting import COMMIT, SECRET, TOKEN, Server, answer, result


class CommandLine(posting.PostingTest):
    def refused(self, *words, **environment):
        done = self.run_it(*words, **environment)
        self.assertEqual((done.returncode, done.out), (2, ""))
        return done.err.splitlines()

    def test_an_unknown_target_is_shown_in_its_place(self):
        path = self.write("result.json", result())
        lines = self.refused("post", "webhok", path)
        self.assertEqual(lines[0], "command line:1:16: unknown target 'webhok' (one of: webhook, "
                                   "github-status, github-check, canvas, moodle, lti)")
        self.assertEqual(lines[2].index("^~~~~~"), lines[1].index("webhok"))
        self.assertIn(":1:24: unknown target 'ilias'",
                      self.refused("check", "--post", "ilias", self.folder)[0])
        self.assertIn(":1:17: unknown target 'ilias'",
                      self.refused("check", "--post=ilias", "--dry-run")[0])

    def test_what_is_missing_is_named(self):
        path = self.write("result.json", result())
        self.assertIn("SOCKGRADE_WEBHOOK_URL is not set", self.refused("post", "webhook", path)[0])
        self.assertIn("neither SOCKGRADE_WEBHOOK_SECRET nor SOCKGRADE_WEBHOOK_SECRET_FILE is set",
                      self.refused("post", "webhook", path,
                                   SOCKGRADE_WEBHOOK_URL="https://hooks.example/")[0])
        self.assertIn("usage: sockgrade post TARGET FILE...", self.refused("post", "webhook")[0])

    def test_settings_are_checked_before_anything_is_graded(self):
        lines = self.refused("check", self.folder, "--post", "webhook")
        self.assertIn("webhook: SOCKGRADE_WEBHOOK_URL is not set", lines[0])
        rows = [("SOCKGRADE_POST_DEADLINE", "soon"), ("SOCKGRADE_POST_DEADLINE", "0s"),
                ("SOCKGRADE_POST_DEADLINE", "2d"), ("SOCKGRADE_POST_FIRST_WAIT", "-1s"),
                ("SOCKGRADE_POST_DEADLINE", "99999s")]
        for name, value in rows:
            with self.subTest(value), Server(answer(200)) as server:
                done = self.post_webhook(server, **{name: value})
                self.assertEqual((done.returncode, server.seen), (2, []))
                self.assertIn(f"{name} takes a duration like 500ms or 90s, to 3600s, found '{value}'",
                              done.err)

    def test_only_result_files_are_posted_and_all_or_none(self):
        good = self.write("good.json", result())
        rows = [
            (self.write("results.db", b"SQLite format 3\0" + bytes(500)), "is no database of results"),
            (self.write("notes.txt", "hello\x1b[2J"), "not a result file of sockgrade"),
            (self.write("other.json", json.dumps({"schema": "sockgrade/result/2"})),
             "not a result file of sockgrade"),
            (self.write("half.json", result()[:50]), "not a result file of sockgrade"),
            (self.write("empty.json", b""), "not a result file of sockgrade"),
            (self.write("list.json", b"[]"), "not a result file of sockgrade"),
            (self.folder, "is no regular file"),
            (self.folder + "/nothing", "No such file"),
        ]
        with Server(answer(200)) as server:
            for path, text in rows:
                with self.subTest(path):
                    lines = self.refused("post", "webhook", good, path, SOCKGRADE_WEBHOOK_SECRET=SECRET,
                                         SOCKGRADE_WEBHOOK_URL=server.url())
                    self.assertTrue(lines[0].startswith(f"command line:1:{25 + len(good)}: "), lines[0])
                    self.assertIn(text, lines[0])
                    self.assertNotIn("\x1b", lines[0])
        self.assertEqual(server.seen, [])

    def test_a_dry_run_shows_everything_but_secrets_and_sends_nothing(self):
        path = self.write("result.json", result())
        with Server(answer(200)) as server:
            done = self.run_it("post", "--dry-run", "webhook", path,
                               SOCKGRADE_WEBHOOK_URL=server.url("/hook?key=" + SECRET),
                               SOCKGRADE_WEBHOOK_SECRET=SECRET)
            status = self.run_it("post", "github-status", path, "--dry-run", GITHUB_TOKEN=TOKEN,
                                 GITHUB_API_URL=server.url(""), GITHUB_SHA=COMMIT,
                                 GITHUB_REPOSITORY="teacher/course")
        self.assertEqual((done.returncode, done.err, server.seen), (0, "", []))
        head, _, body = done.out.partition("\n\n")
        lines = head.splitlines()
        self.assertEqual(lines[0], f"POST {server.url('/hook')}?(not shown)")
        self.assertIn("X-Sockgrade-Signature-256: sha256=(made with the secret)", lines)
        self.assertEqual(json.loads(body), json.loads(result()))
        self.assertEqual((status.returncode, status.err), (0, ""))
        self.assertIn("\nAuthorization: (secret)\n", status.out)
        self.assertIn(f"POST {server.url('')}/repos/teacher/course/statuses/{COMMIT}\n", status.out)

    def test_a_dry_run_needs_no_secret(self):
        path = self.write("result.json", result())
        done = self.run_it("post", "--dry-run", "webhook", path,
                           SOCKGRADE_WEBHOOK_URL="https://hooks.example/hook")
        self.assertEqual((done.returncode, done.err), (0, ""))
        self.assertTrue(done.out.startswith("POST https://hooks.example/hook\n"))

    def test_a_dry_run_is_harmless_to_a_terminal(self):
        path = self.write("result.json", result(note="\x7f\u202e\u0085"))
        done = self.run_it("post", "--dry-run", "webhook", path,
                           SOCKGRADE_WEBHOOK_URL="https://hooks.example/hook")
        self.assertEqual(done.returncode, 0)
        for mark in "\x7f\u202e\u0085":
            self.assertNotIn(mark, done.out)

    def test_help_lists_the_targets_with_their_settings(self):
        done = self.run_it("post", "--help")
        self.assertEqual((done.returncode, done.err), (0, ""))
        for text in ("webhook:", "github-status:", "SOCKGRADE_WEBHOOK_URL\n",
                     "SOCKGRADE_WEBHOOK_SECRET, or SOCKGRADE_WEBHOOK_SECRET_FILE\n",
                     "SOCKGRADE_GITHUB_SHA, or GITHUB_SHA\n", "SOCKGRADE_POST_DEADLINE (optional)",
                     "(https://api.github.com)"):
            self.assertIn(text, done.out)
        self.assertIn("sockgrade check", self.run_it("--help").out)
        self.assertIn("sockgrade post TARGET FILE...", self.run_it("--help").out)

    def test_the_manual_names_every_variable_and_no_other(self):
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs/posting.md")
        with open(path, encoding="utf-8") as file:
            rows = [line for line in file if line.startswith("| `")]
        variable = re.compile(r"\b(?:SOCKGRADE|GITHUB)_[A-Z_]+\b")
        named = {name for row in rows for name in variable.findall(row.split("|")[1])}
        self.assertEqual(named, set(variable.findall(self.run_it("post", "--help").out)))

    def test_quiet_says_nothing_where_all_is_well(self):
        path = self.write("result.json", result())
        with Server(answer(200)) as server:
            done = self.run_it("post", "--quiet", "webhook", path, SOCKGRADE_WEBHOOK_SECRET=SECRET,
                               SOCKGRADE_WEBHOOK_URL=server.url())
        self.assertEqual((done.returncode, done.out, done.err), (0, "", ""))
        self.assertEqual(len(server.seen), 1)


if __name__ == "__main__":
    posting.main()
