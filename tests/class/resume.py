# SPDX-License-Identifier: MIT
"""Nothing is lost: killed at any moment and resumed, a run ends with the database of an undisturbed one; what is
there already is kept only where it is of the same submission, spec and program."""
import random
import shutil
import signal
import subprocess
import time

import classes

KILLS = 10


class Resume(classes.ClassTest):
    asked = classes.ONE

    def test_killed_at_ten_random_moments_it_ends_with_the_same_database(self):
        self.make_class()
        began = time.monotonic()
        self.graded("class", "--db", "whole.db")
        whole = time.monotonic() - began
        killed = 0
        for _ in range(KILLS):
            process = self.start("grade", "class", *self.asked, "--db", "killed.db", "--resume",
                                 stdout=subprocess.DEVNULL)
            try:
                # A run that goes on has less to do: a quarter of an undisturbed one.
                process.communicate(timeout=random.uniform(0, whole / 4))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.communicate()
                killed += 1
        self.assertGreater(killed, 2)
        self.graded("class", "--db", "killed.db", "--resume")
        self.assertEqual(self.dump("killed.db"), self.dump("whole.db"))

    def test_asked_to_stop_it_keeps_whole_results_leaves_nothing_and_goes_on(self):
        self.make_class()
        process = self.start("grade", "class", *self.asked, "--jobs", "1")
        self.await_results(process, 2)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=classes.contract.SECONDS)
        self.assertEqual((process.returncode, out), (-signal.SIGTERM, b""))
        self.assertRegex(err.decode(), r"\Asockgrade: stopped: \d of 8 are in 'results.db', --resume goes on\n\Z")
        self.assert_clean()
        done = len(self.scores("results.db"))
        self.assertLess(done, 8)
        self.assertIn(f"{8 - done} of 8 graded, {done} kept", self.graded("class", "--resume"))
        self.graded("class", "--db", "whole.db")
        self.assertEqual(self.dump("results.db"), self.dump("whole.db"))

    def await_results(self, process, count):
        def there():
            self.assertIsNone(process.poll())
            try:
                return len(self.scores("results.db")) >= count
            except classes.sqlite3.OperationalError:  # there are no tables yet
                return False
        classes.contract.wait_until(there, f"{count} results")

    def test_what_is_the_same_is_kept_and_what_has_changed_is_graded(self):
        self.make_class()
        self.graded("class")
        before = self.dump("results.db")
        self.assertIn("0 of 8 graded, 8 kept", self.graded("class", "--resume"))
        self.assertEqual(self.dump("results.db"), before)
        # The same bytes with other times and elsewhere are the same submission …
        shutil.move(self.folder / "class", self.folder / "moved")
        (self.folder / "moved/ani/server.py").touch()
        (self.folder / "moved/ani/.git").mkdir()
        self.assertIn("0 of 8 graded, 8 kept", self.graded("moved", "--resume"))
        # … and one byte more, another right or another name make another.
        with open(self.folder / "moved/ani/server.py", "a", encoding="ascii") as file:
            file.write("\n")
        (self.folder / "moved/citra/server.py").chmod(0o755)
        (self.folder / "moved/eko/server.py").rename(self.folder / "moved/eko/echo_server.py")
        plan = self.graded("moved", "--resume", "--dry-run", status=0)
        self.assertEqual([line.split()[3] for line in plan.splitlines() if "to be graded" in line],
                         ["ani", "citra", "eko"])
        self.assertIn("3 of 8 graded, 5 kept", self.graded("moved", "--resume"))

    def test_another_spec_makes_all_results_old(self):
        self.make_class({"ani": classes.RIGHT, "budi": classes.WRONG})
        spec = self.folder / "mine.yaml"
        text = ("spec: 1\nid: mine\nextends: echo\ntitle: Mine\ncases:\n  - id: one-message\n    title: %s\n"
                "    role: server\n    points: 5\n    play:\n      - c: connect\n      - c: {send: \"abc\"}\n"
                "      - c: {expect: \"abc\"}\n")
        spec.write_text(text % "One", encoding="ascii")
        words = ["class", "--spec", spec, "--case", "one-message"]
        self.assertEqual(self.run_it("grade", *words).status, 1)
        self.assertIn(b"0 of 2 graded, 2 kept", self.run_it("grade", *words, "--resume").out)
        spec.write_text(text % "Another", encoding="ascii")
        done = self.run_it("grade", *words, "--resume")
        self.assertIn(b"2 of 2 graded, 0 kept", done.out)
        self.assertIn(b"the spec has changed since", done.err)

    def test_a_database_goes_on_as_it_began(self):
        self.make_class({"ani": classes.RIGHT})
        self.graded("class", status=0)
        before = self.dump("results.db")
        self.assert_placed(self.grade("class"), "'results.db' exists already: --resume goes on with it")
        rows = [(["--seed", "2"], "is of the seed 1"), (["--shard", "1/2"], "is shard 1 of 1"),
                (["--lang", "id"], "is in another language: go on with --lang en"),
                (["--repeat", "2"], "is of another --role, --case or --repeat"),
                (["--case", "x"], "is of another --role, --case or --repeat")]
        for words, text in rows:
            with self.subTest(words):
                self.assert_placed(self.grade("class", "--resume", *words), f"'results.db' {text}")
        self.assert_placed(self.run_it("grade", "class", "--assignment", "caesar", "--resume"),
                           "'results.db' is of the assignment 'echo'")
        self.assertEqual(self.dump("results.db"), before)

    def test_only_failed_does_those_anew_that_lost_points(self):
        self.make_class()
        self.graded("class")
        self.assertIn("3 of 8 graded, 5 kept", self.graded("class", "--only-failed"))


if __name__ == "__main__":
    classes.main()
