# SPDX-License-Identifier: MIT
"""Sites that results are posted to, as far as their makers have documented what they do: what they refuse, in which
words, and what happens when a request comes twice. Each serves one connection at a time, in the order in which they
came, so that what a killed client sent is done with before the next client is heard.

A site can be made to fail: `faults` is called for each request and returns one of FAULTS or None. `at` is called at
three moments of each, as BEFORE it takes effect, AFTER it, and in the MIDDLE of the answer.
"""
import base64
import hashlib
import hmac
import http.server
import json
import re
import subprocess
import tempfile
import threading
import time
import urllib.parse

BEFORE, AFTER, MIDDLE = "before", "after", "middle"
# What a network and a tired server do: without effect, or after it.
FAULTS = {
    "error": BEFORE, "unavailable": BEFORE, "too-many": BEFORE, "limited": BEFORE, "closed": BEFORE,
    "lost": AFTER, "half": AFTER, "gateway": AFTER,
}
ANSWERS = {
    "error": (500, b"Internal Server Error", {}),
    "unavailable": (503, b"Service Unavailable", {"Retry-After": "0"}),
    "too-many": (429, b"slow down", {"Retry-After": "0"}),
    "limited": (403, b"403 Forbidden (Rate Limit Exceeded)", {"Retry-After": "0"}),
    "gateway": (504, b"Gateway Time-out", {}),
}


class Site:
    """What is common: the server, and its faults. A subclass has `handle(request)`, which returns a status and what is
    to be sent as JSON (or bytes)."""

    def __init__(self, faults=None, at=None):
        self.faults = faults or (lambda request: None)
        self.at = at or (lambda moment: None)
        self.seen = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def serve(self):
                self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.method = self.command
                address = urllib.parse.urlsplit(self.path)
                self.place, self.query = address.path, urllib.parse.parse_qs(address.query)
                site.seen.append(self)
                site.answer(self)

            do_GET = do_POST = do_PUT = do_PATCH = serve

            def log_message(self, *arguments):
                pass

        class Quiet(http.server.HTTPServer):
            request_queue_size = 64

            def handle_error(self, request, client_address):
                pass

        self.http = Quiet(("127.0.0.1", 0), Handler)
        self.port = self.http.server_port
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True)

    def url(self, path=""):
        return f"http://127.0.0.1:{self.port}{path}"

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()

    def answer(self, request):
        fault = self.faults(request)
        self.at(BEFORE)
        if FAULTS.get(fault) != BEFORE:
            status, said = self.handle(request)
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            headers = {"Content-Type": "application/json"}
            self.at(AFTER)
        if fault in ("closed", "lost"):
            return
        if fault in ANSWERS:
            status, body, headers = ANSWERS[fault]
        request.send_response_only(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(body) + (1 if fault == "half" else 0)))
        request.end_headers()
        request.wfile.write(body[:len(body) // 2])
        self.at(MIDDLE)
        request.wfile.write(body[len(body) // 2:])

    def handle(self, request):
        raise NotImplementedError


def form_of(request):
    return dict(urllib.parse.parse_qsl(request.body.decode(), keep_blank_values=True, strict_parsing=True))


class Webhook(Site):
    """A receiver as docs/posting.md describes one: a delivery that it has seen is a result that it has."""

    def __init__(self, secret, **how):
        super().__init__(**how)
        self.secret, self.deliveries = secret.encode(), {}

    def handle(self, request):
        right = "sha256=" + hmac.new(self.secret, request.body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right, request.headers["X-Hub-Signature-256"]):
            return 401, {"error": "signature"}
        self.deliveries.setdefault(request.headers["X-Sockgrade-Delivery"], []).append(request.body)
        return 200, {}


class Canvas(Site):
    """instructure/canvas-lms, app/controllers/submissions_api_controller.rb: a grade replaces, a comment is added."""

    def __init__(self, token, users, course="7", assignment="12", **how):
        super().__init__(**how)
        self.token, self.course, self.assignment = token, course, assignment
        self.there = {user: {"score": None, "comments": []} for user in users}
        self.writes = 0

    def handle(self, request):
        if request.headers["Authorization"] != f"Bearer {self.token}":
            return 401, {"errors": [{"message": "Invalid access token."}]}
        found = re.fullmatch(r"/api/v1/courses/([^/]+)/assignments/([^/]+)/submissions/([^/]+)", request.place)
        user = urllib.parse.unquote(found[3]) if found else None
        if not found or found.group(1, 2) != (self.course, self.assignment) or user not in self.there:
            return 404, {"errors": [{"message": "The specified resource does not exist."}]}
        there = self.there[user]
        if request.method == "PUT":
            self.writes += 1
            form = form_of(request)
            if "submission[posted_grade]" in form:
                if not re.fullmatch(r"\d+(\.\d+)?", form["submission[posted_grade]"]):
                    return 400, {"error": "invalid grade"}
                there["score"] = float(form["submission[posted_grade]"])
            if form.get("comment[text_comment]"):
                there["comments"].append(form["comment[text_comment]"])
        said = {"id": 1, "user_id": user, "score": there["score"], "entered_score": there["score"]}
        if request.method == "PUT" or "submission_comments" in request.query.get("include[]", []):
            said["submission_comments"] = [{"id": i, "comment": text} for i, text in enumerate(there["comments"])]
        return 200, said


class Moodle(Site):
    """moodle/moodle, mod/assign/externallib.php and webservice/rest: every answer has the status 200."""

    PARAMETERS = {"assignmentid", "userid", "grade", "attemptnumber", "addattempt", "workflowstate", "applytoall"}

    def __init__(self, token, users, assignment="31", **how):
        super().__init__(**how)
        self.token, self.users, self.assignment = token, users, assignment  # users: id to e-mail
        self.grades = {}
        self.maintenance = 0  # so many requests are told of it

    @staticmethod
    def error(code, message):
        return 200, {"exception": "moodle_exception", "errorcode": code, "message": message}

    def handle(self, request):
        if (request.method, request.place) != ("POST", "/webservice/rest/server.php") or request.query:
            return 404, b"<html>not found</html>"
        form = form_of(request)
        if form.pop("wstoken", None) != self.token:
            return self.error("invalidtoken", "Invalid token - token not found")
        if self.maintenance:
            self.maintenance -= 1
            return self.error("sitemaintenance", "Site is undergoing maintenance")
        function, as_json = form.pop("wsfunction"), form.pop("moodlewsrestformat", None)
        if as_json != "json":
            return 200, b'<?xml version="1.0" encoding="UTF-8" ?><RESPONSE></RESPONSE>'
        return {"core_user_get_users_by_field": self.look_up, "mod_assign_save_grade": self.save}[function](form)

    def look_up(self, form):
        column = {"email": 1, "idnumber": 0}[form["field"]]
        rows = [row for row in self.users.items() if row[column] == form["values[0]"]]
        return 200, [{"id": int(user), "email": mail} for user, mail in rows]

    def save(self, form):
        feedback = {name: form.pop(f"plugindata[assignfeedbackcomments_editor][{name}]") for name in
                    ("text", "format")}
        if set(form) != self.PARAMETERS:
            return self.error("invalidparameter", "Invalid parameter value detected")
        if form["assignmentid"] != self.assignment:
            return self.error("invalidrecordunknown", "Can't find data record in database.")
        if form["userid"] not in self.users:
            return self.error("notarealuser", "Not a participant of this course")
        self.grades[form["userid"]] = (float(form["grade"]), feedback["text"])
        return 200, None


class Platform(Site):
    """1EdTech, LTI Advantage: a token for a signed statement, scores with it; and what Canvas and Moodle add."""

    def __init__(self, public_key, users, client="10000000000001", **how):
        super().__init__(**how)
        self.public_key, self.users, self.client = public_key, users, client
        self.statements, self.tokens = set(), {}
        self.results, self.submissions = {}, {user: 0 for user in users}
        self.lasts = 3600

    def handle(self, request):
        if request.place == "/token":
            return self.give_token(request)
        if (request.place, request.query) == ("/line/5/scores", {"type_id": ["1"]}):
            return self.take_score(request)
        return 404, {"error": "not_found"}

    def give_token(self, request):
        form = form_of(request)
        head, claims, signature = form["client_assertion"].split(".")
        wrong = self.what_is_wrong(form, json.loads(unbase64(head)), json.loads(unbase64(claims)))
        if not wrong and not self.is_signed(f"{head}.{claims}".encode(), unbase64(signature)):
            wrong = "signature"
        if wrong:
            return 400, {"error": "invalid_client", "error_description": wrong}
        token = f"platform-token-{len(self.tokens)}-of-secret"
        self.tokens[token] = time.time() + self.lasts
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": self.lasts}

    def what_is_wrong(self, form, head, claims):
        now = time.time()
        rules = {
            "grant_type": form["grant_type"] == "client_credentials",
            "assertion type": form["client_assertion_type"] ==
                              "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "scope": form["scope"] == "https://purl.imsglobal.org/spec/lti-ags/scope/score",
            "alg": head["alg"] == "RS256" and head["typ"] == "JWT",
            "kid": head.get("kid") == "key-1",
            "iss and sub": claims["iss"] == claims["sub"] == self.client,
            "aud": claims["aud"] == self.url("/token"),
            "time": claims["iat"] <= now + 1 and now < claims["exp"] <= now + 3600,
            "jti, which was used before": claims["jti"] not in self.statements,
        }
        self.statements.add(claims["jti"])
        return next((rule for rule, holds in rules.items() if not holds), None)

    def is_signed(self, text, signature):
        with tempfile.NamedTemporaryFile() as said, tempfile.NamedTemporaryFile() as signed:
            said.write(text)
            signed.write(signature)
            said.flush()
            signed.flush()
            return subprocess.run(["openssl", "dgst", "-sha256", "-verify", self.public_key, "-signature", signed.name,
                                   said.name], capture_output=True, check=False).returncode == 0

    def take_score(self, request):
        token = (request.headers["Authorization"] or "").removeprefix("Bearer ")
        if self.tokens.get(token, 0) < time.time():
            return 401, {"error": "invalid token"}
        if request.headers["Content-Type"] != "application/vnd.ims.lis.v1.score+json":
            return 415, {"error": "content type"}
        score = json.loads(request.body)
        if score["userId"] not in self.users:
            return 404, {"error": "User not found in course or is not a student"}
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", score["timestamp"]):
            return 400, {"error": "timestamp must have sub-seconds"}
        if score["gradingProgress"] != "FullyGraded" or score["scoreMaximum"] <= 0:
            return 422, {"error": "not graded"}
        old = self.results.get(score["userId"])
        if old and score["timestamp"] < old["timestamp"]:
            return 400, {"error": "timestamp is before the stored result"}
        if score.get("https://canvas.instructure.com/lti/submission", {}).get("new_submission", True):
            self.submissions[score["userId"]] += 1
        self.results[score["userId"]] = score
        return 200, {"resultUrl": self.url("/line/5/results/1")}


def unbase64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class GitHub(Site):
    """GitHub's checks and statuses: 50 annotations at a time, those of a later request are added."""

    def __init__(self, token, commit, repository="teacher/course", **how):
        super().__init__(**how)
        self.token, self.commit, self.repository = token, commit, repository
        self.runs, self.statuses = [], []

    def handle(self, request):
        base = f"/repos/{self.repository}"
        if request.headers["Authorization"] != f"Bearer {self.token}":
            return 401, {"message": "Bad credentials"}
        body = json.loads(request.body or b"{}")
        if (request.method, request.place) == ("GET", f"{base}/commits/{self.commit}/check-runs"):
            return self.list(request.query)
        if (request.method, request.place) == ("POST", f"{base}/check-runs"):
            return self.create(body)
        if (request.method, request.place) == ("POST", f"{base}/statuses/{self.commit}"):
            self.statuses.append(body)
            return 201, self.status(body)
        found = re.fullmatch(rf"{base}/check-runs/(\d+)", request.place)
        if request.method == "PATCH" and found and int(found[1]) <= len(self.runs):
            return 200, self.shown(self.write(self.runs[int(found[1]) - 1], body))
        return 404, {"message": "Not Found"}

    def list(self, query):
        name, size, page = query["check_name"][0], int(query["per_page"][0]), int(query["page"][0])
        runs = [run for run in reversed(self.runs) if run["name"] == name]
        if query.get("filter") != ["all"]:
            runs = runs[:1]
        return 200, {"total_count": len(runs),
                     "check_runs": [self.shown(run) for run in runs[(page - 1) * size:page * size]]}

    def create(self, body):
        if body["head_sha"] != self.commit:
            return 422, {"message": f"No commit found for SHA: {body['head_sha']}"}
        run = {"id": len(self.runs) + 1, "head_sha": body["head_sha"], "name": body["name"], "status": "queued",
               "external_id": "", "annotations": []}
        self.runs.append(self.write(run, body))
        return 201, self.shown(run)

    def write(self, run, body):
        output = body.get("output", {"title": None, "summary": ""})
        annotations = output.get("annotations", [])
        assert len(annotations) <= 50 and len(output["summary"]) <= 65535
        run["annotations"] += annotations
        run.update({key: body[key] for key in ("external_id", "status", "conclusion", "details_url") if key in body})
        run["output"] = {key: output[key] for key in ("title", "summary")}
        return run

    def shown(self, run):
        output = dict(run["output"], annotations_count=len(run["annotations"]), text=None,
                      annotations_url=self.url("/annotations"))
        times = {"started_at": "2026-11-01T10:00:00Z", "completed_at": None}
        return dict({"node_id": "x", "url": self.url(), "html_url": None, "details_url": None, "conclusion": None,
                     "check_suite": {"id": 1}, "app": None, "pull_requests": []}, **times,
                    **{key: run.get(key) for key in ("id", "head_sha", "name", "external_id", "status")},
                    output=output) | {key: run[key] for key in ("conclusion", "details_url") if key in run}

    def status(self, body):
        return {"url": self.url(), "avatar_url": None, "id": 1, "node_id": "x", "state": body["state"],
                "description": body.get("description"), "target_url": body.get("target_url"),
                "context": body["context"], "created_at": "2026-11-01T10:00:00Z",
                "updated_at": "2026-11-01T10:00:00Z", "creator": None}
