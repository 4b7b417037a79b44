# SPDX-License-Identifier: MIT
"""A class, graded: what comes of each submission, whatever the others do."""
import json
import os
import pathlib
import signal
import subprocess

import classes
from classes import PASS, RIGHT, WRONG
from contract import ROOT, wait_until


class Grade(classes.ClassTest):
    def test_each_gets_what_check_gives_it(self):
        self.make_class()
        out = self.graded("class")
        self.assertRegex(out, r"(?s)8 of 8 graded, 0 kept.* 4 passed everything.* 4 lost points")
        self.assert_clean()
        self.assertEqual([student for student, points in self.scores("results.db").items() if points == 8000], PASS)
        for student in ("ani", "dewi"):
            with self.subTest(student):
                single, _ = self.result(f"class/{student}", *classes.SHORT)
                done = self.run_it("report", "results.db", "--submission", student, "--format", "json")
                single["submission"]["path"] = student  # a copy was graded: of it the id is shown
                self.assertEqual(classes.without_times(json.loads(done.out)), classes.without_times(single))

    def test_the_status_is_that_of_the_worst(self):
        for answer, status in ((RIGHT, 0), (WRONG, 1)):
            self.make_class({"ani": RIGHT, "budi": answer}, name=f"class{status}")
            self.graded(f"class{status}", "--db", f"{status}.db", status=status)
        folder = self.make_class({"ani": WRONG, "budi": RIGHT}, name="class2")
        (folder / "budi/submission.yaml").write_text("nothing: known\n", encoding="ascii")
        out = self.graded("class2", "--db", "2.db", status=2)
        self.assertIn("budi: budi/submission.yaml:1:1: unknown key 'nothing'", out)
        self.assertEqual(self.query("2.db", "SELECT state, exit_status FROM submission ORDER BY id"),
                         [("graded", 1), ("refused", 2)])

    def test_a_worker_that_dies_is_an_error_of_its_submission_alone(self):
        folder = self.make_class({"ani": RIGHT, "budi": RIGHT, "citra": WRONG})
        (folder / "budi/Makefile").write_text("server:\n\tcat /dev/zero >/dev/null\n", encoding="ascii")
        process = self.start("grade", "class", *self.asked, "--jobs", "3")
        worker = wait_until(lambda: self.worker_that_builds(process.pid), "a build")
        wait_until(lambda: len(self.stored()) == 2, "the other results")
        os.kill(worker, signal.SIGKILL)
        out, err = process.communicate(timeout=classes.contract.SECONDS)
        self.assertEqual((process.returncode, err), (3, b""))
        self.assertIn("budi: its grading was ended by a signal: SIGKILL", out.decode())
        self.assertEqual(self.stored(), {"ani": ("graded", 0), "budi": ("error", 3), "citra": ("graded", 1)})
        self.assert_clean()
        # It is no result: whoever goes on does it again.
        (folder / "budi/Makefile").unlink()
        self.assertIn("1 of 3 graded, 2 kept", self.graded("class", "--resume"))
        self.assertEqual(self.stored()["budi"], ("graded", 0))

    def stored(self):
        try:
            return {one: (state, status) for one, state, status in
                    self.query("results.db", "SELECT id, state, exit_status FROM submission")}
        except classes.sqlite3.OperationalError:
            return {}

    @staticmethod
    def worker_that_builds(pid):
        """The child below which `cat /dev/zero` runs."""
        for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
            below = [child]
            for one in below:
                try:
                    below += pathlib.Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii").split()
                    if pathlib.Path(f"/proc/{one}/cmdline").read_bytes().startswith(b"cat\0/dev/zero"):
                        return int(child)
                except OSError:
                    pass
        return None

    def test_hostile_names_are_names(self):
        names = {"'; DROP TABLE run; --": RIGHT, "$(touch gone)": RIGHT, "--help": RIGHT, "a\x1b[2Jb": RIGHT,
                 "new\nline": WRONG, "\u202eevil": RIGHT, "=cmd()": RIGHT, "%s%n": RIGHT, "*": RIGHT}
        self.make_class(names)
        out = self.graded("class")
        self.assertIn("9 of 9 graded", out)
        self.assertEqual(len(self.scores("results.db")), 9)
        for words in ([], ["--format", "csv"]):
            shown = self.run_it("report", "results.db", *words).out.decode()
            self.assertNotRegex(shown, "[\x00-\x09\x0b\x0c\x0e-\x1f\u202e]")
        self.assertFalse((self.folder / "gone").exists())
        self.assertIn("0 of 9 graded, 9 kept", self.graded("class", "--resume"))

    def test_a_case_that_is_played_several_times_says_how_often_it_agreed(self):
        self.make_class({"ani": RIGHT, "budi": WRONG})
        self.graded("class", "--repeat", "3")
        self.assertEqual(self.query("results.db", "SELECT submission, name, runs, runs_passed, runs_agreeing FROM "
                                                  "case_result WHERE name = 'one-message'"),
                         [("ani", "one-message", 3, 3, 3), ("budi", "one-message", 3, 0, 3)])

    def test_a_dry_run_makes_nothing(self):
        self.make_class({"ani": RIGHT, "budi": RIGHT})
        out = self.graded("class", "--dry-run", status=0)
        self.assertEqual(out.split(), ["echo:", "2", "submissions", "(plain)", *"to be graded ani ani".split(),
                                       *"to be graded budi budi".split()])
        self.assertFalse((self.folder / "results.db").exists())

    def test_what_grade_does_not_do_is_said(self):
        self.make_class({"ani": RIGHT})
        rows = [(["--format", "json"], r"--format is not an option of grade \(of: check, report, spec prove\)"),
                (["--post", "webhook"], "SOCKGRADE_WEBHOOK_URL is not set"),
                (["--artifacts", "out"], "--artifacts is not an option of grade"),
                (["--db", "no/where.db"], "cannot open 'no/where.db': No such file or directory"),
                (["--db", "class"], "exists already")]
        for words, text in rows:
            with self.subTest(words):
                self.assert_placed(self.grade("class", *words), f".*{text}")
        self.assert_placed(self.run_it("grade", "class"), "which assignment?")
        self.assert_placed(self.grade("nowhere"), "cannot read 'nowhere'")
        (self.folder / "empty").mkdir()
        self.assertEqual(self.grade("empty").status, 2)

    def test_every_column_is_documented(self):
        self.make_class({"ani": RIGHT})
        self.graded("class", status=0)
        page = (ROOT / "docs/results-database.md").read_text(encoding="utf-8")
        for (table,) in self.query("results.db", "SELECT name FROM sqlite_schema WHERE type = 'table'"):
            section = page.split(f"## `{table}`")[1].split("\n## ")[0]
            for column in self.query("results.db", f"PRAGMA table_info({table})"):
                self.assertIn(f"`{column[1]}`", section, table)

    def test_nothing_of_the_database_is_open_in_a_worker(self):
        """A worker that could write to it could grade itself."""
        folder = self.make_class({"budi": RIGHT})
        (folder / "budi/Makefile").write_text("server:\n\tcat /dev/zero >/dev/null\n", encoding="ascii")
        process = self.start("grade", "class", *self.asked, stdout=subprocess.DEVNULL)
        worker = wait_until(lambda: self.worker_that_builds(process.pid), "a build")
        files = [os.readlink(fd) for fd in pathlib.Path(f"/proc/{worker}/fd").iterdir()]
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=classes.contract.SECONDS)
        self.assertEqual([file for file in files if "results.db" in file], [])
        self.assert_clean()


if __name__ == "__main__":
    classes.main()
