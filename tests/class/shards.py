# SPDX-License-Identifier: MIT
"""Shards: parts of a class that are graded apart, and joined."""
import classes


class Shards(classes.ClassTest):
    asked = classes.ONE

    def test_three_shards_joined_are_the_single_run_whatever_their_order(self):
        self.make_class()
        self.graded("class", "--db", "whole.db")
        parts = []
        for shard in (1, 2, 3):
            self.assertIn(self.grade("class", "--db", f"{shard}.db", "--shard", f"{shard}/3").status, (0, 1))
            parts.append(self.scores(f"{shard}.db"))
        self.assertEqual([len(part) for part in parts], [3, 3, 2])
        done = self.run_it("merge", "all.db", "3.db", "1.db", "2.db")
        self.assertEqual((done.status, done.out, done.err), (0, b"", b""))
        self.assertEqual(self.dump("all.db"), self.dump("whole.db"))
        self.assertIn("0 of 8 graded, 8 kept", self.graded("class", "--db", "all.db", "--resume"))
        self.refused("exists already", "all.db", "1.db", "2.db", "3.db")

    def refused(self, text, *words):
        before = sorted(self.folder.iterdir())
        done = self.run_it("merge", *words)
        self.assert_placed(done, f".*{text}")
        self.assertEqual(sorted(self.folder.iterdir()), before)

    def test_what_is_not_of_one_run_or_not_whole_is_refused(self):
        self.make_class({"ani": classes.RIGHT, "budi": classes.RIGHT})
        self.make_class({"ani": classes.RIGHT, "cici": classes.RIGHT}, name="other")
        rows = {"1.db": ["class", "--shard", "1/2"], "2.db": ["class", "--shard", "2/2"],
                "seed.db": ["class", "--shard", "2/2", "--seed", "2"],
                "third.db": ["class", "--shard", "2/3"], "other.db": ["other", "--shard", "2/2"],
                "case.db": ["class", "--shard", "2/2", "--case", "answers-at-once"]}
        for name, words in rows.items():
            self.graded(*words, "--db", name, status=0)
        self.refused("'1.db' and 'seed.db' are not of one run: each has another seed", "out.db", "1.db", "seed.db")
        self.refused("each has another number of shards", "out.db", "1.db", "third.db")
        self.refused("each has another class", "out.db", "1.db", "other.db")
        self.refused("each has another choice of cases", "out.db", "1.db", "case.db")
        self.refused("shard 2 of 2 is missing", "out.db", "1.db")
        self.refused("'2.db' and '2.db' are both shard 2 of 2", "out.db", "2.db", "2.db")
        (self.folder / "text.db").write_text("not a database, though long enough to be one" * 20, encoding="ascii")
        self.refused("'text.db' is no database of results", "out.db", "1.db", "text.db")
        with classes.contextlib.closing(classes.sqlite3.connect(self.folder / "2.db")) as connection, connection:
            connection.execute("DELETE FROM submission")
        self.refused(r"'2.db' is not complete: 0 of its 1 submissions are graded", "out.db", "1.db", "2.db")

    def test_a_shard_is_i_of_n(self):
        self.make_class({"ani": classes.RIGHT})
        for word in ("0/2", "3/2", "1", "1/", "/2", "1/2/3", "-1/2", "x/2"):
            with self.subTest(word):
                self.assert_placed(self.grade("class", "--shard", word), "--shard takes I/N")
        self.assertIn("0 of 0 graded", self.graded("class", "--shard", "2/2", status=0))


if __name__ == "__main__":
    classes.main()
