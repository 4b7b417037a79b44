# SPDX-License-Identifier: MIT
"""The poster is killed at random moments against a site that fails at random: in the end each result is there, once.

    killed.py SOCKGRADE [RUNS [FIRST]]      20 runs, numbered from 0; the number is what all chance comes from

A run is one target, one copy of the class's database, and one site. sockgrade, or the process that posts for it, is
killed after some time, or at a moment of a request: before it takes effect, after it, in the middle of the answer. That
is done up to six times, with the site failing all the while; then sockgrade may end, as often as it takes.
"""
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

import classroom
import posting
import sites
import ways

MOST_ENDINGS = 40
# The check run waits a second between two writes, as GitHub asks: it is drawn less often.
WEIGHTS = {"webhook": 4, "canvas": 6, "moodle": 3, "lti": 4, "github-check": 1}


def poster_of(pid):
    """The process that posts, or None. By its name: a sanitizer that looks for leaks at the end is a child too, and
    without it sockgrade would wait for ever."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            children = [int(word) for word in file.read().split()]
        for child in children:
            with open(f"/proc/{child}/comm", encoding="ascii") as file:
                if file.read() == "sockgrade-post\n":
                    return child
    except OSError:
        pass
    return None


class Run:
    def __init__(self, number, folder):
        self.number, self.random = number, random.Random(number)
        rows = ways.rows(folder)
        self.way = self.random.choices(rows, [WEIGHTS[row.target] for row in rows])[0]
        self.db = classroom.database(os.path.join(folder, f"{number}.db"))
        if self.way.target == "github-check":
            classroom.fail_at_lines(self.db, "4712", 110)  # three requests
        self.submissions = {name: (points / 1000, most / 1000) for name, points, most in
                            classroom.query(self.db, "SELECT id, points, max_points FROM submission")}
        self.failing = self.random.choice([0.1, 0.3, 0.5])
        self.kill_at = None  # (moment, how many requests from now, whom)
        self.process = None
        self.kills = self.faults = 0

    def fault(self, request):
        del request
        if self.random.random() >= self.failing:
            return None
        self.faults += 1
        return self.random.choice(list(sites.FAULTS))

    def at(self, moment):
        if not self.kill_at or self.kill_at[0] != moment:
            return
        self.kill_at = (moment, self.kill_at[1] - 1, self.kill_at[2])
        if self.kill_at[1] < 0:
            self.kill(self.kill_at[2])
            self.kill_at = None

    def kill(self, whom):
        pid = self.process.pid if whom == "sockgrade" else poster_of(self.process.pid)
        if pid and self.process.poll() is None:
            try:
                os.kill(pid, signal.SIGKILL)
                self.kills += 1
            except ProcessLookupError:
                pass

    def start(self, site):
        environment = {"PATH": os.environ["PATH"], "SOCKGRADE_POST_FIRST_WAIT": "10ms",
                       "SOCKGRADE_POST_DEADLINE": "10s", **self.way.settings(site)}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TMPDIR"):
            if name in os.environ:
                environment[name] = os.environ[name]
        self.process = subprocess.Popen([posting.program, "post", self.way.target, self.db], env=environment,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def end(self):
        out, err = self.process.communicate(timeout=posting.SECONDS)
        return self.process.returncode, (out + err).decode()

    def let_die(self, site):
        whom = self.random.choice(["sockgrade", "sockgrade", "poster"])
        by_time = self.random.random() < 0.4
        if not by_time:
            moment = self.random.choice([sites.BEFORE, sites.AFTER, sites.MIDDLE])
            self.kill_at = (moment, self.random.randrange(4), whom)
        self.start(site)
        if by_time:
            time.sleep(self.random.random() ** 2 * 0.3)
            self.kill(whom)
        self.end()
        self.kill_at = None

    def play(self):
        with self.way.make(faults=self.fault, at=self.at) as site:
            for _ in range(self.random.randrange(1, 7)):
                self.let_die(site)
            said = []
            for _ in range(MOST_ENDINGS):
                self.start(site)
                status, text = self.end()
                said.append(text)
                if status == 0:
                    break
            else:
                raise AssertionError("it does not end:\n" + "".join(said[-3:]))
            there = self.way.there(site, self.submissions)
            assert there == self.submissions, f"{there} is not {self.submissions}"
            seen = len(site.seen)
            self.start(site)
            status, text = self.end()
            assert (status, len(site.seen)) == (0, seen), f"what had arrived was sent again: {text}"
        assert set(classroom.outbox(self.db).values()) == {"arrived"}
        assert not os.path.exists(self.db + "-posting")
        os.unlink(self.db)


def main():
    posting.program = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    failed = kills = faults = 0
    targets = {}
    with tempfile.TemporaryDirectory(prefix="sockgrade-killed-") as folder:
        for number in range(first, first + count):
            run = Run(number, folder)
            try:
                run.play()
            except AssertionError as wrong:
                failed += 1
                print(f"run {number} ({run.way.target}): {wrong}", file=sys.stderr)
            kills, faults = kills + run.kills, faults + run.faults
            targets[run.way.target] = targets.get(run.way.target, 0) + 1
    print(f"{count} runs, {failed} wrong; {kills} kills, {faults} faults; {targets}")
    # With few runs there may be few of either; with none at all nothing was shown.
    sys.exit(1 if failed or not kills or not faults else 0)


if __name__ == "__main__":
    main()
