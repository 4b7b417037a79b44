# SPDX-License-Identifier: MIT
"""What is tried again, when, and what is not; over real connections. tests/unit/post has all the rows,
with a clock of its own."""
import email.utils
import socket
import time

import posting
from posting import Server, answer, raw

TAKEN = answer(201)


class Retries(posting.PostingTest):
    def assert_taken(self, server, done, attempts):
        self.assertEqual((done.returncode, done.err), (0, ""))
        self.assertEqual(len(server.seen), attempts)
        if attempts > 1:
            self.assertIn(f"(attempt {attempts})", done.out)
        for name in ("X-Sockgrade-Delivery", "X-Sockgrade-Timestamp", "X-Hub-Signature-256"):
            self.assertEqual(len({seen.headers[name] for seen in server.seen}), 1, name)
        self.assertEqual(len({seen.body for seen in server.seen}), 1)

    def test_what_may_pass_is_tried_again_as_the_same_delivery(self):
        for status in (408, 425, 429, 500, 502, 503, 504):
            with self.subTest(status), Server(answer(status), TAKEN) as server:
                self.assert_taken(server, self.post_webhook(server), 2)

    def test_connections_that_break_are_tried_again(self):
        whole = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}"
        rows = [
            ("before the answer", raw(b"")),
            ("in the status line", raw(whole[:12])),
            ("in a header", raw(whole[:30])),
            ("before the end of the headers", raw(whole[:-4])),
            ("in the body", raw(whole[:-1])),
            ("after half of a chunk", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nab")),
            ("after an answer that is none", raw(b"HTTP/1.1 500 Oops\r\nContent-Length: 9\r\n\r\nx")),
        ]
        for name, play in rows:
            with self.subTest(name), Server(play, TAKEN) as server:
                self.assert_taken(server, self.post_webhook(server), 2)

    def test_a_reset_is_tried_again(self):
        def reset(handler):
            linger = bytes([1, 0, 0, 0, 0, 0, 0, 0])
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            handler.wfile.close()
            handler.rfile.close()
            handler.connection.close()
            handler.close_connection = True

        with Server(reset, TAKEN) as server:
            self.assert_taken(server, self.post_webhook(server), 2)

    def test_retry_after_in_seconds_is_kept(self):
        with Server(answer(429, b"slowly", Retry_After="1"), TAKEN) as server:
            self.assert_taken(server, self.post_webhook(server), 2)
        self.assertGreaterEqual(server.seen[1].at - server.seen[0].at, 1)

    def test_retry_after_as_a_date_is_kept(self):
        def later(handler):
            # Whole seconds: two of them on the way are between one and two from now.
            date = email.utils.formatdate(int(time.time()) + 2, usegmt=True)
            answer(503, Retry_After=date)(handler)

        with Server(later, TAKEN) as server:
            self.assert_taken(server, self.post_webhook(server), 2)
        self.assertGreater(server.seen[1].at - server.seen[0].at, 0.9)

    def test_a_date_is_read_by_the_clock_of_the_server(self):
        with Server(answer(429, Date="Sat, 01 Jan 2000 00:00:00 GMT",
                           Retry_After="Sat, 01 Jan 2000 00:00:01 GMT"), TAKEN) as server:
            self.assert_taken(server, self.post_webhook(server), 2)
        self.assertGreaterEqual(server.seen[1].at - server.seen[0].at, 1)

    def test_a_rate_limit_is_waited_for(self):
        def limited(handler):
            answer(403, b'{"message": "API rate limit exceeded"}', X_RateLimit_Remaining="0",
                   X_RateLimit_Reset=str(int(time.time()) + 2))(handler)

        made = answer(201, b'{"state": "failure"}')
        with Server(limited, made) as server:
            done = self.post_status(server)
        self.assertEqual((done.returncode, len(server.seen)), (0, 2), done.err)
        self.assertGreater(server.seen[1].at - server.seen[0].at, 0.9)

    def test_a_secondary_limit_is_waited_for_when_it_says_how_long(self):
        limited = answer(403, b'{"message": "You have exceeded a secondary rate limit."}',
                         Retry_After="1")
        with Server(limited, answer(201, b'{"state": "failure"}')) as server:
            done = self.post_status(server)
        self.assertEqual((done.returncode, len(server.seen)), (0, 2), done.err)
        self.assertGreaterEqual(server.seen[1].at - server.seen[0].at, 1)

    def test_a_secondary_limit_is_a_minute_when_it_does_not(self):
        limited = answer(403, b'{"message": "You have exceeded a secondary rate limit."}')
        with Server(limited) as server:
            done = self.post_status(server, SOCKGRADE_POST_DEADLINE="30s")
        self.assertEqual((done.returncode, len(server.seen)), (3, 1))
        self.assertIn("it asks for a wait of 60 s, and posting may take 30 s", done.err)

    def test_a_lack_of_rights_is_not_tried_again(self):
        with Server(answer(403, b'{"message": "Must have admin rights"}',
                           X_RateLimit_Remaining="4999")) as server:
            done = self.post_webhook(server)
        self.assertEqual((done.returncode, len(server.seen)), (3, 1))
        self.assertIn('it answered 403: "{"message": "Must have admin rights"}"', done.err)

    def test_a_refusal_is_not_tried_again(self):
        for status in (400, 401, 404, 409, 410, 413, 422, 501):
            with self.subTest(status), Server(answer(status, b"no, and why")) as server:
                done = self.post_webhook(server)
                self.assertEqual((done.returncode, len(server.seen)), (3, 1))
                self.assertEqual(done.err.count("\n"), 1)
                self.assertIn(f'it answered {status}: "no, and why"\n', done.err)

    def test_a_redirect_is_not_followed(self):
        with Server(TAKEN) as other:
            for status in (301, 302, 303, 307, 308):
                with self.subTest(status):
                    with Server(answer(status, Location=other.url("/elsewhere"))) as server:
                        done = self.post_webhook(server)
                    self.assertEqual((done.returncode, len(server.seen)), (3, 1))
                    self.assertIn(f"it answered {status} and pointed to '{other.url('/elsewhere')}' "
                                  "(redirects are not followed)\n", done.err)
        self.assertEqual(other.seen, [])

    def test_trying_ends_at_the_deadline(self):
        begun = time.monotonic()
        with Server(answer(503, b"closed")) as server:
            done = self.post_webhook(server, SOCKGRADE_POST_DEADLINE="1s",
                                     SOCKGRADE_POST_FIRST_WAIT="100ms")
        self.assertLess(time.monotonic() - begun, 10)
        self.assertEqual(done.returncode, 3)
        self.assertGreaterEqual(len(server.seen), 2)
        self.assertRegex(done.err, f"given up after {len(server.seen)} attempts in [0-9.]+ s; "
                                   'it answered 503: "closed"\n$')

    def test_a_longer_wait_than_there_is_time_is_not_begun(self):
        begun = time.monotonic()
        with Server(answer(503, Retry_After="600")) as server:
            done = self.post_webhook(server)
        self.assertLess(time.monotonic() - begun, 10)
        self.assertEqual((done.returncode, len(server.seen)), (3, 1))
        self.assertIn("it asks for a wait of 600 s, and posting may take 120 s", done.err)

    def test_a_server_that_is_not_there_is_tried_again(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        path = self.write("result.json", posting.result())
        done = self.run_it("post", "webhook", path, SOCKGRADE_POST_DEADLINE="500ms",
                           SOCKGRADE_WEBHOOK_URL=f"http://127.0.0.1:{port}/",
                           SOCKGRADE_WEBHOOK_SECRET=posting.SECRET)
        self.assertEqual(done.returncode, 3)
        self.assertRegex(done.err, "given up after [0-9]+ attempts in .* s; no answer: ")

    def test_a_server_that_never_answers_ends_with_the_deadline(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        path = self.write("result.json", posting.result())
        begun = time.monotonic()
        done = self.run_it("post", "webhook", path, SOCKGRADE_POST_DEADLINE="1s",
                           SOCKGRADE_WEBHOOK_URL=f"http://127.0.0.1:{listener.getsockname()[1]}/",
                           SOCKGRADE_WEBHOOK_SECRET=posting.SECRET)
        self.assertLess(time.monotonic() - begun, 10)
        self.assertEqual(done.returncode, 3)
        self.assertIn("no answer: ", done.err)

    def test_an_endless_answer_is_judged_by_its_beginning(self):
        def endless(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            handler.close_connection = True
            try:
                for _ in range(1 << 14):
                    handler.wfile.write(b"x" * 65536)
            except OSError:
                pass

        with Server(endless) as server:
            self.assert_taken(server, self.post_webhook(server), 1)

    def test_the_words_of_a_server_are_harmless(self):
        words = b"\x1b]0;owned\x07\r\nsockgrade: all is well\n\xff\xe2\x80\xae" + b"A" * 5000
        with Server(answer(400, words)) as server:
            done = self.post_webhook(server)
        self.assertEqual(done.err.count("\n"), 1)
        self.assertIn('400: "\\x1b]0;owned\\x07\\r\\nsockgrade: all is well\\n\\xff\\xe2\\x80\\xaeAAA',
                      done.err)
        self.assertLess(len(done.err), 1200)


if __name__ == "__main__":
    posting.main()
