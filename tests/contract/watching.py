# SPDX-License-Identifier: MIT
"""`check --watch` grades again whenever a source file has changed, and only then."""
import json
import os
import signal

import contract


class Watching(contract.ContractTest):
    def begin(self, folder, *words):
        process = self.start("check", folder, "--assignment", "echo", *contract.SHORT, "--quiet", "--watch", *words)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def next_sum(self, process):
        """The line that ends a run. Blocks until it is there; the test runner bounds it."""
        return process.stdout.readline().decode()

    def end(self, process):
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=contract.SECONDS)
        self.assertEqual((process.returncode, err), (-signal.SIGINT, b""))
        self.assert_clean()
        return out.decode()

    def test_a_saved_file_is_graded_again(self):
        folder = self.submission(contract.WRONG)
        process = self.begin(folder)
        self.assertRegex(self.next_sum(process), " 0 of 8 ")
        self.submission(contract.RIGHT)
        self.assertRegex(self.next_sum(process), " 8 of 8 ")
        (folder / "server.py").replace(folder / "server.py~")  # what an editor does
        self.assertRegex(self.next_sum(process), " 0 of 8 ")
        (folder / "deep" / "er").mkdir(parents=True)
        (folder / "server.py~").replace(folder / "deep" / "er" / "server.py")
        self.assertRegex(self.next_sum(process), " 8 of 8 ")
        self.assertEqual(self.end(process), "")

    def test_what_it_writes_itself_is_no_change(self):
        folder = self.submission(contract.WRONG)
        process = self.begin(folder, "--format", f"json={folder}/out.json", "--format", "pretty",
                             "--artifacts", folder / "kept")
        self.assertRegex(self.next_sum(process), " 0 of 8 ")
        before = (folder / "out.json").stat().st_mtime_ns
        (folder / ".hidden").write_text("nor is this")
        self.submission(contract.RIGHT)
        self.assertRegex(self.next_sum(process), " 8 of 8 ")
        self.assertEqual(json.loads((folder / "out.json").read_text())["score"], 8)
        self.assertNotEqual((folder / "out.json").stat().st_mtime_ns, before)
        self.assertTrue((folder / "kept").is_dir())
        self.assertEqual(self.end(process), "")

    def test_it_ends_with_its_folder(self):
        folder = self.submission(contract.WRONG)
        process = self.begin(folder)
        self.assertRegex(self.next_sum(process), " 0 of 8 ")
        folder.rename(self.folder / "elsewhere")
        out, err = process.communicate(timeout=contract.SECONDS)
        self.assertEqual((process.returncode, out), (2, b""))
        self.assertIn(b"cannot read the folder", err)

    def test_a_wrong_command_line_ends_at_once(self):
        done = self.run_it("check", self.submission(), "--assignment", "echo", "--watch", "--format", "poetry")
        self.assert_placed(done, "unknown format")
        (self.folder / "file").write_text("")
        for operand, text in (("nowhere", "cannot read the folder 'nowhere'"), ("file", "'file' is no folder")):
            self.assert_placed(self.run_it("check", operand, "--assignment", "echo", "--watch"), text)
        done = self.run_it("check", self.submission(), "--assignment", "echo", "--watch", "--post", "webhook")
        self.assertEqual(done.status, 2)


if __name__ == "__main__":
    contract.main()
