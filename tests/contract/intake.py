# SPDX-License-Identifier: MIT
"""Submissions that are odd as files: a clear word, in bounded time, and nothing of the host in it."""
import json
import os
import socket
import time

import contract

SECRET = "tok-5067-not-to-be-shown"


class Intake(contract.ContractTest):
    def one(self, folder, *words):
        return self.check(folder, "--role", "server", "--case", "one-message", *words)

    def test_what_is_no_file_is_left_out_and_noted(self):
        folder = self.submission()
        os.mkfifo(folder / "pipe")
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(str(folder / "socket"))
        done = self.one(folder, "--format", "json")
        self.assertEqual(done.status, 0)
        notes = json.loads(done.out)["notes"]
        self.assertTrue([note for note in notes if note.startswith("2 of what is in the submission")], notes)

    def test_a_manifest_that_is_a_link_is_refused_and_not_quoted(self):
        folder = self.submission()
        (self.folder / "secret").write_text(f"{SECRET}: [\n")
        (folder / "submission.yaml").symlink_to(self.folder / "secret")
        done = self.one(folder)
        self.assertEqual((done.status, done.out), (2, b""))
        self.assertIn(b"is a symbolic link", done.err)
        self.assertNotIn(SECRET.encode(), done.err)

    def test_a_manifest_that_is_a_pipe_holds_nobody_up(self):
        folder = self.submission()
        os.mkfifo(folder / "submission.yaml")
        done = self.one(folder)
        self.assertEqual(done.status, 2)
        self.assertIn(b"is no regular file", done.err)

    def test_too_many_files_and_too_large_ones_are_refused_soon(self):
        many, large = self.submission(name="many"), self.submission(name="large")
        for number in range(20_001):
            (many / f"f{number}").touch()
        with open(large / "sparse", "wb") as file:
            file.truncate(100 << 30)
        for folder, words in ((many, b"more than 20000 files"), (large, b"more than 512 MiB, with 'sparse'")):
            begun = time.monotonic()
            done = self.one(folder)
            self.assertEqual((done.status, done.out), (2, b""))
            self.assertIn(words, done.err)
            self.assertLess(time.monotonic() - begun, 30)
            self.assert_clean()

    def test_folders_too_deep_are_refused(self):
        folder = self.submission()
        (folder / ("d/" * 80)).mkdir(parents=True)
        done = self.one(folder)
        self.assertEqual(done.status, 2)
        self.assertIn(b"nested more than 64 deep", done.err)
        self.assert_clean()

    def test_line_ends_of_windows_in_a_makefile_are_noted(self):
        folder = self.folder / "crlf"
        folder.mkdir()
        (folder / "server.c").write_text("int main(void) { return 0; }\n")
        (folder / "Makefile").write_bytes(b"server: server.c\r\n\tcc -o server server.c\r\n")
        done = self.one(folder, "--format", "json")
        self.assertEqual(done.status, 1)
        notes = json.loads(done.out)["notes"]
        self.assertTrue([note for note in notes if "the lines of Makefile end as on Windows" in note], notes)

    def test_links_lead_nowhere_outside(self):
        folder = self.submission(before="open('elsewhere')")
        (self.folder / "secret").write_text(SECRET)
        (folder / "elsewhere").symlink_to(self.folder / "secret")
        done = self.one(folder, "--format", "json")
        self.assertEqual(done.status, 1)
        self.assertIn("FileNotFoundError", done.out.decode())
        self.assertNotIn(SECRET, done.out.decode())


if __name__ == "__main__":
    contract.main()
