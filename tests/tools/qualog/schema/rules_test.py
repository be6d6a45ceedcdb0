# SPDX-License-Identifier: Apache-2.0
"""`rules`: the table that decides, as a table, JSON, CSV and the page docs/rules.md; and the JSON
Schema of commands and events, held against what is sent and printed."""

import json
import pathlib
import re

from program import USAGE, Interview, command, item_id, run

DOCS = pathlib.Path(__file__).parents[4] / "docs"
PAGE = DOCS / "rules.md"


class Rules(Interview):
    def test_the_page_is_what_the_program_prints(self):
        self.assertEqual(self.good(run("rules", "--markdown")).out,
                         PAGE.read_text(encoding="utf-8"),
                         "run: qualog rules --markdown > docs/rules.md")

    def test_every_action_that_is_served_has_a_row(self):
        rows = {line["action"]: line for line in self.good(self.qualog("rules")).lines()
                if line["who"] != "nobody"}
        served = {line["action"] for line in self.good(self.qualog("schema")).lines()
                  if line["served"]}
        self.assertEqual(set(rows), served)
        self.assertEqual((rows["code.created"]["who"], rows["code.created"]["creates"]),
                         ("contributor", ["id: code"]))
        self.assertEqual(rows["annotation.text_changed"]["writes"], ["annotation.text"])
        self.assertEqual(rows["source.text_edited"]["lease"], ["holds: source"])
        self.assertEqual(rows["member.added"]["undo"], "never")
        self.assertIn("coding.added", self.good(run("rules")).out)

    def test_what_a_check_of_its_own_refuses_has_a_code_that_is_answered(self):
        codes = set(re.findall(r"^\| `([A-Z_]+)` \|",
                               (DOCS / "commands.md").read_text(encoding="utf-8"), re.MULTILINE))
        said = [words.partition(": ") for line in self.good(self.qualog("rules")).lines()
                for words in line["more"]]
        named = {code for head, colon, _ in said if colon for code in head.split(", ")}
        self.assertIn("UNDO_BLOCKED", named)
        self.assertEqual(named - codes, set())

    def test_one_form_at_a_time(self):
        self.assertEqual(run("rules", "--markdown", "--csv").code, USAGE)
        self.assertEqual(run("rules", "--json", "--csv").code, USAGE)


class JsonSchema(Interview):
    """As much of draft 2020-12 as the schema uses."""

    def setUp(self):
        super().setUp()
        self.schema = json.loads(self.good(run("schema", "--json-schema")).out)

    KINDS = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int,
             "null": type(None)}

    def fits(self, schema, value):
        if "$ref" in schema:
            schema = self.schema["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        checks = (self.fits_kind, self.fits_choice, self.fits_object)
        return all(check(schema, value) for check in checks)

    def fits_kind(self, schema, value):
        kind = self.KINDS[schema["type"]] if "type" in schema else object
        if kind is int and isinstance(value, bool) or not isinstance(value, kind):
            return False
        if isinstance(value, list) and "items" in schema:
            return (len(value) >= schema.get("minItems", 0)
                    and all(self.fits(schema["items"], part) for part in value))
        return not isinstance(value, str) or re.search(schema.get("pattern", ""), value) is not None

    def fits_choice(self, schema, value):
        ways = [[self.fits(way, value) for way in schema[key]]
                for key in ("anyOf", "oneOf") if key in schema]
        return (schema.get("const", value) == value and value in schema.get("enum", [value])
                and all(any(way) for way in ways)
                and ("oneOf" not in schema
                     or sum(self.fits(way, value) for way in schema["oneOf"]) == 1)
                and all(self.fits_condition(part, value) for part in schema.get("allOf", [])))

    def fits_condition(self, part, value):
        return not self.fits(part["if"], value) or self.fits(part["then"], value)

    def fits_object(self, schema, value):
        if not isinstance(value, dict):
            return True
        known = schema.get("properties", {})
        unknown = set(value) - set(known) if schema.get("additionalProperties") is False else ()
        return (set(schema.get("required", ())) <= set(value) and not unknown
                and all(self.fits(known[key], part) for key, part in value.items()
                        if key in known))

    def of(self, definition):
        return {"$ref": "#/$defs/" + definition}

    def test_it_says_which_draft_it_is(self):
        self.assertEqual(self.schema["$schema"], "https://json-schema.org/draft/2020-12/schema")

    def test_every_event_is_one(self):
        self.apply(self.coding(1, "bo"), self.note(),
                   self.rewrite("Because.", "anna", "latest"))
        for event in self.good(self.qualog("events", "cat", "Gym")).lines():
            self.assertTrue(self.fits(self.of("event"), event), event)

    def test_every_example_is_a_command(self):
        for line in self.good(self.qualog("schema")).lines():
            described = self.good(self.qualog("schema", line["action"])).line()
            lines = [*described["before"], *filter(None, [described["example"]])]
            for example in lines if line["served"] else ():
                self.assertTrue(self.fits(self.of("command"), example), example)

    def test_what_is_no_command_is_none(self):
        good = command("code.created", {"id": item_id(1), "name": "Calm"})
        self.assertTrue(self.fits(self.of("command"), good))
        for wrong in ({**good, "action": "code.invented"}, {**good, "body": {"name": "Calm"}},
                      {**good, "body": {**good["body"], "colour": "red"}}, {**good, "more": 1},
                      {**good, "seen": "newest"}, {"body": good["body"]}, {**good, "actions": []},
                      {"actions": [{"action": "code.created", "body": {}}]}):
            self.assertFalse(self.fits(self.of("command"), wrong), wrong)
