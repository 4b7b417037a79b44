# SPDX-License-Identifier: MIT
"""Check runs of GitHub: what is in them, 50 annotations at a time, nothing twice; and every request, of commit statuses
as well, held to GitHub's own description of its API by Prism, which stands between sockgrade and sites.py."""
import json
import os
import re
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.request

import posting
import sites
from posting import COMMIT, TOKEN

HERE = os.path.dirname(os.path.abspath(__file__))
MODULES = os.path.join(HERE, "node_modules")
PRISM = os.path.join(MODULES, "@stoplight", "prism-cli", "dist", "index.js")


def failed(number, **changes):
    case = {"id": f"case-{number}", "title": f"Case {number}", "group": "", "role": "server", "status": "failed",
            "points": 0, "max_points": 1, "charged": True, "duration_ms": 1,
            "diagnosis": {"code": "single-recv", "message": f"It answered too early, {number}.", "file": "server.c",
                          "line": number, "evidence": [{"at_ms": 1, "text": "recv() returned 4 bytes"}]},
            "transcript": []}
    case.update(changes)
    return case


def file_of(cases, **changes):
    return posting.result(tool={"name": "sockgrade", "version": "1"}, seed=1, duration_ms=3,
                          environment={"network": "private", "faults": "seccomp", "jail": "full"}, cases=cases,
                          **{"submission": {"id": "alice", "path": "."}, **changes})


class CheckTest(posting.PostingTest):
    def post(self, url, body, target="github-check", words=(), **environment):
        path = self.write("result.json", body)
        settings = {"GITHUB_API_URL": url, "GITHUB_REPOSITORY": "teacher/course", "GITHUB_SHA": COMMIT,
                    "GITHUB_TOKEN": TOKEN}
        return self.run_it("post", target, path, *words, **{**settings, **environment})

    def assert_posted(self, done):
        self.assertEqual((done.returncode, done.err), (0, ""))


class Checks(CheckTest):
    def test_a_failure_stands_at_its_line(self):
        cases = [failed(7, title="A title 🐟"), failed(8, status="passed"), failed(9, diagnosis={
            "code": "crashed", "message": "It ended."})]
        with sites.GitHub(TOKEN, COMMIT) as site:
            self.assert_posted(self.post(site.url(), file_of(cases, submission={"id": "a", "path": "./handed-in/alice/"}),
                                         SOCKGRADE_REPORT_URL="https://grades.example.org/alice"))
        run, = site.runs
        self.assertEqual((run["name"], run["status"], run["conclusion"], run["details_url"]),
                         ("sockgrade/echo", "completed", "failure", "https://grades.example.org/alice"))
        annotation, = run["annotations"]
        self.assertEqual(annotation, {
            "path": "handed-in/alice/server.c", "start_line": 7, "end_line": 7, "annotation_level": "failure",
            "title": "server: A title \\U0001F41F", "message": "It answered too early, 7.",
            "raw_details": annotation["raw_details"]})
        self.assertIn("recv() returned 4 bytes", annotation["raw_details"])
        self.assertIn("| passed | server case\\-8\\: Case 8 | 0 of 1 |", run["output"]["summary"])
        self.assertIn("It ended.", run["output"]["summary"])

    def test_conclusions(self):
        rows = [([failed(1, status="passed", points=1)], 100, "success"), ([failed(1)], 61, "failure"),
                ([failed(1, status="error")], 100, "neutral")]
        for cases, score, conclusion in rows:
            with self.subTest(conclusion), sites.GitHub(TOKEN, COMMIT) as site:
                self.assert_posted(self.post(site.url(), file_of(cases, score=score)))
                self.assertEqual(site.runs[0]["conclusion"], conclusion)

    def test_fifty_at_a_time(self):
        for count, requests in ((50, 2), (51, 3), (120, 4)):
            with self.subTest(count), sites.GitHub(TOKEN, COMMIT) as site:
                self.assert_posted(self.post(site.url(), file_of([failed(n + 1) for n in range(count)])))
                self.assertEqual([each["start_line"] for each in site.runs[0]["annotations"]],
                                 [n + 1 for n in range(count)])
                self.assertEqual(([seen.method for seen in site.seen], site.runs[0]["status"]),
                                 (["GET", "POST", "PATCH", "PATCH"][:requests], "completed"))

    def test_no_annotation_comes_twice_where_answers_are_lost(self):
        for moment in range(1, 7):
            faults = iter([None] * moment + ["lost", "gateway", "half"])
            with self.subTest(moment), sites.GitHub(TOKEN, COMMIT, faults=lambda _, f=faults: next(f, None)) as site:
                self.assert_posted(self.post(site.url(), file_of([failed(n + 1) for n in range(120)])))
                self.assertEqual(len(site.runs), 1)
                self.assertEqual([each["start_line"] for each in site.runs[0]["annotations"]],
                                 [n + 1 for n in range(120)])

    def test_a_count_that_lags_behind_doubles_nothing(self):
        class Slow(sites.GitHub):
            def shown(self, run):
                shown = super().shown(run)
                shown["output"]["annotations_count"] = 0
                return shown

        with Slow(TOKEN, COMMIT) as site:
            self.assert_posted(self.post(site.url(), file_of([failed(n + 1) for n in range(120)])))
        self.assertEqual(len(site.runs[0]["annotations"]), 120)

    def test_its_own_run_is_found_among_many(self):
        with sites.GitHub(TOKEN, COMMIT) as site:
            self.assert_posted(self.post(site.url(), file_of([failed(1)])))
            for number in range(70):
                site.create({"head_sha": COMMIT, "name": "sockgrade/echo", "external_id": f"{number}",
                             "status": "completed", "conclusion": "success",
                             "output": {"title": "t", "summary": "s"}})
            self.assert_posted(self.post(site.url(), file_of([failed(1)])))
            self.assertEqual(len(site.runs), 71)
            self.assert_posted(self.post(site.url(), file_of([failed(2)])))
            self.assertEqual(len(site.runs), 72)

    def test_a_personal_token_is_told_what_to_do(self):
        with posting.Server(posting.answer(200, b'{"total_count": 0, "check_runs": []}'),
                            posting.answer(403, b'{"message": "Resource not accessible by personal access token"}')
                            ) as server:
            done = self.post(server.url(""), file_of([failed(1)]))
        self.assertEqual((done.returncode, len(server.seen)), (3, 2))
        self.assertIn("github-status is for all others", done.err)

    def test_a_dry_run_shows_both_requests(self):
        with sites.GitHub(TOKEN, COMMIT) as site:
            done = self.post(site.url(), file_of([failed(1)]), words=["--dry-run"])
        self.assertEqual((done.returncode, site.seen), (0, []))
        self.assertEqual(re.findall("^(?:GET|POST|PATCH) .*/repos", done.out, re.M),
                         [f"{method} {site.url()}/repos" for method in ("GET", "POST")])
        self.assertEqual(done.out.count("Authorization: (secret)"), 2)


class Prism:
    """Prism before a site: it lets through what GitHub's description allows, and answers all else itself."""

    def __init__(self, site):
        self.site = site
        self.folder = tempfile.TemporaryDirectory(prefix="sockgrade-prism-")

    def __enter__(self):
        document = os.path.join(self.folder.name, "github.json")
        with open(document, "wb") as file:
            subprocess.run(["node", os.path.join(HERE, "openapi.mjs")], stdout=file, check=True)
        self.process = subprocess.Popen(["node", PRISM, "proxy", document, self.site.url(), "--errors", "-p", "0"],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        text=True, env={**os.environ, "NO_COLOR": "1"})
        self.said = []
        for line in self.process.stdout:
            self.said.append(line)
            found = re.search(r"listening on (http://127\.0\.0\.1:\d+)", line)
            if found:
                self.url = found[1]
                return self
        raise AssertionError("Prism did not start: " + "".join(self.said))

    def __exit__(self, *_):
        self.process.kill()
        self.said += self.process.communicate()[0].splitlines(True)
        self.folder.cleanup()


@unittest.skipUnless(os.path.exists(PRISM) or os.environ.get("SG_MUST_RUN") == "1",
                     "'npm ci' in tests/post brings Prism and GitHub's description")
class Described(CheckTest):
    def test_every_request_is_as_github_describes_it(self):
        hostile = [failed(n + 1, title="]]> ::error:: | `x` \u202e\x01 🐟" + "x" * 300,
                          diagnosis={"code": "single-recv", "message": "é" * 90000, "file": "a b/ü.c", "line": 1,
                                     "evidence": [{"at_ms": 1, "text": "\x1b[2J" * 20000}]}) for n in range(120)]
        bodies = [file_of([failed(1)]), file_of([failed(1, status="passed")], score=100),
                  file_of([failed(1, status="error")]), file_of(hostile)]
        with sites.GitHub(TOKEN, COMMIT) as site, Prism(site) as prism:
            for body in bodies:
                for target in ("github-check", "github-status"):
                    done = self.post(prism.url, body, target, SOCKGRADE_REPORT_URL="https://grades.example.org/a")
                    self.assertEqual((done.returncode, done.err), (0, ""), "".join(prism.said))
            self.assertEqual(self.send(prism, {"name": "x", "head_sha": COMMIT}), 201)
            self.assertEqual(self.send(prism, {"name": "x", "head_sha": COMMIT, "output": {"title": 7}}), 422)
        self.assertEqual((len(site.runs), len(site.statuses)), (5, 4))
        self.assertEqual(len(site.runs[3]["annotations"]), 120)

    def send(self, prism, body):
        """What comes of a request that is not ours: so it is known that Prism looks."""
        request = urllib.request.Request(f"{prism.url}/repos/teacher/course/check-runs", json.dumps(body).encode(),
                                         {"Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}"})
        try:
            with urllib.request.urlopen(request, timeout=posting.SECONDS) as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            refused.close()
            return refused.code


if __name__ == "__main__":
    posting.main()
