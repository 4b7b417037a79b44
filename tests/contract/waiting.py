# SPDX-License-Identifier: MIT
"""How long a server is waited for that has set its waits a time limit, and that none is given up too early."""
import contract

NAPS = """
import select
def after(seconds, times, data):
    for _ in range(times):
        select.select([], [], [], seconds)
    return data
"""
DEADLINE_MS = 10000


class Waiting(contract.ContractTest):
    def answered_after(self, seconds, times):
        """The case in which the server answers after so many naps, and how it ended."""
        folder = self.submission(f"after({seconds}, {times}, data)", NAPS)
        result, _ = self.result(folder, "--role", "server", "--case", "one-message")
        return result["cases"][0]

    def test_rounds_without_an_end_are_not_waited_for_to_the_deadline(self):
        case = self.answered_after(0.3, 10**6)
        self.assertEqual(case["status"], "failed")
        self.assertLess(case["duration_ms"], DEADLINE_MS)

    def test_a_limit_behind_the_deadline_is_not_waited_for(self):
        case = self.answered_after(60, 1)
        self.assertEqual(case["status"], "failed")
        self.assertLess(case["duration_ms"], DEADLINE_MS)

    def test_one_long_nap_is_waited_for(self):
        self.assertEqual(self.answered_after(5, 1)["status"], "passed")

    def test_rounds_that_come_to_an_end_soon_are_waited_for(self):
        self.assertEqual(self.answered_after(0.5, 4)["status"], "passed")


if __name__ == "__main__":
    contract.main()
