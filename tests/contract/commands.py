# SPDX-License-Identifier: MIT
"""Every command and option of the contract, and every exit status."""
import json
import os
import pathlib
import re
import resource
import subprocess

import contract

SPECS = contract.ROOT / "specs"


class Commands(contract.ContractTest):
    def ok(self, *words, **how):
        done = self.run_it(*words, **how)
        self.assertEqual((done.status, done.err), (0, b""), words)
        return done.out.decode()

    def test_help_and_version(self):
        text = self.ok("--help")
        for word in ("check", "list", "init", "spec", "explain", "post", "doctor", "--assignment", "--spec", "--case",
                     "--role", "--format", "--artifacts", "--seed", "--jobs", "--lang", "--color", "--quiet",
                     "--verbose", "--help", "--version", "NO_COLOR"):
            self.assertIn(word, text)
        for status in "0123":
            self.assertRegex(text, rf"exit status:(.|\n)*\b{status} ")
        self.assertRegex(self.ok("--version"), r"\Asockgrade \d+\.\d+\.\d+\n\Z")
        self.assertRegex(self.ok("check", "--help"), r"\Asockgrade check \[DIR\]: (.|\n)*--assignment")
        self.assertIn("webhook", self.ok("post", "--help"))

    def test_options_and_operands_may_be_mixed(self):
        folder = self.submission()
        first = self.ok("check", folder, "--assignment", "echo", *contract.SHORT, "--quiet")
        again = self.ok("--quiet", "--assignment=echo", "check", *contract.SHORT, folder)
        self.assertEqual(first, again)
        os.rename(folder, self.folder / "--quiet")
        last = self.ok("check", "--assignment", "echo", *contract.SHORT, "--quiet", "--", "--quiet")
        self.assertEqual(first.replace("alice  ", "--quiet"), last)

    def test_the_exit_statuses_of_check(self):
        right, wrong = self.submission(), self.submission(contract.WRONG, name="bob")
        self.assertEqual(self.check(right, *contract.SHORT).status, 0)
        self.assertEqual(self.check(wrong, *contract.SHORT).status, 1)
        empty = self.folder / "empty"
        empty.mkdir()
        result, done = self.result(empty, "--role", "server")
        self.assertEqual((done.status, {case["diagnosis"]["code"] for case in result["cases"]}),
                         (1, {"no-such-program"}))
        self.assert_placed(self.check("nowhere"), "cannot read the folder 'nowhere'")
        self.assert_placed(self.run_it("check", right, "--assignment", "ehco"), "no assignment 'ehco'")
        self.assert_placed(self.run_it("check", right), "which assignment")
        self.assert_placed(self.run_it("check", right, "--spec", "none.yaml"), "cannot read 'none.yaml'")
        self.assert_placed(self.run_it("check", right, "--assignment", "tcp"), "'tcp' is no assignment")
        self.assert_placed(self.check(right, *["--case=x"] * 65), "more than 64 of these")
        (right / "submission.yaml").write_text("# mine\nassignment: ehco\n")
        done = self.run_it("check", right)
        self.assert_placed(done, "no assignment 'ehco'")
        self.assertIn(b"submission.yaml:2:13: ", done.err)
        homeless = self.check(right, environment={"TMPDIR": "/nowhere"})
        self.assertEqual(homeless.status, 3)
        self.assertIn(b"scratch folder in /nowhere (TMPDIR)", homeless.err)
        small = self.check(right, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512)))
        self.assertEqual(small.status, 3)
        self.assertIn(b"File too large", small.err)

    def test_a_folder_from_which_nothing_can_be_started(self):
        done = subprocess.run(["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o noexec none "$TMPDIR"; exec "$@"', "-",
                               contract.program, "check", self.submission(), "--assignment", "echo"],
                              env=self.environment(), stdin=subprocess.DEVNULL, capture_output=True)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"(TMPDIR), which is mounted noexec", done.stderr)

    def test_the_folder_is_the_current_one_where_none_is_named(self):
        folder = self.submission()
        (folder / "submission.yaml").write_text("assignment: echo\n")
        self.assertIn("alice", self.ok("check", *contract.SHORT, "--quiet", cwd=folder))
        self.assertEqual(sorted(path.name for path in folder.iterdir()), ["server.py", "submission.yaml"])

    def test_list(self):
        text = self.ok("list")
        for name in ("echo", "echo-dot", "caesar"):
            self.assertRegex(text, rf"(?m)^{name} +\d+ cases  start  \S")
        for name, cases in re.findall(r"(?m)^(\S+) +\d+ cases  (.{5})", text):
            begun = self.run_it("init", name, f"begun-{name}").status == 0
            self.assertEqual(begun, cases == "start", name)
        self.assertNotIn("tcp ", text)
        one = self.ok("list", "echo")
        self.assertEqual(one, self.ok("list", "--assignment", "echo"))
        points = sum(float(number) for number in re.findall(r"(?m)^    \S.*?  +(\d+(?:\.\d)?)  +", one))
        self.assertAlmostEqual(points, 200)
        points = sum(float(number) for number in re.findall(r"(?m)^  \S.*  (\d+(?:\.\d)?)$", one))
        self.assertAlmostEqual(points, 200)  # of the groups
        self.assertNotIn("\nclient\n", self.ok("list", "echo", "--role", "server"))
        self.assertEqual(self.ok("list", "echo", "--case", "one-message").count("\n    "), 1)
        self.assertIn("Pesan kembali", self.ok("list", "echo", "--lang", "id"))
        self.assertIn("Pesan kembali", self.ok("list", "echo", environment={"LC_ALL": "id_ID.UTF-8"}))
        self.assert_placed(self.run_it("list", "ehco"), r"no assignment 'ehco' \(did you mean 'echo'\?\)")

    def test_spec(self):
        self.assertRegex(self.ok("spec", "lint", SPECS / "echo.yaml"), r"echo\.yaml: \d+ cases, nothing wrong\n\Z")
        self.assertEqual(self.ok("spec", "lint", "--quiet", SPECS / "echo.yaml", SPECS / "caesar.yaml"), "")
        self.assertIn("one-message", self.ok("spec", "show", SPECS / "echo.yaml", "--case", "one-message"))
        (self.folder / "wrong.yaml").write_text("spec: 1\nid: wrong\ntitel: x\n")
        done = self.run_it("spec", "lint", "wrong.yaml", SPECS / "echo.yaml")
        self.assertEqual(done.status, 2)
        self.assertIn(b"wrong.yaml:3:1: ", done.err)
        self.assertIn(b"nothing wrong", done.out)
        self.assert_placed(self.run_it("spec", "prune", "x.yaml"), "'sockgrade spec' has no 'prune'")
        self.assert_placed(self.run_it("spec", "show", SPECS / "echo.yaml", "--case", "none"), "no case of ")
        self.assert_placed(self.run_it("spec", "prove", SPECS / "echo.yaml", SPECS / "chat.yaml", "--format", "json=proof"),
                           "'proof' holds the proof of one spec")

    def test_common_options_may_be_given_to_all(self):
        self.assertIn("network", self.ok("doctor", "--seed", "2", "--jobs=3", "--assignment", "echo", "--spec", "none.yaml"))
        self.assertEqual(self.ok("list", "--spec", SPECS / "record.yaml", "--role=client"),
                         self.ok("list", "record", "--role", "client"))

    def test_an_option_is_of_some_commands(self):
        done = self.run_it("check", ".", "--repeat", "3", "--twin=x", "--seed", "2")
        self.assertEqual(done.status, 2)
        self.assertRegex(done.err, rb"\A[^\n]*:1:19: --repeat is not an option of check \(of: grade, spec prove\)\n")
        self.assertIn(b"\ncommand line:1:30: --twin is not an option of check", done.err)
        self.assert_placed(self.run_it("list", "--db=x"), "--db is not an option of list")
        self.assertNotIn("--twin", self.ok("check", "--help"))
        self.assertIn("--twin", self.ok("spec", "--help"))
        self.assertNotIn("grade: ", self.ok("grade", "--help"))
        for words, name, more in (
                (["check"], "check [DIR]", {"--assignment", "--spec", "--case", "--role", "--format", "--for", "--artifacts",
                                            "--seed", "--jobs", "--require", "--post", "--dry-run", "--watch"}),
                (["list"], "list [ASSIGNMENT]", {"--assignment", "--spec", "--case", "--role"}),
                (["init"], "init ASSIGNMENT [DIR]", {"--in"}), (["explain"], "explain CODE", set()),
                (["doctor"], "doctor", set()), (["merge"], "merge OUT DB...", set()),
                (["report"], "report DB", {"--format", "--for", "--gradebook", "--submission"}),
                (["post"], "post TARGET FILE... | --status [TARGET] DB...",
                 {"--seed", "--submission", "--dry-run", "--status", "--again"}),
                (["spec", "lint"], "spec lint FILE...", set()), (["spec", "show"], "spec show FILE...", {"--case", "--role"}),
                (["spec", "prove"], "spec prove FILE...", {"--role", "--format", "--seed", "--jobs", "--repeat", "--twin"})):
            with self.subTest(words):
                text = self.ok(*words, "--help")
                self.assertTrue(text.startswith(f"sockgrade {name}: "), text[:80])
                self.assertEqual(set(re.findall(r"(?m)^  (--[a-z-]+)", text)),
                                 more | {"--lang", "--color", "--quiet", "--verbose", "--help", "--version"})

    def test_help_is_where_it_is_looked_for(self):
        whole = self.ok("--help")
        for words in (["-h"], ["help"], ["help", "--help"]):
            self.assertEqual(self.ok(*words), whole)
        for words in (["check", "-h"], ["help", "check"], ["-h", "check"]):
            self.assertEqual(self.ok(*words), self.ok("check", "--help"))
        parts = [self.ok("spec", verb, "--help") for verb in ("lint", "show", "prove")]
        self.assertEqual(self.ok("spec", "--help"), "\n".join(parts))
        self.assertEqual(len(set(parts)), 3)
        self.assertRegex(self.ok("grade", "--help"), r"(?m)^  canvas +Canvas's download")

    def test_help_fits_a_terminal(self):
        for words in ([], ["check"], ["grade"], ["report"], ["list"], ["init"], ["spec"], ["doctor"], ["explain"]):
            text = self.ok(*words, "--help")
            self.assertEqual([line for line in text.splitlines() if len(line) > 80 or line.endswith(" ")], [])
            self.assertEqual({len(row) - len(row.split("  ")[-1].lstrip()) for row in
                              re.findall(r"(?m)^  --.*  .*", text)}, {31})

    def test_points_have_at_most_one_decimal(self):
        for path in SPECS.glob("*.yaml"):
            for points in re.findall(r"(?m) · ([\d.]+) points?", self.ok("spec", "show", path)):
                self.assertRegex(points, r"\A\d+(\.\d)?\Z", path.name)

    def test_the_order_in_which_specs_are_found(self):
        first, second = self.folder / "first", self.folder / "second"
        for folder in (first, second):
            folder.mkdir()
        body = ("cases:\n  - id: own-case\n    title: Of our own\n    group: basics\n    role: server\n    points: 1\n"
                "    play:\n      - c: connect\n      - c: {send: \"x\"}\n      - c: {expect: \"x\"}\n")
        (first / "echo.yaml").write_text(f"spec: 1\nid: echo\nextends: echo\ntitle: The first\n{body}")
        (second / "echo.yaml").write_text(
            f"spec: 1\nid: echo\nextends: echo\ntitle: The second\n{body.replace('own-case', 'second-case')}")
        plain = self.ok("list", "echo")
        only = self.ok("list", "echo", environment={"SOCKGRADE_SPECS": str(second)})
        both = self.ok("list", "echo", environment={"SOCKGRADE_SPECS": f"{first}:{second}"})
        self.assertIn("echo: The second", only)
        self.assertIn("echo: The first", both)
        self.assertEqual([both.count("  own-case "), both.count("  second-case "), both.count("  one-message ")],
                         [1, 1, 1])
        self.assertEqual(plain.count("own-case"), 0)
        done = self.run_it("check", self.submission(), "--assignment", "echo", "--case", "*-case", "--case",
                           "reference-client", "--format", "json",
                           environment={"SOCKGRADE_SPECS": f"{first}:{second}"})
        self.assertEqual([case["status"] for case in json.loads(done.out)["cases"]], ["passed"] * 3)
        # The file named with --spec comes before all folders.
        done = self.run_it("check", self.submission(), "--spec", second / "echo.yaml", "--case", "own-case",
                           environment={"SOCKGRADE_SPECS": str(first)})
        self.assertEqual(done.status, 0)
        # It still cannot extend itself alone.
        (first / "alone.yaml").write_text(f"spec: 1\nid: alone\nextends: alone\ntitle: Alone\n{body}")
        done = self.run_it("spec", "lint", first / "alone.yaml", environment={"SOCKGRADE_SPECS": str(first)})
        self.assertEqual(done.status, 2)
        self.assertIn(b"'alone' extends itself", done.err)

    def test_a_submission_never_supplies_a_spec(self):
        folder = self.submission(contract.WRONG)
        (folder / "specs").mkdir()
        for path in (folder / "echo.yaml", folder / "specs/echo.yaml"):
            path.write_text("spec: 1\nid: echo\ntitle: Mine\n")
        done = self.run_it("check", "--assignment", "echo", *contract.SHORT, cwd=folder)
        self.assertEqual(done.status, 1)

    def test_explain(self):
        self.assertIn("recv", self.ok("explain", "single-recv"))
        self.assertNotEqual(self.ok("explain", "single-recv"), self.ok("explain", "single-recv", "--lang", "id"))
        self.assert_placed(self.run_it("explain", "single-revc"), r"no diagnosis .*did you mean 'single-recv'")
        self.assert_placed(self.run_it("explain"), "usage: sockgrade explain CODE")

    def test_doctor(self):
        self.assertRegex(self.ok("doctor"), r"\Anetwork \w+, faults \w+, jail \w+\n")

    def test_init(self):
        self.assert_placed(self.run_it("init", "nothing"), "")
        templates = pathlib.Path(contract.program).parent / "student-template"
        if not (templates / "echo").exists():
            self.skipTest("there is no template yet")
        self.assertIn("mine", self.ok("init", "echo", "mine"))
        self.assertTrue((self.folder / "mine").is_dir())
        self.assert_placed(self.run_it("init", "echo", "mine"), "")
        self.assertIn("\n  cd 'a b/c'\\''d'\n", self.ok("init", "echo", "a b/c'd"))
        self.assertIn("\n  cd -- -e\n", self.ok("init", "echo", "--", "-e"))
        self.assertIn("siap: server dan client", self.ok("init", "echo", "punyaku", "--lang", "id"))

    def test_post_reads_its_files_first(self):
        (self.folder / "a.json").write_text("{}")
        self.assert_placed(self.run_it("post", "webhook", "a.json", "--dry-run"), "'a.json': ")
        self.assert_placed(self.run_it("post", "nowhere", "a.json"), "unknown target 'nowhere'")


if __name__ == "__main__":
    contract.main()
