# SPDX-License-Identifier: Apache-2.0
# Rows: D-07, D-09.
"""`classifications`, `relationships` and `sets`: what there is of one kind, now or at a moment."""

import contract_test
from contract_test import CLASSIFICATION, RELATIONSHIP, SET
from program import Interview, command, item_id

KARI, OLA, PERSON, FILES, JOB, AGE = (item_id(n) for n in range(0xD1, 0xD7))
KNOWS, LINK, OTHER_LINK, PICKED = (item_id(n) for n in range(0xD7, 0xDB))


class Views(Interview):
    def change(self, action, **body):
        return command(action, body, "anna", "latest")

    def lines(self, name, shape, *words):
        lines = self.good(self.qualog(name, "Gym", *words)).lines()
        for line in lines:
            self.assertIsNone(contract_test.misfit(line, shape), line)
        return lines

    def cases(self):
        self.apply(*(command("code.created", {"id": number, "name": name, "kind": "case"})
                     for number, name in ((KARI, "Kari"), (OLA, "Ola"))))

    def classify(self):
        self.cases()
        self.apply(
            self.change("classification.created", id=PERSON, name="Person", description="Who"),
            self.change("classification.created", id=FILES, name="Files", kind="source"),
            self.change("attribute.created", id=JOB, classification=PERSON, name="Job"),
            self.change("attribute.created", id=AGE, classification=PERSON, name="Age",
                        type="integer", default_value="18"),
            *(self.change("attrvalue.created", id=item_id(n), attribute=JOB, name=name)
              for n, name in ((0x20, "nurse"), (0x1F, "doctor"))),
            *(self.change("item.classified", item=item, classification=PERSON)
              for item in (KARI, OLA)))

    def test_D_07_classifications_with_attributes_and_values(self):
        self.classify()
        files, person = self.lines("classifications", CLASSIFICATION)
        self.assertEqual((files["name"], files["of"], files["items"], files["attributes"]),
                         ("Files", "source", 0, []))
        self.assertEqual((person["of"], person["items"], person["description"]), ("case", 2, "Who"))
        job, age = person["attributes"]
        self.assertEqual((job["name"], job["type"], job["values"]),
                         ("Job", "text", ["nurse", "doctor"]))
        self.assertEqual((age["type"], age["default_value"], age["values"]),
                         ("integer", "18", []))
        self.apply(self.change("attribute.reordered", classification=PERSON, order=[AGE, JOB]),
                   self.change("attrvalue.merged", **{"from": item_id(0x20),
                                                      "into": item_id(0x1F)}))
        ordered = self.lines("classifications", CLASSIFICATION)[1]["attributes"]
        self.assertEqual([(one["name"], one["values"]) for one in ordered],
                         [("Age", []), ("Job", ["doctor"])])
        self.assertIn("doctor", self.good(self.text("classifications", "Gym")).out)

    def test_D_07_what_was_merged_counts_for_the_other(self):
        self.classify()
        site = item_id(0xDC)
        self.apply(self.change("classification.created", id=site, name="Site"),
                   self.change("classification.merged", **{"from": PERSON, "into": site}))
        of_cases = [line for line in self.lines("classifications", CLASSIFICATION)
                    if line["of"] == "case"]
        self.assertEqual([(line["name"], line["items"], len(line["attributes"]))
                          for line in of_cases], [("Site", 2, 2)])

    def test_D_09_relationships(self):
        self.cases()
        self.apply(
            self.change("reltype.created", id=KNOWS, name="knows", direction="one_way"),
            self.change("relationship.created", id=LINK, reltype=KNOWS, description="from school",
                        **{"from": KARI, "to": OLA}),
            self.change("relationship.created", id=OTHER_LINK,
                        **{"from": self.SOURCE, "to": self.CODE}),
            self.change("coding.added", id=item_id(9), code=LINK, source=self.SOURCE, begin=0,
                        end=6))
        plain, knows = self.lines("relationships", RELATIONSHIP)
        self.assertEqual((knows["type"], knows["direction"], knows["from_name"], knows["to_name"],
                          knows["from_type"], knows["description"], knows["codings"]),
                         ("knows", "one_way", "Kari", "Ola", "case", "from school", 1))
        self.assertEqual((plain["type"], plain["direction"], plain["from_name"], plain["to_type"]),
                         (None, "associative", "Interview 1", "code"))
        self.good(self.qualog("milestone", "set", "Gym", "Then"))
        self.apply(self.change("code.deleted", code=OLA))
        self.assertEqual(self.lines("relationships", RELATIONSHIP), [plain])
        self.assertEqual(self.lines("relationships", RELATIONSHIP, "--at", "Then"),
                         [plain, knows])

    def test_sets_in_their_order(self):
        self.cases()
        self.apply(
            self.change("set.created", id=PICKED, name="Picked", description="For Friday"),
            *(self.change("set.member_added", set=PICKED, item=item)
              for item in (self.SOURCE, OLA, KARI)),
            self.coding(4, "bo"), self.change("set.member_added", set=PICKED, item=item_id(4)),
            self.change("set.member_removed", set=PICKED, item=OLA))
        line, = self.lines("sets", SET)
        self.assertEqual((line["name"], line["description"]), ("Picked", "For Friday"))
        self.assertEqual([(one["item_type"], one["item_name"]) for one in line["members"]],
                         [("source", "Interview 1"), ("case", "Kari"), ("coding", "Stress")])
        self.apply(self.change("set.ordered", set=PICKED, order=[KARI, self.SOURCE]),
                   self.change("set.member_added", set=PICKED, item=OLA))
        line, = self.lines("sets", SET)
        self.assertEqual([one["item_name"] for one in line["members"]],
                         ["Kari", "Interview 1", "Stress", "Ola"])
        self.apply(self.change("set.deleted", set=PICKED))
        self.assertEqual(self.lines("sets", SET), [])
        self.assertIn("Set", self.good(self.text("sets", "Gym", "--csv")).out)
