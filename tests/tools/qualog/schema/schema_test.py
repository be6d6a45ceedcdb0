# SPDX-License-Identifier: Apache-2.0
"""`qualog schema`: every action that is served has fields and a line that works as it stands, in a
project just made, behind the lines that are printed with it."""

import json

from program import PARTLY, USAGE, ProjectTest


class Schema(ProjectTest):
    def actions(self, served):
        return [line["action"] for line in self.good(self.qualog("schema")).lines()
                if line["served"] is served]

    def test_every_example_works(self):
        by_program = []
        for action in self.actions(served=True):
            described = self.good(self.qualog("schema", action)).line()
            if described["example"] is None:
                by_program.append(action)
                self.assertTrue(described["made_by"])
                continue
            self.good(self.qualog("project", "create", action))
            lines = described["before"] + [described["example"]]
            given = "".join(json.dumps(line) + "\n" for line in lines)
            ended = self.qualog("apply", action, given=given)
            with self.subTest(action=action):
                results = [(answer["result"], answer.get("noop")) for answer in ended.lines()]
                self.assertEqual(results, [("accepted", False)] * len(lines), ended.out)
                example = described["example"]
                tried = [part["action"] for part in example.get("actions", [example])]
                self.assertIn(action, tried)
        self.assertEqual(by_program, ["project.created", "project.forked", "admin.owner_added",
                                      "source.imported", "media.embedded"])

    def test_the_lines_before_an_example_are_needed(self):
        """The control: without them the example of an action that stands on others is refused."""
        described = self.qualog("schema", "coding.added").line()
        given = json.dumps(described["example"]) + "\n"
        self.assertEqual(self.qualog("apply", "Gym", given=given).code, PARTLY)

    def test_fields_say_type_and_need(self):
        fields = {field["name"]: field
                  for field in self.qualog("schema", "coding.added").line()["fields"]}
        self.assertEqual((fields["code"]["type"], fields["code"]["must"]), ("id (UUID)", True))
        self.assertEqual((fields["begin"]["type"], fields["begin"]["must"]),
                         ("whole number", False))
        self.assertTrue(fields["piece_of"]["computed"])
        self.assertIn("Code points", fields["begin"]["description"])
        self.assertEqual({field["name"] for field in fields["claim"]["fields"]},
                         {"author", "time", "original"})

    def test_choices_are_listed(self):
        fields = {field["name"]: field
                  for field in self.qualog("schema", "member.added").line()["fields"]}
        self.assertEqual(fields["group"]["type"], "none, reader, contributor or owner")

    def test_what_is_not_served_says_so(self):
        self.assertIn("erasure.performed", self.actions(served=False))
        described = self.qualog("schema", "erasure.performed").line()
        self.assertEqual((described["served"], described["example"]), (False, None))
        self.assertIn("Not served", self.text("schema", "erasure.performed").out)

    def test_an_unknown_action(self):
        ended = self.qualog("schema", "coding.aded")
        self.assert_error(ended, USAGE)
        self.assertIn("did you mean coding.added", ended.err)

    def test_for_people(self):
        out = self.text("schema", "coding.added").out
        self.assertIn('"action":"coding.added"', out)
        self.assertIn("Code points, end exclusive", out)
        self.assertIn("coding.added", self.text("schema").out)

    def test_for_people_explanations_are_wrapped_and_never_cut(self):
        for action in ("source.created", "coding.added", "member.added"):
            out = self.good(self.text("schema", action)).out
            self.assertNotIn("…", out)
            table = out.split("\n\n")[1]
            self.assertLessEqual(max(map(len, table.splitlines())), 100)
