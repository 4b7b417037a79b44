# SPDX-License-Identifier: MIT
"""What is left of a run that was ended before its time: nothing."""
import json
import os
import signal
import uuid

import contract


class Stopping(contract.ContractTest):
    def begin(self, *words, environment=None):
        """Starts a check; returns when the student's programs run."""
        self.mark = uuid.uuid4().hex
        before = ("import subprocess\n"
                  "subprocess.Popen([sys.executable, '-c', "
                  f"'import signal; signal.pause() # {self.mark}'], start_new_session=True)")
        folder = self.submission(answer="exec('while True: pass')", before=before)
        process = self.start("check", folder, "--assignment", "echo", "--role", "server", *words,
                             environment=environment)
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
