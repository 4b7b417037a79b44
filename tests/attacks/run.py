#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Grades hostile submissions, and looks at what they got, what they left, and whom they harmed.

    run.py SOCKGRADE LESSER [--only PATTERN] [--each N]

Each folder here is one attack. Its first line says what must hold; the line `attack:` below it says what is
expected of the case and on which rungs that is promised:

    status=   passed or failed: never error, and the exit status is sockgrade's own
    codes=    one of these is the diagnosis (`,` between them)
    refused=  these calls are named as refused
    rungs=    full: a jail with a view of its own; landlock: one without
    assignment= (echo), role=, case=, cases=2, terminal (sockgrade has one), beside (a right submission is graded at the same time)

An attack that gets through says ESCAPED; one that lasts must have said TRIED. Nothing is to reach the
listeners that stand for what is outside (they are on this machine's loopback), no process, mount or file is to
be left, and no result to be other than the grader's. As root each is run as an ordinary user too. With --each,
only every N-th of all these runs is made.
"""
import argparse
import base64
import ctypes
import dataclasses
import fcntl
import fnmatch
import json
import os
import pathlib
import pty
import pwd
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import termios
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from reach import for_everybody  # noqa: E402
PR_SET_CHILD_SUBREAPER = 36
ORDINARY_USER = "nobody"
SECONDS = 300
# What makes the rung, and what is in force there.
RUNGS = {"full": ([], "full"), "landlock": (["mount"], "landlock")}
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"


def as_user(user):
    if not user:
        return []
    entry = pwd.getpwnam(user)
    return ["setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"]


@dataclasses.dataclass
class Attack:
    folder: pathlib.Path
    words: dict

    @classmethod
    def read(cls, folder):
        for file in sorted(folder.iterdir()):
            found = re.search(r"attack: (.*?)(?: \*/)?$", file.read_text(), re.M)
            if found:
                pairs = [word.partition("=") for word in found[1].split()]
                return cls(folder, {name: value or True for name, _, value in pairs})
        raise AssertionError(f"{folder} does not say what is expected")


class Outside:
    """What no submission is to reach: listeners on this machine, and files with a mark in them."""

    def __init__(self, folder):
        self.mark = secrets.token_hex(12)
        self.abstract = f"sockgrade-outside-{os.getpid()}"
        self.sockets = []
        self.tcp = self.open(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
        self.udp = self.open(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
        self.open(socket.AF_UNIX, socket.SOCK_STREAM, "\0" + self.abstract)
        self.path = str(folder / "outside.socket")
        self.open(socket.AF_UNIX, socket.SOCK_STREAM, self.path)
        os.chmod(self.path, 0o777)
        other = folder / "submissions" / "bob"
        other.mkdir(parents=True)
        self.secrets = [folder / "spec" / "hidden.yaml", other / "server.py", folder / "artifacts" / "old.json"]
        for path in self.secrets:
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"# {self.mark}\n" * 5)

    def open(self, family, kind, address):
        one = socket.socket(family, kind)
        one.setblocking(False)
        one.bind(address)
        if kind == socket.SOCK_STREAM:
            one.listen()
        self.sockets.append(one)
        return one.getsockname()[1] if family == socket.AF_INET else 0

    def reached(self):
        for one in self.sockets:
            try:
                one.accept() if one.type == socket.SOCK_STREAM else one.recvfrom(100)
                yield f"{one.family.name} {one.type.name}"
            except BlockingIOError:
                pass

    def tell(self, folder, result):
        """Lets a submission know where all that is."""
        known = {"tcp": self.tcp, "udp": self.udp, "abstract": self.abstract, "path": self.path,
                 "mark": self.mark[::-1], "secrets": [str(path) for path in self.secrets], "result": str(result)}
        (folder / "outside.json").write_text(json.dumps(known))
        (folder / "outside.mk").write_text(
            f"SECRETS = {' '.join(known['secrets'])}\nREVERSED = {known['mark']}\n")


def outputs(result):
    """All that was printed, as far as it is kept."""
    return b"".join(base64.b64decode(event.get("base64", "")) for case in result["cases"]
                    for event in case.get("transcript", []) if event["event"] == "output")


def take_terminal():
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Runner:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.outside = Outside(folder)
        self.failed = False

    def complain(self, what, text):
        self.failed = True
        print(f"    {what}: {text}", flush=True)

    def start(self, rung, user, submission, words, scratch, **how):
        command = [*as_user(user), self.options.lesser, *RUNGS[rung][0], "--", self.options.sockgrade, "check",
                   str(submission), *words]
        environment = {**os.environ, "TMPDIR": str(scratch), "SOCKGRADE_TEST_TOKEN": self.outside.mark,
                       "SOCKGRADE_SPECS": str(self.folder / "spec")}
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, **how)

    def scratch(self, user, name):
        path = self.folder / name
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
        if user:
            os.chown(path, pwd.getpwnam(user).pw_uid, -1)
        return path

    def right(self, rung, user):
        folder = self.folder / "right"
        folder.mkdir(exist_ok=True)
        shutil.copy(HERE / "attack.py", folder)
        self.outside.tell(folder, "/nowhere")
        (folder / "server.py").write_text("import attack\n\nattack.serve()\n")
        return self.start(rung, user, folder,
                          ["--assignment", "echo", "--role", "server", "--case", "one-message", "--case", "in-pieces*", "--format", "json"], self.scratch(user, "scratch-right"))

    def submit(self, attack, results):
        """The attack as a submission, and what `sockgrade check` is told beside it."""
        submission = self.folder / "submissions" / "mallory"
        shutil.rmtree(submission, ignore_errors=True)
        shutil.copytree(attack.folder, submission)
        shutil.copy(HERE / "attack.py", submission)
        self.outside.tell(submission, results / "result.json")
        role = attack.words.get("role", "server")
        cases = ["one-message", "closes-after-end"] if "cases" in attack.words else \
            [attack.words.get("case", "one-message")]
        return submission, ["--assignment", attack.words.get("assignment", "echo"), "--role", role,
                            "--format", f"json={results / 'result.json'}", "--format", "pretty",
                            "--artifacts", str(results), *[word for case in cases for word in ("--case", case)]]

    def run(self, attack, rung, user):
        what = f"{attack.folder.name} on {rung} as {user or 'the caller'}"
        begun = time.monotonic()
        scratch, results = self.scratch(user, "scratch"), self.scratch(user, "results")
        submission, words = self.submit(attack, results)
        how = {"stdin": subprocess.DEVNULL}
        if "terminal" in attack.words:
            mine, theirs = pty.openpty()
            how |= {"stdin": theirs, "preexec_fn": take_terminal}
        mounts = pathlib.Path("/proc/self/mountinfo").read_text()
        beside = self.right(rung, user) if "beside" in attack.words else None
        process = self.start(rung, user, submission, words, scratch, **how)
        out, err = process.communicate(timeout=SECONDS)
        if "terminal" in attack.words:
            os.close(mine)
            os.close(theirs)
        self.judge(what, attack, rung, process.returncode, results, out, err)
        self.judge_rest(what, scratch, mounts, beside)
        print(f"{what}: {time.monotonic() - begun:.1f} s", flush=True)

    def judge(self, what, attack, rung, status, results, out, err):
        try:
            text = (results / "result.json").read_text()
            result = json.loads(text)
        except (OSError, ValueError) as problem:
            self.complain(what, f"no result: status {status}, {problem}: {err.decode()[:500]}")
            return
        if status != {"passed": 0, "failed": 1}[attack.words["status"]]:
            self.complain(what, f"exit status {status}: {err.decode()[:300]}")
        if result["environment"]["jail"] != RUNGS[rung][1]:
            self.complain(what, f"{result['environment']} was in force")
        for case in result["cases"]:
            code = (case.get("diagnosis") or {}).get("code")
            if case["status"] != attack.words["status"]:
                self.complain(what, f"{case['id']}: {case['status']} {case.get('reason', '')} "
                                    f"{case.get('diagnosis', '')} {outputs(result)[-300:]}")
            elif "codes" in attack.words and code not in attack.words["codes"].split(","):
                self.complain(what, f"{case['id']}: {case['diagnosis']}")
            for name in attack.words.get("refused", "").split("),"):
                name = name if not name or name.endswith(")") else name + ")"
                if name and name not in case.get("refused", []):
                    self.complain(what, f"{name} is not told of: {case.get('refused')}")
        said = outputs(result)
        if b"ESCAPED" in said:
            self.complain(what, said.decode(errors="replace"))
        if attack.words["status"] == "passed" and b"TRIED" not in said:
            self.complain(what, "the attack was not tried to its end")
        written = b"".join(path.read_bytes() for path in results.iterdir())
        if self.outside.mark.encode() in out + err + written + said:
            self.complain(what, "a report holds what the submission was not to see")

    def judge_rest(self, what, scratch, mounts, beside):
        if beside:
            out, err = beside.communicate(timeout=SECONDS)
            result = json.loads(out) if out else {"score": -1, "max_score": 0}
            if beside.returncode or result["score"] != result["max_score"]:
                self.complain(what, f"a right submission beside it got {result['score']} of "
                                    f"{result['max_score']}: {err.decode()[:300]}")
        for reached in self.outside.reached():
            self.complain(what, f"reached outside by {reached}")
        if os.listdir(scratch):
            self.complain(what, f"left {os.listdir(scratch)} behind")
        if pathlib.Path("/proc/self/mountinfo").read_text() != mounts:
            self.complain(what, "left a mount behind")
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            self.complain(what, f"left a process behind: {pid}")
        except ChildProcessError:
            pass

    def refuse_lesser(self):
        """What a full jail promises is refused where there is none."""
        scratch = self.scratch(None, "scratch")
        process = self.start("landlock", None, HERE / "01-writes-results",
                             ["--assignment", "echo", "--require", "jail"], scratch)
        _, err = process.communicate(timeout=SECONDS)
        if process.returncode != 3 or b"'jail' is required" not in err:
            self.complain("--require jail", f"status {process.returncode}: {err.decode()}")


def all_attacks():
    return [Attack.read(folder) for folder in sorted(HERE.iterdir())
            if folder.is_dir() and folder.name[:2].isdigit()]


def give_up(reason):
    print(f"skipped: {reason}")
    sys.exit(1 if os.environ.get("SG_MUST_RUN") == "1" else 77)


def allows(options, user):
    done = subprocess.run([*as_user(user), options.sockgrade, "doctor"], capture_output=True, text=True, check=False)
    return bool(re.search(r"^  jail +full", done.stdout, re.M) and re.search(r"^ +Landlock +yes", done.stdout, re.M))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sockgrade")
    parser.add_argument("lesser")
    parser.add_argument("--only", default="*")
    parser.add_argument("--rung", choices=RUNGS)
    parser.add_argument("--each", type=int, default=1)
    parser.add_argument("--one-user", action="store_true", help="as the caller alone")
    options = parser.parse_args()
    options.sockgrade, options.lesser = for_everybody(options.sockgrade, options.lesser)
    users = [None, ORDINARY_USER] if os.geteuid() == 0 and not options.one_user else [None]
    if not allows(options, None):
        give_up("this machine has no full jail, or no Landlock")
    users = [user for user in users if not user or allows(options, user)]
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    attacks = [attack for attack in all_attacks() if fnmatch.fnmatch(attack.folder.name, options.only)]
    if not attacks:
        give_up("no attack is called that")
    with tempfile.TemporaryDirectory(prefix="attacks-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        runner = Runner(options, folder)
        runs = [(attack, rung, user) for attack in attacks for rung in attack.words["rungs"].split(",")
                for user in (users if rung == "full" else users[:1]) if options.rung in (None, rung)]
        for run in runs[::options.each]:
            runner.run(*run)
        runner.refuse_lesser()
    sys.exit(runner.failed)


if __name__ == "__main__":
    main()
