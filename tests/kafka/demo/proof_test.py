# SPDX-License-Identifier: Apache-2.0
"""What the demonstration proves would be noticed if it were not so."""

import unittest

import proof


def event(command, sequence):
    return {"command_id": command, "sequence": sequence}


class Proof(unittest.TestCase):
    SENT = {"a", "b"}
    EVENTS = [event("a", 1), event("other", 2), event("other", 3), event("b", 4)]

    def test_what_holds_is_found_to_hold(self):
        self.assertEqual(proof.wrong({"a": 1, "b": 4}, self.SENT, self.EVENTS), [])

    def test_control_what_is_broken_is_found(self):
        for events, word in ((self.EVENTS[:3], "lost"), (self.EVENTS + [event("b", 5)], "doubled"),
                             ([event("a", 1), event("b", 6)], "moved")):
            found = proof.wrong({"a": 1, "b": 4}, self.SENT, events)
            self.assertEqual([line.split(":")[0] for line in found], [word])
        found = proof.wrong({"a": 1}, self.SENT, self.EVENTS)
        self.assertEqual(found, ["never acknowledged: b"])

    def test_rows_are_counted_once_and_put_in_order(self):
        rows = [{"project_id": "p", "seq": seq, "n": n} for n, seq in enumerate((1, 2, 1, 3, 2))]
        self.assertEqual([row["n"] for row in proof.counted_once(rows)], [0, 1, 3])


if __name__ == "__main__":
    unittest.main()
