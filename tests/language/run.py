# SPDX-License-Identifier: MIT
"""What students read is in their language: the catalogues are complete, and reports follow --lang, then the
environment. Usage: run.py SOCKGRADE SOURCES"""
import json
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCES = pathlib.Path(sys.argv.pop(2))
SOCKGRADE = os.path.abspath(sys.argv.pop(1))
LANGUAGES = ["id"]
# A row of the list may be cut short; a sentence is wrapped.
INDONESIAN = {"code": "single-recv", "title": "Pesan yang tiba sepotong-sepotong kembali utuh",
              "message": "Program server menjawab lalu menutup koneksi setelah potongan pertama"}
ENGLISH = {"title": "A message that arrives in pieces comes back whole",
           "message": "The server answered and closed after the first piece"}


def entries(text):
    """{msgid: msgstr} of a catalogue, the header apart."""
    found = {}
    for block in text.split("\n\n"):
        parts = re.search(r'^msgid (.*?)^msgstr (.*)', block, re.S | re.M)
        if not parts:
            continue
        key, value = ("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', part)) for part in parts.groups())
        if key:
            found[key] = value
    return found


class Catalogues(unittest.TestCase):
    def setUp(self):
        done = subprocess.run([SOURCES / "po/extract"], capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.source = entries(done.stdout.decode("utf-8"))
        self.assertGreater(len(self.source), 300)

    def test_each_has_every_text_and_no_other(self):
        for language in LANGUAGES:
            text = (SOURCES / f"po/{language}.po").read_text("utf-8")
            catalogue = entries(text)
            self.assertEqual(sorted(set(self.source) - set(catalogue)), [], f"missing from po/{language}.po")
            self.assertEqual(sorted(set(catalogue) - set(self.source)), [], f"no longer used in po/{language}.po")
            self.assertEqual([key for key, value in catalogue.items() if not value], [])
            self.assertNotIn("fuzzy", text)

    def test_what_is_filled_in_is_the_same(self):
        for language in LANGUAGES:
            for key, value in entries((SOURCES / f"po/{language}.po").read_text("utf-8")).items():
                holes = [sorted(re.findall(r"%[-.*0-9]*[a-z]+", text)) for text in (key, value)]
                self.assertEqual(*holes, key)
                self.assertEqual(key[-1], value[-1]) if key[-1] in " .:\n" else None

    def test_explanations_and_specs_have_every_language(self):
        for language in LANGUAGES:
            pages = {path.name for path in (SOURCES / f"explain/{language}").iterdir()}
            self.assertEqual(pages, {path.name for path in (SOURCES / "explain/en").iterdir()})
            for spec in (SOURCES / "specs").glob("*.yaml"):
                text = spec.read_text("utf-8")
                self.assertEqual(len(re.findall(r"^\s+en: ", text, re.M)),
                                 len(re.findall(rf"^\s+{language}: ", text, re.M)), spec.name)


class Reports(unittest.TestCase):
    program = SOCKGRADE

    def check(self, *words, **environment):
        """The result file and the report of an example that fails."""
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(SOURCES / "examples/echo-dot-one-recv", f"{folder}/alice")
            os.chmod(folder, 0o755)  # the jail's user must reach it
            result = pathlib.Path(folder) / "result.json"
            done = subprocess.run(
                [self.program, "check", "alice", "--case", "in-pieces*", "--format", "pretty", "--format", f"json={result}",
                 *words], cwd=folder, capture_output=True, timeout=120,
                env={"PATH": os.environ["PATH"], "TMPDIR": folder, **environment})
            self.assertEqual(done.returncode, 1, done.stderr)
            return json.loads(result.read_text("utf-8")), done.stdout.decode("utf-8")

    def assert_in_language(self, words, *given, **environment):
        result, report = self.check(*given, **environment)
        case = result["cases"][0]
        self.assertEqual(case["title"], words["title"])
        self.assertTrue(case["diagnosis"]["message"].startswith(words["message"]), case["diagnosis"]["message"])
        self.assertEqual(case["diagnosis"]["code"], "single-recv")
        self.assertIn(words["message"][:40], report)
        return report

    def test_it_follows_the_option_then_the_environment(self):
        report = self.assert_in_language(INDONESIAN, "--lang", "id", LC_ALL="C.UTF-8")
        for word in ("kasus", "penguji", "harusnya", "datang", "ulang", "--lang id"):
            self.assertIn(word, report)
        for word in ("examiner", "expected", "again", "the first difference"):
            self.assertNotIn(word, report)
        self.assert_in_language(INDONESIAN, LANG="id_ID.UTF-8")  # also where the machine lacks that locale
        self.assert_in_language(INDONESIAN, "--lang", "id", LC_ALL="C")
        report = self.assert_in_language(ENGLISH, "--lang", "en", LANG="id_ID.UTF-8")
        self.assertIn("examiner", report)
        self.assert_in_language(ENGLISH, LC_ALL="de_DE.UTF-8", LANG="id_ID.UTF-8")

    @unittest.skipUnless(os.geteuid() == 0, "root's home alone is hidden from examiners")
    def test_it_does_so_from_a_home_that_examiners_hide(self):
        with tempfile.TemporaryDirectory(dir=pwd.getpwuid(0).pw_dir) as home:
            build = os.path.dirname(os.path.realpath(SOCKGRADE))
            subprocess.run(["cmake", "--install", build, "--prefix", home], check=True, capture_output=True)
            self.program = f"{home}/bin/sockgrade"
            self.assert_in_language(INDONESIAN, "--lang", "id")

    def page(self, language):
        """What the page says, without its explanations, which are files of their own."""
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder) / "page.html"
            self.check("--format", f"html={place}", "--lang", language)
            text = place.read_text("utf-8")
        self.assertIn(f'<html lang="{language}">', text)
        self.assertIn(f'<div lang="{language}">', text)
        return re.sub(r"(?s)<(style|script)>.*?</\1>|<div lang=.*?</details>", "", text)

    def test_the_page_is_in_it_too(self):
        english, indonesian = self.page("en"), self.page("id")
        for word in ("expected", "failed only", "{shown} of {all} cases", "What failed, and why"):
            self.assertIn(word, english)
        for word in ("harusnya", "hanya yang gagal", "{shown} dari {all} kasus", "Yang gagal, dan sebabnya"):
            self.assertIn(word, indonesian)
        text = re.sub(r"<code>.*?</code>|<[^>]*>", " ", indonesian)
        for word in ("examiner", "expected", " of ", "cases", "event", "byte by byte", "failed", "again", "means"):
            self.assertNotIn(word, text)

    def test_points_and_codes_are_the_same_in_both(self):
        one, other = (self.check("--lang", language)[0] for language in ("en", "id"))
        self.assertEqual(*([(case["id"], case["status"], case["points"], case["diagnosis"]["code"])
                            for case in result["cases"]] for result in (one, other)))


if __name__ == "__main__":
    unittest.main()
