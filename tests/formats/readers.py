# SPDX-License-Identifier: MIT
"""Each format, field by field, by what reads it: readers from npm and their makers' schemas where there are any, else
the rules that are written down.

    readers.py SOCKGRADE RENDER
"""
import shutil
import subprocess

import made
import rules

CASES = [
    made.case(1),
    made.case(2, "failed", 2500, message="The server answered after the first piece, 5 of 9 bytes: 55%."),
    made.case(3, "skipped", 500, message="needs case-2"),
    made.case(4, "inconclusive", 1000, message="no segment was short"),
    made.case(5, "error", 1000, message="the examiner died"),
    made.case(6, "failed", 333, role="client", hidden=True, title="Nobody knows", message="THE SECRET",
              diagnosis={"code": "no-output", "message": "THE SECRET", "evidence": []}),
    made.case(6, "passed", 667, role="client"),
]
POINTS = [1, 0, 0, 0, 0, 0, rules.number("0.667")]
MOST = [1, rules.number("2.5"), rules.number("0.5"), 0, 0, rules.number("0.333"), rules.number("0.667")]


class Readers(made.MadeTest):
    def setUp(self):
        super().setUp()
        self.reports = self.render_all(made.result(CASES, notes=["two files are called server.c"]))

    def save(self, name):
        path = self.folder / name
        path.write_bytes(self.reports[name])
        return path

    def test_the_rules_hold_for_every_format(self):
        for name, read in rules.READERS.items():
            with self.subTest(name):
                seen = read(self.reports[name])
                self.assertEqual(seen["score"], rules.number("1.667") if name != "classroom50" else 2)
                self.assertEqual(seen.get("max", 5), 5)
                if name in ("json", "github"):
                    continue
                self.assertEqual([test["passed"] for test in seen["tests"]], [True] + [False] * 5 + [True])
                if name not in ("autolab", "classroom50", "junit"):
                    self.assertEqual([test["points"] for test in seen["tests"]], POINTS)
                    self.assertEqual([test["max"] for test in seen["tests"]], MOST)

    def test_no_format_tells_of_a_hidden_case(self):
        for name, report in self.reports.items():
            self.assertNotIn(b"SECRET", report, name)
            if name not in ("github", "tap"):
                self.assertIn(b"obody knows", report, name)

    def test_gradescope_hides_what_is_hidden(self):
        seen = rules.gradescope(self.reports["gradescope"])
        self.assertEqual([test["visibility"] for test in seen["tests"]], ["visible"] * 5 + ["hidden", "visible"])
        self.assertEqual(seen["all"]["tests"][1]["tags"], ["server", "basics", "single-recv"])
        self.assertNotIn("status", seen["all"]["tests"][4], "the machine's fault is neither passed nor failed")

    def test_gradescope_says_of_an_unfinished_run_that_it_is_one(self):
        waiting = made.case(3, "skipped", 500, message="it has not been run yet")
        unfinished = made.result([CASES[0], waiting], unfinished=True)
        seen = rules.gradescope(self.render("gradescope", self.write(unfinished)))
        self.assertIn("Grading has not ended", seen["all"]["output"])
        self.assertFalse(seen["all"]["extra_data"]["finished"])
        self.assertEqual((seen["score"], seen["max"]), (1, rules.number("1.5")))

    def test_junit_by_two_readers_and_a_schema(self):
        path = self.save("junit")
        seen = made.node("read.mjs", "junit", path)
        for which in ("read", "merged"):
            root = seen[which]
            self.assertEqual((int(root["tests"]), int(root["failures"]), int(root["errors"])), (7, 2, 1), which)
            cases = root["testsuite"][0]["testcase"]
            self.assertEqual([one["classname"] for one in cases], ["echo.server"] * 5 + ["echo.client"] * 2)
            failure = cases[1]["failure"][0]
            self.assertEqual((failure["type"], failure["message"]), ("single-recv", CASES[1]["diagnosis"]["message"]))
            self.assertTrue(failure["inner"].startswith(failure["message"] + "\nrecv() returned 5\n"))
            self.assertEqual(cases[4]["error"][0]["inner"], "the examiner died")
            self.assertEqual(cases[2]["skipped"][0]["message"], "needs case-2")
        if shutil.which("xmllint"):
            subprocess.run(["xmllint", "--noout", "--schema", made.HERE / "junit.xsd", path], check=True, timeout=300,
                           stderr=subprocess.PIPE)
        case = rules.junit(self.reports["junit"])["tests"][1]
        self.assertEqual((case["file"], case["line"]), ("alice/server.c", "31"))

    def test_junit_names_no_two_cases_alike(self):
        twice = made.result([made.case(1), made.case(1), made.case(1, role="client"), made.case(1, "failed")])
        seen = rules.junit(self.render("junit", self.write(twice)))
        self.assertEqual(len({(test["class"], test["name"]) for test in seen["tests"]}), 4)

    def test_tap_by_a_parser(self):
        seen = made.node("read.mjs", "tap", self.save("tap"))
        self.assertEqual((seen["version"], seen["plan"], seen["count"], seen["extra"]), (14, [1, 7], 7, []))
        self.assertEqual([point["ok"] for point in seen["points"]], [True, False, True, True, False, False, True])
        self.assertEqual([point["skip"] for point in seen["points"]],
                         [False, False, "needs case-2", "no segment was short", False, False, False])
        diag = seen["points"][1]["diag"]
        self.assertEqual((diag["message"], diag["code"]), (CASES[1]["diagnosis"]["message"], "single-recv"))
        self.assertEqual(diag["at"], {"file": "server.c", "line": 31})
        self.assertEqual((diag["points"], diag["max_points"]), (0, 2.5))
        self.assertIn("1.667 of 5 points", seen["comments"][0])

    def test_ctrf_by_the_schema_of_its_makers(self):
        seen = made.node("read.mjs", "ctrf", self.save("ctrf"))
        self.assertTrue(seen["valid"], seen["errors"])
        results = seen["report"]["results"]
        summary = results["summary"]
        self.assertEqual([test["status"] for test in results["tests"]],
                         ["passed", "failed", "skipped", "other", "other", "failed", "passed"])
        for status in ("passed", "failed", "skipped", "pending", "other"):
            self.assertEqual(summary[status], sum(test["status"] == status for test in results["tests"]))
        self.assertEqual(summary["stop"] - summary["start"], summary["duration"])
        self.assertEqual(summary["extra"]["score"], 1.667)
        failed = results["tests"][1]
        self.assertEqual((failed["filePath"], failed["line"], failed["suite"]), ("alice/server.c", 31, ["echo", "server"]))

    def test_classroom50_says_whose_it_is(self):
        seen = rules.classroom50(self.reports["classroom50"])["all"]
        for key, name in [("classroom", "CLASSROOM"), ("assignment", "ASSIGNMENT"), ("submission", "SUBMISSION_TAG"),
                          ("commit", "COMMIT_URL"), ("release", "RELEASE_URL"), ("review", "REVIEW_URL"),
                          ("owner", "OWNER"), ("assignment_type", "ASSIGNMENT_TYPE")]:
            self.assertEqual(seen[key], made.CLASSROOM50[name])
        self.assertEqual(seen["datetime"], "2026-06-01T14:32:01Z")

    def test_prairielearn_charges_no_attempt_for_what_was_not_graded(self):
        built = {"status": "failed", "message": "gcc found an error in server.c"}
        failed = made.result([made.case(1, "failed")], build=built)
        seen = rules.prairielearn(self.render("prairielearn", self.write(failed)))["all"]
        self.assertEqual((seen["gradable"], seen["format_errors"]), (False, [built["message"]]))
        nothing = made.result([made.case(1, "error")])
        seen = rules.prairielearn(self.render("prairielearn", self.write(nothing)))["all"]
        self.assertEqual((seen["gradable"], seen["score"]), (False, 0))

    def test_autolab_has_one_problem_called_as_the_assignment(self):
        seen = rules.autolab(self.reports["autolab"])
        self.assertEqual((seen["problems"], seen["all"]["stages"]), (["echo"], ["build", "server", "client"]))

    def test_github_has_a_place_for_each_annotation_and_no_more_than_are_shown(self):
        seen = rules.github(self.reports["github"])
        self.assertEqual([name for name, _, _ in seen["commands"]], ["error", "error", "warning", "warning", "notice"])
        self.assertEqual(seen["commands"][0][1],
                         {"file": "alice/server.c", "line": "31", "title": "echo server case-2: The case of number 2"})
        self.assertIn("5 of 9 bytes: 55%.\n", seen["commands"][0][2])
        many = [made.case(i, "failed") for i in range(40)] + [made.case(i, "error") for i in range(40)]
        levels = [name for name, _, _ in rules.github(self.render("github", self.write(made.result(many))))["commands"]]
        self.assertEqual([levels.count(level) for level in ("error", "warning", "notice")], [10, 10, 1])

    def test_github_finds_a_file_wherever_the_submission_lies(self):
        for path, file in [(".", "server.c"), ("./", "server.c"), ("./a/b/", "a/b/server.c"), ("/home/a", "server.c")]:
            report = self.render("github", self.write(made.result([CASES[1]], submission={"id": "a", "path": path})))
            self.assertEqual(rules.github(report)["commands"][0][1]["file"], file, path)


if __name__ == "__main__":
    made.main()
