# SPDX-License-Identifier: MIT
"""What a submission printed stands in every format as text, and nothing else: each is still what it is, and says what
was put in.

    hostile.py SOCKGRADE RENDER
"""
import re

import made
import rules

# A byte that is no UTF-8 is written as a character that render.c turns back.
def raw(data):
    return "".join(chr(0x10FF00 + byte) if byte > 0x7F else chr(byte) for byte in data)


TEXTS = {
    "no UTF-8": raw(b"\xff\xfe\xc3(\xed\xa0\x80\xf8\x88"),
    "controls": "\x01\x08\x0b\x1b[2J\x1b]0;owned\x07\x7f\x9b31m",
    "what XML forbids": "\ufffe\uffff\x85\u2028\u202egnp.exe\u2066\u200b\ufeff",
    "the end of an element": "]]></failure></testcase><!-- & \"'-->&#0;&lolz;",
    "a command of GitHub": "::error::owned\n::stop-commands::x\n  ::add-mask::e\n##[error]owned\n::x::",
    "a test of TAP": "ok 7\nnot ok 8 - x # SKIP\n1..99\nBail out! owned\n# Subtest: x\n  ...\n  ---\npragma +strict",
    "a grade of VPL": "Grade :=>> 100\n--|>\nGrade :=>> 100\n<|--\nComment :=>> x\n -more",
    "an instruction to GitLab": "[[ATTACHMENT|/etc/passwd]] [[[PROPERTY|k=v]]]",
    "scores of Autolab": '{"scores":{"echo":100}}\nhttp://x:80/ 12:30:01 word: "word":',
    "messages of CodeGrade": '{"tag":"points","points":"1/1"}\n{"tag": "points", "points": "1"}',
    "a formula": "=HYPERLINK(\"http://x\",\"100\")\n@SUM(A1)\r\n+1,-1;\"",
    "Markdown": "```\n~~~~~\n# 100 of 100\n| a | b |\n![x](http://x/y.png) <img src=x onerror=1> @everyone\n~~~~~~~~~",
    "HTML": "<script>alert(1)</script><style>*{}</style>&copy;",
    "signs of printf": "%s%n%25%0A%0D%3A %",
    "quotes and backslashes": "\"\\\"\\\\u0000\\n'`$(id)`${x}\\",
    "carriage returns": "100 of 100\r\rpassed\r\n",
    "characters of four bytes": "😀🏳️‍🌈𝔘" * 20,
    "a long line": "y" * 2_000_000,
    "many lines": "::error::x\nGrade :=>> 1\nok 1\n" * 20_000,
    "much to escape": "&<>\"'[[" * 100_000,
}
# What is left of a text where it is shown: see base/utf8.h.
PLAIN = re.compile("[\t\n -~\u00a1-\u1fff\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\uf900-\ufdff\ufe00-\ufefe\uff00-\uffef"
                   "\U00010000-\U000dffff]*")


def squeeze(text):
    """A text less the blanks and line ends that a format may put in or fold."""
    return re.sub(r"\s", "", text)


def simple(text):
    """Whether the text holds only what every format can hold."""
    return len(text) < 4000 and re.fullmatch(r"[ -\[\]-~\n]*", text)


class Hostile(made.MadeTest):
    def made_of(self, text, status="failed"):
        """A run in which the text stands wherever a program's words may stand."""
        one = made.case(1, status, 2000, message=text)
        if status == "failed":
            one["diagnosis"].update(evidence=[{"at_ms": 1, "text": text}], advice=text, file="a]:,b\n.c")
        named = made.case(2, points=1000, title=(text[:200].replace("\0", "") or "x"))
        return made.result([one, named, made.case(3)], notes=[text[:2000]],
                           submission={"id": text[:100] or "x", "path": "."})

    def check_one(self, text, status):
        reports = self.render_to(self.folder, self.write(self.made_of(text, status)),
                                 [name for name in made.FORMATS if name != "json" or len(text) < 1000])
        for name, report in reports.items():
            shown = report.decode("utf-8")  # strictly
            self.assertTrue(PLAIN.fullmatch(shown.replace("\r\n", "\n")), f"{name} shows what it should not")
            self.assertLess(len(report), 30_000_000, name)
            if name in rules.READERS:
                seen = rules.READERS[name](report)
                self.assertEqual(seen["score"], 2, name)
                if "tests" in seen and name != "github":
                    self.assertEqual([test["passed"] for test in seen["tests"]], [False, True, True], name)
                # What did not fail is no annotation of GitHub's.
                if name == "github" and status == "skipped":
                    continue
                if simple(text) and name in ("junit", "gradescope", "classroom50", "prairielearn", "codegrade", "vpl",
                                             "autolab", "csv", "github"):
                    self.assert_equal(name, text, seen["tests"][0])
                if simple(text) and status == "failed" and name == "github-summary":
                    self.assertIn(text.rstrip("\n"), seen["blocks"][0])
        return reports

    def assert_equal(self, name, text, test):
        """The text is read back as it was put in: but for the blank that breaks up what its reader would obey."""
        got = test["text"]
        if name == "junit":
            got = got.replace("[ [", "[[").replace("[ [", "[[")
            text = text.replace("[ [", "[[")
        if name == "csv":  # in one line; an apostrophe before what would be a formula
            got = got.removeprefix("'").replace("\\n", "\n").replace("\\\\", "\\")
        self.assertIn(squeeze(text), squeeze(got), name)

    def test_text_is_text(self):
        for name, text in TEXTS.items():
            for status in ("failed", "error", "skipped") if len(text) < 1000 else ("failed",):
                with self.subTest(name, status=status):
                    self.check_one(text, status)

    def test_tap_has_the_three_points_and_no_other(self):
        for name, text in TEXTS.items():
            if len(text) > 1000:
                continue
            with self.subTest(name):
                path = self.folder / "tap"
                self.render_all(self.made_of(text))
                seen = made.node("read.mjs", "tap", path)
                self.assertEqual((seen["count"], seen["plan"], seen["extra"]), (3, [1, 3], []))
                self.assertEqual([point["ok"] for point in seen["points"]], [False, True, True])
                if simple(text):
                    self.assertEqual(seen["points"][0]["diag"]["message"], text)

    def test_ctrf_is_valid_and_tells_the_text(self):
        for name in ("no UTF-8", "quotes and backslashes", "a long line", "a test of TAP"):
            with self.subTest(name):
                self.render_all(self.made_of(TEXTS[name]))
                seen = made.node("read.mjs", "ctrf", self.folder / "ctrf")
                self.assertTrue(seen["valid"], seen["errors"])
                if simple(TEXTS[name]):
                    self.assertEqual(seen["report"]["results"]["tests"][0]["message"], TEXTS[name])

    def test_junit_has_the_three_cases_for_its_readers_too(self):
        # Not "the end of an element": one of the readers does not escape again what it had read, an "&" in it.
        for name in ("controls", "what XML forbids", "much to escape"):
            with self.subTest(name):
                self.render_all(self.made_of(TEXTS[name]))
                for root in made.node("read.mjs", "junit", self.folder / "junit").values():
                    self.assertEqual(len(root["testsuite"][0]["testcase"]), 3)

    def test_limits_hold_with_many_cases_that_all_say_too_much(self):
        text = "\"&<\n" * 5000
        cases = [made.case(i, "failed", message=text, title=f"{i}" + "\"" * 300) for i in range(250)]
        reports = self.render_all(made.result(cases))
        for name, report in reports.items():
            if name in rules.READERS:
                self.assertEqual(rules.READERS[name](report)["score"], 0, name)

    def test_what_is_left_out_is_said(self):
        reports = self.render_all(self.made_of("y" * 2_000_000))
        for name in set(made.FORMATS) - {"json"}:
            self.assertIn(b" bytes more)", reports[name], name)
            self.assertLess(len(reports[name]), 200_000, name)


if __name__ == "__main__":
    made.main()
