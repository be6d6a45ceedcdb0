# SPDX-License-Identifier: Apache-2.0
# Rows: D-18.
"""`stripes`: where in a source each code lies, and how densely it is coded."""

import csv
import io

from program import DONE, NOT_FOUND, TEXT, USAGE, Interview, command, item_id

CALM, WORK, SET, KARI = (item_id(n) for n in (0xC2, 0xC3, 0x51, 0xC4))
NONE, ALL = "·", "█"


class Stripes(Interview):
    """Stress of bo and cy at 2-18, Calm of bo at 20-24, Work of bo at 12-18 and 25-32."""

    def setUp(self):
        super().setUp()
        self.apply(command("code.created", {"id": CALM, "name": "Calm", "color": "#112233"}),
                   command("code.created", {"id": WORK, "name": "Work"}),
                   self.coding(1, "bo"), self.coding(2, "cy", 2, 10),
                   self.of(3, CALM, 20, 24), self.of(4, WORK, 12, 18), self.of(5, WORK, 25, 32))

    def of(self, number, code, begin, end, actor="bo"):
        return command("coding.added", {"id": item_id(number), "code": code, "begin": begin,
                                        "end": end, "source": self.SOURCE}, actor)

    def stripes(self, *options):
        return self.good(self.qualog("stripes", "Gym", "Interview 1", *options)).line()

    def names(self, *options):
        return [stripe["code_name"] for stripe in self.stripes(*options)["stripes"]]

    def table(self, *options):
        ended = self.good(self.text("stripes", "Gym", "Interview 1", *options, "--csv"))
        # Without the ids, which are the last column; of a density there are none.
        rows = list(csv.reader(io.StringIO(ended.out)))
        return [row[:-1] for row in rows] if rows[0][-1] == "Code id" else rows

    def drawn(self, *options):
        return self.good(self.text("stripes", "Gym", "Interview 1", *options)).out.splitlines()

    def test_D_18_the_exact_ranges_of_each_code(self):
        view = self.stripes()
        self.assertEqual((view["source"], view["source_name"], view["unit"], view["length"],
                          view["codings"], view["beside"], view["detached"], view["show"],
                          view["left_out"]),
                         (self.SOURCE, "Interview 1", "code_points", len(TEXT), 5, 0, 0, "all", 0))
        self.assertEqual([(stripe["code_name"], stripe["codings"], stripe["covered"],
                           [(each["begin"], each["end"]) for each in stripe["ranges"]])
                          for stripe in view["stripes"]],
                         [("Stress", 2, 16, [(2, 18)]), ("Work", 2, 13, [(12, 18), (25, 32)]),
                          ("Calm", 1, 4, [(20, 24)])])
        self.assertEqual([stripe["color"] for stripe in view["stripes"]], [None, None, "#112233"])

    def test_D_18_most_least_recent_and_how_many(self):
        self.assertEqual(self.names("--show", "most"), ["Stress", "Work", "Calm"])
        self.assertEqual(self.names("--show", "least"), ["Calm", "Work", "Stress"])
        self.assertEqual(self.names("--show", "recent"), ["Work", "Calm", "Stress"])
        self.assertEqual(self.names("-n", 2), ["Stress", "Work"])
        self.assertEqual(self.names("--show", "least", "-n", 1), ["Calm"])
        self.assertEqual(self.stripes("-n", 1)["left_out"], 2)
        ended = self.text("stripes", "Gym", "Interview 1", "-n", 1)
        self.assertEqual((ended.code, ended.err.count("\n")), (DONE, 1))
        self.assertIn("2 codes are left out", ended.err)

    def test_D_18_chosen_codes_coders_sets_and_classifications(self):
        person = item_id(0x61)
        self.apply(command("set.created", {"id": SET, "name": "Round 1"}),
                   command("set.member_added", {"set": SET, "item": CALM}),
                   command("code.created", {"id": KARI, "name": "Kari", "kind": "case"}),
                   command("classification.created", {"id": person, "name": "Person"}),
                   command("item.classified", {"item": KARI, "classification": person},
                           seen="latest"),
                   self.of(6, KARI, 0, 32))
        self.assertEqual(self.names("--code", "work", "--code", CALM), ["Work", "Calm"])
        self.assertEqual(self.names("--coder", "cy"), ["Stress"])
        self.assertEqual(self.stripes("--coder", "cy")["stripes"][0]["covered"], 8)
        self.assertEqual(self.names("--coder", "cy", "--code", "Calm"), [])
        self.assertEqual(self.names("--set", "Round 1"), ["Calm"])
        self.assertEqual(self.names("--set", "Round 1", "--code", "Stress"), ["Stress", "Calm"])
        self.assertEqual(self.names("--classification", "Person"), ["Kari"])
        for option in ("--code", "--coder", "--set", "--classification"):
            ended = self.qualog("stripes", "Gym", "Interview 1", option, "Nothing")
            self.assert_error(ended, NOT_FOUND)

    def test_D_18_sub_stripes_by_coder(self):
        stress = self.stripes("--by-coder", "--code", "Stress")["stripes"][0]
        self.assertEqual([(sub["coder"], sub["codings"], sub["ranges"])
                          for sub in stress["coders"]],
                         [("bo", 1, [{"begin": 2, "end": 18}]),
                          ("cy", 1, [{"begin": 2, "end": 10}])])
        self.assertEqual(self.stripes()["stripes"][0]["coders"], [])
        titles, *rows = self.table("--by-coder", "--code", "Stress")
        self.assertEqual(titles, ["Code", "Coder", "Codings", "Covered", "First", "Changed",
                                  "Ranges"])
        self.assertEqual([row[:5] + row[6:] for row in rows],
                         [["Stress", "bo", "1", "16", "2", "2-18"],
                          ["Stress", "cy", "1", "8", "2", "2-10"]])

    def test_D_18_density_is_of_all_codings_whatever_is_shown(self):
        expected = [(2, 10, 2), (10, 12, 1), (12, 18, 2), (20, 24, 1), (25, 32, 1)]
        for options in ([], ["--code", "Calm"], ["--coder", "cy"], ["-n", 1]):
            self.assertEqual([(each["begin"], each["end"], each["codings"])
                              for each in self.stripes(*options)["density"]], expected)
            self.assertEqual(self.table("--density", *options)[1:],
                             [[str(number) for number in each] for each in expected])

    def test_D_18_a_picture_of_the_source_fits_the_terminal(self):
        self.apply(command("code.created", {"id": KARI, "name": "A very long name " * 9}),
                   self.of(6, KARI, 0, 1), self.of(7, KARI, 31, 32))
        for options in ([], ["--by-coder"], ["--density"]):
            self.assertLessEqual(max(map(len, self.drawn(*options))), 100)
        lines = {line.split()[0]: line.split()[-1] for line in self.drawn()}
        self.assertEqual({len(lines[name]) for name in ("Stress", "Work", "Calm", "(all")}, {30})
        self.assertEqual(lines["Calm"].strip(NONE), ALL * len(lines["Calm"].strip(NONE)))
        self.assertEqual((lines["A"][0], lines["A"][-1], lines["A"].count(NONE)),
                         (ALL, "▒", 28))

    def test_what_is_drawn_for_a_part_of_a_cell(self):
        source = item_id(0xA2)
        self.apply(command("source.created", {"id": source, "name": "Long", "text": "x" * 3000,
                                              "length": 3000}),
                   command("coding.added", {"id": item_id(6), "code": CALM, "begin": 150,
                                            "end": 151, "source": source}, "bo"),
                   command("coding.added", {"id": item_id(7), "code": CALM, "begin": 250,
                                            "end": 400, "source": source}, "bo"))
        _, calm, density = self.good(self.text("stripes", "Gym", "Long")).out.splitlines()
        self.assertEqual(calm.split()[-1], NONE + "░▒" + ALL + NONE * 26)
        self.assertEqual(density.split()[-1], NONE + ALL * 3 + NONE * 26)

    def test_merged_people_are_one_and_a_moment_is_as_it_was(self):
        self.apply(self.coding(6, "cy"))
        then = self.head()
        codings = self.good(self.qualog("codings", "Gym")).lines()
        profiles = {coding["coder"]: coding["profile"] for coding in codings}
        self.apply(command("user.profile_merged", {"from": profiles["cy"],
                                                   "into": profiles["bo"]}, seen="latest"))
        stress = self.stripes("--by-coder")["stripes"][0]
        self.assertEqual([(sub["coder"], sub["codings"]) for sub in stress["coders"]], [("bo", 2)])
        stress = self.stripes("--by-coder", "--at", then)["stripes"][0]
        self.assertEqual([(sub["coder"], sub["codings"]) for sub in stress["coders"]],
                         [("bo", 1), ("cy", 2)])

    def test_a_source_without_codings_and_one_without_text(self):
        self.apply(command("source.created", {"id": item_id(0xA2), "name": "Empty", "text": "x",
                                              "length": 1}),
                   command("source.created", {"id": item_id(0xA3), "name": "Gone",
                                              "text_state": "missing"}),
                   command("coding.added", {"id": item_id(6), "code": CALM,
                                            "source": item_id(0xA3)}, "bo"))
        empty = self.good(self.qualog("stripes", "Gym", "Empty")).line()
        self.assertEqual((empty["stripes"], empty["density"], empty["length"]), ([], [], 1))
        gone = self.good(self.qualog("stripes", "Gym", "Gone")).line()
        self.assertEqual((gone["stripes"][0]["codings"], gone["stripes"][0]["ranges"]), (1, []))
        self.good(self.text("stripes", "Gym", "Gone"))

    def test_wrong_usage(self):
        for options in (["--show", "some"], ["-n", 0], ["-n", 201], ["--csv"], ["--code"]):
            ended = self.qualog("stripes", "Gym", "Interview 1", *options)
            self.assert_error(ended, USAGE)
        self.assert_error(self.qualog("stripes", "Gym", "Nothing"), NOT_FOUND)
        self.assert_error(self.qualog("stripes", "Gym"), USAGE)
