# SPDX-License-Identifier: MIT
"""Canvas, Moodle and LTI: what is sent, and what is made of the answers; against sites.py."""
import json
import os
import urllib.parse

import classroom
import posting
import sites
import ways
from posting import TOKEN, result

THIRDS = {"score": 13.333, "max_score": 20.5, "submission": {"id": "4711", "path": "x"},
          "cases": [{"id": "a", "title": "First <b>", "status": "failed",
                     "diagnosis": {"code": "crashed", "message": "It ended.\u202e\x1b[2J"}},
                    {"id": "b", "title": "Second", "status": "passed"}]}


class GradebookTest(posting.PostingTest):
    def setUp(self):
        super().setUp()
        self.rows = {way.target: way for way in ways.rows(os.environ["SG_KEYS"])}

    def post(self, target, site, body=None, words=(), **environment):
        path = self.write("result.json", result(**(body or THIRDS)))
        return self.run_it("post", target, path, *words, **{**self.rows[target].settings(site), **environment})

    def assert_posted(self, done):
        self.assertEqual((done.returncode, done.err), (0, ""))

    def assert_refused(self, done, words):
        self.assertEqual((done.returncode, done.out), (3, ""))
        self.assertIn(words, done.err)
        self.assertEqual(done.err.count("\n"), 1)


class Canvas(GradebookTest):
    def test_grade_and_comment_arrive(self):
        with self.rows["canvas"].make() as site:
            self.assert_posted(self.post("canvas", site))
        there = site.there["4711"]
        self.assertEqual(there["score"], 13.333)
        lines = there["comments"][0].split("\n")
        self.assertEqual(lines[:2], ["echo: 13.333 of 20.5 points",
                                     "- First <b>: It ended.\\xe2\\x80\\xae\\x1b[2J"])
        self.assertRegex(lines[-1], r"^\[sockgrade [0-9a-f]{16}\]$")
        self.assertEqual([seen.method for seen in site.seen], ["GET", "PUT"])

    def test_the_same_file_twice_is_one_comment(self):
        with self.rows["canvas"].make() as site:
            self.assert_posted(self.post("canvas", site))
            self.assert_posted(self.post("canvas", site))
            self.assertEqual((site.writes, len(site.there["4711"]["comments"])), (1, 1))
            # A grade that somebody has changed is set again, the comment is not.
            site.there["4711"]["score"] = 3.0
            self.assert_posted(self.post("canvas", site))
            self.assertEqual((site.there["4711"]["score"], len(site.there["4711"]["comments"])), (13.333, 1))

    def test_a_lost_answer_doubles_no_comment(self):
        for fault in ("lost", "half", "gateway"):
            with self.subTest(fault):
                faults = iter([None, fault])
                with self.rows["canvas"].make(faults=lambda _, faults=faults: next(faults, None)) as site:
                    self.assert_posted(self.post("canvas", site))
                self.assertEqual([seen.method for seen in site.seen], ["GET", "PUT", "GET"])
                self.assertEqual(len(site.there["4711"]["comments"]), 1)

    def test_points_are_scaled_to_what_the_assignment_is_worth(self):
        with self.rows["canvas"].make() as site:
            self.assert_posted(self.post("canvas", site, dict(THIRDS, score=1, max_score=3),
                                         SOCKGRADE_CANVAS_POINTS="10"))
        self.assertEqual(site.there["4711"]["score"], 3.333)

    def test_its_refusals_are_told(self):
        with self.rows["canvas"].make() as site:
            self.assert_refused(self.post("canvas", site, dict(THIRDS, submission={"id": "99", "path": "x"})),
                                'it answered 404 (there is no such course, assignment or student, or the token may '
                                'not see it): "{"errors": [{"message": "The specified resource does not exist."}]}"')
            self.assert_refused(self.post("canvas", site, SOCKGRADE_CANVAS_TOKEN="another-token"),
                                "it answered 401 (the token is wrong or has expired)")
        with posting.Server(posting.answer(200, b"<html>log in, please")) as server:
            done = self.post("canvas", server)
            self.assert_refused(done, "it answered 200, but with no submission of Canvas")
        with posting.Server(posting.answer(200, b'{"id": 1, "user_id": 4711}')) as server:
            self.assert_refused(self.post("canvas", server), "with no submission of Canvas that shows its comments")
            self.assertEqual(len(server.seen), 1)
        with posting.Server(posting.answer(403, b'{"status": "unauthorized"}')) as server:
            self.assert_refused(self.post("canvas", server), "or the assignment is moderated and not published")
            self.assertEqual(len(server.seen), 1)

    def test_its_throttle_is_waited_for(self):
        faults = iter([None, "limited", "limited"])
        with self.rows["canvas"].make(faults=lambda _: next(faults, None)) as site:
            self.assert_posted(self.post("canvas", site))
        self.assertEqual(site.writes, 1)

    def test_students_are_known_by_their_sis_ids(self):
        with sites.Canvas(TOKEN, ["sis_user_id:a/b c"]) as site:
            self.assert_posted(self.post("canvas", site, dict(THIRDS, submission={"id": "a/b c", "path": "x"}),
                                         SOCKGRADE_CANVAS_USER_BY="sis_user_id"))
        self.assertIn("/submissions/sis_user_id%3Aa%2Fb%20c", site.seen[0].path)

    def test_wrong_settings_are_told_before_anything_is_sent(self):
        with self.rows["canvas"].make() as site:
            for name, value, words in (("USER_BY", "name", "takes one of: id, sis_user_id, sis_login_id; found 'name'"),
                                       ("POINTS", "many", "takes a number of points, found 'many'"),
                                       ("POINTS", "0", "takes a number of points, found '0'")):
                done = self.post("canvas", site, **{f"SOCKGRADE_CANVAS_{name}": value})
                self.assertEqual(done.returncode, 2)
                self.assertIn(f"SOCKGRADE_CANVAS_{name} {words}", done.err)
        self.assertEqual(site.seen, [])

    def test_each_student_of_a_group_is_told(self):
        database = classroom.database(os.path.join(self.folder, "results.db"))
        classroom.query(database, "DELETE FROM member WHERE submission = '4711'")
        for place, student in enumerate(("4711", "4713", None)):
            classroom.query(database, "INSERT INTO member VALUES ('4711', ?, ?, ?, NULL, NULL)", place, student,
                            f"Student {place}")
        with self.rows["canvas"].make() as site:
            done = self.run_it("post", "canvas", database, "--submission", "4711",
                               **self.rows["canvas"].settings(site))
        self.assertEqual(done.returncode, 3)
        self.assertEqual([len(site.there[user]["comments"]) for user in ("4711", "4712", "4713")], [1, 0, 1])
        self.assertIn("4711 for 4713: posted to canvas", done.out)
        self.assertIn("4711 for ? Student 2: held back: the roster does not say", done.err)


class Moodle(GradebookTest):
    def test_grade_and_comment_arrive_and_nothing_secret_is_in_the_address(self):
        with self.rows["moodle"].make() as site:
            self.assert_posted(self.post("moodle", site, SOCKGRADE_MOODLE_USER_BY="id"))
            self.assert_posted(self.post("moodle", site, SOCKGRADE_MOODLE_USER_BY="id"))
        grade, text = site.grades["4711"]
        self.assertEqual(grade, 13.333)
        self.assertTrue(text.startswith("echo: 13.333 of 20.5 points\n- First <b>: "))
        self.assertEqual({seen.path for seen in site.seen}, {"/webservice/rest/server.php"})

    def test_students_are_looked_up(self):
        with self.rows["moodle"].make() as site:
            self.assert_posted(self.post("moodle", site, dict(THIRDS, submission={"id": "ani@example.org", "path": ""}),
                                         SOCKGRADE_MOODLE_USER_BY="email"))
            self.assertIn("4711", site.grades)
            self.assert_refused(self.post("moodle", site, dict(THIRDS, submission={"id": "eko@x", "path": ""}),
                                          SOCKGRADE_MOODLE_USER_BY="email"),
                                "it knows 0 users whose email is 'eko@x'")

    def test_an_error_with_200_is_an_error(self):
        with self.rows["moodle"].make() as site:
            self.assert_refused(self.post("moodle", site, SOCKGRADE_MOODLE_TOKEN="another-token"),
                                'it answered 200 with the error invalidtoken: "Invalid token - token not found"')
            self.assert_refused(self.post("moodle", site, SOCKGRADE_MOODLE_ASSIGNMENT="9"),
                                'it answered 200 with the error invalidrecordunknown: "Can\'t find data record')
            self.assert_refused(self.post("moodle", site, dict(THIRDS, submission={"id": "1", "path": ""}),
                                          SOCKGRADE_MOODLE_USER_BY="id"), "notarealuser")
            site.maintenance = 2
            self.assert_posted(self.post("moodle", site))
        for page in (b"", b"<html>log in", b"{}", b'"yes"'):
            with self.subTest(page), posting.Server(posting.answer(200, page)) as server:
                self.assert_refused(self.post("moodle", server, SOCKGRADE_MOODLE_USER_BY="id"),
                                    "it answered 200, but not as Moodle's web service does")

    def test_a_token_that_is_wrong_stops_a_class(self):
        database = classroom.database(os.path.join(self.folder, "results.db"))
        with self.rows["moodle"].make() as site:
            settings = dict(self.rows["moodle"].settings(site), SOCKGRADE_MOODLE_TOKEN="another-token")
            done = self.run_it("post", "moodle", database, **settings)
        self.assertEqual((done.returncode, len(site.seen)), (3, 1))
        self.assertIn("moodle: 3 wait", done.err)

    def test_a_dry_run_shows_no_token(self):
        with self.rows["moodle"].make() as site:
            done = self.post("moodle", site, words=["--dry-run"])
        self.assertEqual((done.returncode, site.seen), (0, []))
        self.assertIn("wstoken=(secret)&wsfunction=core_user_get_users_by_field", done.out)
        self.assertIn("userid=%28the%20id%20that%20it%20answers%29&grade=13.333", done.out)


class Lti(GradebookTest):
    def test_a_score_arrives_with_a_token_for_a_signed_statement(self):
        with self.rows["lti"].make() as site:
            self.assert_posted(self.post("lti", site))
        score = site.results["4711"]
        self.assertEqual((score["scoreGiven"], score["scoreMaximum"]), (13.333, 20.5))
        self.assertEqual([urllib.parse.urlsplit(seen.path).path for seen in site.seen], ["/token", "/line/5/scores"])
        self.assertEqual(site.submissions["4711"], 0)

    def test_one_token_is_for_a_class_as_long_as_it_lasts(self):
        for lasts, tokens in ((3600, 1), (0, 3)):
            database = classroom.database(os.path.join(self.folder, f"{lasts}.db"))
            with self.subTest(lasts), self.rows["lti"].make() as site:
                site.lasts = lasts
                if not lasts:
                    site.tokens = Lasting()
                done = self.run_it("post", "lti", database, **self.rows["lti"].settings(site))
                self.assertEqual((done.returncode, done.err), (0, ""))
                self.assertEqual([seen.place for seen in site.seen].count("/token"), tokens)

    def test_a_retry_has_the_same_time_and_another_statement(self):
        database = classroom.database(os.path.join(self.folder, "results.db"))
        for fault in ("lost", "half", "error"):
            faults = iter([fault, None, fault])
            with self.subTest(fault), self.rows["lti"].make(faults=lambda _, f=faults: next(f, None)) as site:
                done = self.run_it("post", "lti", database, "--submission", "4711", "--again",
                                   **self.rows["lti"].settings(site))
                self.assertEqual((done.returncode, done.err), (0, ""))
            times = {json.loads(seen.body)["timestamp"] for seen in site.seen if seen.place != "/token"}
            self.assertEqual(len(times), 1)

    def test_its_refusals_are_told_and_no_token_is(self):
        with self.rows["lti"].make() as site:
            self.assert_refused(self.post("lti", site, SOCKGRADE_LTI_CLIENT_ID="2"),
                                '"error_description": "iss and sub"')
            self.assert_refused(self.post("lti", site, dict(THIRDS, submission={"id": "1", "path": ""})),
                                "User not found in course")
            site.results["4711"] = {"timestamp": "2999-01-01T00:00:00.000Z"}
            self.assert_refused(self.post("lti", site), "timestamp is before the stored result")

        def echo(handler):
            posting.answer(400, str(handler.headers).encode())(handler)

        token = posting.answer(200, b'{"access_token": "a-token-that-is-secret", "expires_in": 60}')
        with posting.Server(token, echo) as server:
            done = self.post("lti", server)
        self.assert_refused(done, "it answered 400")
        self.assertIn("(secret)", done.err)
        self.assertNotIn("a-token-that-is-secret", done.err)

    def test_a_key_that_is_none_is_refused_before_anything_is_sent(self):
        with self.rows["lti"].make() as site:
            for text in ("no key at all", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"):
                done = self.post("lti", site, SOCKGRADE_LTI_KEY_FILE=self.write("no.pem", text))
                self.assertEqual(done.returncode, 2)
                self.assertIn("SOCKGRADE_LTI_KEY: is no private RSA key", done.err)
        self.assertEqual(site.seen, [])


class Lasting(dict):
    """Tokens that are taken though they said that they are good for no time."""

    def get(self, key, default=None):
        return float("inf") if key in self else default


if __name__ == "__main__":
    import tempfile
    with tempfile.TemporaryDirectory(prefix="sockgrade-keys-") as folder:
        os.environ["SG_KEYS"] = folder
        posting.main()
