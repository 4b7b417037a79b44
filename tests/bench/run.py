#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures what a case costs, side by side with loops that do without sockgrade. docs/measuring.md says what
each line means.

    run.py BUILD [--seconds N] [--json]

Everything is measured in turns, many times over; a line shows medians, and between which ratios the middle half
of the rounds lies.
"""
import argparse
import collections
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
MOST_ROUNDS = 15
MOST_SECONDS = 60  # of one program; none takes that long
LOOPS = 12
NS_PER_MS = 1e6

# (title, the names of two columns, rows); a row: what it is, what is measured, against what.
SECTIONS = [
    ("one case", "sockgrade", "other", [
        ("a bare loop in C", "case", "bare"),
        ("that loop, isolated alike", "case", "isolated"),
        ("a grader in Python", "case", "python"),
        ("processor time: the bare loop", "case.cpu", "bare.cpu"),
        ("processor time: the isolated loop", "case.cpu", "isolated.cpu"),
    ]),
    ("the parts of a case", "sockgrade", "isolated C", [
        ("process, network, end of all", "frame", "isolated.frame"),
        ("files, jail, start of the server", "prepare", "isolated.prepare"),
        ("from its start to its listen()", "listen", "isolated.listen"),
        ("the conversation", "play", "isolated.play"),
    ]),
    ("a round trip with a fault", "with", "without", [
        ("send() stopped, and let go", "let-go", "plain"),
        ("send() made short, so two", "short-send", "plain"),
        ("recv() made short, so two", "short-receive", "plain"),
        ("send() interrupted, so two", "interrupted-send", "plain"),
        ("recv() interrupted, so two", "interrupted-receive", "plain"),
        ("accept() fails, so two [1]", "aborted-accept", "visits"),
        ("one segment of one byte [2]", "piece", "whole"),
    ]),
    ("a server that does not answer", "proof", "deadline", [
        ("it waits, proven by its state", "quiet", "deadline"),
        ("proven, played again, explained", "stall", "deadline"),
    ]),
    ("one of many cases", "two jobs", "one job", [
        ("two at a time", "two jobs", "one job"),
    ]),
]
NOTES = """
[1] with a connection for each round trip
[2] of 32; without: all 32 in one segment
"""


Took = collections.namedtuple("Took", "wall_ns cpu_ns")


def processor_ns():
    """The processor time of all programs that have ended, and of what they have reaped."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return round((usage.ru_utime + usage.ru_stime) * 1e9)


class Bench:
    """The programs, and a folder for what they need."""

    def __init__(self, build, scratch):
        self.sockgrade = build / "sockgrade"
        self.loop = build / "tests/bench/bench_loop"
        self.folder = scratch
        self.processors = sorted(os.sched_getaffinity(0))
        self.echo = self.submission("echo", build / "reference/echo/server", "")
        mute = build / "tests/bench/bench_mute"
        self.mute = self.submission("mute", mute, "")
        self.timed = self.submission("timed", mute, " timed")
        (scratch / "mount").mkdir()

    def submission(self, name, server, argument):
        folder = self.folder / name
        folder.mkdir()
        shutil.copy(server, folder / "server")
        (folder / "submission.yaml").write_text(f"server: ./server $host $port{argument}\n")
        return folder

    def run(self, *words, alone=True):
        """What it printed, as JSON, and how long it took; *alone*: all of it on one processor."""
        os.sched_setaffinity(0, self.processors[-1:] if alone else self.processors)
        before, begun = processor_ns(), time.monotonic_ns()
        done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, timeout=MOST_SECONDS,
                              check=False)
        took = Took(time.monotonic_ns() - begun, processor_ns() - before)
        if done.returncode not in (0, 1) or not done.stdout:
            raise RuntimeError(f"{' '.join(map(str, words))}: status {done.returncode}")
        return json.loads(done.stdout), took

    def check(self, folder, spec, *options, failing=(), jobs=1, alone=None):
        """The cases by their ids, and how long all of it took."""
        result, took = self.run(self.sockgrade, "check", folder, "--spec", HERE / f"{spec}.yaml", "--jobs", jobs,
                          "--format", "json", *options, alone=jobs == 1 if alone is None else alone)
        for case in result["cases"]:
            wanted = "failed" if case["id"] in failing else "passed"
            if case["status"] != wanted:
                sys.exit(f"{spec}: {case['id']}: {case['status']}: "
                         f"{case.get('reason') or case.get('diagnosis')}")
        return {case["id"]: case for case in result["cases"]}, took


def parts(case):
    """The parts of a case, from the moments in its transcript, in nanoseconds."""
    at = {event["event"]: event["at_ms"] for event in case["transcript"]}
    return {"prepare": at["start"] * NS_PER_MS,
            "listen": (at["listen"] - at["start"]) * NS_PER_MS,
            "play": (case["duration_ms"] - at["listen"]) * NS_PER_MS}


def slope(many, one, cases):
    """What each case takes beyond the first."""
    return Took(*((longer - shorter) / (len(cases) - 1) for longer, shorter in zip(many, one)))


def measure_cases(bench):
    cases, many = bench.check(bench.echo, "equal")
    _, one = bench.check(bench.echo, "equal", "--case", "equal[1]")
    all_parts = [parts(case) for case in cases.values()]
    measures = {name: statistics.median(each[name] for each in all_parts) for name in all_parts[0]}
    measures["case"], measures["case.cpu"] = slope(many, one, cases)
    measures["frame"] = measures["case"] - sum(measures[name] for name in ("prepare", "listen", "play"))
    bare, took = bench.run(bench.loop, "bare", LOOPS, bench.echo)
    python, _ = bench.run(sys.executable, HERE / "grader.py", 4, bench.echo / "server")
    return {"bare": bare["whole"], "bare.cpu": took.cpu_ns / LOOPS, "python": python["whole"], **measures}


def measure_isolated(bench):
    loop, took = bench.run(bench.loop, "isolated", LOOPS, bench.echo, bench.folder / "mount")
    frame = loop["whole"] - loop["prepare"] - loop["listen"] - loop["play"]
    return {"isolated": loop["whole"], "isolated.cpu": took.cpu_ns / LOOPS, "isolated.frame": frame,
            **{f"isolated.{name}": loop[name] for name in ("prepare", "listen", "play")}}


def measure_jobs(bench):
    if len(bench.processors) < 2:
        raise RuntimeError("there is one processor only")
    cases, two = bench.check(bench.echo, "equal", jobs=2)
    _, first = bench.check(bench.echo, "equal", "--case", "equal[1]", jobs=2)
    _, one = bench.check(bench.echo, "equal", alone=False)
    return {"two jobs": slope(two, first, cases).wall_ns, "one job": slope(one, first, cases).wall_ns}


def measure_faults(bench):
    """The round trips beyond the first."""
    cases, _ = bench.check(bench.echo, "faults")
    ids = [id_.removesuffix("[1]") for id_ in cases if id_.endswith("[1]")]
    measures = {}
    for name in ids:
        times, many = next((int(id_[len(name) + 1:-1]), case) for id_, case in cases.items()
                           if id_.startswith(f"{name}[") and not id_.endswith("[1]"))
        longer_ms = many["duration_ms"] - cases[f"{name}[1]"]["duration_ms"]
        measures[name] = longer_ms * NS_PER_MS / (times - 1)
    measures["piece"] = measures["pieces"] / 32
    return measures


def verdict_ns(case):
    """How long it took from the message to the verdict."""
    sent = next(event["at_ms"] for event in case["transcript"] if event["event"] == "data")
    return (case["duration_ms"] - sent) * NS_PER_MS


def measure_stall(bench):
    cases, _ = bench.check(bench.mute, "stall", failing=["answered"])
    timed, _ = bench.check(bench.timed, "stall", "--case", "answered", failing=["answered"])
    return {"quiet": verdict_ns(cases["quiet"]), "stall": verdict_ns(cases["answered"]),
            "deadline": verdict_ns(timed["answered"])}


def measure(bench, seconds):
    """Rounds of all measures, each a map, until the time is over; what cannot be had here is left out."""
    steps = [measure_cases, measure_isolated, measure_faults, measure_stall, measure_jobs]
    rounds, begun = [], time.monotonic()
    while len(rounds) < MOST_ROUNDS:
        measures, started = {}, time.monotonic()
        for step in list(steps):
            try:
                measures.update(step(bench))
            except RuntimeError as error:
                print(f"not measured: {error}", file=sys.stderr)
                steps.remove(step)
        rounds.append(measures)
        now = time.monotonic()
        if now - begun + (now - started) > seconds:
            break
    return rounds


def figure(rounds, ours, other):
    ratios = sorted(each[ours] / each[other] for each in rounds)
    quarter = len(ratios) // 4
    return {"ours_ns": round(statistics.median(each[ours] for each in rounds)),
            "other_ns": round(statistics.median(each[other] for each in rounds)),
            "ratio": statistics.median(ratios),
            "from": ratios[quarter], "to": ratios[-1 - quarter]}


def show_time(nanoseconds):
    for unit, size in ("s", 1e9), ("ms", 1e6):
        if abs(nanoseconds) >= size:
            return f"{nanoseconds / size:.2f} {unit}"
    return f"{nanoseconds / 1e3:.0f} us"


def show_ratio(ratio):
    return f"{ratio:.1f}" if ratio >= 10 else f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.4f}"


def print_table(rounds):
    for title, ours_title, other_title, rows in SECTIONS:
        print(f"\n{title:36}{ours_title:>11}{other_title:>11}  ratio  half of them")
        for name, ours, other in rows:
            if ours not in rounds[-1] or other not in rounds[-1]:
                continue
            row = figure(rounds, ours, other)
            print(f"  {name:34}{show_time(row['ours_ns']):>11}{show_time(row['other_ns']):>11}"
                  f"{show_ratio(row['ratio']):>7}  {show_ratio(row['from'])} .. {show_ratio(row['to'])}")
    print(NOTES, end="")


def print_json(rounds):
    print(json.dumps([{"name": name, **figure(rounds, ours, other)}
                      for *_, rows in SECTIONS for name, ours, other in rows
                      if ours in rounds[-1] and other in rounds[-1]], indent=1))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        scratch.chmod(0o755)  # the jail's user must reach it
        rounds = measure(Bench(options.build.resolve(), scratch), options.seconds)
    if options.json:
        print_json(rounds)
        return
    print(f"{len(rounds)} rounds; the load at the start was {load:.1f}")
    print_table(rounds)


if __name__ == "__main__":
    main()
