# SPDX-License-Identifier: MIT
"""TLS is verified, always; and where nothing is sent at all: over http to anywhere else, by a proxy that
the environment names for this machine itself."""
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading

import posting
from posting import SECRET, Server, answer


def openssl(folder, *words):
    subprocess.run(["openssl", *words], cwd=folder, check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_authority(folder, name):
    openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "2", "-subj", f"/CN={name}",
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=keyCertSign")


def make_certificate(folder, authority, name, subject):
    openssl(folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
            f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
    with open(os.path.join(folder, f"{name}.ext"), "w", encoding="ascii") as file:
        file.write(f"subjectAltName={subject}\n")
    openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.pem", "-CAkey",
            f"{authority}.key", "-set_serial", "1", "-days", "2", "-extfile", f"{name}.ext", "-out",
            f"{name}.pem")


class Tls(posting.PostingTest):
    @classmethod
    def setUpClass(cls):
        keys = tempfile.TemporaryDirectory(prefix="sockgrade-keys-")
        cls.addClassCleanup(keys.cleanup)
        cls.keys = keys.name
        for name in ("ours", "other"):
            make_authority(keys.name, name)
        make_certificate(keys.name, "ours", "right", "IP:127.0.0.1,DNS:localhost")
        make_certificate(keys.name, "ours", "elsewhere", "DNS:elsewhere.example")
        make_certificate(keys.name, "other", "foreign", "IP:127.0.0.1")

    def key(self, name):
        return os.path.join(self.keys, name)

    def server(self, certificate, *plays):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.key(f"{certificate}.pem"), self.key(f"{certificate}.key"))
        return Server(*(plays or (answer(200),)), context=context)

    def test_posts_where_the_certificate_is_right(self):
        for host in ("127.0.0.1", "localhost"):
            with self.subTest(host), self.server("right") as server:
                done = self.post_webhook(server, SOCKGRADE_WEBHOOK_URL=server.url(host=host),
                                         SOCKGRADE_CA_FILE=self.key("ours.pem"))
                self.assertEqual((done.returncode, done.err), (0, ""))
                self.assertEqual(len(server.seen), 1)

    def test_sends_nothing_where_it_is_not(self):
        ours = self.key("ours.pem")
        rows = [
            ("an authority that nobody knows", "right", None),
            ("another authority", "foreign", ours),
            ("another host's", "elsewhere", ours),
        ]
        for name, certificate, trusted in rows:
            with self.subTest(name), self.server(certificate) as server:
                done = self.post_webhook(server, SOCKGRADE_CA_FILE=trusted)
                self.assertEqual((done.returncode, server.seen), (3, []))
                self.assertEqual(done.err.count("\n"), 1)
                self.assertRegex(done.err, "^sockgrade: .*: cannot post to webhook at 127.0.0.1:"
                                           f"{server.port}: SSL[ :].*(certificate|subject)")

    def test_the_users_own_configuration_does_not_turn_it_off(self):
        """Neither what curl the program reads, nor what OpenSSL reads, makes a certificate right."""
        self.write(".curlrc", "insecure\n")
        self.write(".netrc", "default login someone password something\n")
        with self.server("foreign") as server:
            done = self.post_webhook(server, HOME=self.folder, CURL_HOME=self.folder,
                                     SSL_CERT_FILE=self.key("other.pem"), SSL_CERT_DIR=self.keys,
                                     CURL_CA_BUNDLE=self.key("other.pem"))
        self.assertEqual((done.returncode, server.seen), (3, []))

    def test_a_file_of_certificates_that_is_none(self):
        with self.server("right") as server:
            missing = self.post_webhook(server, SOCKGRADE_CA_FILE="/nonexistent.pem")
            empty = self.post_webhook(server, SOCKGRADE_CA_FILE=self.write("empty.pem", b""))
        self.assertEqual(missing.returncode, 2)
        self.assertIn("SOCKGRADE_CA_FILE: cannot read '/nonexistent.pem'", missing.err)
        self.assertEqual((empty.returncode, server.seen), (3, []))
        self.assertEqual(empty.err.count("\n"), 1)

    def test_http_to_another_machine_is_refused_before_anything_is_tried(self):
        """The proxy would see what was tried: libcurl asks it for every address but our own."""
        with Server(answer(200)) as proxy:
            for url in ("http://192.0.2.1/hook", "http://hooks.example/"):
                with self.subTest(url):
                    done = self.post_webhook(proxy, SOCKGRADE_WEBHOOK_URL=url, http_proxy=proxy.url(""),
                                             all_proxy=proxy.url(""))
                    self.assertEqual(done.returncode, 2)
                    self.assertTrue(done.err.startswith(
                        f"command line:1:16: webhook: SOCKGRADE_WEBHOOK_URL: http to '{url.split('/')[2]}'"
                        " would send"), done.err)
        self.assertEqual(proxy.seen, [])

    def test_the_api_of_github_is_held_to_the_same_rule(self):
        with Server(answer(200)) as proxy:
            done = self.post_status(proxy, GITHUB_API_URL="http://192.0.2.1", http_proxy=proxy.url(""))
        self.assertEqual((done.returncode, proxy.seen), (2, []))
        self.assertIn("github-status: GITHUB_API_URL: http to '192.0.2.1' would send", done.err)

    def test_no_proxy_stands_between_this_machine_and_itself(self):
        ours = self.key("ours.pem")
        with Server(answer(502)) as proxy:
            names = ("http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
            proxies = {name: proxy.url("") for name in names}
            with Server(answer(200)) as plain, self.server("right") as secure:
                for server in (plain, secure):
                    done = self.post_webhook(server, SOCKGRADE_CA_FILE=ours, **proxies)
                    self.assertEqual((done.returncode, done.err), (0, ""))
                    self.assertEqual(len(server.seen), 1)
        self.assertEqual(proxy.seen, [])

    def test_a_proxy_is_used_for_other_machines_and_sees_no_secret(self):
        with Server(answer(403, b"not through me")) as proxy:
            done = self.post_webhook(proxy, SOCKGRADE_WEBHOOK_URL="https://hooks.example/hook",
                                     https_proxy=proxy.url(""), SOCKGRADE_POST_DEADLINE="300ms")
        self.assertEqual(done.returncode, 3)
        self.assertEqual({(seen.method, seen.path) for seen in proxy.seen},
                         {("CONNECT", "hooks.example:443")})
        for seen in proxy.seen:
            self.assertEqual(seen.body, b"")
            self.assertNotIn("X-Sockgrade", str(seen.headers))

    def test_a_handshake_that_breaks_off_is_tried_again(self):
        """A listener that closes every connection before it has said anything."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(posting.SECONDS)
            accepted = []

            def accept():
                try:
                    while True:
                        connection, _ = listener.accept()
                        accepted.append(1)
                        connection.close()
                except OSError:
                    pass

            threading.Thread(target=accept, daemon=True).start()
            path = self.write("result.json", posting.result())
            done = self.run_it("post", "webhook", path, SOCKGRADE_WEBHOOK_SECRET=SECRET,
                               SOCKGRADE_POST_DEADLINE="500ms",
                               SOCKGRADE_WEBHOOK_URL=f"https://127.0.0.1:{listener.getsockname()[1]}/")
        self.assertEqual(done.returncode, 3)
        self.assertGreaterEqual(len(accepted), 2)


if __name__ == "__main__":
    if not shutil.which("openssl"):
        posting.cannot_run("there is no openssl to make certificates with")
    posting.main()
