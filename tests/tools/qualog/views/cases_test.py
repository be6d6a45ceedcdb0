# SPDX-License-Identifier: Apache-2.0
# Rows: D-06.
"""`cases`: attributes as columns, and `codings --cases`: which case a passage is of."""

import csv
import io

from program import NOT_FOUND, Interview, command, item_id

KARI, OLA, PERSON, SITE = (item_id(n) for n in (0xD1, 0xD2, 0xD3, 0xD4))
AGE, JOB, PLACE, NURSE = (item_id(n) for n in (0xD5, 0xD6, 0xD7, 0xD8))
OTHER = item_id(0xA2)


class Cases(Interview):
    """Kari and Ola are persons with an age and a job; a site has a place."""

    def setUp(self):
        super().setUp()
        self.apply(
            command("classification.created", {"id": PERSON, "name": "Person"}),
            command("classification.created", {"id": SITE, "name": "Site"}),
            command("attribute.created", {"id": JOB, "classification": PERSON, "name": "Job"}),
            command("attribute.created", {"id": AGE, "classification": PERSON, "name": "Age",
                                          "type": "integer"}),
            command("attribute.created", {"id": PLACE, "classification": SITE, "name": "Place"}),
            command("attrvalue.created", {"id": NURSE, "attribute": JOB, "name": "nurse"}),
            self.case(KARI, "Kari"), self.case(OLA, "Ola"),
            self.set("item.classified", item=KARI, classification=PERSON),
            self.set("item.classified", item=OLA, classification=PERSON),
            self.set("attribute.value_set", item=KARI, attribute=AGE, text="41"),
            self.set("attribute.value_set", item=KARI, attribute=JOB, value=NURSE),
            self.set("attribute.value_set", item=OLA, attribute=AGE, text="17"))

    def set(self, action, **body):
        return command(action, body, "anna", "latest")

    def case(self, number, name, **more):
        return command("code.created", {"id": number, "name": name, "kind": "case", **more})

    def of_case(self, number, case, **place):
        return command("coding.added", {"id": item_id(number), "code": case,
                                        "source": self.SOURCE, **place}, "bo")

    def lines(self, *words):
        return self.good(self.qualog("cases", "Gym", *words)).lines()

    def table(self, *words):
        """Without the ids, which are its last columns."""
        titles, *rows = csv.reader(io.StringIO(self.good(self.text(*words, "--csv")).out))
        ids = titles.index("Id")
        return [row[:ids] for row in (titles, *rows)]

    def test_D_06_attributes_are_columns(self):
        self.assertEqual([(line["name"], line["classification"], line["attributes"])
                          for line in self.lines()],
                         [("Kari", "Person", {"Job": "nurse", "Age": "41"}),
                          ("Ola", "Person", {"Job": None, "Age": "17"})])
        self.assertEqual(self.table("cases", "Gym"),
                         [["Case", "Classification", "Job", "Age", "Place", "Codings"],
                          ["Kari", "Person", "nurse", "41", "", "0"],
                          ["Ola", "Person", "", "17", "", "0"]])

    def test_columns_stand_in_the_order_of_the_classification(self):
        self.apply(self.set("attribute.reordered", classification=PERSON, order=[AGE, JOB]))
        self.assertEqual(self.table("cases", "Gym")[0],
                         ["Case", "Classification", "Age", "Job", "Place", "Codings"])
        self.assertEqual(self.table("cases", "Gym", "--classification", "site"),
                         [["Case", "Classification", "Place", "Codings"]])

    def test_what_is_not_given_is_called_as_the_project_calls_it(self):
        self.apply(self.set("project.props_changed", unassigned="not said",
                            not_applicable="makes no sense"))
        self.assertEqual(self.table("cases", "Gym")[2],
                         ["Ola", "Person", "not said", "17", "makes no sense", "0"])

    def test_values_follow_what_becomes_of_them(self):
        self.apply(self.set("attrvalue.renamed", value=NURSE, name="Nurse"))
        self.assertEqual(self.lines()[0]["attributes"]["Job"], "Nurse")
        self.apply(self.set("attrvalue.deleted", value=NURSE))
        self.assertIsNone(self.lines()[0]["attributes"]["Job"])
        self.apply(self.set("attribute.deleted", attribute=AGE))
        self.assertEqual(self.lines()[0]["attributes"], {"Job": None})
        self.apply(self.set("item.classified", item=KARI))
        self.assertEqual((self.lines()[0]["classification"], self.lines()[0]["attributes"]),
                         (None, {}))

    def test_a_merged_classification_is_read_as_the_other(self):
        self.apply(command("attribute.created", {"id": item_id(0xD9), "classification": SITE,
                                                 "name": "Age"}),
                   self.set("classification.merged", **{"from": PERSON, "into": SITE}))
        lines = self.lines("--classification", "Site")
        self.assertEqual([line["classification"] for line in lines], ["Site", "Site"])
        titles, kari, _ = self.table("cases", "Gym")
        self.assertEqual(len(set(titles)), 7)
        self.assertEqual({kari[n] for n, title in enumerate(titles) if "Age" in title}, {"41", ""})

    def test_a_case_below_another_and_a_moment(self):
        self.apply(self.case(item_id(0xDA), "Child", parent=KARI), self.of_case(1, KARI))
        self.good(self.qualog("milestone", "set", "Gym", "Then"))
        self.apply(self.set("code.deleted", code=KARI))
        self.assertEqual([line["name"] for line in self.lines()], ["Ola"])
        self.assertEqual([(line["name"], line["depth"], line["parent"], line["codings"])
                          for line in self.lines("--at", "Then")],
                         [("Kari", 0, None, 1), ("Child", 1, KARI, 0), ("Ola", 0, None, 0)])

    def cases_of(self, number):
        """Of the coding of that number: the names of its cases."""
        lines = self.good(self.qualog("codings", "Gym", "--cases")).lines()
        coding, = (line for line in lines if line["id"] == item_id(number))
        return [case["name"] for case in coding["cases"]]

    def test_a_passage_is_of_the_cases_that_share_a_place_with_it(self):
        self.apply(self.of_case(1, KARI, begin=0, end=10), self.of_case(2, OLA, begin=10, end=20),
                   self.coding(3, "bo", 2, 10), self.coding(4, "bo", 9, 11),
                   self.coding(5, "bo", 20, 24))
        self.assertEqual([self.cases_of(number) for number in (1, 3, 4, 5)],
                         [["Kari"], ["Kari"], ["Kari", "Ola"], []])
        self.apply(self.of_case(7, OLA))
        self.assertEqual([self.cases_of(number) for number in (3, 5)],
                         [["Kari", "Ola"], ["Ola"]])

    def test_codings_and_stripes_of_a_case(self):
        self.apply(self.of_case(1, KARI), self.coding(3, "bo"))
        line = self.good(self.qualog("codings", "Gym", "--code", "Kari")).line()
        self.assertEqual((line["id"], line["code_name"]), (item_id(1), "Kari"))
        self.good(self.qualog("stripes", "Gym", "Interview 1", "--code", "Kari"))

    def test_codings_have_the_columns_of_their_cases(self):
        self.apply(self.of_case(1, KARI), self.coding(3, "bo"))
        titles, *rows = self.table("codings", "Gym", "--code", "Stress", "--cases")
        self.assertEqual(titles, ["Source", "Range", "Code", "Coder", "Passage",
                                  "Case", "Job", "Age", "Place"])
        self.assertEqual(rows, [["Interview 1", "2-18", "Stress", "bo", "swim before work",
                                 "Kari", "nurse", "41", ""]])
        self.apply(self.of_case(2, OLA))
        self.assertEqual(self.table("codings", "Gym", "--code", "Stress", "--cases")[1][5:],
                         ["Kari; Ola", "nurse; ", "41; 17", "; "])
        line = self.good(self.qualog("codings", "Gym", "--code", "Stress", "--cases")).line()
        self.assertEqual(line["cases"][0]["attributes"], {"Job": "nurse", "Age": "41"})
        plain = self.good(self.qualog("codings", "Gym", "--code", "Stress")).line()
        self.assertNotIn("cases", plain)

    def test_a_classification_that_nobody_knows(self):
        self.assert_error(self.qualog("cases", "Gym", "--classification", "Nothing"), NOT_FOUND)
