# SPDX-License-Identifier: MIT
"""The webhook: what arrives, and how it is signed."""
import hashlib
import hmac
import os
import subprocess
import time
import unittest
import uuid

import posting
from posting import SECRET, Server, answer, result

HERE = os.path.dirname(os.path.abspath(__file__))
METHODS = os.path.join(HERE, "node_modules", "@octokit", "webhooks-methods")


class Webhook(posting.PostingTest):
    def test_sends_the_bytes_of_the_result_file(self):
        body = result(note="è¿›步 \U0001f600 \\u0000")
        with Server(answer(204)) as server:
            done = self.post_webhook(server, body)
        self.assertEqual((done.returncode, done.err), (0, ""))
        self.assertEqual(done.out, f"{self.folder}/result.json: posted to webhook at "
                                   f"127.0.0.1:{server.port}\n")
        self.assertEqual(len(server.seen), 1)
        self.assertEqual(server.seen[0].method, "POST")
        self.assertEqual(server.seen[0].path, "/hook")
        self.assertEqual(server.seen[0].body, body)
        self.assertEqual(server.seen[0].headers["Content-Type"], "application/json")
        self.assertTrue(server.seen[0].headers["User-Agent"].startswith("sockgrade/"))

    def test_is_signed_as_github_signs(self):
        with Server(answer(200)) as server:
            self.post_webhook(server)
        headers, body = server.seen[0].headers, server.seen[0].body
        right = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        self.assertEqual(headers["X-Sockgrade-Signature-256"], right)
        self.assertEqual(headers["X-Hub-Signature-256"], right)

    @unittest.skipUnless(os.path.exists(METHODS) or os.environ.get("SG_MUST_RUN") == "1",
                         "'npm ci' in tests/post brings what checks GitHub's webhooks")
    def test_what_checks_the_webhooks_of_github_takes_it(self):
        with Server(answer(200)) as server:
            self.post_webhook(server, result(note="\u00e9 \U0001f600 \\u0000"))
        signature, body = server.seen[0].headers["X-Hub-Signature-256"], server.seen[0].body

        def is_taken(*words, of=body):
            return subprocess.run(["node", os.path.join(HERE, "verify.mjs"), *words], input=of, check=False).returncode

        self.assertEqual(is_taken(SECRET, signature), 0)
        self.assertEqual(is_taken(SECRET, signature, of=body + b" "), 1)
        self.assertEqual(is_taken(SECRET + "x", signature), 1)

    def test_says_when(self):
        before = int(time.time())
        with Server(answer(200)) as server:
            self.post_webhook(server)
        self.assertTrue(before <= int(server.seen[0].headers["X-Sockgrade-Timestamp"]) <= time.time())

    def test_has_an_id_that_follows_from_place_and_bytes(self):
        with Server(answer(200)) as server:
            self.post_webhook(server)
            self.post_webhook(server)
            self.post_webhook(server, result(score=62))
            self.post_webhook(server, SOCKGRADE_WEBHOOK_URL=server.url("/other"))
        ids = [seen.headers["X-Sockgrade-Delivery"] for seen in server.seen]
        self.assertEqual(ids[0], ids[1])
        self.assertEqual(len(set(ids)), 3)
        self.assertEqual(uuid.UUID(ids[0]).variant, uuid.RFC_4122)
        self.assertEqual(uuid.UUID(ids[0]).version, 8)

    def test_takes_its_secret_from_a_file(self):
        with Server(answer(200)) as server:
            self.post_webhook(server)
            self.post_webhook(server, SOCKGRADE_WEBHOOK_SECRET=None,
                              SOCKGRADE_WEBHOOK_SECRET_FILE=self.write("secret", SECRET + "\n"))
        self.assertEqual(server.seen[0].headers["X-Hub-Signature-256"],
                         server.seen[1].headers["X-Hub-Signature-256"])

    def test_carries_a_large_result_whole(self):
        body = result(note="x" * (5 << 20))
        with Server(answer(200)) as server:
            done = self.post_webhook(server, body)
        self.assertEqual(done.returncode, 0, done.err)
        self.assertEqual(server.seen[0].body, body)
        self.assertNotIn("Expect", server.seen[0].headers)

    def test_posts_every_file(self):
        files = [self.write(f"{n}.json", result(score=n)) for n in range(5)]
        with Server(answer(200)) as server:
            done = self.run_it("post", "webhook", *files, SOCKGRADE_WEBHOOK_URL=server.url(),
                               SOCKGRADE_WEBHOOK_SECRET=SECRET)
        self.assertEqual(done.returncode, 0, done.err)
        self.assertEqual([seen.body for seen in server.seen], [result(score=n) for n in range(5)])
        self.assertEqual(done.out.count("posted to webhook"), 5)

    def test_goes_on_after_a_file_that_was_refused(self):
        files = [self.write(f"{n}.json", result(score=n)) for n in range(3)]
        with Server(answer(200), answer(400, b"not this one"), answer(200)) as server:
            done = self.run_it("post", "webhook", *files, SOCKGRADE_WEBHOOK_URL=server.url(),
                               SOCKGRADE_WEBHOOK_SECRET=SECRET)
        self.assertEqual(done.returncode, 3)
        self.assertEqual(len(server.seen), 3)
        self.assertEqual(done.err, f"sockgrade: {files[1]}: cannot post to webhook at 127.0.0.1:"
                                   f"{server.port}: it answered 400: \"not this one\"\n")
        self.assertEqual(done.out.count("posted to webhook"), 2)


if __name__ == "__main__":
    posting.main()
