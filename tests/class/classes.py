# SPDX-License-Identifier: MIT
"""What the tests of classes share: a class to grade, and what a database holds when times are set aside.

Each test file is a program: FILE.py SOCKGRADE [unittest's arguments].
"""
import contextlib
import json
import pathlib
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "contract"))
import contract  # pylint: disable=wrong-import-position
from contract import RIGHT, SHORT, WRONG

ECHO = ["--assignment", "echo", *SHORT]
ONE = ["--assignment", "echo", "--role", "server", "--case", "one-message"]
# Eight programs, with what each makes of the message.
CLASS = {"ani": RIGHT, "budi": WRONG, "citra": RIGHT, "dewi": "data[:1]", "eko": "data + b'!'", "fitri": RIGHT,
         "gita": "data.upper()", "hadi": RIGHT}
PASS = ["ani", "citra", "fitri", "hadi"]


def without_times(value):
    if isinstance(value, dict):
        return {key: 0 if key in ("at_ms", "duration_ms") else without_times(one) for key, one in value.items()}
    if isinstance(value, list):
        return [without_times(one) for one in value]
    return value


def query(path, sql, *values):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, values).fetchall()


def dump(path):
    """Every row of every table, times aside, in the order in which the file has them."""
    rows = []
    for (table,) in query(path, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"):
        columns = [column[1] for column in query(path, f"PRAGMA table_info({table})")]
        for values in query(path, f"SELECT * FROM {table}"):
            row = dict(zip(columns, values))
            row.pop("graded_at", None)
            if "json" in row:
                row["json"] = json.loads(row["json"])
            rows.append((table, without_times(row)))
    return rows


class ClassTest(contract.ContractTest):
    asked = ECHO

    def make_class(self, programs=None, name="class"):
        folder = self.folder / name
        folder.mkdir()
        for student, answer in (programs or CLASS).items():
            self.submission(answer, name=f"{name}/{student}")
        return folder

    def grade(self, *words, **how):
        return self.run_it("grade", *words, *self.asked, **how)

    def graded(self, *words, status=1, **how):
        """Standard output of a run that must end with `status` and say nothing else."""
        done = self.grade(*words, **how)
        self.assertEqual((done.status, done.err.decode()), (status, ""), done.out.decode())
        return done.out.decode()

    def query(self, database, sql, *values):
        return query(self.folder / database, sql, *values)

    def dump(self, database):
        return dump(self.folder / database)

    def scores(self, database):
        return dict(self.query(database, "SELECT id, points FROM submission"))


main = contract.main
