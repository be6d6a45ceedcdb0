# SPDX-License-Identifier: Apache-2.0
"""`diff A..B`: what was added, changed and removed, whoever did it in however many steps."""

from program import NOT_FOUND, USAGE, Interview, command, item_id


class Diff(Interview):
    def setUp(self):
        super().setUp()
        self.begin = self.head()

    def diff(self, *steps):
        """Since the beginning, behind these commands: change, type, name, what, before, after."""
        if steps:
            self.apply(*steps)
        lines = self.good(self.qualog("diff", "Gym", f"{self.begin}..")).lines()
        return [(line["change"], line["item_type"], line["item_name"], line["what"],
                 line["before"], line["after"]) for line in lines]

    def props(self, actor="anna", **changed):
        return command("code.props_changed", {"code": self.CODE, **changed}, actor, "latest")

    def test_nothing(self):
        self.assertEqual(self.diff(), [])

    def test_what_was_added_changed_and_removed(self):
        self.apply(self.coding(1, "bo"), self.note())
        self.begin = self.head()
        lines = self.diff(
            command("code.created", {"id": item_id(5), "name": "Calm"}),
            self.props(name="Strain"),
            command("annotation.deleted", {"annotation": self.NOTE}, "anna", "latest"))
        self.assertEqual([line[:2] for line in lines],
                         [("added", "code"), ("changed", "code"), ("removed", "annotation")])
        self.assertEqual(lines[1][2:], ("Strain", "name", "Stress", "Strain"))

    def test_many_steps_are_one_change_and_there_and_back_is_none(self):
        self.assertEqual(
            self.diff(self.props(name="A"), self.props("bo", name="B")),
            [("changed", "code", "B", "name", "Stress", "B")])
        self.assertEqual(self.diff(self.props(name="Stress")), [])

    def test_what_came_and_went_is_not_in_it(self):
        self.assertEqual(
            self.diff(command("code.created", {"id": item_id(5), "name": "Calm"}),
                      command("code.deleted", {"code": item_id(5)}, "anna", "latest")), [])

    def test_what_was_merged_away_says_into_what(self):
        self.apply(command("code.created", {"id": item_id(5), "name": "Calm"}))
        self.begin = self.head()
        self.assertEqual(
            self.diff(command("code.merged", {"from": [item_id(5)], "into": self.CODE}, "anna",
                              "latest")),
            [("removed", "code", "Calm", "merged into", None, "Stress")])

    def test_who_and_backwards(self):
        self.apply(self.props("bo", name="A"), self.props("cy", color="#ff0000"))
        lines = self.good(self.qualog("diff", "Gym", f"{self.begin}..{self.head()}")).lines()
        self.assertEqual({line["what"] for line in lines}, {"name", "color"})
        self.assertEqual(lines[0]["by"], ["bo", "cy"])
        self.assert_error(self.qualog("diff", "Gym", "5..2"), USAGE)
        self.assert_error(self.qualog("diff", "Gym", "5"), USAGE)
        self.assert_error(self.qualog("diff", "Gym", "1..999"), NOT_FOUND)

    def test_the_whole_life(self):
        lines = self.good(self.qualog("diff", "Gym", "..")).lines()
        self.assertEqual({line["change"] for line in lines}, {"added"})
        self.assertIn("Stress", [line["item_name"] for line in lines])
        self.assertIn("added", self.good(self.text("diff", "Gym", "..")).out)
