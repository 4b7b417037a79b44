# SPDX-License-Identifier: MIT
"""The result file and the other reports: what they hold, whatever is graded, and that they agree."""
import csv
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree

import contract

OWN = """
spec: 1
id: own
extends: echo
title: Echo, and something of our own
hide: [closes-after-end]
cases:
  - id: secret-message
    title: A message that nobody knows comes back
    group: basics
    role: server
    points: 7
    hidden: true
    needs: [one-message]
    play:
      - c: connect
      - c: {send: "hush hush\\n"}
      - c: {expect: "hush hush\\n"}
  - id: three-ways
    title: It comes back ($word)
    group: basics
    role: server
    points: 1
    for: {word: ["a b", "a/b", "a-b"]}
    play:
      - c: connect
      - c: {send: $word}
      - c: {expect: $word}
"""


def without_times(value):
    """A result file less what two runs may differ in."""
    if isinstance(value, dict):
        return {key: without_times(one) for key, one in value.items() if key not in ("at_ms", "duration_ms")}
    if isinstance(value, list):
        return [without_times(one) for one in value]
    return value


class Results(contract.ContractTest):
    def own_spec(self):
        path = self.folder / "own.yaml"
        path.write_text(OWN)
        return path

    def test_the_sum_is_that_of_the_cases(self):
        for answer, status in [(contract.RIGHT, 0), (contract.WRONG, 1)]:
            result, done = self.result(self.submission(answer), "--role", "server", "--case", "one-*", "--case",
                                       "sizes*", "--case", "in-pieces*")
            self.assertEqual(done.status, status)
            charged = [case for case in result["cases"] if case["charged"]]
            self.assertAlmostEqual(result["score"], sum(case["points"] for case in charged), places=6)
            self.assertAlmostEqual(result["max_score"], sum(case["max_points"] for case in charged), places=6)
            for case in result["cases"]:
                self.assertEqual(case["points"], case["max_points"] if case["status"] == "passed" else 0)
                self.assertEqual(round(case["max_points"], 3), case["max_points"])

    def test_only_what_was_chosen_is_in_it(self):
        for words, names in [
            (["--case", "one-message"], ["one-message"]),
            (["--case", "in-pieces[*", "--case", "half-*"], None),
            (["--role", "server", "--case", "no*", "--case=one-message"], ["one-message"]),
        ]:
            result, _ = self.result(self.submission(), *words)
            found = [case["id"] for case in result["cases"]]
            self.assertEqual(found, names or [name for name in found if name.startswith(("in-pieces[", "half-"))])
            self.assertTrue(found)
        self.assert_placed(self.check(self.submission(), "--case", "nothing-is-called-so"), "no case is called that")
        self.assert_placed(self.check(self.submission(), "--role", "client", "--case", "in-pieces*"),
                           "no case is called that")

    def test_equal_inputs_and_an_equal_seed_give_an_equal_file(self):
        cases = ["--role", "server", "--case", "one-*", "--case", "in-pieces*", "--case", "short-sends", "--case",
                 "after-*", "--case", "reference-client", "--case", "keeps-nothing*"]
        for answer in (contract.RIGHT, "data[:1]"):
            with self.subTest(answer):
                folder = self.submission(answer)
                first, _ = self.result(folder, *cases, "--seed", "20417")
                again, _ = self.result(folder, *cases, "--seed", "20417", "--jobs", "1")
                third, _ = self.result(folder, *cases, "--seed", "20417", "--jobs", "7")
                self.maxDiff = 4000
                self.assertEqual(without_times(first), without_times(again))
                self.assertEqual(without_times(first), without_times(third))
                other, _ = self.result(folder, *cases, "--seed", "20418")
                self.assertNotEqual(without_times(first)["cases"], without_times(other)["cases"])
                self.assertEqual(other["seed"], 20418)

    def test_a_case_whose_need_failed_is_skipped_and_says_so(self):
        result, done = self.result(self.submission(contract.WRONG), "--role", "server")
        self.assertEqual(done.status, 1)
        skipped = [case for case in result["cases"] if case["status"] == "skipped"]
        self.assertTrue(skipped)
        for case in skipped:
            self.assertRegex(case["reason"], r"^needs \S")
            self.assertEqual((case["points"], case["charged"]), (0, True))
        self.assertIn("needs one-message", {case["reason"] for case in skipped})
        self.assertEqual(result["max_score"], 100)

    def test_what_the_machine_cannot_run_is_not_charged(self):
        folder = self.submission()
        (folder / "server.py").unlink()
        (folder / "server.rb").write_text("#!/no/such/interpreter\n")
        (folder / "submission.yaml").write_text("assignment: echo\nserver: {run: [no-such-interpreter, server.rb]}\n")
        result, done = self.result(folder, "--role", "server", "--case", "one-message")
        case = result["cases"][0]
        if case["status"] == "skipped":  # nothing was shown, and nobody is charged
            self.assertEqual((case["charged"], result["max_score"], done.status), (False, 0, 3))
        else:
            self.assertEqual((case["status"], done.status), ("failed", 1))

    def test_every_code_can_be_explained(self):
        result, _ = self.result(self.submission(contract.WRONG), "--role", "server")
        codes = {case["diagnosis"]["code"] for case in result["cases"] if case["status"] == "failed"}
        self.assertTrue(codes)
        for code in codes:
            done = self.run_it("explain", code)
            self.assertEqual((done.status, done.err), (0, b""), code)

    def test_hidden_cases_tell_students_nothing_of_what_they_play(self):
        spec = self.own_spec()
        folder = self.submission("data.upper()")
        words = ["check", folder, "--spec", spec, "--role", "server", "--case", "secret-message"]
        done = self.run_it(*words, "--format", "pretty", "--format", "json=a.json", "--format", "junit=a.xml",
                           "--artifacts", "out", "--verbose")
        self.assertEqual(done.status, 1)
        texts = [done.out, (self.folder / "a.json").read_bytes(), (self.folder / "a.xml").read_bytes()]
        texts += [path.read_bytes() for path in (self.folder / "out").iterdir()]
        self.assertEqual(len(texts), 4)
        for text in texts:
            self.assertNotIn(b"hush", text.lower())
            self.assertNotIn(b"aHVza", text)
            self.assertIn(b"secret-message", text)
        case = json.loads((self.folder / "a.json").read_text())["cases"][0]
        self.assertTrue(case["hidden"])
        self.assertEqual(list(case["diagnosis"]), ["code"])
        self.assertNotIn("transcript", case)

    def test_a_spec_that_extends_another_is_about_the_same_programs(self):
        spec = self.own_spec()
        done = self.run_it("check", self.submission(), "--spec", spec, "--role", "server", "--case",
                           "reference-client", "--format", "json")
        result = json.loads(done.out)
        self.assertEqual((result["assignment"], result["cases"][0]["status"], done.status), ("own", "passed", 0))

    def test_a_reference_that_crashes_is_the_machines_fault(self):
        # A copy of sockgrade with a reference of its own beside it.
        own = self.folder / "own"
        (own / "reference/echo").mkdir(parents=True)
        shutil.copy(contract.program, own / "sockgrade")
        (own / "specs").symlink_to(contract.ROOT / "specs")
        client = own / "reference/echo/client"
        client.write_text("#!/bin/sh\nkill -SEGV $$\n")
        client.chmod(0o755)
        contract.program, real = str(own / "sockgrade"), contract.program
        self.addCleanup(setattr, contract, "program", real)
        done = self.run_it("check", self.submission(), "--assignment", "echo", "--role", "server", "--case",
                           "reference-client", "--case", "one-message", "--format", "json")
        result = json.loads(done.out)
        broken = next(case for case in result["cases"] if case["id"] == "reference-client")
        self.assertEqual((broken["status"], done.status), ("error", 3))
        self.assertIn("the reference client was ended by SIGSEGV", broken["reason"])
        self.assertEqual(result["score"], result["max_score"])

    def test_artifacts_of_cases_that_differ_in_a_sign_only(self):
        self.own_spec()
        done = self.run_it("check", self.submission(contract.WRONG), "--spec", "own.yaml", "--case", "three-ways*",
                           "--artifacts", "new/out", "--format", "json=a.json")
        self.assertEqual(done.status, 1)
        cases = json.loads((self.folder / "a.json").read_text())["cases"]
        kept = {}
        for path in (self.folder / "new/out").iterdir():
            if path.suffix == ".pcapng":
                continue
            self.assertRegex(path.name, r"\Aserver-[A-Za-z0-9._-]+\.json\Z")
            case = json.loads(path.read_text())
            kept[case["id"]] = case
        self.assertEqual(len(kept), 3)
        self.assertEqual(kept, {case["id"]: case for case in cases})
        # The name depends on the case alone: choosing fewer replaces the right ones.
        before = {path.name: path.stat().st_ino for path in (self.folder / "new/out").iterdir()}
        self.run_it("check", self.submission(contract.WRONG), "--spec", "own.yaml", "--case", cases[2]["id"],
                    "--artifacts", "new/out", "--quiet")
        after = {path.name: path.stat().st_ino for path in (self.folder / "new/out").iterdir()}
        self.assertEqual(list(before), list(after))
        changed = [name for name in before if before[name] != after[name] and name.endswith(".json")]
        self.assertEqual([json.loads((self.folder / "new/out" / name).read_text())["id"] for name in changed],
                         [cases[2]["id"]])

    def test_junit_says_the_same(self):
        for answer in (contract.RIGHT, contract.WRONG):
            done = self.check(self.submission(answer), "--role", "server", "--format", "json=a.json", "--format",
                              "junit=a.xml")
            result = json.loads((self.folder / "a.json").read_text())
            root = xml.etree.ElementTree.parse(self.folder / "a.xml").getroot()
            self.assertEqual(root.tag, "testsuites")
            cases = root.findall("testsuite/testcase")
            self.assertEqual(len(cases), len(result["cases"]))
            signs = {"failed": "failure", "skipped": "skipped", "inconclusive": "skipped", "error": "error"}
            for case, one in zip(result["cases"], cases):
                self.assertEqual(one.get("name"), f"{case['id']}: {case['title']}")
                self.assertEqual(one.get("classname"), "echo.server")
                kinds = [child.tag for child in one if child.tag != "properties"]
                self.assertEqual(kinds, [signs[case["status"]]] if case["status"] in signs else [])
                points = {each.get("name"): float(each.get("value")) for each in one.findall("properties/property")}
                self.assertEqual(points, {"points": case["points"], "max_points": case["max_points"]})
                if case["status"] == "failed":
                    self.assertEqual(one.find("failure").get("type"), case["diagnosis"]["code"])
                    self.assertEqual(one.find("failure").get("message"), case["diagnosis"]["message"])
            for element in (root, root.find("testsuite")):
                self.assertEqual(int(element.get("tests")), len(cases))
                for name, tag in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]:
                    self.assertEqual(int(element.get(name)), len(root.findall(f"testsuite/testcase/{tag}")))
            if shutil.which("xmllint"):
                subprocess.run(["xmllint", "--noout", self.folder / "a.xml"], check=True, timeout=contract.SECONDS)
            self.assertEqual(done.err, b"")

    def every_format(self, folder, *words):
        """Grades once; returns the result and what each of the other formats says of it."""
        done = self.check(folder, "--role", "server", *words, "--format", "json=a.json", "--format", "tap=a.tap",
                          "--format", "gradescope=a.gs", "--format", "github=a.gh", "--format", "csv=a.csv")
        self.assertEqual((done.out, done.err), (b"", b""))
        with open(self.folder / "a.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file, strict=True))
        return (json.loads((self.folder / "a.json").read_text()), (self.folder / "a.tap").read_text(),
                json.loads((self.folder / "a.gs").read_text()), (self.folder / "a.gh").read_text(), rows)

    def test_all_formats_say_the_same(self):
        for answer in (contract.RIGHT, contract.WRONG):
            result, tap, gradescope, github, rows = self.every_format(self.submission(answer))
            cases = result["cases"]
            self.assertEqual(gradescope["score"], result["score"])
            self.assertEqual(sum(float(row["points"]) for row in rows), result["score"])
            self.assertEqual(sum(float(row["max_points"]) for row in rows), result["max_score"])
            self.assertIn(f"{result['score']:g} of {result['max_score']:g} points", github.splitlines()[-1])
            self.assertEqual([(row["case"], row["status"]) for row in rows], [(c["id"], c["status"]) for c in cases])
            self.assertEqual([(test["score"], test["max_score"]) for test in gradescope["tests"]],
                             [(c["points"], c["max_points"] if c["charged"] else 0) for c in cases])
            self.assertEqual(tap.splitlines()[:2], ["TAP version 14", f"1..{len(cases)}"])
            points = re.findall(r"(?m)^(ok|not ok) (\d+) - server (\S.*?): .*?( # SKIP .*)?$", tap)
            self.assertEqual([int(number) for _, number, _, _ in points], list(range(1, len(cases) + 1)))
            for case, (word, _, id_, skip), row in zip(cases, points, rows):
                self.assertEqual((id_, word == "not ok", bool(skip)),
                                 (case["id"], case["status"] == "failed", case["status"] == "skipped"))
                failed = case["status"] == "failed"
                self.assertEqual(row["code"], case["diagnosis"]["code"] if failed else "")
                self.assertEqual(row["message"], case["diagnosis"]["message"] if failed else case.get("reason") or "")
            wrong = [case for case in cases if case["status"] == "failed"]
            self.assertEqual(github.count("::error "), min(len(wrong), 10))
            for case in wrong[:10]:
                self.assertIn(case["diagnosis"]["message"].replace("%", "%25"), github)

    def test_quiet_is_one_line_and_verbose_is_every_case(self):
        folder = self.submission()
        quiet = self.check(folder, *contract.SHORT, "--quiet").out.decode().splitlines()
        self.assertEqual(len(quiet), 1)
        self.assertRegex(quiet[0], r"^echo · alice +8 of 8 · seed 1$")
        plain, verbose = (self.check(folder, *contract.SHORT, *more).out.decode() for more in ([], ["--verbose"]))
        self.assertEqual(plain.count("examiner"), 0)
        self.assertEqual(verbose.count("examiner"), 2)

    def test_80_columns_are_enough(self):
        for answer in (contract.RIGHT, contract.WRONG, "b'y' * 100000"):
            folder = self.submission(answer, name="a-rather-long-name-for-a-submission-that-goes-on-and-on-and-on-and-on")
            out = self.check(folder, "--role", "server", "--case", "[!k]*", "--verbose").out.decode()
            wide = [line for line in out.splitlines() if len(line) > 80 and not line.startswith("  again  ")]
            self.assertEqual(wide, [])
        for words in (["--help"], ["list", "echo"], ["list"], ["doctor"], ["explain", "single-recv"]):
            wide = [line for line in self.run_it(*words).out.decode().splitlines() if len(line) > 80]
            self.assertEqual(wide, [], words)


if __name__ == "__main__":
    contract.main()
