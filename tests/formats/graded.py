# SPDX-License-Identifier: MIT
"""Results of submissions that were graded, right, wrong and hostile: every format is read, and has the same sum.

    graded.py SOCKGRADE RENDER [EACH]      every EACH-th of tests/submissions (120), and of tests/attacks a third of that
"""
import json
import re
import shutil
import subprocess
import sys
import tomllib

import made
import rules
from made import contract

SUBMISSIONS, ATTACKS = made.HERE.parent / "submissions", made.HERE.parent / "attacks"
each = 120


def submissions():
    """[name, folder, words of the command line]"""
    for path in sorted(SUBMISSIONS.glob("*/*/verdict.toml"))[::each]:
        verdict = tomllib.loads(path.read_text())
        folder = SUBMISSIONS / verdict.get("of", path.parent.relative_to(SUBMISSIONS)) / "files"
        yield path.parent.name, folder, ["--assignment", verdict["assignment"], "--role", verdict["roles"][0]]


def attacks():
    for folder in sorted(path for path in ATTACKS.iterdir() if path.is_dir())[::max(each // 3, 1)]:
        text = "".join(file.read_text() for file in folder.iterdir() if file.is_file())
        words = dict(re.findall(r"(\w+)=(\S+)", re.search(r"attack: (.*?)(?: \*/)?\n", text)[1]))
        yield folder.name, folder, ["--assignment", words.get("assignment", "echo"), "--role", words.get("role", "server"),
                                    "--case", words.get("case", "one-message")]


class Graded(made.MadeTest):
    def grade(self, folder, words):
        path = self.folder / "result.json"
        done = subprocess.run([contract.program, "check", folder, *words, "--format", f"json={path}", "--quiet"],
                              capture_output=True, timeout=300)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return path

    def read_all(self, path):
        """What each format says of a result: {format: (score, maximum or None)}."""
        reports = self.render_to(self.folder, path, [name for name in made.FORMATS if name != "json"])
        said = {}
        for name, report in reports.items():
            if name in ("tap", "ctrf"):
                continue
            seen = rules.READERS[name](report)
            said[name] = seen["score"], seen.get("max")
        seen = made.node("read.mjs", "tap", self.folder / "tap")
        self.assertEqual((seen["version"], seen["extra"]), (14, []))
        self.assertEqual(seen["plan"], [1, seen["count"]])
        found = re.search(r"([\d.]+) of ([\d.]+) points", seen["comments"][0])
        said["tap"] = rules.number(found[1]), rules.number(found[2])
        seen = made.node("read.mjs", "ctrf", self.folder / "ctrf")
        self.assertTrue(seen["valid"], seen["errors"])
        extra = rules.read_json(reports["ctrf"])["results"]["summary"]["extra"]
        said["ctrf"] = extra["score"], extra["max_score"]
        made.node("read.mjs", "junit", self.folder / "junit")
        if shutil.which("xmllint"):
            subprocess.run(["xmllint", "--noout", "--schema", made.HERE / "junit.xsd", self.folder / "junit"], check=True,
                           timeout=300, stderr=subprocess.PIPE)
        return said

    def test_every_format_is_read_and_has_the_same_sum(self):
        seen = 0
        for name, folder, words in [*submissions(), *attacks()]:
            with self.subTest(name):
                path = self.grade(folder, words)
                cases = json.loads(path.read_text())["cases"]
                score, most = made.thousandths(cases, "points"), made.thousandths(cases, "max_points")
                exact = rules.number(score) / 1000, rules.number(most) / 1000
                for form, (said_score, said_most) in self.read_all(path).items():
                    with self.subTest(format=form):
                        if form == "classroom50":  # rounded once, half a point up
                            self.assertEqual((said_score, said_most), ((score + 500) // 1000, (most + 500) // 1000))
                        else:
                            self.assertEqual((said_score, exact[1] if said_most is None else said_most), exact)
            seen += 1
        print(f"{seen} submissions", file=sys.stderr)
        self.assertGreater(seen, 0)


if __name__ == "__main__":
    if len(sys.argv) > 3 and sys.argv[3].isdigit():
        each = int(sys.argv.pop(3))
    made.main()
