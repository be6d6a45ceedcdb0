# SPDX-License-Identifier: Apache-2.0
"""Malformed lines of `apply`, made from what `qualog schema --json` says: of each action each field
missing, of another type, too long, unknown, computed, of another project, of something deleted, out
of range; and a line broken at each byte. Each is answered with the place of its fault, nothing is
changed, and no word that people wrote is in any message: a secret lies in every text and name.
Control: the same line unbroken is accepted, and a message with the secret would be found."""

import copy
import json
import re
import os
import random

from program import DONE, PARTLY, USAGE, ProjectTest, item_id, run

SECRET = "Zwielichtgestalt"
SECRET_TEXT = "Zwielichtgestalten am Ufer, 1987"
SWIM = "I swim before work. It calms me."  # of the examples; as long as the secret text
WRITTEN = {"name", "text", "description", "insert", "comment", "nickname", "initials", "title",
           "original", "reason"}
UNKNOWN, ELSEWHERE, DELETED = 0x176, 0x177, 0x178  # ids
FREE = {("id",), ("parts", "id"), ("codings", "id"),  # of a new item
        ("claim", "author"), ("foreign",)}  # what an import says of elsewhere
NOT_READ = {("query.result_saved", "codings.code")}  # the result itself is their code
# What speaks of an item may speak of one that is gone.
MAY_BE_GONE = {("project.restored", "items"), ("import.id_mapped", "item"),
               ("set.member_removed", "item"), ("set.ordered", "order")} | {
    (action, "items") for action in (
        "searchfolder.saved", "searchfolder.changed", "query.saved", "query.changed",
        "map.created", "map.edited", "report.created", "report.changed", "extract.created",
        "extract.changed")}
MAY_BE_NEGATIVE = {"weight"}
PIECE = 6  # so many letters of the secret in a row are a leak


IS_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def leaks(words):
    low, secret = words.lower(), SECRET.lower()
    return any(secret[at:at + PIECE] in low for at in range(len(secret) - PIECE + 1))


def with_secrets(value, key=None):
    """The same JSON, with the secret in everything that people write."""
    if isinstance(value, dict):
        made = {name: with_secrets(part, name) for name, part in value.items()}
        return {**made, "length": len(made["text"])} if "length" in made else made
    if isinstance(value, list):
        return [with_secrets(part, key) for part in value]
    if key in WRITTEN and isinstance(value, str) and value and not IS_ID.fullmatch(value):
        return SECRET_TEXT if value == SWIM else SECRET + " " + value
    return value


def is_answer(answer):
    """What is said of a line is short, on one line, and no leak."""
    said = [answer.get("message", ""), answer.get("detail", ""), answer.get("code", "")]
    return all("\n" not in words and len(words) < 500 and not leaks(words) for words in said)


def wrong_values(kind):
    """Values that no field of that type may have."""
    others = [7, True, None, SECRET, "", [], {}, [None], [{}], {"x": 1}]
    if kind.startswith("list of: "):
        inner = wrong_values(kind[len("list of: "):])
        return [v for v in others if not isinstance(v, list)] + [[v] for v in inner] + [
            [7] * 10_001]
    if kind == "object":
        return [7, True, None, SECRET, [], {"zzz": 1}]
    if kind == "whole number":
        return [v for v in others if v != 7] + [-1, 1.5, 1e300, 2 ** 64, 10 ** 40, "7", "-7"]
    if kind == "true or false":
        return [v for v in others if v is not True] + [0, 1, "true"]
    if kind in ("text", "name (one line)", "word"):
        long = {"text": 70_000, "name (one line)": 1_001, "word": 513}[kind]
        one_line = [] if kind == "text" else ["a\nb", "a\x07b"]
        return [v for v in others if not isinstance(v, str)] + one_line + [
            "a\0b", SECRET + "x" * long]
    return others + [SECRET * 100, "1"]  # ids, hashes, choices


class Described:
    """An action: its example as a command with one action, and its fields."""

    def __init__(self, line):
        self.action = line["action"]
        self.before = [with_secrets(before) for before in line["before"]]
        self.example = with_secrets(line["example"])
        self.fields = list(self.walk(line["fields"], ()))
        self.types = {path: field["type"] for path, field in self.fields}

    def walk(self, fields, path):
        for field in fields:
            yield (*path, field["name"]), field
            yield from self.walk(field.get("fields", []), (*path, field["name"]))

    def body(self, line):
        """The body in a line that has this action, alone or in a list."""
        parts = line.get("actions", [line])
        return next(part["body"] for part in parts if part["action"] == self.action)

    def with_value(self, path, value):
        """The example with a field set, inside whatever has to be there for that."""
        line = copy.deepcopy(self.example)
        place = self.body(line)
        for depth, name in enumerate(path[:-1], 1):
            listed = self.types[path[:depth]].startswith("list")
            place = place.setdefault(name, [{}] if listed else {})
            if isinstance(place, list):
                place = place[0]
        place[path[-1]] = value
        return line

    def without(self, path):
        line = copy.deepcopy(self.example)
        place = self.body(line)
        for name in path[:-1]:
            place = place.get(name, {})
            if isinstance(place, list):
                place = place[0]
        return line if place.pop(path[-1], None) is not None else None


class Prepared(ProjectTest):
    """A project for each action, with what its example stands on."""

    @classmethod
    def setUpClass(cls):
        served = [json.loads(line) for line in run("schema", "--json").out.splitlines()]
        lines = [run("schema", line["action"], "--json").line() for line in served
                 if line["served"]]
        cls.actions = [Described(line) for line in lines if line["example"]]

    def prepared(self, described):
        """The id of a new project in which the example works: a name would open all of them."""
        project = self.good(self.qualog("project", "create", described.action)).line()["id"]
        self.good(self.lines(project, described.before))
        return project

    def by_name(self, action):
        return next(described for described in self.actions if described.action == action)

    def lines(self, project, lines):
        given = "".join(json.dumps(line) + "\n" for line in lines)
        return self.qualog("apply", project, given=given)

    def events_of(self, project):
        return self.good(self.qualog("events", "cat", project)).out

    def unchanged(self, project, work):
        """What `work` gives, which writes no event."""
        before = (self.events_of(project), self.good(self.qualog("state", project)).out)
        done = work()
        self.assertEqual([answer for answer in done.lines() if answer["result"] == "accepted"], [])
        after = (self.events_of(project), self.good(self.qualog("state", project)).out)
        self.assertEqual(after, before)
        return done


class Malformed(Prepared):
    def faults(self, described):
        """(what is wrong, field or None, line) of each malformed line."""
        for path, field in described.fields:
            name = ".".join(path)
            if field["computed"]:
                yield "computed", path[-1], described.with_value(path, item_id(1))
                continue
            for value in wrong_values(field["type"]):
                if value == -1 and name in MAY_BE_NEGATIVE:
                    continue
                yield f"{name} = {str(value)[:20]}", path[-1], described.with_value(path, value)
            gone = described.without(path)
            if field["must"] and gone is not None:
                yield f"{name} missing", path[-1], gone
        yield "unknown", "zzz", described.with_value(("zzz",), 1)
        yield "unknown, a secret", None, described.with_value((SECRET,), SECRET)

    def test_each_field_of_each_action_in_each_wrong_shape(self):
        tried = 0
        for described in self.actions:
            project = self.prepared(described)
            cases = list(self.faults(described))
            given = [line for *_, line in cases]
            ended = self.unchanged(project, lambda: self.lines(project, given))
            answers = ended.lines()
            self.assertEqual((ended.code, ended.err, len(answers)), (USAGE, "", len(cases)))
            for (what, field, _), (number, answer) in zip(cases, enumerate(answers, 1)):
                with self.subTest(action=described.action, what=what):
                    self.assertEqual((answer["result"], answer["command_id"]), ("error", None),
                                     answer)
                    self.assertTrue(answer["message"].startswith(f"line {number}: "), answer)
                    self.assertTrue(is_answer(answer), answer)
                    places = [field or "", "column "]
                    self.assertTrue(any(place in answer["message"] for place in places), answer)
            tried += len(cases)
            with self.subTest(control=described.action):
                self.good(self.lines(project, [described.example]))
        self.assertGreater(tried, 1000)

    def references(self, described):
        """(field, line) with each id that is not there."""
        for path, field in described.fields:
            listed = field["type"] == "list of: id (UUID)"
            if (described.action, ".".join(path)) in NOT_READ:
                continue
            if field["computed"] or path in FREE or not (listed or field["type"] == "id (UUID)"):
                continue
            gone = (described.action, ".".join(path)) in MAY_BE_GONE
            for number in (UNKNOWN, ELSEWHERE) + (() if gone else (DELETED,)):
                value = [item_id(number)] if listed else item_id(number)
                yield path[-1], described.with_value(path, value)

    def test_references_to_what_is_not_there(self):
        self.good(self.lines("Gym", [
            {"action": "code.created", "body": {"id": item_id(ELSEWHERE), "name": "Elsewhere"}}]))
        tried = 0
        for described in self.actions:
            cases = list(self.references(described))
            if not cases:
                continue
            project = self.prepared(described)
            self.good(self.lines(project, [
                {"action": "folder.created", "body": {"id": item_id(DELETED), "name": "Gone"}},
                {"action": "folder.deleted", "seen": "latest", "body": {"folder": item_id(DELETED)}}
            ]))
            given = [line for _, line in cases]
            ended = self.unchanged(project, lambda: self.lines(project, given))
            self.assertEqual((ended.code, ended.err), (PARTLY, ""))
            for (field, line), answer in zip(cases, ended.lines()):
                with self.subTest(action=described.action, field=field):
                    self.assertEqual(answer["result"], "refused", (line, answer))
                    self.assertTrue(is_answer(answer), answer)
                    places = [field, "role", "an import"]
                    self.assertTrue(answer["facets"] or
                                    any(place in answer["detail"] for place in places), answer)
            tried += len(cases)
        self.assertGreater(tried, 50)


OUT_OF_RANGE = [{"begin": 0, "end": 33}, {"begin": 33, "end": 34}, {"begin": 5}, {"end": 5},
                {"begin": 6, "end": 5}, {"begin": 0, "end": 2 ** 32 - 1},
                {"begin": 2 ** 32 - 1, "end": 2 ** 32 - 1}]


class Ranges(Prepared):
    """Positions outside their text, of codings, annotations, links and splices."""

    def not_accepted(self, action, lines):
        project = self.prepared(self.by_name(action))
        ended = self.unchanged(project, lambda: self.lines(project, lines))
        for line, answer in zip(lines, ended.lines()):
            self.assertTrue(is_answer(answer), answer)
            self.assertRegex(answer.get("message", "") + answer.get("detail", ""),
                             r"begin|end|range|position|splices|length", (line, answer))

    def test_ranges(self):
        for action in ("coding.added", "coding.range_changed", "annotation.created"):
            example = self.by_name(action).example
            body = {key: value for key, value in example["body"].items()
                    if key not in ("begin", "end")}
            self.not_accepted(action, [{**example, "body": {**body, **values}}
                                       for values in OUT_OF_RANGE])

    def test_splices(self):
        described = self.by_name("source.text_edited")
        self.not_accepted("source.text_edited", [
            described.with_value(("splices",), splices) for splices in (
                [{"position": 33, "delete_length": 0, "insert": "x"}],
                [{"position": 0, "delete_length": 33, "insert": "x"}],
                [{"position": 2 ** 32 - 1, "delete_length": 2 ** 32 - 1}],
                [{"position": 5, "delete_length": 5}, {"position": 7, "delete_length": 1}],
                [{"position": 5, "delete_length": 1}, {"position": 0, "delete_length": 1}])])

    def test_a_length_that_is_not_the_texts(self):
        described = self.by_name("source.created")
        self.not_accepted("source.created", [described.with_value(("length",), length)
                                             for length in (31, 33, 2 ** 32 - 1)])


def parsed(line):
    """What a strict reader of JSON makes of a line; None when it is no object of the standard."""
    def once(pairs):
        if len({key for key, _ in pairs}) != len(pairs):
            raise ValueError("a key twice")
        return dict(pairs)

    def refuse(constant):
        raise ValueError(constant)
    try:
        value = json.loads(line.decode("utf-8"), object_pairs_hook=once, parse_constant=refuse)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


class Bytes(Prepared):
    """Lines as bytes."""

    def setUp(self):
        super().setUp()
        self.project = self.prepared(self.by_name("annotation.created"))
        self.line = json.dumps({**self.by_name("annotation.created").example, "seen": 3,
                                "reason": SECRET, "command_id": item_id(0x900)}).encode()

    def answers(self, lines):
        path = os.path.join(self.folder, "lines")
        with open(path, "wb") as file:
            file.write(b"\n".join(lines) + b"\n")
        ended = self.qualog("apply", self.project, path)
        self.assertEqual(ended.err, "")
        answers = ended.lines()
        self.assertEqual([answer for answer in answers if not is_answer(answer)], [])
        return ended.code, answers

    def broken(self):
        """The line with a byte left out, cut off behind it, put in, or changed, at each byte."""
        random_of = random.Random(int(os.environ.get("QUALOG_SEED", "1")))
        for at in range(len(self.line)):
            before, after = self.line[:at], self.line[at + 1:]
            yield before + after
            yield before
            for byte in (b'"', b"{", b"}", b",", b"\\", b"\0", b"\xff", b"\xc3"):
                yield before + byte + after
            yield before + bytes([self.line[at] ^ 1 << random_of.randrange(7)]) + after
            yield before + b"\x80" + self.line[at:]

    def test_a_line_broken_at_each_byte(self):
        """What no strict reader takes is an error with its column; of what one takes, all that is
        accepted makes an event, once."""
        lines = [line for line in self.broken() if b"\n" not in line and line.strip()]
        before = self.events_of(self.project)
        code, answers = self.answers(lines)
        self.assertEqual((code, len(answers)), (USAGE, len(lines)))
        unreadable, accepted = 0, set()
        for line, answer in zip(lines, answers):
            if parsed(line) is None:
                unreadable += 1
                self.assertEqual((answer["result"], answer["command_id"]), ("error", None), line)
                self.assertRegex(answer["message"], r"^line \d+: column \d+: .+", line)
            elif answer["result"] == "accepted":
                accepted.add(answer["sequence"])
        self.assertGreater(unreadable, 1000)
        events = self.events_of(self.project)[len(before):].splitlines()
        self.assertEqual({json.loads(event)["sequence"] for event in events
                          if '"annotation.created"' in event}, accepted)

    def test_control_the_strict_reader_and_the_leak(self):
        self.assertIsNotNone(parsed(self.line))
        for line in (b"{", b"[1]", b'{"a":1,"a":2}', b'{"a":NaN}', b'{"a":"\xff"}',
                     b'{"a":"\\ud800"}', b'{"a":1} x'):
            self.assertIsNone(parsed(line), line)
        self.assertTrue(leaks("of a zwielicht"))
        self.assertFalse(is_answer({"message": f"no field {SECRET}"}))
        self.assertEqual(self.answers([self.line])[0], DONE)

    def test_lines_that_are_too_deep_too_long_or_no_text(self):
        body = b'{"action":"code.created","body":%s}'
        name = body % b'{"id":"%s","name":%%s}' % item_id(5).encode()
        secret = SECRET.encode()
        lines = [b"[" * 1_000_000, b'{"a":' * 1_000_000, b'{"a":' + b"[" * 40 + b"]" * 40 + b"}",
                 name % b'"\xff\xfe"', name % b'"\xed\xa0\x80"', name % b'"\\ud800"',
                 name % b'"\xc0\x80"', name % b'"\\u0000"', name % b'"a\0b"', b"\0",
                 b"\xef\xbb\xbf{}",
                 name % (b'"' + secret * 650_000 + b'"'), name % (b"1" * 10_000_000),
                 body % (b'{"' + secret * 650_000 + b'":1}'), b"x" * 10_000_000,
                 b" " * 10_000_000 + b"{", body % (b'{"id":' + b"9" * 400 + b"}"),
                 b'{"action":"undo.applied","body":{"sequences":[1e999]}}',
                 b'{"action":"undo.applied","body":{"sequences":[-0.0]}}',
                 b'{"action":"undo.applied","body":{"sequences":[01]}}',
                 b'{"action":"undo.applied","seen":1e400,"body":{"sequences":[1]}}',
                 b'{"action":"undo.applied","seen":18446744073709551616}',
                 b'{"%s":1}' % secret, b'{"action":"%s"}' % secret,
                 b'{"action":"undo.applied","session":"%s"}' % secret,
                 b'{"action":"undo.applied","after":"%s"}' % secret,
                 b'{"action":"undo.applied","seen":"%s"}' % secret,
                 b'{"action":"undo.applied","actor":"%s\\n"}' % secret,
                 b'{"actions":[{"%s":1}]}' % secret, b'{"actions":{"%s":1}}' % secret,
                 b'{"action":"undo.applied","body":{"sequences":[1]},"actions":[]}']
        before = self.events_of(self.project)
        code, answers = self.answers(lines)
        self.assertEqual((code, len(answers)), (USAGE, len(lines)))
        for line, answer in zip(lines, answers):
            self.assertEqual((answer["result"], answer["command_id"]), ("error", None), line[:80])
        self.assertEqual(self.events_of(self.project), before)

    def test_a_line_past_the_limit_and_one_without_an_end(self):
        code, answers = self.answers([b"x" * (65 << 20), self.line])
        self.assertEqual((code, answers[0]["result"]), (USAGE, "error"))
        self.assertRegex(answers[0]["message"], "at most [0-9]+ are read")
        self.assertEqual(answers[1]["result"], "accepted")
        ended = self.qualog("apply", self.project, given=self.line.decode())
        self.assertEqual((ended.code, ended.lines()), (DONE, answers[1:]))
