#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What `sockgrade init` hands to a student: every start, its pages, its workflow, and all of it installed.

    run.py SOCKGRADE BUILD CMAKE

A start builds without a warning, and its grade is an honest one: cases fail, each with a diagnosis that says so,
none is an error of ours, and less than half of the points are earned. The pages in English and Indonesian tell
the same. The workflow is YAML that a shell can run; it refuses to work as long as nobody has said where
sockgrade is, and ends as the grade does. From an installed prefix the program finds its own files. What the
guides and pages show are commands and options that there are, and their links lead somewhere.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "student-template"
LANGUAGES = ["c", "python"]
# What an unfinished program may be told.
HONEST = {"exited-early", "closes-too-early", "message-not-sent", "wrong-exit-status", "no-packet-socket"}
LAYERS = {"common", "one-program", "two-programs"}  # of several starts
faults = []


def fault(text):
    faults.append(text)
    print(text)


def expect(right, text):
    if not right:
        fault(text)
    return right


def run(*words, cwd=None, **environment):
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


def find_assignments(sockgrade):
    return [line.split()[0] for line in run(sockgrade, "list")[1].splitlines()]


def check_start(sockgrade, assignment, language, folder):
    name = f"{assignment} in {language}"
    status, out, err = run(sockgrade, "init", assignment, folder, "--in", language)
    if not expect(status == 0 and "sockgrade check" in out, f"{name}: init: status {status}\n{err}"):
        return
    status, _, _ = run(sockgrade, "init", assignment, folder, "--in", language)
    expect(status == 2, f"{name}: init into a folder with files in it: status {status}")
    status, out, err = run(sockgrade, "check", folder, "--format", "json")
    if expect(status == 1, f"{name}: check: status {status}\n{err}"):
        result = json.loads(out)
        roles = {case["role"] for case in result["cases"]}
        check_build(name, folder, roles)
        check_grade(name, assignment, result, roles)


def check_build(name, folder, roles):
    """By hand as well: the warnings that a student would see."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = shutil.copytree(folder, pathlib.Path(scratch) / "copy")
        if (copy / "Makefile").exists():
            status, out, err = run("make", cwd=copy)
            expect(status == 0 and not err, f"{name}: make: status {status}\n{err}")
            expect("-Wall" in out and "-g" in out, f"{name}: made without -Wall -g: {out}")
        sources = [path for path in copy.iterdir() if path.suffix in (".c", ".py")]
        expect(len(sources) == len(roles), f"{name}: {len(sources)} sources for {roles}")
        for path in sources:
            expect("TODO 1" in path.read_text(), f"{name}: {path.name} has no TODO")
            if path.suffix == ".py":
                status, _, err = run(sys.executable, "-W", "error", "-m", "py_compile", path)
                expect(status == 0, f"{name}: {path.name}: {err}")


def check_grade(name, assignment, result, roles):
    expect(result["assignment"] == assignment, f"{name}: graded as {result['assignment']}")
    expect(result["score"] < result["max_score"] / 2, f"{name}: {result['score']} points")
    for role in roles:
        cases = [case for case in result["cases"] if case["role"] == role]
        failed = [case for case in cases if case["status"] == "failed"]
        expect(failed, f"{name}: no case of the {role} fails")
        for case in failed:
            code = case["diagnosis"]["code"]
            expect(code in HONEST, f"{name}: {role} {case['id']}: {code}")
        for case in cases:
            expect(
                case["status"] in ("passed", "failed", "skipped"),
                f"{name}: {role} {case['id']}: {case['status']}: {case.get('reason')}",
            )


def find_outline(text):
    """What two pages that tell the same must share: the depth of each heading, how many items, rows and
    pieces of code stand below it, and what the code says (but for its comments and the choice of language)."""
    outline, fenced = [], False
    for line in text.splitlines():
        if line.startswith("```"):
            fenced = not fenced
            outline.append("code")
        elif fenced:
            outline.append(re.sub(r"\s+#.*", "", line))
        elif found := re.match(r"#+ |\| |- |\d+\. ", line):
            outline.append(found.group())
    return outline


def check_pages(folder):
    pages = sorted(folder.glob("*.id.md"))
    expect(pages, f"{folder}: no page in Indonesian")
    for indonesian in pages:
        english = folder / indonesian.name.replace(".id.md", ".md")
        if not expect(english.exists(), f"{english} is missing"):
            continue
        ours, theirs = find_outline(english.read_text()), find_outline(indonesian.read_text())
        expect(len(ours) > 5, f"{english} has no outline")
        expect(ours == theirs, f"{english} and {indonesian.name} tell different things:\n{ours}\n{theirs}")


def read_yaml(path):
    """As another program reads it."""
    program = "require 'yaml'; require 'json'; puts JSON.dump(YAML.load_file(ARGV[0]))"
    status, out, err = run("ruby", "-e", program, path)
    return json.loads(out) if expect(status == 0, f"{path}: {err}") else None


def check_workflow(sockgrade, folder, scratch):
    path = folder / ".github/workflows/sockgrade.yml"
    workflow = read_yaml(path)
    if not workflow:
        return
    on = workflow.get("on", workflow.get("true"))  # YAML 1.1 takes `on` for true
    expect("pull_request" in on, f"{path}: not run for pull requests")
    lines = [line for line in path.read_text().splitlines() if "://" in line]
    expect(len(lines) == 1, f"{path}: to be changed in {len(lines)} places")
    (job,) = workflow["jobs"].values()
    steps = {step.get("name", step.get("uses")): step for step in job["steps"]}
    expect([step["uses"] for step in steps.values() if "uses" in step] == ["actions/checkout@v4"],
           f"{path}: uses other actions")
    for name, step in steps.items():
        if "run" in step:
            status, _, err = run("bash", "-n", "-c", step["run"])
            expect(status == 0, f"{path}: {name}: {err}")

    temporary = scratch / "runner"
    (temporary / "sockgrade/build").mkdir(parents=True)
    (temporary / "sockgrade/build/sockgrade").symlink_to(sockgrade)
    summary = scratch / "summary"
    environment = {"RUNNER_TEMP": str(temporary), "GITHUB_STEP_SUMMARY": str(summary), **workflow["env"]}
    status, out, _ = run("bash", "-eo", "pipefail", "-c", steps["Build sockgrade"]["run"], **environment)
    expect(status == 1 and out.startswith("::error::"), f"{path}: works with a placeholder: {status} {out}")
    status, out, err = run("bash", "-eo", "pipefail", "-c", steps["Grade"]["run"], cwd=folder, **environment)
    expect(status == 1 and " of 200" in out, f"{path}: Grade: status {status}\n{out}{err}")
    expect("\n::error " in f"\n{out}", f"{path}: Grade: no annotation")
    expect(" of 200" in summary.read_text(), f"{path}: the summary is empty")


def check_installed(build, cmake, scratch):
    if not os.access(build, os.W_OK):  # cmake keeps a list of what it installed there
        return expect(os.environ.get("SG_MUST_RUN") != "1", f"not installed: {build} is another user's")
    prefix = scratch / "prefix"
    status, _, err = run(cmake, "--install", build, "--prefix", prefix)
    if not expect(status == 0, f"cmake --install: {err}"):
        return
    sockgrade = prefix / "bin/sockgrade"
    expect(len(find_assignments(sockgrade)) >= 3, "installed: list")
    expect(run(sockgrade, "explain", "single-recv")[0] == 0, "installed: explain")
    own = scratch / "own"
    status, _, err = run(sockgrade, "init", "echo", own)
    expect(status == 0 and (own / ".github/workflows/sockgrade.yml").exists(), f"installed: init: {err}")
    # The case that needs a reference program as well.
    status, out, err = run(sockgrade, "check", ROOT / "examples/echo-right", "--quiet")
    expect(status == 0, f"installed: check: status {status}\n{out}{err}")


def check_guide(path, commands, options):
    text = path.read_text()
    fences = re.findall(r"^```(?:\n)(.*?)^```", text, re.M | re.S)
    shown = [line for fence in fences for line in fence.splitlines()] + re.findall(r"`([^`\n]+)`", text)
    calls = [found.group(1) for line in shown if (found := re.match(r"\s*(?:\S*/)?sockgrade +(.*)", line))]
    for call in calls:
        call = call.split("#")[0].split("||")[0]
        for word in call.split()[:1]:
            expect(word in commands or word.startswith("--"), f"{path}: no command: sockgrade {call}")
        for option in re.findall(r"(?<!\S)--[a-z-]+", call):
            expect(option in options, f"{path}: no option {option}: sockgrade {call}")
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        expect((path.parent / link).exists(), f"{path}: {link} is not there")
    return len(calls)


def check_guides(sockgrade, folder):
    text = run(sockgrade, "--help")[1]
    commands = set(re.findall(r"^  sockgrade ([a-z]+)", text, re.M))
    options = set(re.findall(r"^  (--[a-z-]+)", text, re.M))
    guides = [ROOT / "README.md", ROOT / "docs/students.md", ROOT / "docs/instructors.md"]
    calls = sum(check_guide(path, commands, options) for path in [*guides, *folder.glob("*.md")])
    expect(calls > 30, f"the guides show {calls} commands only")


def main():
    sockgrade, build, cmake = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2], sys.argv[3]
    if not shutil.which("ruby"):
        print("skipped: ruby is missing: install the package ruby")
        return 1 if os.environ.get("SG_MUST_RUN") == "1" else 77
    assignments = find_assignments(sockgrade)
    starts = sorted(path.name for path in TEMPLATE.iterdir() if path.is_dir() and path.name not in LAYERS)
    expect(set(starts) <= set(assignments), f"starts for {starts}, assignments {assignments}")
    expect(len(starts) >= 3, f"starts for {starts} only")
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        for assignment in starts:
            for language in LANGUAGES:
                check_start(sockgrade, assignment, language, scratch / f"{assignment}-{language}")
            check_pages(scratch / f"{assignment}-c")
        check_workflow(sockgrade, scratch / "echo-c", scratch)
        check_guides(sockgrade, scratch / "echo-c")
        check_installed(build, cmake, scratch)
    print(f"{len(starts) * len(LANGUAGES)} starts, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
