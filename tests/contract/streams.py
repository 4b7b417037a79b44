# SPDX-License-Identifier: MIT
"""What goes to standard output, standard error and files, and what happens where one takes nothing."""
import json
import os
import pty
import select
import subprocess

import contract


class Streams(contract.ContractTest):
    def test_the_report_is_all_that_is_printed(self):
        done = self.check(self.submission(), *contract.SHORT)
        self.assertEqual((done.status, done.err), (0, b""))
        self.assertIn("✓ one-message", done.out.decode())
        self.assertNotIn(b"\033", done.out)
        self.assert_clean()

    def test_json_on_standard_output_is_the_file(self):
        done = self.check(self.submission(contract.WRONG), *contract.SHORT, "--format=json")
        self.assertEqual((done.status, done.err), (1, b""))
        self.assertEqual(json.loads(done.out)["schema"], "sockgrade/result/1")

    def test_files_leave_standard_output_to_others(self):
        done = self.check(self.submission(), *contract.SHORT, "--format", "json=a.json", "--format", "junit=b.xml")
        self.assertEqual((done.status, done.out, done.err), (0, b"", b""))
        self.assertEqual(sorted(path.name for path in self.folder.glob("?.*")), ["a.json", "b.xml"])
        done = self.check(self.submission(), *contract.SHORT, "--format", "json=a.json", "--format", "pretty")
        self.assertIn(b"8 of 8", done.out)

    def test_a_file_that_was_there_is_replaced_whole(self):
        (self.folder / "a.json").write_text("x" * 1_000_000)
        done = self.check(self.submission(), *contract.SHORT, "--format", "json=a.json")
        self.assertEqual(done.status, 0)
        self.assertEqual(json.loads((self.folder / "a.json").read_text())["score"], 8)
        self.assertEqual(list(self.folder.glob("*.part")), [])

    def test_a_full_disk_is_the_machines_fault_and_costs_no_other_report(self):
        before = os.stat("/dev/full")
        done = self.check(self.submission(contract.WRONG), *contract.SHORT, "--format", "junit=/dev/full", "--format",
                          "json=a.json", "--format", "pretty")
        self.assertEqual(done.status, 3)
        self.assertEqual(done.err, b"sockgrade: cannot write '/dev/full': write: No space left on device\n")
        self.assertIn(b"one-message", done.out)
        self.assertEqual(len(json.loads((self.folder / "a.json").read_text())["cases"]), 2)
        self.assertEqual(os.stat("/dev/full").st_rdev, before.st_rdev)

    def test_a_report_goes_into_a_pipe(self):
        reader, writer = os.pipe()
        done = self.check(self.submission(), *contract.SHORT, "--format", f"json=/dev/fd/{writer}",
                          pass_fds=[writer])
        os.close(writer)
        with os.fdopen(reader) as file:
            self.assertEqual(json.load(file)["score"], 8)
        self.assertEqual((done.status, done.out, done.err), (0, b"", b""))

    def test_a_path_that_cannot_be_is_refused_before_any_work(self):
        folder = self.submission(before="open('/nowhere/at/all')")
        (self.folder / "file").write_text("")
        (self.folder / "link").symlink_to("file")
        (self.folder / "dangling").symlink_to("new")
        os.mkfifo(self.folder / "pipe")
        for words, pattern in [
            (["--format", "json=none/a.json"], "cannot write 'none/a.json': .*No such file or directory"),
            (["--format", "json=file/a.json"], "cannot write 'file/a.json': .*Not a directory"),
            (["--format", "json=tmp"], "cannot write 'tmp': .*Is a directory"),
            (["--format", "json=link"], "cannot write 'link': it is a symbolic link"),
            (["--format", "json=dangling"], "cannot write 'dangling': it is a symbolic link"),
            (["--format", "json=pipe"], "cannot write 'pipe': it is no regular file"),
            (["--format", "json="], "the name of a file is missing"),
            (["--artifacts", "file"], "make the folder 'file': Not a directory"),
            (["--format", "yaml"], r"unknown format 'yaml' \(one of: pretty, json, junit.*\)"),
        ]:
            with self.subTest(words):
                self.assert_placed(self.check(folder, *words), pattern)

    def test_an_unwritable_folder_is_refused(self):
        locked = self.folder / "locked"
        locked.mkdir(mode=0o555)
        if os.access(locked, os.W_OK):
            locked = "/proc/self"  # root may write everywhere but where nothing can be
        done = self.check(self.submission(), *contract.SHORT, "--format", f"json={locked}/a.json")
        self.assert_placed(done, f"cannot write '{locked}/a.json': ")

    def test_standard_output_that_is_full_or_closed(self):
        folder = self.submission()
        for words in (["check", folder, "--assignment", "echo", *contract.SHORT], ["list"], ["list", "echo"],
                      ["--help"], ["--version"], ["doctor"], ["explain", "single-recv"],
                      ["spec", "lint", contract.ROOT / "specs/echo.yaml"],
                      ["spec", "show", contract.ROOT / "specs/echo.yaml"]):
            with self.subTest(words):
                with open("/dev/full", "wb") as full:
                    done = self.run_it(*words, stdout=full)
                self.assertEqual((done.status, done.err), (
                    3, b"sockgrade: cannot write to standard output: write: No space left on device\n"))
                done = self.run_it(*words, stdout=None, preexec_fn=lambda: os.close(1))
                self.assertEqual((done.status, done.err), (
                    3, b"sockgrade: cannot write to standard output: write: Bad file descriptor\n"))
                reader, writer = os.pipe()
                os.close(reader)
                done = self.run_it(*words, stdout=writer)
                os.close(writer)
                self.assertEqual((done.status, done.err), (3, b""), "a reader that has gone is told nothing")
        self.assert_clean()

    def test_no_standard_stream_at_all(self):
        done = self.check(self.submission(), *contract.SHORT, "--format", "json=a.json", stdin=None, stdout=None,
                          stderr=None, preexec_fn=lambda: os.closerange(0, 3))
        self.assertEqual(done.status, 0)
        self.assertEqual(json.loads((self.folder / "a.json").read_text())["score"], 8)

    def test_color(self):
        folder = self.submission(contract.WRONG)
        for words, environment, terminal, colored in [
            ([], {}, False, False),
            ([], {}, True, True),
            (["--color", "auto"], {"NO_COLOR": "1"}, True, False),
            (["--color", "auto"], {"NO_COLOR": ""}, True, True),
            ([], {"TERM": "dumb"}, True, False),
            (["--color", "never"], {}, True, False),
            (["--color", "always"], {"NO_COLOR": "1"}, False, True),
        ]:
            with self.subTest(words, environment=environment, terminal=terminal):
                words = ["check", folder, "--assignment", "echo", *contract.SHORT, *words]
                environment = {"TERM": "xterm", **environment}
                out = self.in_terminal(words, environment, both=False)[1] if terminal else self.run_it(
                    *words, environment=environment).out
                self.assertEqual(b"\033[" in out, colored)

    def test_progress_is_shown_on_a_terminal_and_taken_away(self):
        words = ["check", self.submission(), "--assignment", "echo", *contract.SHORT]
        status, seen = self.in_terminal(words, {"TERM": "xterm", "NO_COLOR": "1"}, both=True)
        self.assertEqual(status, 0)
        self.assertIn(b"\r\033[Kbuilding ", seen)
        self.assertIn(b"\r\033[K2 of 2  closes-after-end", seen)
        last = seen.rindex(b"\r\033[K")
        self.assertTrue(seen[last + 4:].startswith("echo · alice".encode()), "the report begins on an empty line")
        status, seen = self.in_terminal(words, {"TERM": "dumb"}, both=True)
        self.assertEqual((status, seen.count(b"\033")), (0, 0))

    def test_progress_keeps_to_one_line(self):
        folder = self.submission(name="long-" * 30 + "\033[2J")
        words = ["check", folder, "--assignment", "echo", *contract.SHORT]
        _, seen = self.in_terminal(words, {"TERM": "xterm", "NO_COLOR": "1"}, both=True)
        self.assertNotIn(b"\033[2J", seen)
        for line in seen[:seen.rindex(b"\r\033[K")].split(b"\r\033[K"):
            self.assertLess(len(line.decode()), 80)

    def in_terminal(self, words, environment, both):
        """Standard error, or both streams, are a terminal of 80 columns: (status, what it got)."""
        ours, theirs = pty.openpty()
        process = self.start(*words, environment=environment, stdout=theirs,
                             stderr=theirs if both else subprocess.DEVNULL)
        os.close(theirs)
        seen = b""
        while select.select([ours], [], [], contract.SECONDS)[0]:
            try:
                data = os.read(ours, 65536)
            except OSError:  # nobody holds the other end any more
                break
            if not data:
                break
            seen += data
        os.close(ours)
        return process.wait(timeout=contract.SECONDS), seen.replace(b"\r\n", b"\n")


if __name__ == "__main__":
    contract.main()
