#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Many hostile gradings with right ones beside them and after: what is left over on the machine, and whom it harmed.

    endure.py SOCKGRADE LESSER [--gradings 2000] [--each N]

The attacks of this folder go round and round, each on its rungs and as its users, while the right submissions of
../submissions (every N-th, all without --each) are graded too. Each attack is judged as run.py does; before and
after it all the machine is looked at: mounts, namespaces, System V objects and files by name; processes, sockets and
other objects of the kernel by number. It takes some down a little later; that is waited for.
Not one of the tests: it takes the best part of an hour. Needs root, for the kernel's counts, and a machine that does
nothing else.
"""
import argparse
import ctypes
import dataclasses
import itertools
import multiprocessing
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import run
from reach import for_everybody

KERNEL_OBJECTS = ("net_namespace", "pid_namespace", "user_namespace", "uts_namespace", "mnt_cache", "task_struct",
                  "TCP", "UDP", "sock_inode_cache")
MOST_MORE = 20  # objects of a kind that the machine itself may have meanwhile
SECONDS = 60  # in which the kernel has taken down what nobody uses any more
MIB = 1024  # KiB


@dataclasses.dataclass
class Machine:
    """What there is of all that a grading could leave."""
    named: dict
    counted: dict

    @classmethod
    def look(cls, scratch):
        subprocess.run(["sync"], check=True)
        pathlib.Path("/proc/sys/vm/drop_caches").write_text("3\n")
        for name in KERNEL_OBJECTS:
            shrink = pathlib.Path("/sys/kernel/slab", name, "shrink")
            if shrink.exists():
                shrink.write_text("1\n")
        named = {"mounts": set(pathlib.Path("/proc/self/mountinfo").read_text().splitlines()),
                 "files": {str(path) for folder in (scratch, "/dev/shm", "/var/tmp")
                           for path in pathlib.Path(folder).iterdir()},
                 "System V": {f"{kind} {line.split()[1]}" for kind in ("shm", "sem", "msg") for line in
                              pathlib.Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]},
                 "namespaces": set(cls.namespaces())}
        slabs = dict(line.split()[:2] for line in pathlib.Path("/proc/slabinfo").read_text().splitlines()[2:])
        memory = dict(line.split()[:2] for line in pathlib.Path("/proc/meminfo").read_text().splitlines())
        counted = {name: int(slabs[name]) for name in KERNEL_OBJECTS if name in slabs}
        counted |= {f"{name[:-1]} in MiB": int(memory[name]) // MIB for name in ("Shmem:", "SUnreclaim:", "VmallocUsed:")}
        return cls(named, counted)

    @staticmethod
    def namespaces():
        for link in pathlib.Path("/proc").glob("[0-9]*/ns/*"):
            try:
                yield os.readlink(link)
            except OSError:
                pass


def attack_for(sockgrade, lesser, gradings, answer):
    """In a process of its own, to which all that loses its parent falls."""
    ctypes.CDLL(None).prctl(run.PR_SET_CHILD_SUBREAPER, 1)
    with tempfile.TemporaryDirectory(prefix="attacks-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        runner = run.Runner(argparse.Namespace(sockgrade=sockgrade, lesser=lesser), folder)
        runs = [(attack, rung, user) for attack in run.all_attacks() for rung in attack.words["rungs"].split(",")
                for user in (None, run.ORDINARY_USER)]
        for one in itertools.islice(itertools.cycle(runs), gradings):
            runner.run(*one)
        answer.send(not runner.failed)


def grade_right(sockgrade, each):
    """Whether each right submission got what it is to get."""
    done = subprocess.run([sys.executable, run.HERE.parent / "submissions/run.py", sockgrade, "--only", "right/*",
                           "--each", str(each), "--jobs", "1"], capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-500:], flush=True)
    return done.returncode == 0


def left_over(before, after):
    for kind, names in after.named.items():
        if names - before.named[kind]:
            yield f"{kind}: {sorted(names - before.named[kind])[:20]}"
    for kind, number in after.counted.items():
        if number - before.counted[kind] > MOST_MORE:
            yield f"{kind}: {before.counted[kind]} before, {number} after"


def is_as_before(before, scratch):
    """When the kernel has let go of what it can; else says what is left over."""
    deadline = time.monotonic() + SECONDS
    while True:
        after = Machine.look(scratch)
        left = list(left_over(before, after))
        if not left or time.monotonic() > deadline:
            break
        time.sleep(1)
    print(f"before: {before.counted}\nafter:  {after.counted}")
    print("".join(f"left over, {what}\n" for what in left), end="")
    return not left


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sockgrade")
    parser.add_argument("lesser")
    parser.add_argument("--gradings", type=int, default=2000)
    parser.add_argument("--each", type=int, default=1, help="of the right submissions")
    options = parser.parse_args()
    sockgrade, lesser = for_everybody(options.sockgrade, options.lesser)
    scratch = tempfile.mkdtemp(prefix="endure-")
    os.chmod(scratch, 0o755)
    os.environ["TMPDIR"] = tempfile.tempdir = scratch
    begun = time.monotonic()
    before = Machine.look(scratch)
    mine, theirs = multiprocessing.Pipe()
    attacker = multiprocessing.Process(target=attack_for, args=(sockgrade, lesser, options.gradings, theirs))
    attacker.start()
    rounds, well = 0, True
    while attacker.is_alive():
        well = grade_right(sockgrade, options.each) and well
        rounds += 1
    attacker.join()
    held = mine.poll() and mine.recv()
    well = grade_right(sockgrade, options.each) and well
    nothing = is_as_before(before, scratch)
    shutil.rmtree(scratch)
    print(f"{options.gradings} hostile gradings in {time.monotonic() - begun:.0f} s: {'held' if held else 'NOT held'}; "
          f"the right submissions, {rounds} times beside them and once after: "
          f"{'full marks' if well else 'NOT as they should be'}; {'nothing' if nothing else 'SOMETHING'} was left over")
    sys.exit(not (held and well and nothing))


if __name__ == "__main__":
    main()
