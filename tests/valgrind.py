#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The grader under Valgrind: its unit tests, the attacks, and every N-th of the submissions.

    valgrind.py BUILD [--each N] [--only NAME]        unit_…, attacks/NAME, GROUP/NAME

What Valgrind says of sockgrade and of what it forks is an error: memory that it does not own or has not set, and what it
loses. Students' programs are executed without it. Valgrind knows neither seccomp nor Landlock nor ptrace of system
calls: no call is made to fail there, so verdicts are not looked at, and `fault/` is left to the sanitizers.
"""
import argparse
import contextlib
import fnmatch
import pathlib
import resource
import subprocess
import sys
import tempfile
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "attacks"))
import run as attacks  # noqa: E402
DEADLINE_S = 1200  # of one program; under Valgrind a grading takes a minute
VALGRIND = ["valgrind", "--quiet", "--leak-check=full", "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite"]
# What Valgrind 3.19 cannot run: it has no pidfd_open(), and a copy of the environment of its own.
BEYOND_IT = {"unit_post": "!(poster/ends_with_the_process_that_opened_it|secret/is_overwritten_where_the_kernel_put_it)"}
HELD_BY_A_FILTER = "43-*"  # without one, these hold up whoever reads what they print
# Valgrind keeps 12 descriptors for itself, and lets a program set the limit that it has, and no other: 1024 (jail.c).
DESCRIPTORS = 1024 + 12


def limit_descriptors():
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))


def complaints(words, options):
    """What Valgrind said, a process after another; a name cannot be opened in the jail, so it has a descriptor."""
    with tempfile.TemporaryFile() as log:
        try:
            done = subprocess.run([*VALGRIND, f"--log-fd={log.fileno()}", *options, *map(str, words)],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, pass_fds=[log.fileno()],
                                  preexec_fn=limit_descriptors, timeout=DEADLINE_S, check=False)
        except subprocess.TimeoutExpired:
            return [f"it took more than {DEADLINE_S} s"]
        log.seek(0)
        said = [line for line in log.read().decode(errors="replace").splitlines() if line.startswith("==")]
    if done.returncode not in (0, 1) and not (done.returncode == 3 and b"inconclusive" in done.stdout):
        said.append(f"status {done.returncode}: {done.stdout.decode(errors='replace')[-2000:]}")
    return said


@contextlib.contextmanager
def hostile(attack):
    """An attack as a submission, with its secrets and listeners beside it."""
    with tempfile.TemporaryDirectory(prefix="attacks-") as name:
        runner = attacks.Runner(None, pathlib.Path(name))
        yield runner.submit(attack, runner.scratch(None, "results"))


def jobs(build, options):
    for unit in sorted((build / "tests").glob("unit_*")):
        if fnmatch.fnmatch(unit.name, options.only):
            yield unit.name, [unit, "--timeout", 600, "--filter", BEYOND_IT.get(unit.name, "*")], ["--trace-children=yes"]
    for attack in attacks.all_attacks():
        name = attack.folder.name
        if fnmatch.fnmatch(f"attacks/{name}", options.only) and not fnmatch.fnmatch(name, HELD_BY_A_FILTER):
            with hostile(attack) as (files, words):
                yield f"attacks/{name}", [build / "sockgrade", "check", files, *words], []
    submissions = sorted(HERE.glob("submissions/*/*/verdict.toml"))
    for path in submissions[::options.each]:
        verdict = tomllib.loads(path.read_text())
        name = f"{path.parent.parent.name}/{path.parent.name}"
        files = HERE / "submissions" / verdict.get("of", name) / "files"
        if fnmatch.fnmatch(name, options.only):
            yield name, [build / "sockgrade", "check", files, "--assignment", verdict["assignment"]], []


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--only", default="*")
    options = parser.parse_args()
    done = failed = 0
    for name, words, more in jobs(options.build, options):
        said = complaints(words, more)
        done += 1
        failed += bool(said)
        print(f"{name}: {'not ' if said else ''}clean", *said, sep="\n  ", flush=True)
    print(f"{done} programs under Valgrind, {failed} not clean")
    return 1 if failed or not done else 0


if __name__ == "__main__":
    sys.exit(main())
