# SPDX-License-Identifier: MIT
"""Reports while sockgrade runs: where each goes, what a killed run leaves, and what real hostile programs print.

    running.py SOCKGRADE RENDER
"""
import base64
import json
import os
import signal

import made
import rules
from made import contract

HOSTILE = (r"os.write(1, b'::error::x\n##[add-mask]e\nGrade :=>> 10\nok 7\n--|>\n{\"tag\":\"points\",\"points\":\"1\"}\n'"
           r" b'[[ATTACHMENT|/etc/passwd]]\n]]>\x00\xff\x1b[2J')")


class Running(contract.ContractTest):
    def test_gradescopes_file_is_there_and_true_after_each_case(self):
        """The last case never ends; what was known before stands in the file when the run is killed."""
        folder = self.submission("data", before="import time")
        (self.folder / "own.yaml").write_text(
            "spec: 1\nid: own\nextends: echo\ntitle: Echo\ncases:\n"
            "  - id: stuck\n    title: It answers late\n    role: server\n    points: 3\n    needs: [one-message]\n"
            "    play:\n      - c: connect\n      - c: {send: \"x\\n\"}\n      - c: {expect: \"yy\"}\n")
        server = (folder / "server.py").read_text()
        # A program that is busy: nothing proves that it will not answer, so the case goes on.
        (folder / "server.py").write_text(server.replace("client.sendall(data)",
                                                         "exec('while data == b\"x\\\\n\": pass'); client.sendall(data)"))
        process = self.start("check", folder, "--spec", "own.yaml", "--role", "server", "--case", "one-message", "--case",
                             "stuck", "--jobs", "1", "--format", "gradescope=results.json")
        self.addCleanup(process.kill)
        path = self.folder / "results.json"

        def after_first_case():
            # Written beside and renamed: whenever it is there it is whole.
            seen = rules.gradescope(path.read_bytes()) if path.exists() else None
            return seen if seen and any(test["passed"] for test in seen["tests"]) else None

        contract.wait_until(after_first_case, "the first case in the file")
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=contract.SECONDS)
        seen = rules.gradescope(path.read_bytes())
        self.assertFalse(seen["all"]["extra_data"]["finished"])
        self.assertIn("Grading has not ended", seen["all"]["output"])
        passed, stuck = seen["tests"]
        self.assertEqual((passed["passed"], stuck["passed"], stuck["points"], stuck["max"]), (True, False, 0, 3))
        self.assertEqual(seen["score"], passed["points"])
        self.assertIn("it has not been run yet", stuck["text"])

    def test_gradescopes_file_of_a_whole_run_says_so(self):
        done = self.check(self.submission(), *contract.SHORT, "--format", "gradescope=results.json")
        self.assertEqual(done.status, 0)
        seen = rules.gradescope((self.folder / "results.json").read_bytes())
        self.assertTrue(seen["all"]["extra_data"]["finished"])
        self.assertNotIn("not ended", seen["all"]["output"])

    def check_with_channel(self, words, **how):
        """What comes out of a pipe that sockgrade has as its descriptor 3."""
        reader, writer = os.pipe()
        done = self.check(*words, pass_fds=[3, writer], preexec_fn=lambda: os.dup2(writer, 3), **how)
        os.close(writer)
        with os.fdopen(reader, "rb") as file:
            return done, file.read()

    def test_codegrade_is_told_on_descriptor_3(self):
        folder = self.submission("' '.join(sorted(os.listdir('/proc/self/fd'), key=int)).encode()", before=HOSTILE)
        words = [folder, "--role", "server", "--case", "one-message", "--format", "codegrade"]
        done, told = self.check_with_channel([*words, "--format", "json=a.json"])
        self.assertEqual((done.status, done.out, done.err), (1, b"", b""))
        seen = rules.codegrade(told)
        self.assertEqual((seen["score"], len(seen["tests"])), (0, 1))
        # The program has its own three, the listener, the client and the folder that it lists; not ours.
        self.assertEqual(self.printed(), "0 1 2 3 4 5")
        done, told = self.check_with_channel([*words[:-1], "codegrade=a.jsonl"])
        self.assertEqual((told, rules.codegrade((self.folder / "a.jsonl").read_bytes())["score"]), (b"", 0))

    def printed(self):
        case = json.loads((self.folder / "a.json").read_text())["cases"][0]
        return b"".join(base64.b64decode(event["base64"]) for event in case["transcript"]
                        if event["event"] == "data" and event["from"] == "server").decode()

    def test_codegrade_without_descriptor_3_goes_to_standard_output(self):
        done = self.check(self.submission(), *contract.SHORT, "--format", "codegrade")
        self.assertEqual((done.status, rules.codegrade(done.out)["score"]), (0, 8))

    def test_a_log_of_github_obeys_no_program(self):
        folder = self.submission("data.upper()", before=HOSTILE)
        words = [folder, "--role", "server", "--case", "one-message", "--verbose", "--format", "pretty"]
        done = self.check(*words, environment={"GITHUB_ACTIONS": "true"})
        self.assertEqual(rules.run_commands(done.out), [])
        self.assertTrue(done.out.startswith(b"::stop-commands::"))
        again = self.check(*words, environment={"GITHUB_ACTIONS": "true"})
        self.assertNotEqual(done.out.splitlines()[0], again.out.splitlines()[0], "a word that can be known")
        done = self.check(*words, "--format", "github", environment={"GITHUB_ACTIONS": "true"})
        self.assertEqual([name for name, _, _ in rules.run_commands(done.out)], ["error", "notice"])
        self.assertNotIn(b"stop-commands::", self.check(*words).out.split(b"\n")[0])

    def test_the_summary_is_appended(self):
        summary = self.folder / "summary.md"
        summary.write_text("# Before\n\n")
        done = self.check(self.submission(), *contract.SHORT, "--format", "github-summary",
                          environment={"GITHUB_STEP_SUMMARY": str(summary)})
        self.assertEqual((done.status, done.out), (0, b""))
        text = summary.read_bytes()
        self.assertTrue(text.startswith(b"# Before\n\n## "))
        self.assertEqual(rules.github_summary(text.removeprefix(b"# Before\n\n"))["score"], 8)

    def test_classroom50_needs_its_variables_before_any_work(self):
        folder = self.submission()
        for name in ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL"):
            done = self.check(folder, "--format", "classroom50=r.json",
                              environment={key: value for key, value in made.CLASSROOM50.items() if key != name})
            self.assert_placed(done, f"classroom50 needs the variable {name}, which is not set")
        done = self.check(folder, *contract.SHORT, "--format", "classroom50=r.json", environment=made.CLASSROOM50)
        self.assertEqual(done.status, 0, done.err)
        self.assertEqual(rules.classroom50((self.folder / "r.json").read_bytes())["score"], 8)

    def test_autolab_reads_the_last_lines_of_all_that_is_printed(self):
        done = self.check(self.submission("data.upper()", before=HOSTILE), "--role", "server", "--case", "one-message",
                          "--verbose", "--format", "pretty", "--format", "autolab")
        self.assertEqual(rules.autolab(done.out)["score"], 0)

    def test_vpl_reads_one_grade_in_all_that_is_printed(self):
        done = self.check(self.submission("data.upper()", before=HOSTILE), "--role", "server", "--case", "one-message",
                          "--format", "vpl")
        self.assertEqual(rules.vpl(done.out)["score"], 0)


class Reported(made.contract.ContractTest):
    """What is in a database goes the same ways."""

    def report(self, *words, answer="data.upper()", before=HOSTILE, **how):
        """`report` on the one submission of a database, graded first."""
        if not (self.folder / "results.db").exists():
            folder = self.submission(answer, before=before)
            done = self.run_it("grade", folder, "--assignment", "echo", "--role", "server", "--case", "one-message")
            self.assertIn(done.status, (0, 1), done.err)
        return self.run_it("report", "results.db", "--submission", "alice", *words, **how)

    def test_a_log_of_github_obeys_no_program(self):
        words = ["--verbose", "--format", "pretty"]
        done = self.report(*words, environment={"GITHUB_ACTIONS": "true"})
        self.assertTrue(done.out.startswith(b"::stop-commands::"), done.out[:100])
        self.assertEqual(rules.run_commands(done.out), [])
        self.assertNotIn(b"stop-commands::", self.report(*words).out.split(b"\n")[0])

    def test_codegrade_is_told_on_descriptor_3(self):
        self.assertEqual(rules.codegrade(self.report("--format", "codegrade").out)["score"], 0)
        reader, writer = os.pipe()
        done = self.report("--format", "codegrade", pass_fds=[3, writer], preexec_fn=lambda: os.dup2(writer, 3))
        os.close(writer)
        with os.fdopen(reader, "rb") as file:
            self.assertEqual(rules.codegrade(file.read())["score"], 0)
        self.assertEqual((done.status, done.out, done.err), (0, b"", b""))

    def test_the_summary_is_appended(self):
        summary = self.folder / "summary.md"
        summary.write_text("# Before\n\n")
        done = self.report("--format", "github-summary", environment={"GITHUB_STEP_SUMMARY": str(summary)})
        self.assertEqual((done.status, done.out), (0, b""), done.err)
        self.assertEqual(rules.github_summary(summary.read_bytes().removeprefix(b"# Before\n\n"))["score"], 0)

    def test_classroom50_names_the_run_that_the_environment_says(self):
        done = self.report("--format", "classroom50=r.json", environment=made.CLASSROOM50)
        self.assertEqual(done.status, 0, done.err)
        text = (self.folder / "r.json").read_bytes()
        self.assertEqual(rules.classroom50(text)["score"], 0)
        for name in ("CLASSROOM", "ASSIGNMENT", "COMMIT_URL"):
            self.assertIn(made.CLASSROOM50[name], text.decode())
        self.assertNotIn(b"1970-01-01", text)
        self.assert_placed(self.report("--format", "classroom50=r.json"), "classroom50 needs the variable CLASSROOM")

    def test_what_is_read_at_the_end_of_a_log_goes_to_standard_output(self):
        for name in ("autolab", "vpl"):
            with self.subTest(name):
                self.assertEqual(rules.READERS[name](self.report("--format", name).out)["score"], 0)


if __name__ == "__main__":
    made.main()
