# SPDX-License-Identifier: MIT
"""What is left of a run that was ended before its time: nothing."""
import json
import os
import signal
import uuid

import contract


# A spec that is proven with the one submission.
SPEC = """\
spec: 1
id: own
extends: echo
title: Echo
twins: twins.yaml
cases:
  - id: own-case
    title: It answers
    role: server
    points: 1
    play: [c: connect, c: {send: "x"}, c: {expect: "x"}]
"""
TWINS = """\
version: 1
references:
  python: {files: [server.py]}
twins:
  deaf:
    role: server
    bug: it reads nothing
    earns: [waits-forever]
    edits:
      - {file: server.py, replace: "recv(65536)", by: "recv(0)"}
"""


class Stopping(contract.ContractTest):
    def begin(self, *words, environment=None):
        """Starts a check; returns when the student's programs run."""
        return self.begin_it(["check", self.stubborn(), "--assignment", "echo", "--role", "server", *words], environment)

    def stubborn(self):
        """A submission that never answers, and leaves a process in a session of its own."""
        self.mark = uuid.uuid4().hex
        before = ("import subprocess\n"
                  "subprocess.Popen([sys.executable, '-c', "
                  f"'import signal; signal.pause() # {self.mark}'], start_new_session=True)")
        return self.submission(answer="exec('while True: pass')", before=before)

    def spec(self):
        """A spec that is proven with it."""
        folder = self.stubborn()
        (folder / "own.yaml").write_text(SPEC)
        (folder / "twins.yaml").write_text(TWINS)
        return folder / "own.yaml"

    def begin_it(self, words, environment=None):
        process = self.start(*words, environment=environment)
        self.addCleanup(process.kill)
        contract.wait_until(lambda: contract.processes_with(self.mark), "the submission to run")
        return process

    def end(self, process, number):
        os.kill(process.pid, number)
        out, err = process.communicate(timeout=contract.SECONDS)
        return contract.Done(process.returncode, out, err)

    def test_a_signal_ends_everything_and_writes_nothing(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            with self.subTest(number.name):
                path = self.folder / "result.json"
                process = self.begin("--format", "pretty", "--format", f"json={path}", "--artifacts", "out")
                done = self.end(process, number)
                self.assertEqual((done.status, done.out, done.err), (-number, b"", b""))
                self.assertEqual(contract.processes_with(self.mark), {})
                self.assertEqual(contract.processes_with(str(self.folder)), {})
                self.assert_clean()
                self.assertFalse(path.exists())
                self.assertEqual(list((self.folder / "out").iterdir()), [])

    def test_a_signal_during_the_build_ends_it(self):
        folder = self.folder / "slow"
        folder.mkdir()
        mark = uuid.uuid4().hex
        (folder / "Makefile").write_text(
            f"all:\n\tpython3 -c 'import signal; signal.pause() # {mark}'\n")
        (folder / "server.c").write_text("int main(void) { return 0; }\n")
        process = self.start("check", folder, "--assignment", "echo")
        self.addCleanup(process.kill)
        contract.wait_until(lambda: contract.processes_with(mark), "the build to run")
        done = self.end(process, signal.SIGTERM)
        self.assertEqual((done.status, done.out, done.err), (-signal.SIGTERM, b"", b""))
        self.assertEqual(contract.processes_with(mark), {})
        self.assert_clean()

    def test_a_proof_that_is_stopped_leaves_nothing(self):
        spec, path = self.spec(), self.folder / "proof.json"
        for words in ([spec, spec], [spec, "--format", f"json={path}"]):
            process = self.begin_it(["spec", "prove", *words, "--jobs", "2"])
            done = self.end(process, signal.SIGTERM)
            self.assertEqual((done.status, done.out, done.err), (-signal.SIGTERM, b"", b""))
            self.assertEqual(contract.processes_with(self.mark), {})
            self.assertEqual(contract.processes_with(str(self.folder)), {})
            self.assert_clean()
            self.assertFalse(path.exists())

    def test_a_killed_worker_of_a_proof_leaves_no_process(self):
        process = self.begin_it(["spec", "prove", self.spec(), "--jobs", "1", "--repeat", "1"])
        worker = contract.examiner_of(process) or contract.wait_until(
            lambda: contract.examiner_of(process), "a worker")
        os.kill(worker, signal.SIGKILL)
        out, err = process.communicate(timeout=contract.SECONDS)
        self.assertEqual(process.returncode, 3, err)
        self.assertIn(b"its grading ended by a signal", out)
        self.assertEqual(contract.processes_with(self.mark), {})
        self.assert_clean()

    def test_a_killed_run_of_a_watch_leaves_no_process(self):
        process = self.begin("--watch")
        run = contract.wait_until(lambda: contract.examiner_of(process), "the run")
        os.kill(run, signal.SIGKILL)
        contract.wait_until(lambda: not contract.processes_with(self.mark), "the submission to end")
        done = self.end(process, signal.SIGTERM)
        self.assertEqual(done.status, -signal.SIGTERM)

    def test_nothing_of_the_submission_outlives_a_killed_sockgrade(self):
        done = self.end(self.begin(), signal.SIGKILL)
        self.assertEqual(done.status, -signal.SIGKILL)
        contract.wait_until(lambda: not contract.processes_with(self.mark), "the submission to end")
        contract.wait_until(lambda: not contract.processes_with(str(self.folder)), "examiners to end")

    def test_what_was_ignored_from_the_start_stays_ignored(self):
        """As nohup does it."""
        folder = self.submission()
        process = self.start("check", folder, "--assignment", "echo", *contract.SHORT,
                             preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        os.kill(process.pid, signal.SIGHUP)
        process.communicate(timeout=contract.SECONDS)
        self.assertEqual(process.returncode, 0)
        self.assert_clean()

    def test_a_killed_examiner_makes_its_case_an_error_and_costs_nothing(self):
        path = self.folder / "result.json"
        for attempt in range(20):  # the first processes find out how the server is started, and may be met instead
            path.unlink(missing_ok=True)
            process, met = self.begin("--case", "one-message", "--format", f"json={path}"), set()

            def another():
                met.add(contract.examiner_of(process))
                return len(met - {None}) > attempt % 4 or process.poll() is not None

            contract.wait_until(another, "an examiner, or the end")
            examiner = contract.examiner_of(process)
            if not examiner:
                process.communicate(timeout=contract.SECONDS)
                continue
            os.kill(examiner, signal.SIGKILL)
            process.communicate(timeout=contract.SECONDS)
            self.assertEqual(process.returncode, 3)
            self.assertEqual(contract.processes_with(self.mark), {})
            self.assert_clean()
            if path.exists():
                break
        result = json.loads(path.read_text())
        case = result["cases"][0]
        self.assertEqual((case["status"], case["charged"], case["points"]), ("error", False, 0))
        self.assertIn("SIGKILL", case["reason"])
        self.assertEqual((result["score"], result["max_score"]), (0, 0))


if __name__ == "__main__":
    contract.main()
