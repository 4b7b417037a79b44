# SPDX-License-Identifier: MIT
"""What the tests of the contract share: submissions to grade, and sockgrade run on them.

The contract is what users and their tools rely on: the command line, the exit status, the result file. Each
test file is a program: FILE.py SOCKGRADE [unittest's arguments].
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECONDS = 60  # no run of sockgrade here takes longer

program = ""

# A server in Python that answers each piece with what ANSWER makes of it.
SERVER = """
import os, socket, sys
BEFORE
with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listener:
    while True:
        client, address = listener.accept()
        print("connected:", address, flush=True)
        try:
            while data := client.recv(65536):
                client.sendall(ANSWER)
        except OSError:
            pass
        client.close()
"""
RIGHT = "data"
WRONG = "b'x' * len(data)"
# Two cases that are over soon.
SHORT = ["--role", "server", "--case", "one-message", "--case", "closes-after-end"]


class Done:
    """How a run ended."""

    def __init__(self, status, out, err):
        self.status = status
        self.out = out
        self.err = err


class ContractTest(unittest.TestCase):
    """Has a scratch folder, and TMPDIR in it, where nothing may be left."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir()
        for folder in (self.folder, self.temporary):  # the jail's user must reach it
            folder.chmod(0o755)

    def environment(self, **more):
        """Nothing of the tests' own but what a sanitizer needs."""
        own = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TMPDIR": str(self.temporary)}
        own.update({name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")})
        own.update(more)
        return {name: value for name, value in own.items() if value is not None}

    def start(self, *words, environment=None, **how):
        how = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
               "cwd": self.folder, **how}
        return subprocess.Popen([program, *map(str, words)], env=self.environment(**(environment or {})),
                                **how)

    def run_it(self, *words, environment=None, **how):
        """Output is bytes; None where it was sent elsewhere."""
        process = self.start(*words, environment=environment, **how)
        try:
            out, err = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        return Done(process.returncode, out, err)

    def submission(self, answer=RIGHT, before="", name="alice"):
        """A folder with a server in Python."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        (folder / "server.py").write_text(SERVER.replace("ANSWER", answer).replace("BEFORE", before))
        return folder

    def check(self, folder, *words, **how):
        return self.run_it("check", folder, "--assignment", "echo", *words, **how)

    def result(self, folder, *words, **how):
        """The result file, as it was read back, and how the run ended."""
        path = self.folder / "result.json"
        done = self.check(folder, *words, "--format", f"json={path}", **how)
        return json.loads(path.read_text(encoding="utf-8")), done

    def assert_placed(self, done, pattern):
        """Exit status 2: one place, the line, and a caret under it; nothing on standard output."""
        err = done.err.decode()
        self.assertEqual((done.status, done.out), (2, b""), err)
        self.assertRegex(err, r"\A[^\n]+:\d+:\d+: " + pattern + r"[^\n]*\n *\d+ \| [^\n]*\n +\| [ \t]*\^~*\n\Z")

    def assert_clean(self):
        """No scratch folder is left."""
        self.assertEqual(list(self.temporary.iterdir()), [])


def wait_until(fact, what):
    """The first true value of `fact`."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if value := fact():
            return value
        os.sched_yield()
    raise AssertionError(f"waited in vain for {what}")


def processes_with(text):
    """The processes, zombies apart, whose command line holds `text`."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes()
            state = (entry / "stat").read_bytes().rpartition(b")")[2].split()[0]
        except OSError:
            continue
        if text.encode() in words and state not in (b"Z", b"X"):
            found[int(entry.name)] = words
    return found


def examiner_of(process):
    """A child of sockgrade that has been at work long enough to be in the middle of a case."""
    try:
        with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as file:
            children = [int(word) for word in file.read().split()]
        for child in children:
            with open(f"/proc/{child}/stat", "rb") as file:
                started = int(file.read().rpartition(b")")[2].split()[19])
            with open("/proc/uptime", encoding="ascii") as file:
                age = float(file.read().split()[0]) - started / os.sysconf("SC_CLK_TCK")
            if age > 0.4:
                return child
    except OSError:
        pass
    return None


def main():
    global program
    program = str(pathlib.Path(sys.argv.pop(1)).resolve())
    # Whatever started the tests may ignore these.
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL if number != signal.SIGINT else signal.default_int_handler)
    unittest.main(module="__main__", verbosity=1)
