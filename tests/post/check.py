# SPDX-License-Identifier: MIT
"""`sockgrade check --post`: graded and posted in one go."""
import json
import os

import posting
from posting import SECRET, Server, answer

SERVER = """
import socket, sys
with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listener:
    while True:
        client = listener.accept()[0]
        while data := client.recv(4096):
            client.sendall(ANSWER)
        client.close()
"""


class CheckAndPost(posting.PostingTest):
    def check(self, server, *words, reply="data", **environment):
        folder = os.path.join(self.folder, "alice")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "server.py"), "w", encoding="ascii") as file:
            file.write(SERVER.replace("ANSWER", reply))
        return self.run_it("check", folder, "--assignment", "echo", "--role", "server", "--case",
                           "one-message", *words, SOCKGRADE_WEBHOOK_URL=server.url(),
                           SOCKGRADE_WEBHOOK_SECRET=SECRET, GITHUB_API_URL=server.url("/api"),
                           GITHUB_REPOSITORY="a/b", GITHUB_SHA="0" * 40, GITHUB_TOKEN=posting.TOKEN,
                           **environment)

    def test_posts_what_the_json_format_writes(self):
        path = os.path.join(self.folder, "result.json")
        with Server(answer(200)) as server:
            done = self.check(server, "--post", "webhook", "--format", f"json={path}")
        self.assertEqual((done.returncode, done.out, done.err), (0, "", ""))
        with open(path, "rb") as file:
            self.assertEqual(server.seen[0].body, file.read())
        self.assertEqual(len(server.seen), 1)

    def test_keeps_the_status_of_the_submission_where_all_went_well(self):
        with Server(answer(200)) as server:
            done = self.check(server, "--post", "webhook", "--verbose", reply="b'no'")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.err, f"sockgrade: posted to webhook at 127.0.0.1:{server.port}\n")
        self.assertEqual(json.loads(server.seen[0].body)["cases"][0]["status"], "failed")

    def test_a_result_that_could_not_be_posted_is_printed_all_the_same(self):
        with Server(answer(410, b"the course is over")) as server:
            done = self.check(server, "--post", "webhook")
        self.assertEqual(done.returncode, 3)
        self.assertEqual(done.err, f"sockgrade: cannot post to webhook at 127.0.0.1:{server.port}: it "
                                   "answered 410: \"the course is over\"\n")
        self.assertIn("one-message", done.out)
        self.assertIn("5 of 5", done.out)

    def test_each_of_several_targets_gets_it_whatever_the_others_do(self):
        def play(handler):
            if handler.path == "/hook":
                answer(400, b"not this one")(handler)
            else:
                answer(201, b'{"state": "success"}')(handler)

        with Server(play) as server:
            done = self.check(server, "--post", "webhook", "--post=github-status")
        self.assertEqual(done.returncode, 3)
        self.assertEqual(done.err.count("\n"), 1)
        self.assertEqual([seen.path for seen in server.seen],
                         ["/hook", f"/api/repos/a/b/statuses/{'0' * 40}"])
        self.assertEqual(json.loads(server.seen[1].body),
                         {"state": "success", "context": "sockgrade/echo",
                          "description": "5 of 5 points"})

    def test_nothing_is_graded_where_a_target_cannot_be_posted_to(self):
        path = os.path.join(self.folder, "result.json")
        with Server(answer(200)) as server:
            done = self.run_it("check", self.folder, "--post", "webhook", "--post", "github-status",
                               "--format", f"json={path}", SOCKGRADE_WEBHOOK_URL=server.url(),
                               SOCKGRADE_WEBHOOK_SECRET=SECRET)
        self.assertEqual((done.returncode, done.out, server.seen), (2, "", []))
        self.assertIn("github-status: SOCKGRADE_GITHUB_REPOSITORY is not set", done.err)
        self.assertFalse(os.path.exists(path))

    def test_nothing_is_posted_where_nothing_was_graded(self):
        with Server(answer(200)) as server:
            done = self.check(server, "--post", "webhook", "--format", "json=/nonexistent/result.json")
        self.assertEqual((done.returncode, server.seen), (2, []))

    def test_a_dry_run_grades_and_shows_what_would_be_sent(self):
        with Server(answer(200)) as server:
            done = self.check(server, "--post", "webhook", "--dry-run", "--quiet")
        self.assertEqual((done.returncode, done.err, server.seen), (0, "", []))
        self.assertIn(f"POST {server.url()}\n", done.out)
        self.assertIn('"schema": "sockgrade/result/1"', done.out)


if __name__ == "__main__":
    posting.main()
