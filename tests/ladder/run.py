#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Grades right and wrong programs on every rung of the ladder, and looks at what is left over.

    run.py SOCKGRADE LESSER [--only RUNG] [--jobs N]

A rung is a machine that allows less, as LESSER makes it (lesser.c). On each, as the caller and where that
is root as an ordinary user too: right programs lose nothing; wrong ones lose the same cases, with the same
diagnosis, wherever what the case needs is in force; what is not graded is skipped, and says why; the
result says what was in force; `--require` refuses with status 3 what is not there; and no process, no
mount and no file is left over. To be asked of the machine itself first: status 77 where it is no whole
one.
"""

import argparse
import ctypes
import dataclasses
import json
import multiprocessing
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from reach import for_everybody  # noqa: E402
PROJECT = HERE.parent.parent
ORDINARY_USER = "nobody"
# The leak checker traces its own process, which a rung may refuse; the other tests look for leaks.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
PR_SET_CHILD_SUBREAPER = 36
ALLOWS = {"network": ["private"], "faults": ["ptrace", "seccomp"], "jail": ["full"]}
MOST_TOLD = 12
SOME_CASES = ["one-*", "sixteen-clients", "slow-reader", "short-sends", "ipv6", "answers-at-once",
              "silent-client", "sends-and-prints", "connects-once", "client-short-sends"]
REQUIRED = {"private": "network", "faults": "faults", "jail": "jail"}


@dataclasses.dataclass(frozen=True)
class Rung:
    """A machine, by what it lacks and what is expected to be in force there."""
    name: str
    lacks: str
    network: str
    faults: str
    jail: str

    for_all: bool = False  # also as an ordinary user, where the caller is root

    @property
    def environment(self):
        return {"network": self.network, "faults": self.faults, "jail": self.jail}


WHOLE = Rung("whole", "", "private", "seccomp", "full")
RUNGS = [  # those that take longest come first
    Rung("nothing", "docker old ptrace", "none", "none", "none"),
    Rung("no-duplicates", "duplicate", "private", "ptrace", "full"),
    Rung("docker", "docker", "mapped", "ptrace", "landlock", for_all=True),
    WHOLE,
    Rung("no-listener", "listener", "private", "ptrace", "full", for_all=True),
    Rung("no-mounts", "mount", "private", "seccomp", "landlock", for_all=True),
    Rung("no-network", "network", "mapped", "seccomp", "full"),
    Rung("no-users", "namespaces", "mapped", "seccomp", "landlock"),
    Rung("old", "old", "private", "seccomp", "full"),
    Rung("old-docker", "docker old", "mapped", "ptrace", "none"),
    Rung("old-no-users", "namespaces old", "mapped", "seccomp", "none", for_all=True),
    Rung("no-faults", "listener ptrace", "private", "none", "full"),
]


def reference(folder, assignment):
    """A submission of the reference programs of an assignment."""
    top = folder / assignment
    for part in ("common", assignment):
        shutil.copytree(PROJECT / "reference" / part, top / part)
    codec = "".join(f" {assignment}/{file.name}" for file in (top / assignment).glob("*.c")
                    if "int main(" not in file.read_text())
    lines = "".join(f"{role}:\n\tcc -O1 -D_GNU_SOURCE -I. -o {role} {assignment}/{role}.c common/stream.c{codec}\n"
                    for role in ("server", "client"))
    (top / "Makefile").write_text("all: server client\n" + lines)
    return top


def as_user(user):
    """What a command begins with that is run as the user; None: as the caller."""
    if not user:
        return []
    entry = pwd.getpwnam(user)
    return ["setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"]


class Job:
    """One rung as one user, in a process of its own, which adopts what a check leaves behind."""

    def __init__(self, options, rung, user, references, others):
        self.options, self.rung, self.user = options, rung, user
        self.references, self.others = references, others
        self.problems = []

    def complain(self, text):
        self.problems.append(f"{self.rung.name} as {self.user or 'the caller'}: {text}")

    def command(self, *words):
        return [*as_user(self.user), self.options.lesser, *self.rung.lacks.split(), "--",
                self.options.sockgrade, *words]

    def check(self, path, assignment, *words, status=(0, 1)):
        """Grades; the result, or None where that is not what was to come of it."""
        scratch = tempfile.mkdtemp(prefix="ladder-")
        os.chmod(scratch, 0o777)
        mounts = mount_points()
        environment = {**os.environ, "TMPDIR": scratch, "HOME": scratch}
        done = subprocess.run(
            self.command("check", str(path), "--assignment", assignment, "--format", "json", *words),
            capture_output=True, text=True, timeout=400, env=environment)
        what = f"{path.name} {' '.join(words)}"
        if os.listdir(scratch):
            self.complain(f"{what}: left {os.listdir(scratch)} behind")
        if mount_points() != mounts:
            self.complain(f"{what}: left a mount behind")
        if has_children():
            self.complain(f"{what}: left a process behind")
        shutil.rmtree(scratch, ignore_errors=True)
        if done.returncode not in status:
            self.complain(f"{what}: status {done.returncode}: {done.stderr.strip()[:300]}")
        if not done.stdout:
            return None
        result = json.loads(done.stdout)
        if result["environment"] != self.rung.environment:
            self.complain(f"{what}: {result['environment']} was in force")
        lesser = [name for name, full in ALLOWS.items() if self.rung.environment[name] not in full]
        notes = [note for note in result.get("notes", []) if note.startswith("on this machine")]
        if len(notes) != len(lesser):
            self.complain(f"{what}: {lesser} is lesser, but it says {notes}")
        return result

    def cannot(self, case):
        """What the reason must speak of where the rung cannot play the case; None where it can."""
        if "ipv6" in case["id"] and self.rung.network != "private":
            return "IPv6"
        if re.search("short-sends|eintr", case["id"]) and self.rung.faults == "none":
            return "interfere"
        if re.search("slow-reader|vanished", case["id"]) and self.rung.network == "none":
            return "buffers"
        return None

    def judge_right(self, path, assignment):
        # Without calls to stop, much is told by time alone: there a choice has to do.
        chosen = SOME_CASES if self.rung.name == "nothing" else []
        words = [word for case in chosen for word in ("--case", case)]
        result = self.check(path, assignment, *words, status=(0,))
        graded = 0
        for case in result["cases"] if result else []:
            lack = self.cannot(case)
            if lack and (case["status"] != "skipped" or lack not in case.get("reason", "")):
                self.complain(f"{assignment} {case['id']}: {case['status']}, and not skipped")
            if not lack and case["status"] != "passed":
                told = case.get("diagnosis") or case.get("reason")
                self.complain(f"{assignment} {case['id']}: {case['status']}: {told}")
            graded += 0 if lack else case["max_points"]
        if result and abs(result["max_score"] - graded) > 0.01:
            self.complain(f"{assignment}: {result['max_score']} of {graded} points could be had")

    def judge_wrong(self, path, assignment, cases, *codes):
        words = [word for case in cases for word in ("--case", case)]
        # Where no case can be played, the machine could not do its work.
        result = self.check(path, assignment, *words, status=(0, 1, 3))
        for case in result["cases"] if result else []:
            lack = self.cannot(case)
            found = (case.get("diagnosis") or {}).get("code")
            if lack and case["status"] != "skipped":
                self.complain(f"{path.name} {case['id']}: {case['status']}, and not skipped")
            if not lack and found not in codes:
                self.complain(f"{path.name} {case['id']}: {case['status']} {found}, and not {codes}")

    def judge_require(self, path):
        for word, name in REQUIRED.items():
            there = self.rung.environment[name] in ALLOWS[name]
            self.check(path, "echo", "--case", "one-message", "--require", word,
                       status=(0,) if there else (3,))

    def run(self):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
        begun = time.monotonic()
        self.judge_right(self.references["echo"], "echo")
        if not self.user and self.rung.name in ("no-listener", "docker"):
            self.judge_right(self.references["echo-dot"], "echo-dot")
            self.judge_right(self.references["caesar"], "caesar")
        self.judge_wrong(self.others / "caesar-no-send-loop", "caesar", ["short-sends"],
                         "short-send-ignored")
        self.judge_wrong(self.others / "echo-dot-one-recv", "echo-dot",
                         ["in-pieces*", "answer-in-pieces*"], "single-recv")
        self.judge_wrong(self.others / "hangs", "echo", ["one-message"], "waits-for-more",
                         *(["timed-out"] if self.rung.name == "nothing" else []))
        self.judge_wrong(self.others / "crashes", "echo", ["one-message"], "crashed")
        if self.rung.network != "none":
            self.check(self.others / "datagrams", "echo", "--case", "one-message", status=(0,))
        if self.rung.jail == "none":
            self.check(self.others / "kills-examiner", "echo", "--case", "one-message", status=(3,))
        self.judge_require(self.references["echo"])
        return self.problems, time.monotonic() - begun


def copy_others(folder):
    """The examples and the submissions of this folder, where an ordinary user can read them."""
    for source in (*(PROJECT / "examples").iterdir(), *HERE.iterdir()):
        if source.is_dir():
            shutil.copytree(source, folder / source.name)
    return folder


def mount_points():
    return pathlib.Path("/proc/self/mountinfo").read_text()


def has_children():
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def run_job(job):
    return job.rung.name, job.user, *job.run()


def give_up(reason):
    print(f"skipped: {reason}")
    sys.exit(1 if os.environ.get("SG_MUST_RUN") == "1" else 77)


def ask_machine(options, user):
    """Whether the machine itself is a whole one, with Landlock, for the user."""
    done = subprocess.run([*as_user(user), options.sockgrade, "doctor"], capture_output=True, text=True,
                          check=False)
    words = dict(re.findall(r"^  (network|faults|jail) +(\w+)", done.stdout, re.M))
    whole = words == WHOLE.environment
    return whole and re.search(r"^ +Landlock +yes", done.stdout, re.M), words


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sockgrade")
    parser.add_argument("lesser")
    parser.add_argument("--only")
    parser.add_argument("--jobs", type=int, default=4)
    options = parser.parse_args()
    options.sockgrade, options.lesser = for_everybody(options.sockgrade, options.lesser)
    users = [None, ORDINARY_USER] if os.geteuid() == 0 else [None]
    for user in list(users):
        whole, words = ask_machine(options, user)
        if not whole and user:
            print(f"not as {user}, who has {words} here")
            users.remove(user)
        elif not whole:
            give_up(f"the machine itself is a lesser one: {words}")
    with tempfile.TemporaryDirectory(prefix="ladder-") as folder:
        os.chmod(folder, 0o755)
        references = {name: reference(pathlib.Path(folder), name)
                      for name in ("echo", "echo-dot", "caesar")}
        others = copy_others(pathlib.Path(folder) / "others")
        jobs = [Job(options, rung, user, references, others) for user in users for rung in RUNGS
                if options.only in (None, rung.name) and (rung.for_all or not user)]
        with multiprocessing.Pool(options.jobs, maxtasksperchild=1) as pool:
            failed = False
            for name, user, problems, seconds in pool.imap_unordered(run_job, jobs, chunksize=1):
                print(f"{name} as {user or 'the caller'}: {seconds:.1f} s", flush=True)
                failed = failed or bool(problems)
                print("".join(f"    {problem}\n" for problem in problems[:MOST_TOLD]), end="", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
