# SPDX-License-Identifier: MIT
"""What ci/ has for CI hosts and course systems, run as each of them would run it: same working directory, variables
and files.

    hosts.py SOCKGRADE RENDER [-k PATTERN]

Each gets sockgrade with a ci/build that hands out the one under test instead of building it again.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "formats"))
import made  # noqa: E402
import rules  # noqa: E402
from made import contract  # noqa: E402

SECONDS = 200
HOSTILE = r"os.write(1, b'::error::owned\n##[add-mask]e\nGrade :=>> 10\n')"


def read_yaml(path):
    """As another program reads it."""
    program = "require 'yaml'; require 'json'; puts JSON.dump(YAML.load_file(ARGV[0]))"
    return json.loads(subprocess.run(["ruby", "-e", program, path], check=True, capture_output=True).stdout)


class Hosts(contract.ContractTest):
    def run_host(self, *words, cwd, **variables):
        """With the variables of the host, and those that a build needs here."""
        keep = {key: value for key, value in os.environ.items()
                if key in ("PATH", "HOME") or key.startswith("CCACHE") or key == "CMAKE_C_COMPILER_LAUNCHER"}
        return subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, timeout=SECONDS,
                              stdin=subprocess.DEVNULL, env={**keep, "LC_ALL": "C.UTF-8",
                                                             **{key: str(value) for key, value in variables.items()}})

    def git(self, folder, *words):
        subprocess.run(["git", "-C", folder, "-c", "user.name=n", "-c", "user.email=n@example.org", *words], check=True,
                       capture_output=True)

    def stand_in(self, path):
        """A ci/build that hands out the sockgrade under test."""
        build = pathlib.Path(contract.program).parent
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\nset -e\nmkdir -p \"$1\"\nfor each in sockgrade specs reference explain "
                        f"student-template; do ln -sf {build}/$each \"$1\"/; done\n")
        path.chmod(0o755)

    def fetched(self):
        """A repository of it, as one is fetched; its folder."""
        folder = self.folder / "fetched"
        (folder / "ci").mkdir(parents=True)
        self.stand_in(folder / "ci/build")
        self.git(folder, "init", "-q", "-b", "main")
        self.git(folder, "add", "-A")
        self.git(folder, "commit", "-q", "-m", "all")
        self.git(folder, "tag", "v0.1.0")
        return folder

    # --- GitHub Actions ------------------------------------------------------------------------------------------

    def run_action(self, workspace, **inputs):
        """The steps of action.yml as a runner runs them. Returns the last one's output, the outputs, the summary."""
        action = read_yaml(contract.ROOT / "action.yml")
        temporary, place = self.folder / "runner", self.folder / "action"
        temporary.mkdir(exist_ok=True)
        if not place.exists():
            shutil.copytree(contract.ROOT / "ci", place / "ci")
            self.stand_in(place / "ci/build")
        given = {name: inputs.get(name, row["default"]) for name, row in action["inputs"].items()}
        output, summary = self.folder / "output", self.folder / "summary"
        for path in (output, summary):
            path.write_text("")
        for step in action["runs"]["steps"]:
            self.assertNotIn("${{", step["run"], "what a user gives would be taken for shell")
            variables = {name: value.replace("${{ inputs.", "").replace(" }}", "")
                         for name, value in step.get("env", {}).items()}
            script = self.folder / "step.sh"
            script.write_text(step["run"])
            done = self.run_host("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script, cwd=workspace,
                                 GITHUB_ACTIONS="true", CI="true", GITHUB_WORKSPACE=workspace, RUNNER_TEMP=temporary,
                                 GITHUB_ACTION_PATH=place, GITHUB_OUTPUT=output, GITHUB_STEP_SUMMARY=summary,
                                 **{name: given[key] for name, key in variables.items()})
            if step.get("id") != "grade":
                self.assertEqual(done.returncode, 0, done.stderr.decode() + done.stdout.decode())
        outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
        return done, outputs, summary.read_bytes()

    def test_the_action_builds_grades_annotates_and_summarises(self):
        workspace = self.folder / "workspace"
        self.submission("data.upper()", before=HOSTILE).rename(self.folder / "moved")
        workspace.mkdir()
        shutil.move(self.folder / "moved", workspace / "a b")
        done, outputs, summary = self.run_action(workspace, path="a b", assignment="echo", role="server")
        self.assertEqual(done.returncode, 1, done.stderr.decode())
        commands = rules.run_commands(done.stdout)
        self.assertEqual([name for name, _, _ in commands if name not in ("error", "warning", "notice")], [])
        self.assertTrue(any(name == "error" for name, _, _ in commands))
        self.assertNotIn("owned", str(commands))
        seen = rules.github_summary(summary)
        result = json.loads(pathlib.Path(outputs["result"]).read_text())
        self.assertEqual((float(outputs["score"]), float(outputs["max_score"])), (result["score"], result["max_score"]))
        self.assertEqual((seen["score"], len(seen["tests"])), (result["score"], len(result["cases"])))
        # What a workflow of a student's gives is never taken for shell.
        touched = self.folder / "touched"
        done, outputs, _ = self.run_action(workspace, path=f"$(touch {touched})", assignment="echo")
        self.assertEqual((done.returncode, outputs, touched.exists()), (2, {}, False))
        self.assertEqual([name for name, _, _ in rules.run_commands(done.stdout)], ["error"])

    def test_workflows_are_right(self):
        workflow = contract.ROOT / "student-template/common/all/.github/workflows/sockgrade.yml"
        own = self.folder / "uses.yml"
        page = (contract.ROOT / "docs/ci.md").read_text()
        shown = [part.split("```")[0] for part in page.split("```yaml\n")[1:]]
        own.write_text(next(part for part in shown if "jobs:" in part))
        for path in (workflow, own):
            # This linter is older than the runner's image, but knows no other sort of complaint about it.
            found = [one for one in made.node("lint.mjs", path) if 'label "ubuntu-24.04" is unknown' not in one["message"]]
            self.assertEqual(found, [], path)
        wrong = self.folder / "wrong.yml"
        wrong.write_text(own.read_text().replace("runs-on", "run-on"))
        self.assertTrue(any("run-on" in one["message"] for one in made.node("lint.mjs", wrong)), "the linter sees nothing")

    # --- GitLab --------------------------------------------------------------------------------------------------

    def run_job(self, project, name):
        """As a runner of GitLab does: the included file's job, its variables, both scripts in one shell, in the project."""
        pipeline = read_yaml(project / ".gitlab-ci.yml")
        (include,) = pipeline["include"]
        included = read_yaml(project / include["local"])
        job = included[name]
        self.assertLessEqual(set(job), {"stage", "image", "variables", "before_script", "script", "artifacts"})
        self.assertLessEqual(set(included) - {name}, {"variables"})
        variables = {**included["variables"], **pipeline["variables"], **job["variables"]}
        lines = [*job["before_script"], *job["script"]]
        self.assertTrue(all(isinstance(line, str) for line in [*lines, *variables.values()]), "YAML read otherwise")
        script = self.folder / "job.sh"
        script.write_text("set -eo pipefail\n" + "\n".join(lines) + "\n")
        done = self.run_host("bash", script, cwd=project, CI="true", GITLAB_CI="true", CI_PROJECT_DIR=project,
                             TMPDIR=self.temporary, **variables)
        return job, done

    def test_the_job_of_gitlab(self):
        project = self.folder / "project"
        project.mkdir()
        shutil.copy(contract.ROOT / "ci/gitlab/sockgrade.yml", project)
        (project / ".gitlab-ci.yml").write_text(
            "include:\n  - local: sockgrade.yml\nvariables:\n"
            f"  SOCKGRADE_URL: {self.fetched()}\n  SOCKGRADE_ASSIGNMENT: echo\n  SOCKGRADE_PATH: alice\n")
        self.submission("data.upper()").rename(project / "alice")
        job, done = self.run_job(project, "sockgrade")
        self.assertEqual(done.returncode, 1, done.stderr.decode() + done.stdout.decode())
        self.assertIn(b"in-pieces", done.stdout)
        self.assertEqual(job["artifacts"]["when"], "always", "no report of a job that failed")
        seen = rules.junit((project / job["artifacts"]["reports"]["junit"]).read_bytes())
        self.assertTrue(any(test["outcome"] == "failure" for test in seen["tests"]))
        for name in job["artifacts"]["paths"]:
            self.assertTrue((project / name).exists(), name)
        text = (project / ".gitlab-ci.yml").read_text()
        (project / ".gitlab-ci.yml").write_text(text.replace(f"  SOCKGRADE_URL: {self.folder / 'fetched'}", "  UNUSED: x"))
        _, done = self.run_job(project, "sockgrade")
        self.assertEqual((done.returncode, done.stdout), (1, b"SOCKGRADE_URL is not set, ask your instructor\n"))

    # --- Gradescope ----------------------------------------------------------------------------------------------

    def make_zip(self, *words, **variables):
        path = self.folder / "autograder.zip"
        done = self.run_host(contract.ROOT / "ci/gradescope/make-zip", *words, path, cwd=self.folder, **variables)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return path

    def test_the_autograder_of_gradescope(self):
        """The zip's files at its root, in source/; run_autograder beside it; what was handed in in submission/."""
        base = self.folder / "autograder"
        (base / "results").mkdir(parents=True)
        base.chmod(0o755)
        with zipfile.ZipFile(self.make_zip("echo", ROLE="server", SEED="20417")) as archive:
            self.assertLessEqual({"setup.sh", "run_autograder"}, set(archive.namelist()))
            for entry in archive.infolist():
                path = pathlib.Path(archive.extract(entry, base / "source"))
                path.chmod(entry.external_attr >> 16 & 0o777)
        shutil.copy(base / "source/run_autograder", base)
        self.stand_in(base / "source/sockgrade/ci/build")
        done = self.run_host("bash", base / "source/setup.sh", cwd="/")
        self.assertEqual(done.returncode, 0, done.stderr.decode() + done.stdout.decode())
        self.submission("data.upper()", before=HOSTILE).rename(base / "submission")
        (base / "results/results.json").mkdir()
        done = self.run_host(base / "run_autograder", cwd=base)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        seen = rules.gradescope((base / "results/results.json").read_bytes())
        self.assertEqual((seen["max"], seen["all"]["extra_data"]["seed"]), (100, 20417))
        self.assertTrue(0 <= seen["score"] < 100 and seen["all"]["extra_data"]["finished"])
        # Where nothing can be graded no file is left, and the status says so.
        (base / "source/settings").write_text("ASSIGNMENT=no-such\n")
        done = self.run_host(base / "run_autograder", cwd=base)
        self.assertEqual((done.returncode, (base / "results/results.json").exists()), (2, False))

    def test_the_zip_has_all_that_is_built(self):
        with zipfile.ZipFile(self.make_zip("echo")) as archive:
            archive.extractall(self.folder / "source")
        where = ["-S", self.folder / "source/sockgrade", "-B", self.folder / "source/build"]
        done = self.run_host("cmake", *where, "-G", "Ninja", "-DSG_TESTS=OFF", cwd="/")
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        done = self.run_host("ninja", "-n", "-C", self.folder / "source/build", cwd="/")  # a file that is missing ends it
        self.assertEqual(done.returncode, 0, done.stdout.decode())

    def test_a_zip_that_is_interrupted_is_not_gone_on_with(self):
        """Asked to stop by one of its commands."""
        bin_folder, scratch = self.folder / "bin", self.folder / "scratch"
        bin_folder.mkdir()
        scratch.mkdir()
        stand_in = bin_folder / "tar"
        stand_in.write_text(f"#!/bin/sh\n[ $1 = -cf ] || kill -TERM $PPID\nexec {shutil.which('tar')} \"$@\"\n")
        stand_in.chmod(0o755)
        done = self.run_host(contract.ROOT / "ci/gradescope/make-zip", "echo", self.folder / "x.zip", cwd=self.folder,
                             PATH=f"{bin_folder}:{os.environ['PATH']}", TMPDIR=scratch)
        self.assertEqual((done.returncode, done.stderr, list(scratch.iterdir())), (1, b"", []))
        self.assertFalse((self.folder / "x.zip").exists())

    def test_a_zip_with_a_spec_of_ones_own(self):
        (self.folder / "own.yaml").write_text("spec: 1\nid: own\nextends: echo\ntitle: Own\n")
        with zipfile.ZipFile(self.make_zip("own.yaml")) as archive:
            self.assertIn(b"SPEC=spec.yaml\n", archive.read("settings"))
            self.assertIn(b"extends: echo", archive.read("spec.yaml"))
        done = self.run_host(contract.ROOT / "ci/gradescope/make-zip", "$(id)", self.folder / "x.zip", cwd=self.folder)
        self.assertEqual((done.returncode, (self.folder / "x.zip").exists()), (2, False))

    # --- Classroom 50 --------------------------------------------------------------------------------------------

    def test_the_autograder_of_classroom50(self):
        autograder = self.folder / "autograders/echo/autograder.py"
        autograder.parent.mkdir(parents=True)
        text = (contract.ROOT / "ci/classroom50/autograder.py").read_text()
        self.assertEqual(text.count("https://github.com/OWNER/sockgrade@v0.1.0"), 1)
        autograder.write_text(text.replace("https://github.com/OWNER/sockgrade@v0.1.0", f"{self.fetched()}@v0.1.0"))
        checkout = self.submission("data.upper()", before=HOSTILE)
        (checkout / "result.json").mkdir()  # a student's
        (checkout / "result.json/x").write_text("{}")
        self.git(checkout, "init", "-q")
        self.git(checkout, "add", "-A")
        os.environ["GIT_COMMITTER_DATE"] = "2026-06-01T16:32:01+02:00"
        self.addCleanup(os.environ.pop, "GIT_COMMITTER_DATE")
        self.git(checkout, "commit", "-q", "-m", "all")
        done = self.run_host(sys.executable, autograder, cwd=checkout, TMPDIR=self.temporary, **made.CLASSROOM50)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        seen = rules.classroom50((checkout / "result.json").read_bytes())
        self.assertEqual((seen["max"], seen["all"]["datetime"]), (200, "2026-06-01T14:32:01Z"))
        self.assertTrue(seen["score"] < 200)
        # A grader that cannot work is an error of the infrastructure, not a mark of 0.
        done = self.run_host(sys.executable, autograder, cwd=checkout, TMPDIR=self.temporary)
        self.assertEqual((done.returncode, (checkout / "result.json").exists()), (2, False))
        self.assert_clean()


if __name__ == "__main__":
    made.main()
