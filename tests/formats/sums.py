# SPDX-License-Identifier: MIT
"""200 generated results, with halves and thirds of points: every format has the same sum.

    sums.py SOCKGRADE RENDER
"""
import random
import re

import made
import rules

RUNS = 200
# Thousandths: wholes, halves, thirds and what two of them are, and nothing.
POINTS = [1000, 2000, 10000, 500, 1500, 2500, 333, 334, 667, 666, 3333, 1667, 125, 1, 0]


def generate(seed):
    chance = random.Random(seed)
    cases = []
    for number in range(chance.randint(0, 24)):
        status = chance.choices(["passed", "failed", "skipped", "inconclusive", "error"], [8, 5, 2, 1, 1])[0]
        one = made.case(number, status, chance.choice(POINTS), chance.choice(["server", "client"]))
        if status == "skipped":
            one["charged"] = chance.random() < 0.7
        cases.append(one)
    return cases


class Sums(made.MadeTest):
    def sums(self, seed):
        """What each format says of the run of this seed: {format: (score, maximum or None)}."""
        cases = generate(seed)
        reports = self.render_all(made.result(cases))
        said = {}
        for name, report in reports.items():
            if name == "tap":
                found = re.search(r"(?m)^# .*: ([\d.]+) of ([\d.]+) points", report.decode())
                said[name] = rules.number(found[1]), rules.number(found[2])
            elif name == "ctrf":
                extra = rules.read_json(report)["results"]["summary"]["extra"]
                said[name] = extra["score"], extra["max_score"]
            else:
                seen = rules.READERS[name](report)
                said[name] = seen["score"], seen.get("max")
        return cases, said

    def test_every_format_has_the_same_sum(self):
        whole = 0
        for seed in range(RUNS):
            cases, said = self.sums(seed)
            score, most = made.thousandths(cases, "points"), made.thousandths(cases, "max_points")
            exact = rules.number(score) / 1000, rules.number(most) / 1000
            whole += exact[0].denominator == 1
            for name, (said_score, said_most) in said.items():
                with self.subTest(seed=seed, format=name):
                    if name == "classroom50":  # rounded once, half a point up
                        self.assertEqual((said_score, said_most), ((score + 500) // 1000, (most + 500) // 1000))
                    elif name == "codegrade":
                        # It knows the part that was had, and weights: 0 where there was nothing to be had.
                        self.assertEqual((said_score, said_most), exact)
                    else:
                        self.assertEqual((said_score, exact[1] if said_most is None else said_most), exact)
        self.assertTrue(0 < whole < RUNS, "no run with a fraction, or none without")

    def test_whole_points_stay_as_they_are(self):
        for seed in range(20):
            chance = random.Random(seed)
            cases = [made.case(number, chance.choice(["passed", "failed"]), 1000 * chance.randint(0, 5))
                     for number in range(12)]
            seen = rules.classroom50(self.render("classroom50", self.write(made.result(cases))))
            self.assertEqual([(test["points"], test["max"]) for test in seen["tests"]],
                             [(one["points"], one["max_points"]) for one in cases])


if __name__ == "__main__":
    made.main()
