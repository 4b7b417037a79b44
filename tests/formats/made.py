# SPDX-License-Identifier: MIT
"""Results that no program earned, and reports made of them by tests/tools/render.c."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "contract"))
import contract  # noqa: E402

# The runner of Classroom 50 sets these.
CLASSROOM50 = {
    "CLASSROOM": "networks", "ASSIGNMENT": "echo", "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://github.example/o/r/commit/1", "RELEASE_URL": "https://github.example/o/r/releases/tag/1",
    "REVIEW_URL": "https://github.example/o/r/compare/0...1", "OWNER": "alice", "ASSIGNMENT_TYPE": "individual",
}
# Every format but those that only people read.
FORMATS = ["json", "junit", "tap", "ctrf", "csv", "github", "github-summary", "classroom50", "gradescope",
           "prairielearn", "codegrade", "autolab", "vpl"]
render_program = ""


def case(number, status="passed", points=1000, role="server", message="It answered 5 of 9 bytes.", **more):
    """Points are thousandths."""
    made = {
        "id": f"case-{number}", "title": f"The case of number {number}", "group": "basics", "role": role,
        "status": status, "points": points / 1000 if status == "passed" else 0, "max_points": points / 1000,
        "charged": status not in ("error", "inconclusive"), "duration_ms": 1.5, "transcript": [],
    }
    if status == "failed":
        made["diagnosis"] = {"code": "single-recv", "message": message,
                             "evidence": [{"at_ms": 1, "text": "recv() returned 5"}], "file": "server.c", "line": 31}
    elif status != "passed":
        made["reason"] = message
    made.update(more)
    return made


def result(cases, **more):
    charged = [one for one in cases if one["charged"]]
    return {"schema": "sockgrade/result/1", "assignment": "echo", "submission": {"id": "alice", "path": "alice"},
            "seed": 1, "duration_ms": 12.25, "score": sum(one["points"] for one in charged),
            "max_score": sum(one["max_points"] for one in charged), "cases": cases, **more}


def thousandths(cases, key):
    """What the cases that count are worth together."""
    return sum(round(one[key] * 1000) for one in cases if one["charged"])


class MadeTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def write(self, made):
        path = self.folder / "result.json"
        path.write_text(json.dumps(made), encoding="utf-8")
        return path

    def render_to(self, folder, path, names=FORMATS):
        """{format: report}"""
        done = subprocess.run([render_program, *(f"{name}={folder}/{name}" for name in names), path],
                              capture_output=True, timeout=300, env={
                                  "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **CLASSROOM50,
                                  **{key: value for key, value in os.environ.items() if key.endswith("SAN_OPTIONS")}})
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))
        return {name: (folder / name).read_bytes() for name in names}

    def render(self, name, path):
        return self.render_to(self.folder, path, [name])[name]

    def render_all(self, made):
        return self.render_to(self.folder, self.write(made))


def node(script, *words):
    """What a script of this folder prints, as JSON."""
    done = subprocess.run(["node", HERE / script, *map(str, words)], capture_output=True, timeout=120)
    if done.returncode:
        raise AssertionError(done.stderr.decode() + done.stdout.decode())
    return json.loads(done.stdout)


def missing():
    if not shutil.which("node"):
        return "node is missing: install the package nodejs"
    if not (HERE / "node_modules").is_dir():
        return "node_modules is missing: run 'npm ci' in tests/formats"
    return None


def main():
    global render_program
    render_program = str(pathlib.Path(sys.argv.pop(2)).resolve())
    if missing():
        print("skipped:", missing())
        sys.exit(1 if os.environ.get("SG_MUST_RUN") == "1" else 77)
    contract.main()
