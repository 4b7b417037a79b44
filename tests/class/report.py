# SPDX-License-Identifier: MIT
"""What is in a database, printed, written and posted."""
import csv
import io
import json
import re
import shlex
import shutil
import sqlite3
import stat

import classes
from classes import CLASS, PASS, SHORT, WRONG


class Report(classes.ClassTest):
    @classmethod
    def setUpClass(cls):
        """One class for all of them."""
        maker = cls("test_the_table_has_everybody_and_every_case")
        maker.setUp()
        cls.addClassCleanup(maker.doCleanups)
        folder = maker.make_class({name: CLASS[name] for name in ("ani", "budi", "citra", "eko")})
        (folder / "citra/submission.yaml").write_text("[", encoding="ascii")
        assert maker.grade("class").status == 2
        cls.database = maker.folder / "results.db"

    def setUp(self):
        super().setUp()
        if hasattr(type(self), "database"):
            shutil.copy(self.database, self.folder / "results.db")

    def report(self, *words):
        done = self.run_it("report", "results.db", *words)
        self.assertEqual((done.status, done.err), (0, b""))
        return done.out.decode()

    def test_the_table_has_everybody_and_every_case(self):
        text = self.report()
        self.assertRegex(text, r"\Aecho: 4 submissions, seed 1\n")
        self.assertRegex(text, r"\n +8 of 8  ani ")
        self.assertRegex(text, r"\n +not graded  citra +citra/submission.yaml:2:1: a value is wanted")
        self.assertRegex(text, r"\n\nserver: failed by\n +1 of 3 +one-message +wrong-data \(1\)\n")
        self.assertRegex(text, r"\n +1 +\d  extra-bytes\n")

    def test_some_can_be_chosen(self):
        text = self.report("--submission", "[ab]*")
        self.assertIn("budi", text)
        self.assertNotIn("eko", text)
        self.assert_placed(self.run_it("report", "results.db", "--submission", "x*"), "no submission is called that")

    def test_csv_has_a_row_for_each(self):
        rows = list(csv.DictReader(io.StringIO(self.report("--format", "csv"))))
        self.assertEqual([(row["id"], row["score"], row["max_score"], row["state"]) for row in rows],
                         [("ani", "8", "8", "graded"), ("budi", "0", "8", "graded"), ("citra", "", "", "refused"),
                          ("eko", "5", "8", "graded")])

    def test_gradebooks_have_a_row_for_each_student(self):
        rows = list(csv.DictReader(io.StringIO(self.report("--gradebook", "plain"))))
        self.assertEqual([(row["submission"], row["points"], row["max_points"]) for row in rows],
                         [("ani", "8", "8"), ("budi", "0", "8"), ("citra", "", ""), ("eko", "5", "8")])
        self.assertRegex(rows[1]["comment"], r"wrong-data \(\d\)")
        self.report("--gradebook", "canvas=canvas.csv", "--submission", "[ab]*")
        rows = list(csv.reader(io.StringIO((self.folder / "canvas.csv").read_text("utf-8"))))
        self.assertEqual([row[0] for row in rows], ["Student", "    Points Possible", "ani", "budi"])
        self.assert_placed(self.run_it("report", "results.db", "--gradebook", "moodle"), "Moodle takes marks by")
        self.assert_placed(self.run_it("report", "results.db", "--gradebook", "x"), "unknown gradebook 'x'")

    def test_every_format_of_one_is_written(self):
        for name in ("pretty", "json", "junit", "tap", "gradescope", "github", "csv"):
            with self.subTest(name):
                self.assertTrue(self.report("--submission", "budi", "--format", name))
        self.assertIn("0 of 8", self.report("--submission", "budi", "--format", "pretty"))

    def test_a_file_for_each_is_written(self):
        (self.folder / "out").mkdir()
        self.report("--format", "json=out/{id}.json", "--format", "csv=out/all.csv")
        self.assertEqual(sorted(one.name for one in (self.folder / "out").iterdir()),
                         ["all.csv", "ani.json", "budi.json", "eko.json"])
        self.assertEqual(json.loads((self.folder / "out/budi.json").read_bytes())["submission"],
                         {"id": "budi", "path": "budi"})
        self.assert_placed(self.run_it("report", "results.db", "--format", "json"), "'json' is of one submission")

    def test_a_folder_for_each_is_made(self):
        self.report("--format", "json=out/{id}/r.json", "--format", "tap={id}.d/{id}.tap")
        self.assertEqual(sorted(str(one.relative_to(self.folder)) for one in self.folder.glob("*/**/*.*")),
                         sorted(f"{place}" for name in ("ani", "budi", "eko")
                                for place in (f"out/{name}/r.json", f"{name}.d/{name}.tap")))
        done = self.run_it("report", "results.db", "--format", "json=results.db/{id}/r.json")
        self.assert_placed(done, "make the folder 'results.db/ani': Not a directory")

    def test_nothing_is_written_where_one_file_cannot_be(self):
        (self.folder / "out").mkdir()
        (self.folder / "out/budi.json").mkdir()
        done = self.run_it("report", "results.db", "--format", "tap=out/{id}.tap", "--format", "json=out/{id}.json")
        self.assert_placed(done, "cannot write 'out/budi.json': .*Is a directory")
        self.assertEqual([one.name for one in (self.folder / "out").iterdir()], ["budi.json"])

    def test_an_id_that_leads_elsewhere_names_no_file(self):
        (self.folder / "out").mkdir()
        before = "ani"
        for leads in ("../ani", "..", "."):
            connection = sqlite3.connect(self.folder / "results.db")
            with connection:
                connection.execute("UPDATE submission SET id = ? WHERE id = ?", (leads, before))
            connection.close()
            before = leads
            for pattern in ("out/{id}.json", "out/{id}/r.json"):
                with self.subTest(leads, pattern=pattern):
                    done = self.run_it("report", "results.db", "--format", f"json={pattern}")
                    self.assert_placed(done, f"the id '{leads}' cannot be the name of a file")
                    self.assertEqual(list(self.folder.glob("**/*.json")), [])

    def test_a_student_is_told_a_command_that_works(self):
        """In the folder of the submission; the path and the id mean nothing there."""
        for words in (["--lang", "id"], []):
            text = self.report("--submission", "budi", "--format", "pretty", *words)
            again = re.search(r"(?m)^ *\w+ +(sockgrade check .*--case .*)$", text)[1]
            self.assertEqual("--lang" in again, bool(words))
            done = self.run_it(*shlex.split(again)[1:], cwd=self.submission(WRONG, name="budi"))
            self.assertEqual(done.status, 1, (again, done.err))

    def test_a_spec_that_is_in_no_library_is_named_as_a_file(self):
        (self.folder / "own.yaml").write_text(
            "spec: 1\nid: own\nextends: echo\ntitle: Mine\ncases:\n  - {id: own-case, title: T, role: server, points: 1, "
            "play: [c: connect, c: {send: \"x\"}, c: {expect: \"x\"}]}\n", encoding="ascii")
        self.make_class({"joko": WRONG, "kiki": WRONG}, name="a class")
        done = self.run_it("grade", "a class", "--spec", "own.yaml", *SHORT, "--db", "own.db")
        self.assertEqual(done.status, 1, done.err)
        done = self.run_it("report", "own.db", "--submission", "joko", "--format", "pretty")
        again = re.search(r"sockgrade check .*--case .*", done.out.decode())[0]
        self.assertTrue(again.startswith("sockgrade check --spec own.yaml --case "), again)

    def test_a_database_that_may_only_be_read_is_read(self):
        (self.folder / "results.db").chmod(stat.S_IRUSR)
        self.assertIn("budi", self.report())

    def test_what_is_no_database_of_ours_is_refused(self):
        connection = sqlite3.connect(self.folder / "other.db")
        with connection:
            connection.execute("CREATE TABLE run (x)")
        connection.execute("PRAGMA user_version = 1")
        connection.close()
        shutil.copy(self.folder / "results.db", self.folder / "later.db")
        connection = sqlite3.connect(self.folder / "later.db")
        connection.execute("PRAGMA user_version = 99")
        connection.close()
        (self.folder / "empty.db").touch()
        (self.folder / "half.db").write_bytes((self.folder / "results.db").read_bytes()[:5000])
        rows = [("other.db", "is no database of results"), ("empty.db", "is no database of results"),
                ("later.db", "was written by a later version of sockgrade"), ("half.db", "is damaged"),
                ("nothing.db", "No such file or directory"), (".", "")]
        for name, text in rows:
            with self.subTest(name):
                self.assert_placed(self.run_it("report", name), f".*{text}")

    def test_it_can_be_posted(self):
        done = self.run_it("post", "webhook", "results.db", "--dry-run", "--submission", "b*",
                           environment={"SOCKGRADE_WEBHOOK_URL": "https://grades.example.org/x"})
        self.assertEqual(done.status, 0, done.err)
        self.assertIn(b'"id": "budi"', done.out)
        self.assertNotIn(b'"id": "eko"', done.out)


if __name__ == "__main__":
    classes.main()
