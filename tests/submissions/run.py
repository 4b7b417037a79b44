#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Grades the submissions below this folder and compares what came out with their verdict.toml.

    run.py SOCKGRADE [--only GLOB] [--each N] [--jobs N] [--seed N] [--as-user NAME --build FOLDER]

With --each, only every N-th is graded. With --as-user, root runs it all as that user: sockgrade is installed from the build folder, and the
submissions are copied, to where everybody can read them.

A submission is a folder GROUP/NAME with a `verdict.toml` and the files that a student would hand in
(in `files/`). Of verdict.toml:

    says       one sentence: what is special about it
    of         another submission, GROUP/NAME, whose files these are; without it, its own
    assignment the assignment's id
    roles      ["server"], ["client"] or both: what is graded
    right      true where nothing may be lost but the cases of `lost`
    lost       the cases that a right one loses all the same, with their codes: {"case" = "code"}
    codes      of a wrong one: the diagnoses that must be among its failures
    also       diagnoses that may be among them as well; no others may
    note       a text that must be in the message of a failure, or in a note of the run
    places     a text that must stand in the source line that failures of a code show: {"code" = "text"}
    needs      programs that the machine must have ("node"); without them it is skipped
"""

import argparse
import atexit
import fnmatch
import json
import os
import pathlib
import pwd
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
DEADLINE = 300  # seconds for one role of one submission
SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"  # what a program in the jail reaches


def grade(sockgrade, folder, verdict, role, seed):
    files = folder.parent.parent / verdict.get("of", folder.relative_to(folder.parent.parent)) / "files"
    command = [sockgrade, "check", str(files), "--assignment", verdict["assignment"],
               "--role", role, "--format", "json", "--seed", str(seed), "--jobs", "1"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE)
    except subprocess.TimeoutExpired:
        return None, f"took longer than {DEADLINE} s"
    if done.returncode not in (0, 1):
        return None, f"status {done.returncode}: {done.stderr.strip()[:300]}"
    return json.loads(done.stdout), None


def judge_right(verdict, failed):
    lost = verdict.get("lost", {})
    problems = [f"lost {case} ({code})" for case, code in failed.items() if case not in lost]
    for case, code in lost.items():
        if case not in failed:
            problems.append(f"did not lose {case}")
        elif failed[case] != code:
            problems.append(f"lost {case} for {failed[case]}, not {code}")
    return problems


def judge_wrong(verdict, failed):
    codes = set(failed.values())
    wanted, allowed = set(verdict["codes"]), set(verdict["codes"]) | set(verdict.get("also", []))
    problems = []
    if not failed:
        problems.append("lost nothing")
    for code in sorted(wanted - codes):
        problems.append(f"did not earn {code}")
    for code in sorted(codes - allowed):
        cases = ", ".join(case for case, c in failed.items() if c == code)
        problems.append(f"earned {code} ({cases})")
    return problems


def become(name, build):
    """Goes on as this user, in a copy of all that is needed; returns where sockgrade and it are."""
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="sockgrade-tests-"))
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)
    subprocess.run(["cmake", "--install", build, "--prefix", scratch / "installed"], check=True,
                   capture_output=True)
    shutil.copytree(HERE, scratch / "submissions")
    user = pwd.getpwnam(name)
    for path in [scratch, *scratch.rglob("*")]:
        os.chown(path, user.pw_uid, user.pw_gid)
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    os.environ["HOME"] = "/tmp"
    os.chdir(scratch)
    return str(scratch / "installed/bin/sockgrade"), scratch / "submissions"


def marked_line(diagnosis):
    """The source line that it is about, or nothing."""
    lines = diagnosis.get("excerpt", "").split("\n")
    return lines[diagnosis["line"] - diagnosis["excerpt_line"]] if len(lines) > 1 else ""


def judge(sockgrade, folder, seed):
    verdict = tomllib.loads((folder / "verdict.toml").read_text())
    missing = [name for name in verdict.get("needs", []) if not shutil.which(name, path=SYSTEM)]
    if missing:
        return "skipped", [f"needs {', '.join(missing)}"]
    failed, texts, shown, told = {}, [], set(), []
    for role in verdict["roles"]:
        run, problem = grade(sockgrade, folder, verdict, role, seed)
        if problem:
            return "wrong", [problem]
        texts += run["notes"]
        for case in run["cases"]:
            if case["status"] == "failed":
                failed[case["id"]] = case["diagnosis"]["code"]
                texts.append(case["diagnosis"]["message"])
                if verdict["right"]:
                    told.append(f"{case['id']}: {case['diagnosis']['message']} " +
                                json.dumps([case["diagnosis"].get("evidence"), case["transcript"]]))
                shown.add((case["diagnosis"]["code"], marked_line(case["diagnosis"])))
            elif case["status"] in ("error", "inconclusive"):
                return "wrong", [f"{case['id']}: {case['status']}: {case.get('reason')}"]
            elif case["status"] == "skipped" and not case["charged"] and \
                    not (len(verdict["roles"]) == 1 and case["reason"].endswith(", which has but one")):
                return "wrong", [f"{case['id']}: skipped: {case.get('reason')}"]
    problems = judge_right(verdict, failed) if verdict["right"] else judge_wrong(verdict, failed)
    problems += [f"{code} is not shown at '{text}'" for code, text in verdict.get("places", {}).items()
                 if not any(code == c and text in line for c, line in shown)]
    if "note" in verdict and not any(verdict["note"] in text for text in texts):
        problems.append(f"nothing says '{verdict['note']}'")
    return ("wrong" if problems else "right"), problems + (told if problems else [])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sockgrade")
    parser.add_argument("--only", default="*")
    parser.add_argument("--each", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--as-user")
    parser.add_argument("--build")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sockgrade, here = os.path.abspath(options.sockgrade), HERE
    if options.as_user and os.getuid() != 0:
        print("only root can become another user")
        sys.exit(77)
    if options.as_user:
        sockgrade, here = become(options.as_user, options.build)
    folders = [path.parent for path in sorted(here.glob("*/*/verdict.toml"))
               if fnmatch.fnmatch(f"{path.parent.parent.name}/{path.parent.name}", options.only)]
    folders = folders[::options.each]
    if not folders:
        sys.exit("no submission is called that")
    counts = {"right": 0, "wrong": 0, "skipped": 0}
    with ThreadPoolExecutor(options.jobs) as pool:
        jobs = [pool.submit(judge, sockgrade, folder, options.seed)
                for folder in folders]
        for folder, job in zip(folders, jobs):
            outcome, problems = job.result()
            counts[outcome] += 1
            if outcome != "right":
                print(f"{folder.parent.name}/{folder.name}: {outcome}")
                for problem in problems:
                    print(f"    {problem}", flush=True)
    # What root has may be out of the reach of others.
    must_run = os.environ.get("SG_MUST_RUN") == "1" and not options.as_user
    print(f"{counts['right']} submissions graded as they should be, {counts['wrong']} not, "
          f"{counts['skipped']} skipped")
    sys.exit(1 if counts["wrong"] or (must_run and counts["skipped"]) else 0)


if __name__ == "__main__":
    main()
