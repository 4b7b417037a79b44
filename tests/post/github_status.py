# SPDX-License-Identifier: MIT
"""The status of a commit on GitHub."""
import json

import posting
from posting import COMMIT, TOKEN, Server, answer, result

MADE = answer(201, b'{"id": 1, "state": "success"}')


def case(status):
    return {"id": "x", "status": status}


class GithubStatus(posting.PostingTest):
    def status_of(self, body=None, **environment):
        with Server(MADE) as server:
            done = self.post_status(server, body, **environment)
        self.assertEqual((done.returncode, done.err), (0, ""))
        return json.loads(server.seen[0].body)

    def test_is_made_as_the_api_wants_it(self):
        with Server(MADE) as server:
            done = self.post_status(server)
        self.assertEqual(done.returncode, 0, done.err)
        seen = server.seen[0]
        self.assertEqual((seen.method, seen.path),
                         ("POST", f"/repos/teacher/course/statuses/{COMMIT}"))
        self.assertEqual(seen.headers["Authorization"], f"Bearer {TOKEN}")
        self.assertEqual(seen.headers["Accept"], "application/vnd.github+json")
        self.assertEqual(seen.headers["X-GitHub-Api-Version"], "2022-11-28")
        self.assertEqual(json.loads(seen.body), {
            "state": "failure", "context": "sockgrade/echo",
            "description": "61 of 100 points, 3 cases failed"})

    def test_tells_the_submission_from_the_grader(self):
        rows = [
            ("success", "100 of 100 points", {"score": 100, "cases": [case("passed")]}),
            ("failure", "99.5 of 100 points, 1 case failed",
             {"score": 99.5, "cases": [case("failed"), case("passed")]}),
            ("failure", "90 of 100 points", {"score": 90, "cases": [case("skipped")]}),
            ("success", "80 of 80 points",
             {"score": 80, "max_score": 80, "cases": [case("passed"), case("inconclusive")]}),
            ("error", "80 of 80 points, 1 case could not be graded",
             {"score": 80, "max_score": 80, "cases": [case("error")]}),
            ("error", "0 of 80 points, 1 case failed, 2 cases could not be graded",
             {"score": 0, "max_score": 80, "cases": [case("failed"), case("error"), case("error")]}),
        ]
        for state, description, changes in rows:
            with self.subTest(description):
                status = self.status_of(result(**changes))
                self.assertEqual((status["state"], status["description"]), (state, description))

    def test_links_to_the_report_or_to_the_run(self):
        run = {"GITHUB_SERVER_URL": "https://github.example", "GITHUB_RUN_ID": "77"}
        rows = [
            ({}, None),
            ({"GITHUB_SERVER_URL": "https://github.example"}, None),
            (run, "https://github.example/teacher/course/actions/runs/77"),
            ({**run, "SOCKGRADE_REPORT_URL": "https://example.org/report"},
             "https://example.org/report"),
        ]
        for environment, page in rows:
            with self.subTest(page):
                self.assertEqual(self.status_of(**environment).get("target_url"), page)

    def test_prefers_what_was_said_to_sockgrade(self):
        with Server(MADE) as server:
            self.post_status(server, SOCKGRADE_GITHUB_SHA="f" * 40, GITHUB_TOKEN=None,
                             SOCKGRADE_GITHUB_TOKEN_FILE=self.write("token", TOKEN + "\n"),
                             SOCKGRADE_GITHUB_REPOSITORY="other/repo")
        self.assertEqual(server.seen[0].path, f"/repos/other/repo/statuses/{'f' * 40}")
        self.assertEqual(server.seen[0].headers["Authorization"], f"Bearer {TOKEN}")

    def test_keeps_hostile_names_inside_their_strings(self):
        name = 'echo"\\\n\x01\U0001f600'
        self.assertEqual(self.status_of(result(assignment=name))["context"], f"sockgrade/{name}")

    def test_cuts_a_context_that_is_too_long(self):
        context = self.status_of(result(assignment="ö" * 400))["context"]
        self.assertEqual(context, "sockgrade/" + "ö" * 245)

    def test_is_not_made_by_anything_that_says_200(self):
        for name, play in [("a page", answer(200, b"<html>Welcome</html>")),
                           ("a list", answer(201, b"[]")), ("nothing", answer(201)),
                           ("another thing", answer(200, b'{"state": "success"}'))]:
            with self.subTest(name), Server(play) as server:
                done = self.post_status(server)
                self.assertEqual((done.returncode, len(server.seen)), (3, 1))
                self.assertRegex(done.err, "it answered 20[01], but with no status of a commit\n$")

    def test_says_what_a_refusal_means(self):
        for status, hint in [(401, "expired"), (403, "statuses: write"), (404, "no such repository"),
                             (422, "no such commit")]:
            with self.subTest(status), Server(answer(status, b'{"message": "No"}')) as server:
                done = self.post_status(server)
                self.assertEqual((done.returncode, len(server.seen)), (3, 1))
                self.assertIn(f"it answered {status} (", done.err)
                self.assertIn(hint, done.err)
                self.assertIn('{"message": "No"}', done.err)

    def test_settings_that_cannot_be_right_are_refused(self):
        rows = [
            ({"GITHUB_REPOSITORY": "course"}, "OWNER/NAME, found 'course'"),
            ({"GITHUB_REPOSITORY": "a/b/c"}, "OWNER/NAME, found 'a/b/c'"),
            ({"GITHUB_REPOSITORY": "../b"}, "OWNER/NAME, found '../b'"),
            ({"GITHUB_REPOSITORY": "a/b?c"}, "OWNER/NAME, found 'a/b?c'"),
            ({"GITHUB_SHA": "main"}, "the 40 or 64 digits of a commit, found 'main'"),
            ({"GITHUB_SHA": COMMIT[:39]}, "the 40 or 64 digits of a commit"),
            ({"GITHUB_SHA": None}, "SOCKGRADE_GITHUB_SHA is not set"),
            ({"GITHUB_TOKEN": None},
             "neither SOCKGRADE_GITHUB_TOKEN nor SOCKGRADE_GITHUB_TOKEN_FILE is set"),
            ({"SOCKGRADE_REPORT_URL": "javascript:alert(1)"}, "SOCKGRADE_REPORT_URL takes a URL"),
        ]
        for environment, text in rows:
            with self.subTest(text), Server(MADE) as server:
                done = self.post_status(server, **environment)
                self.assertEqual((done.returncode, server.seen), (2, []))
                self.assertTrue(done.err.startswith("command line:1:16: github-status: "), done.err)
                self.assertIn(text, done.err)


if __name__ == "__main__":
    posting.main()
