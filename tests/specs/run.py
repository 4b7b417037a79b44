#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Nothing is wrong with the specs of the project, and each of their cases can be told in words.

    run.py SOCKGRADE

The same holds for the example in the documentation of the language.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(program, *words, **environment):
    return subprocess.run(
        [program, *words],
        env={"PATH": os.environ.get("PATH", ""), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )


def check(program, path):
    """What is wrong, as a list of texts."""
    faults = []
    lint = run(program, "spec", "lint", str(path), LC_ALL="C.UTF-8")
    if lint.returncode != 0:
        return [f"spec lint: status {lint.returncode}\n{lint.stderr.decode(errors='replace')}"]
    cases = int(re.search(rb"(\d+) cases", lint.stdout).group(1))
    for locale in ("C.UTF-8", "C"):
        show = run(program, "spec", "show", str(path), LC_ALL=locale)
        if show.returncode != 0:
            faults.append(f"spec show: status {show.returncode}\n{show.stderr.decode(errors='replace')}")
            continue
        heads = find_heads(show.stdout)
        if len(heads) != cases:
            faults.append(f"spec show ({locale}) tells {len(heads)} of {cases} cases")
    return faults


def find_heads(text):
    """The lines that a case begins with, as (name, role)."""
    return re.findall(rb"^(\S.*?) (?:\xc2\xb7|-) (server|client) (?:\xc2\xb7|-) [\d.]+ points?", text, re.M)


def check_choice(program, path):
    """--case and --role choose among the cases."""
    faults = []
    for words, fits in [
        (["--role", "client"], lambda name, role: role == b"client"),
        (["--case", "in-*"], lambda name, role: name.startswith(b"in-")),
        (["--case", "in-pieces"], lambda name, role: name.startswith(b"in-pieces[")),
        (["--case", "in-pieces[bytes]"], lambda name, role: name == b"in-pieces[bytes]"),
    ]:
        heads = find_heads(run(program, "spec", "show", str(path), *words).stdout)
        if not heads or not all(fits(*head) for head in heads):
            faults.append(f"spec show {' '.join(words)} tells {heads}")
    none = run(program, "spec", "show", str(path), "--case", "no-such-case")
    if none.returncode != 2 or b"is called that" not in none.stderr or none.stdout:
        faults.append(f"spec show --case no-such-case: status {none.returncode}, {none.stderr!r}")
    return faults


def check_library(program, scratch):
    """A spec of an instructor's that is wrong is told once, and takes none of the others away."""
    (scratch / "aaa.yaml").write_text("spec: 1\nid: aaa\ntitle: Wrong\nextends: echo\ntotal: {server: 1}\n")
    done = run(program, "list", SOCKGRADE_SPECS=str(scratch), LC_ALL="C.UTF-8")
    told = re.findall(rb"^\S+/aaa\.yaml:5:\d+: ", done.stderr, re.M)
    ids = [line.split()[0].decode() for line in done.stdout.splitlines()]
    wanted = sorted(path.stem for path in (ROOT / "specs").glob("*.yaml") if path.stem != "tcp")
    if done.returncode != 2 or len(told) != 1 or b"(null)" in done.stderr or ids != wanted:
        return [f"list beside a wrong spec: status {done.returncode}, {ids}\n{done.stderr.decode()}"]
    return []


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as scratch:
        example = pathlib.Path(scratch) / "example.yaml"
        text = (ROOT / "docs/spec-language.head.md").read_text()
        example.write_text(re.search(r"```yaml\n(.*?)```", text, re.S).group(1))
        paths = [*sorted((ROOT / "specs").glob("*.yaml")), example]
        faults = [f"{path.name}: {fault}" for path in paths for fault in check(program, path)]
        (pathlib.Path(scratch) / "own").mkdir()
        faults += check_library(program, pathlib.Path(scratch) / "own")
    faults += check_choice(program, ROOT / "specs/echo.yaml")
    for fault in faults:
        print(fault)
    print(f"{len(paths)} specs")
    return 1 if faults or len(paths) < 2 else 0


if __name__ == "__main__":
    sys.exit(main())
