# SPDX-License-Identifier: MIT
"""Each target with a site that it posts to, and what must be there when all of a class has arrived, once."""
import json
import os
import subprocess

import sites
from posting import COMMIT, SECRET, TOKEN

MAILS = {"4711": "ani@example.org", "4712": "budi@example.org", "4713": "citra@example.org"}
keys = {}


def key_files(folder):
    """A pair of RSA keys, made once."""
    if not keys:
        keys["private"], keys["public"] = os.path.join(folder, "key.pem"), os.path.join(folder, "public.pem")
        subprocess.run(["openssl", "genrsa", "-out", keys["private"], "2048"], check=True, capture_output=True)
        subprocess.run(["openssl", "rsa", "-in", keys["private"], "-pubout", "-out", keys["public"]], check=True,
                       capture_output=True)
    return keys


class Way:
    """A row: the site, the settings, and a function that says what is there of each student."""

    def __init__(self, target, make, settings, there):
        self.target, self.make, self.settings, self.there = target, make, settings, there



def webhook_there(site, submissions):
    bodies = {name: json.loads(bodies[0]) for name, bodies in site.deliveries.items()}
    for copies in site.deliveries.values():
        assert len(set(copies)) == 1, "two results under one key"
    assert len(bodies) == len(submissions), "a result came under two keys"
    return {body["submission"]["id"]: (body["score"], body["max_score"]) for body in bodies.values()}


def canvas_there(site, submissions):
    for user in submissions:
        comments = site.there[user]["comments"]
        assert len(comments) == 1, f"{len(comments)} comments for {user}: {comments}"
    return {user: (site.there[user]["score"], int(site.there[user]["comments"][0].split(" of ")[1].split()[0]))
            for user in submissions}


def moodle_there(site, submissions):
    del submissions
    return {user: (grade, int(text.split(" of ")[1].split()[0])) for user, (grade, text) in site.grades.items()}


def lti_there(site, submissions):
    assert not any(site.submissions.values()), "a score became a submission"
    del submissions
    return {user: (score["scoreGiven"], score["scoreMaximum"]) for user, score in site.results.items()}


def check_there(site, submissions):
    assert len({run["external_id"] for run in site.runs}) == len(site.runs) == len(submissions), \
        f"{len(site.runs)} check runs for {len(submissions)} results"
    there = {}
    for run in site.runs:
        assert run["status"] == "completed" and run["conclusion"], "a check run is not completed"
        lines = [each["start_line"] for each in run["annotations"]]
        assert len(lines) == len(set(lines)), "an annotation came twice"
        name = run["output"]["summary"].split(":")[0].split("·")[1].strip()
        assert len([line for line in lines if line > 1000]) == (110 if name == "4712" else 0), f"{len(lines)} lines"
        sum_of = run["output"]["title"].split()
        there[name] = (float(sum_of[0]), float(sum_of[2]))
    return there


def rows(folder):
    files = key_files(folder)
    return [
        Way("webhook", lambda **how: sites.Webhook(SECRET, **how),
            lambda site: {"SOCKGRADE_WEBHOOK_URL": site.url("/hook"), "SOCKGRADE_WEBHOOK_SECRET": SECRET},
            webhook_there),
        Way("canvas", lambda **how: sites.Canvas(TOKEN, MAILS, **how),
            lambda site: {"SOCKGRADE_CANVAS_URL": site.url(), "SOCKGRADE_CANVAS_COURSE": "7",
                          "SOCKGRADE_CANVAS_ASSIGNMENT": "12", "SOCKGRADE_CANVAS_TOKEN": TOKEN}, canvas_there),
        Way("moodle", lambda **how: sites.Moodle(TOKEN, MAILS, **how),
            lambda site: {"SOCKGRADE_MOODLE_URL": site.url("/"), "SOCKGRADE_MOODLE_ASSIGNMENT": "31",
                          "SOCKGRADE_MOODLE_TOKEN": TOKEN, "SOCKGRADE_MOODLE_USER_BY": "idnumber"}, moodle_there),
        Way("lti", lambda **how: sites.Platform(files["public"], MAILS, **how),
            lambda site: {"SOCKGRADE_LTI_LINE_ITEM": site.url("/line/5?type_id=1"),
                          "SOCKGRADE_LTI_TOKEN_URL": site.url("/token"), "SOCKGRADE_LTI_KEY_ID": "key-1",
                          "SOCKGRADE_LTI_CLIENT_ID": "10000000000001", "SOCKGRADE_LTI_KEY_FILE": files["private"]},
            lti_there),
        Way("github-check", lambda **how: sites.GitHub(TOKEN, COMMIT, **how),
            lambda site: {"GITHUB_API_URL": site.url(), "GITHUB_REPOSITORY": "teacher/course", "GITHUB_SHA": COMMIT,
                          "GITHUB_TOKEN": TOKEN}, check_there),
    ]
