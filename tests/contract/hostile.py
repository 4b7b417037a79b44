# SPDX-License-Identifier: MIT
"""What a student's program prints, sends and is called is data: no report obeys it."""
import base64
import csv
import io
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree

import contract

TEXTS = {
    "escape sequences": b"\x1b[2J\x1b]0;owned\x07\x9b31m",
    "a NUL": b"before\0after",
    "no UTF-8": b"\xff\xfe\xc3(\xed\xa0\x80\xf8\x88",
    "the end of a CDATA section": b"]]></failure></testcase><!-- & \"'",
    "marks that reorder": "\u202egnp.exe\u2066\u200b\ufeff\U000e0041".encode(),
    "carriage returns": b"100 of 100\r\rpassed\x08\x08",
    "characters that XML forbids": b"\x01\x0b\x0c\x7f" + "\ufffe\uffff\x85\u2028".encode(),
    "instructions to other tools": b"[[ATTACHMENT|/etc/passwd]]\n::error::x\nGrade :=>> 100\nok 1\n",
}


def is_harmless(text):
    """Nothing that a terminal obeys."""
    return not any(ord(c) < 32 and c not in "\n\t" or 127 <= ord(c) < 160 or c in "\u202e\u2066\u200b\ufeff\u2028"
                   for c in text)


class Hostile(contract.ContractTest):
    def check_reports(self, folder, *words):
        """Grades, and reads all reports back. Returns them: pretty, json as text, json, JUnit."""
        done = self.check(folder, "--role", "server", "--case", "one-message", "--case", "in-pieces*", "--verbose",
                          "--format", "pretty", "--format", "json=a.json", "--format", "junit=a.xml", "--format", "tap=a.tap",
                          "--format", "gradescope=a.gs", "--format", "github=a.gh", "--format", "csv=a.csv",
                          "--format", "html=a.html", *words)
        self.assertEqual((done.status, done.err), (1, b""))
        pretty = done.out.decode("utf-8")  # strictly: else this fails
        text = (self.folder / "a.json").read_text("utf-8")
        root = xml.etree.ElementTree.parse(self.folder / "a.xml").getroot()
        if shutil.which("xmllint"):
            subprocess.run(["xmllint", "--noout", self.folder / "a.xml"], check=True, timeout=contract.SECONDS)
        others = {name: (self.folder / name).read_bytes().decode("utf-8")
                  for name in ("a.xml", "a.tap", "a.gs", "a.gh", "a.csv", "a.html")}
        for report in (pretty, text, *others.values()):
            self.assertTrue(is_harmless(report.replace("\r\n", "\n")))
        count = len(json.loads(text)["cases"])
        self.assertEqual(len(json.loads(others["a.gs"])["tests"]), count)
        self.assertEqual(len(list(csv.reader(io.StringIO(others["a.csv"], newline=""), strict=True))), count + 1)
        # Nothing of a program's begins a line: TAP's lines are ours, and so are the runner's commands.
        for line in others["a.tap"].splitlines():
            self.assertRegex(line, r"^(TAP version 14|1\.\.\d+|# echo|(not )?ok \d+ - server |  )")
        self.assertEqual(len(re.findall(r"(?m)^(?:not )?ok ", others["a.tap"])), count)
        for line in others["a.gh"].splitlines():
            self.assertRegex(line, r"^::(error|notice) (file=[^:,]*,line=\d+,)?title=[^:,]*::")
        self.assertLessEqual(others["a.gh"].count("\n"), count + 1)
        return pretty, text, json.loads(text), root

    def test_bytes_on_the_wire_and_on_both_outputs(self):
        for name, text in TEXTS.items():
            with self.subTest(name):
                before = f"os.write(1, {text!r}); os.write(2, {text!r})"
                _, _, result, root = self.check_reports(self.submission(repr(text), before=before))
                self.assertEqual(len(root.findall("testsuite/testcase")), len(result["cases"]))
                self.assertTrue(root.findall("testsuite/testcase/failure"))
                self.assertNotIn("[[", (self.folder / "a.xml").read_text())
                kinds = {event["event"] for case in result["cases"] for event in case.get("transcript", [])}
                self.assertLessEqual({"output", "data"}, kinds)

    def test_a_line_of_ten_megabytes(self):
        for answer, before in [("b'y' * 10_000_000", ""),
                               ("os.write(2, b'z' * 3_000_000) and b'' or data.upper()", "")]:
            with self.subTest(answer):
                pretty, text, _, _ = self.check_reports(self.submission(answer, before=before))
                self.assertLess(len(pretty), 20_000)
                self.assertLess(len(text), 200_000)
                self.assertLess(max(map(len, pretty.splitlines())), 200)

    def test_the_names_of_files(self):
        for name in ("a\033[2Jb", "a]]>&<b", "a\nb", "\u202egnp", "a'b \"c\" $(d)", "-rf"):
            with self.subTest(name):
                folder = self.submission(contract.WRONG, name=name)
                (folder / "server.py").rename(folder / f"server{name}.py")
                done = self.run_it("check", "--assignment", "echo", "--role", "server", "--case", "one-message",
                                   "--format", "pretty", "--format", "json=a.json", "--format", "junit=a.xml", "--",
                                   name)
                self.assertEqual((done.status, done.err), (1, b""))
                for report in (done.out, (self.folder / "a.json").read_bytes(), (self.folder / "a.xml").read_bytes()):
                    self.assertTrue(is_harmless(report.decode("utf-8")))
                self.assertEqual(json.loads((self.folder / "a.json").read_text())["submission"]["id"], name)
                xml.etree.ElementTree.parse(self.folder / "a.xml")
                shutil.rmtree(folder)

    def test_a_name_that_is_no_utf_8(self):
        folder = self.submission(contract.WRONG)
        name = str(self.folder).encode() + b"/\xff\xfe"
        folder.rename(name.decode("utf-8", "surrogateescape"))
        done = self.run_it("check", name.decode("utf-8", "surrogateescape"), "--assignment", "echo", "--role",
                           "server", "--case", "one-message", "--format", "json")
        self.assertEqual(done.status, 1)
        self.assertEqual(json.loads(done.out.decode("utf-8"))["submission"]["id"], "\\xff\\xfe")

    def test_the_compilers_words(self):
        folder = self.folder / "broken"
        folder.mkdir()
        (folder / "server.c").write_bytes(b'int main(void) { return 0; }\n#error "\x1b[2J ]]> \xff [[ATTACHMENT|x]]"\n')
        _, _, result, _ = self.check_reports(folder)
        self.assertEqual(result["build"]["status"], "failed")

    def test_an_error_repeats_nothing_as_it_is(self):
        done = self.check("no\033[2Jwhere")
        self.assertTrue(is_harmless(done.err.decode()))
        self.assertEqual(done.status, 2)


class Isolation(contract.ContractTest):
    def test_a_program_has_three_descriptors(self):
        """Nothing of sockgrade's own, and nothing that it was started with, reaches it; nor the build."""
        folder = self.folder / "alice"
        folder.mkdir()
        (folder / "server.py").write_text(contract.SERVER.replace("BEFORE", "").replace(
            "ANSWER", "' '.join(sorted(os.listdir('/proc/self/fd'), key=int)).encode()"))
        with open(__file__, "rb") as mine:
            result, done = self.result(folder, "--role", "server", "--case", "one-message", pass_fds=[mine.fileno()])
        self.assertEqual(done.status, 1)
        case = result["cases"][0]
        answer = [base64.b64decode(event["base64"]) for event in case["transcript"]
                  if event["event"] == "data" and event["from"] == "server"]
        # Its own three, the listener, the client, and the folder that it lists.
        self.assertEqual(answer, [b"0 1 2 3 4 5"])

    def test_what_is_built_has_three_descriptors(self):
        folder = self.folder / "alice"
        folder.mkdir()
        (folder / "Makefile").write_text("all:\n\techo open: `ls /proc/self/fd` >&2; false\n")
        (folder / "server.c").write_text("int main(void) { return 0; }\n")
        with open(__file__, "rb") as mine:
            result, _ = self.result(folder, "--role", "server", "--case", "one-message", pass_fds=[mine.fileno()])
        self.assertRegex(result["build"]["log"], r"open: 0 1 2 3\n")  # 3 is the folder that ls reads

    def test_an_examiner_holds_nothing_but_its_own(self):
        """Not the socket of a poster, nor a descriptor that sockgrade was started with."""
        folder = self.submission("exec('while True: pass')")
        with open(__file__, "rb") as mine:
            process = self.start("check", folder, "--assignment", "echo", "--role", "server", "--post", "webhook",
                                 environment={"SOCKGRADE_WEBHOOK_URL": "http://127.0.0.1:9/",
                                              "SOCKGRADE_WEBHOOK_SECRET": "kuda-laut-7c1d-correct-horse"},
                                 pass_fds=[mine.fileno()])
            self.addCleanup(process.kill)
            target = os.readlink(f"/proc/self/fd/{mine.fileno()}")
        sockets = contract.wait_until(lambda: self.socket_of(process.pid), "the socket to the poster")

        def is_clean():
            children = contract.processes_with(str(self.folder)).keys() - {process.pid}
            seen = 0
            for child in children:
                try:
                    with open(f"/proc/{child}/comm", encoding="ascii") as file:
                        if file.read().strip() == "sockgrade-post":
                            continue
                    links = {os.readlink(f"/proc/{child}/fd/{fd}") for fd in os.listdir(f"/proc/{child}/fd")}
                    with open(f"/proc/{child}/stat", "rb") as file:
                        group = int(file.read().rpartition(b")")[2].split()[2])
                except OSError:
                    continue
                if group == os.getpgid(process.pid):
                    continue  # forked a moment ago
                seen += 1
                if "python3" not in os.fsdecode(contract.processes_with("server.py").get(child, b"")):
                    self.assertFalse(links & (sockets | {target}), links)
            return seen > 1

        contract.wait_until(is_clean, "examiners to be seen")
        process.terminate()
        process.communicate(timeout=contract.SECONDS)
        self.assert_clean()

    def socket_of(self, pid):
        try:
            links = {os.readlink(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd")}
        except OSError:
            return None
        return {link for link in links if link.startswith("socket:")}


if __name__ == "__main__":
    contract.main()
