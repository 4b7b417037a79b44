# SPDX-License-Identifier: MIT
"""Reports, read by the rules that their readers go by. Each function takes a report as bytes and returns what its
reader would see in one form: {"score", "max", "tests": [{"name", "points", "max", "passed", "text"}], …}; what a
reader would refuse is a Refused."""
import csv
import fractions
import io
import json
import re
import xml.etree.ElementTree


class Refused(Exception):
    pass


def need(right, what):
    if not right:
        raise Refused(what)


def no_twice(pairs):
    """An object, no key of which stands twice."""
    keys = [key for key, _ in pairs]
    need(len(set(keys)) == len(keys), f"a key twice: {keys}")
    return dict(pairs)


def number(text):
    """Exactly, as it is written."""
    return fractions.Fraction(text)


def read_json(data):
    return json.loads(data.decode("utf-8"), object_pairs_hook=no_twice, parse_float=number, parse_int=number)


def is_number(value):
    return isinstance(value, fractions.Fraction)


# --- Gradescope: autograder specifications, "Output format" ------------------------------------------------------

FORMATS = {"text", "html", "simple_format", "md", "ansi"}
VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}
GRADESCOPE = {
    "score": is_number,
    "execution_time": is_number,
    "output": lambda value: isinstance(value, str),
    "output_format": FORMATS.__contains__,
    "test_output_format": FORMATS.__contains__,
    "test_name_format": FORMATS.__contains__,
    "visibility": VISIBILITIES.__contains__,
    "stdout_visibility": VISIBILITIES.__contains__,
    "extra_data": lambda value: isinstance(value, dict),
    "tests": lambda value: isinstance(value, list),
}
GRADESCOPE_TEST = {
    "score": is_number,
    "max_score": is_number,
    "status": {"passed", "failed"}.__contains__,
    "name": lambda value: isinstance(value, str),
    "name_format": FORMATS.__contains__,
    "number": lambda value: isinstance(value, str),
    "output": lambda value: isinstance(value, str),
    "output_format": FORMATS.__contains__,
    "tags": lambda value: all(isinstance(one, str) for one in value),
    "visibility": VISIBILITIES.__contains__,
    "extra_data": lambda value: isinstance(value, dict),
}


def check_fields(value, fields, where):
    for key, one in value.items():
        need(key in fields, f"{where}: no field {key}")
        need(fields[key](one), f"{where}: {key}: {one!r}")


def gradescope(data):
    result = read_json(data)
    check_fields(result, GRADESCOPE, "results.json")
    need("score" in result or all("score" in test for test in result["tests"]), "no score")
    # The usual form is HTML: text must say that it is none.
    need(result.get("output_format") == "text", "the output would be taken for HTML")
    for test in result["tests"]:
        check_fields(test, GRADESCOPE_TEST, test.get("name"))
        need(test["score"] <= test["max_score"], "more than the maximum")
        need("\r" not in test["output"], "a carriage return")
    tests = [{"name": test["name"], "points": test["score"], "max": test["max_score"], "text": test["output"],
              "passed": test.get("status") == "passed", "visibility": test.get("visibility", "visible")}
             for test in result["tests"]]
    return {"score": result["score"], "max": sum(test["max"] for test in tests), "tests": tests, "all": result}


# --- Classroom 50: the `result.json` contract --------------------------------------------------------------------


def is_whole(value):
    return is_number(value) and value.denominator == 1 and value >= 0


def classroom50(data):
    # Its readers take no fraction, and no truth value for a number; "1.0" is a fraction to them.
    result = json.loads(data.decode("utf-8"), object_pairs_hook=no_twice, parse_float=lambda text: text,
                        parse_int=number)
    need(result["schema"] == "classroom50/result/v1", "another schema")
    for key in ("classroom", "assignment", "submission", "commit", "release", "review", "datetime"):
        need(isinstance(result.get(key), str) and result[key], f"{key}: {result.get(key)!r}")
    need(result["submission"].startswith("submit/"), result["submission"])
    for key in ("datetime", "graded_at"):
        need(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", result[key]), f"{key}: {result[key]}")
    for one in [result, *result["tests"]]:
        need(is_whole(one["score"]) and is_whole(one["max-score"]), f"no whole numbers: {one}")
        need(one["score"] <= one["max-score"], f"more than the maximum: {one}")
    tests = []
    for test in result["tests"]:
        need(isinstance(test["test-name"], str) and test["test-name"], "a test without a name")
        need(isinstance(test["passed"], bool), f"passed: {test['passed']!r}")
        tests.append({"name": test["test-name"], "points": test["score"], "max": test["max-score"],
                      "passed": test["passed"], "text": test.get("message", "")})
    # "Sum of test scores / max-scores."
    need(sum(test["points"] for test in tests) == result["score"], "the scores do not add up")
    need(sum(test["max"] for test in tests) == result["max-score"], "the maxima do not add up")
    need(len(data) <= 10 << 20, "more than 10 MiB")
    return {"score": result["score"], "max": result["max-score"], "tests": tests, "all": result}


# --- PrairieLearn: external grading, "Grading results" -----------------------------------------------------------


def prairielearn(data):
    need(len(data) <= 1_000_000, f"{len(data)} bytes, more than 1 MB")
    result = read_json(data)
    need(isinstance(result["gradable"], bool), "gradable")
    if not result["gradable"]:
        need(result["format_errors"] and all(isinstance(one, str) for one in result["format_errors"]),
             "not gradable, and no word on it")
    need(is_number(result["score"]) and 0 <= result["score"] <= 1, f"score: {result['score']}")
    for test in result["tests"]:  # on all, or they are shown for none
        need(is_number(test["points"]) and is_number(test["max_points"]), f"points: {test}")
    tests = [{"name": test["name"], "points": test["points"], "max": test["max_points"],
              "passed": test["message"] == "passed", "text": test.get("output", "")} for test in result["tests"]]
    score, most = sum(test["points"] for test in tests), sum(test["max"] for test in tests)
    # Nine decimals of the part give the points back, to the thousandth.
    need(abs(result["score"] * most - score) < fractions.Fraction(1, 2000), "the score is not the points' part")
    return {"score": score, "max": most, "tests": tests, "all": result}


# --- Autolab: the guide for lab authors; "Formatted feedback" ----------------------------------------------------


def autolab(data):
    lines = data.decode("utf-8").rstrip().splitlines(keepends=True)
    need(lines, "no output")
    # Before the last line is read, every word before a colon gets quotes: within texts too.
    scores = read_json(re.sub(r"([a-zA-Z0-9]+):", r'"\1":', lines[-1]).encode())["scores"]
    need(scores and all(is_number(score) for score in scores.values()), f"scores: {scores}")
    shown = read_json(lines[-2].encode())
    need(re.sub(r"([a-zA-Z0-9]+):", r'"\1":', lines[-2]) == lines[-2], "a word before a colon")
    need(shown["_presentation"] == "semantic", "not formatted")
    tests = []
    for stage in shown["stages"]:
        for name, test in shown[stage].items():
            need(isinstance(test["passed"], bool), f"{name}: {test}")
            if stage != "build":
                tests.append({"name": name, "passed": test["passed"], "text": test.get("hint", "")})
    return {"score": sum(scores.values()), "problems": list(scores), "tests": tests, "all": shown}


# --- CodeGrade: the messages of AutoTest v2, as its pytest reporter sends them -----------------------------------


def codegrade(data):
    need(len(data) <= 250_000, f"{len(data)} bytes: dropped without a word")
    messages = [read_json(line) for line in data.splitlines()]
    need([message["tag"] for message in messages] == ["unit-test", "points"], "other messages")
    tests = []
    for suite in messages[0]["results"]:
        need(suite["id"] and suite["name"], "a suite without a name")
        for case in suite["testCases"]:
            need(case["status"] in ("success", "failure", "skipped"), case["status"])
            tests.append({"name": case["name"], "max": number(case["weight"]), "passed": case["status"] == "success",
                          "text": case.get("reason", "")})
            tests[-1]["points"] = tests[-1]["max"] if tests[-1]["passed"] else number(0)
    part = number(messages[1]["points"])
    need(0 <= part <= 1, f"points: {part}")
    most = sum(test["max"] for test in tests)
    return {"score": part * most, "max": most, "tests": tests, "all": messages}


# --- Moodle's VPL: the last line of the form is the grade; blocks and lines are comments -------------------------


def vpl(data):
    text = data.decode("utf-8")
    grade, comments, inside = None, [], False
    for line in text.split("\n"):
        line = line.rstrip()
        if line.startswith("Grade :=>>"):
            grade = line[len("Grade :=>>"):].strip()
        if inside and line.strip() == "--|>":
            inside = False
        elif inside:
            comments.append(line)
        elif line.startswith("Comment :=>>"):
            comments.append(line[len("Comment :=>>"):])
        elif line.strip() == "<|--":
            inside = True
    need(not inside, "a block that does not end")
    need(len(re.findall(r"(?m)^Grade :=>>", text)) == 1, "more than one grade")
    need(re.fullmatch(r"\d+(\.\d+)?", grade or ""), f"grade: {grade}")
    tests = []
    for line in comments:
        if line.startswith("-"):
            tests.append({"title": line[1:], "text": ""})
        else:
            need(line.startswith(">"), f"neither a title nor a text: {line!r}")
            tests[-1]["text"] += ("\n" if tests[-1]["text"] else "") + line[1:]
    for test in tests[1:]:
        found = re.fullmatch(r"(.*): (\w+) ([\d.]+) of ([\d.]+)", test["title"])
        need(found, test["title"])
        test.update(name=found[1], passed=found[2] == "passed", points=number(found[3]), max=number(found[4]))
    return {"score": number(grade), "max": sum(test["max"] for test in tests[1:]), "tests": tests[1:]}


# --- GitHub Actions: commands as the runner takes them from each line of output -----------------------------------

COMMANDS = {"error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "stop-commands", "echo",
            "set-output", "save-state", "add-matcher", "remove-matcher"}


def unescape(text, also):
    for sign, escaped in [("\r", "%0D"), ("\n", "%0A"), *also, ("%", "%25")]:
        text = text.replace(escaped, sign)
    return text


def parse_command(line, stopped):
    """(name, properties, data), or None where the line is output."""
    known = COMMANDS if stopped is None else {stopped}
    line = line.lstrip()
    if line.startswith("::") and "::" in line[2:]:
        head, _, data = line[2:].partition("::")
        name, _, properties = head.partition(" ")
        if name in known:
            pairs = [pair.split("=", 1) for pair in properties.strip().split(",") if "=" in pair]
            return name, {key: unescape(value, [(":", "%3A"), (",", "%2C")]) for key, value in pairs}, unescape(data, [])
    found = re.search(r"##\[([^\]\s]+)[^\]]*\](.*)", line)  # the older form, anywhere in the line
    return (found[1], {}, found[2]) if found and found[1] in known else None


def run_commands(data):
    """What the runner does with a step's output: its commands, less those between stop-commands and its word."""
    stopped, commands = None, []
    for line in data.decode("utf-8").split("\n"):
        command = parse_command(line.rstrip("\r"), stopped)
        if not command:
            continue
        if stopped is not None:
            stopped = None
        elif command[0] == "stop-commands":
            need(len(command[2]) >= 16, "a word that can be guessed")
            stopped = command[2]
        else:
            commands.append(command)
    need(stopped is None, "commands are stopped for good")
    return commands


def github(data):
    commands = run_commands(data)
    need(len(commands) == len(data.decode().splitlines()), "a line that is no command")
    levels = [name for name, _, _ in commands]
    need(set(levels) <= {"error", "warning", "notice"}, f"other commands: {set(levels)}")
    for level in ("error", "warning", "notice"):
        need(levels.count(level) <= 10, f"{levels.count(level)} of {level}: 10 are shown")
    for _, properties, message in commands:
        need(set(properties) <= {"file", "line", "title"}, f"properties: {properties}")
        need(len(properties["title"].encode()) <= 65536 and len(message.encode()) <= 65536, "too long")
    found = re.search(r": ([\d.]+) of ([\d.]+) points", commands[-1][2])
    need(levels[-1] == "notice" and found, "no sum")
    return {"score": number(found[1]), "max": number(found[2]), "commands": commands,
            "tests": [{"text": message} for level, _, message in commands if level != "notice"]}


def github_summary(data):
    need(len(data) <= 1 << 20, f"{len(data)} bytes: the upload fails at 1 MiB")
    text = data.decode("utf-8")
    found = re.match(r"## .*: ([\d.]+) of ([\d.]+) points\n", text)
    need(found, "no sum")
    plain, blocks, fence = [], [], None
    for line in text.split("\n"):
        if fence is None and (begin := re.match(r"(~~~+)text$", line)):
            fence = begin[1]
            blocks.append([])
        elif fence is not None and re.fullmatch(r"~{%d,}\s*" % len(fence), line):
            fence = None
        elif fence is not None:
            blocks[-1].append(line)
        else:
            plain.append(line)
    need(fence is None, "a fence that does not end")
    for line in plain:  # nothing that Markdown would take for more than a sign
        bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", line)
        bare = re.sub(r"^#{2,3} |^\|---\|---\|---\|$|\|", "", bare)
        need(not re.search(r"[<>&`*_\[\]!\\#@]|://|www\.", bare), f"Markdown of its own: {line!r}")
    rows = [re.fullmatch(r"\| (\w+) \| (.*) \| ([\d.]+) of ([\d.]+) \|", line) for line in plain]
    tests = [{"passed": row[1] == "passed", "points": number(row[3]), "max": number(row[4]),
              "name": re.sub(r"\\(.)", r"\1", row[2])} for row in rows if row]
    return {"score": number(found[1]), "max": number(found[2]), "tests": tests,
            "blocks": ["\n".join(block) for block in blocks]}


# --- JUnit, as GitLab reads it -----------------------------------------------------------------------------------


def junit(data):
    """classname is shown as the suite, the element's text as what happened; of two with one name the first stays."""
    need(len(data) <= 30_000_000, f"{len(data)} bytes, more than 30 MB")
    root = xml.etree.ElementTree.fromstring(data)
    need(root.tag == "testsuites" and [suite.tag for suite in root] == ["testsuite"], "no suite in suites")
    suite, tests, names = root[0], [], set()
    for case in suite.findall("testcase"):
        key = (case.get("classname"), case.get("name"))
        need(all(key) and key not in names, f"a second {key}")
        names.add(key)
        need(re.fullmatch(r"\d+\.\d+", case.get("time")), f"time: {case.get('time')}")
        found = [child for child in case if child.tag in ("failure", "error", "skipped")]
        need(len(found) <= 1, "several outcomes")
        if found:
            said, told = (" ".join((one or "").split()) for one in (found[0].get("message"), found[0].text))
            need(said[:1000] in told, "the text has not what the attribute has")
        need("[[" not in "".join(case.itertext()) + "".join(one.get("message", "") for one in found), "an instruction")
        points = {one.get("name"): number(one.get("value")) for one in case.iter("property")}
        tests.append({"name": case.get("name"), "class": case.get("classname"), "passed": not found,
                      "outcome": found[0].tag if found else "passed", "points": points["points"],
                      "max": points["max_points"], "text": found[0].text or "" if found else "",
                      "message": found[0].get("message", "") if found else "", "file": case.get("file"),
                      "line": case.get("line")})
    total = {one.get("name"): number(one.get("value")) for one in suite.find("properties")}
    return {"score": total["score"], "max": total["max_score"], "tests": tests}


def csv_rows(data):
    text = data.decode("utf-8")
    need(not re.search(r"(?<!\r)\n", text), "a line end that is not CRLF")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    for row in rows:
        need(not any(cell and cell[0] in "=+-@\t\r" for cell in row.values()), f"a formula: {row}")
    tests = [{"name": f"{row['role']} {row['case']}: {row['title']}", "points": number(row["points"]),
              "max": number(row["max_points"]), "passed": row["status"] == "passed", "text": row["message"]}
             for row in rows]
    return {"score": sum(test["points"] for test in tests), "max": sum(test["max"] for test in tests), "tests": tests}


def result(data):
    read = read_json(data)
    return {"score": read["score"], "max": read["max_score"]}


READERS = {
    "json": result, "junit": junit, "csv": csv_rows, "github": github, "github-summary": github_summary,
    "classroom50": classroom50, "gradescope": gradescope, "prairielearn": prairielearn, "codegrade": codegrade,
    "autolab": autolab, "vpl": vpl,
}
