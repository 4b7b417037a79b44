# SPDX-License-Identifier: MIT
"""What the tests of posting share: a server that answers as it is told, and sockgrade run against it.

Each test file is a program: FILE.py SOCKGRADE [unittest's arguments]. Servers listen on ports that the
kernel chose; nothing is contacted but 127.0.0.1.
"""
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import unittest

SECRET = "kuda-laut-7c1d-correct-horse"
TOKEN = "ghp_0123456789abcdefSECRETabcdef"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
SECONDS = 240  # bounds what hangs; a server that looks into all of GitHub's description is slow on a busy machine

program = ""


def result(**changes):
    """The bytes of a small result file, unlike what sockgrade itself would lay out."""
    file = {
        "schema": "sockgrade/result/1",
        "assignment": "echo",
        "submission": {"id": "alice", "path": "alice"},
        "score": 61,
        "max_score": 100,
        "cases": [{"id": "a", "status": "failed"}, {"id": "b", "status": "passed"},
                  {"id": "c", "status": "failed"}, {"id": "d", "status": "failed"}],
    }
    file.update(changes)
    return json.dumps(file, ensure_ascii=False, indent=3).encode() + b" \n\n"


class Seen:
    """One request, as it arrived."""

    def __init__(self, handler, body):
        self.method = handler.command
        self.path = handler.path
        self.headers = handler.headers
        self.body = body
        self.at = time.monotonic()


def answer(status, body=b"", **headers):
    """A play: a whole answer. Header names are written with '_' for '-'."""

    def play(handler):
        handler.send_response_only(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return play


def raw(data):
    """A play: these bytes, and then the end of the connection."""

    def play(handler):
        handler.wfile.write(data)
        handler.close_connection = True

    return play


class Server:
    """Plays one play per request, the last one for all that come after it."""

    def __init__(self, *plays, context=None, during=None):
        self.plays = plays
        self.seen = []
        self.during = during  # called while a request waits for its answer
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except OSError:  # the client has gone, or does not trust us
                    self.close_connection = True

            def serve(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                server.seen.append(Seen(self, body))
                if server.during:
                    server.during()
                server.plays[min(len(server.seen), len(server.plays)) - 1](self)

            do_GET = do_POST = do_PATCH = do_CONNECT = serve

            def log_message(self, *arguments):
                pass

        class Quiet(http.server.ThreadingHTTPServer):
            def handle_error(self, request, client_address):
                pass

        self.http = Quiet(("127.0.0.1", 0), Handler)
        if context:  # the handshake belongs to the connection's own thread
            self.http.socket = context.wrap_socket(self.http.socket, server_side=True,
                                                   do_handshake_on_connect=False)
        self.scheme = "https" if context else "http"
        self.port = self.http.server_port
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True)

    def url(self, path="/hook", host="127.0.0.1"):
        return f"{self.scheme}://{host}:{self.port}{path}"

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()


class PostingTest(unittest.TestCase):
    """Gives each test a folder of its own, and runs sockgrade with nothing but what the test sets."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="sockgrade-post-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())
        return path

    def environment(self, **more):
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR", "ASAN_OPTIONS",
                                                    "UBSAN_OPTIONS") if name in os.environ}
        keep["SOCKGRADE_POST_FIRST_WAIT"] = "10ms"
        keep.update(more)
        return {name: value for name, value in keep.items() if value is not None}

    def run_it(self, *words, **environment):
        """Runs sockgrade; whatever it is for, nothing secret may be in what it prints."""
        done = subprocess.run([program, *words], env=self.environment(**environment), timeout=SECONDS,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        done.out, done.err = done.stdout.decode(), done.stderr.decode()
        for secret in (SECRET, TOKEN):
            self.assertNotIn(secret, done.out + done.err)
        return done

    def post_webhook(self, server, body=None, **environment):
        path = self.write("result.json", result() if body is None else body)
        settings = {"SOCKGRADE_WEBHOOK_URL": server.url(), "SOCKGRADE_WEBHOOK_SECRET": SECRET}
        settings.update(environment)
        return self.run_it("post", "webhook", path, **settings)

    def post_status(self, server, body=None, **environment):
        path = self.write("result.json", result() if body is None else body)
        settings = {"GITHUB_API_URL": server.url(""), "GITHUB_REPOSITORY": "teacher/course",
                    "GITHUB_SHA": COMMIT, "GITHUB_TOKEN": TOKEN}
        settings.update(environment)
        return self.run_it("post", "github-status", path, **settings)


def is_sanitized():
    with open(program, "rb") as file:
        return b"__asan_init" in file.read()


def cannot_run(why):
    """Ends the whole file as skipped; where everything must run, as failed."""
    print(f"skipped: {why}", file=sys.stderr)
    sys.exit(1 if os.environ.get("SG_MUST_RUN") == "1" else 77)


def main():
    global program
    # The tests import this file under its own name; what is set here must be seen there.
    module = sys.modules.get("posting", sys.modules["__main__"])
    module.program = os.path.abspath(sys.argv.pop(1))
    unittest.main(module="__main__", verbosity=1)
