# SPDX-License-Identifier: Apache-2.0
# Rows: ST-2.
"""The command line that scripts hold on to (docs/commands.md): of every command the keys of its
JSON, their types, its exit codes, and what goes to stdout and to stderr. Keys may be added; one
that is missing or of another type fails, which a control shows."""

import os
import pwd
import re
import resource
import signal
import subprocess

import fixtures
import program
from program import (CONFLICT, DAMAGED, DENIED, DONE, FAILED, HELD, INTERRUPTED, NOT_FOUND, PARTLY,
                     TOO_NEW, USAGE, Interview, Running, command, item_id, run)

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HEX = re.compile(r"[0-9a-f]{64}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


class Maybe:
    """Null, or of that shape."""

    def __init__(self, shape):
        self.shape = shape


class Each:
    """An object whose keys are data; every value has that shape."""

    def __init__(self, shape):
        self.shape = shape


def misfit(value, shape, place="line"):
    """Where `value` is not of that shape, or None. Objects may have more keys."""
    if isinstance(shape, Maybe):
        return None if value is None else misfit(value, shape.shape, place)
    if isinstance(shape, re.Pattern):
        fits = isinstance(value, str) and shape.fullmatch(value)
        return None if fits else f"{place} is {value!r}"
    if isinstance(shape, type):
        fits = isinstance(value, shape) and (shape is bool or not isinstance(value, bool))
        return None if fits else f"{place} is {value!r}, no {shape.__name__}"
    if isinstance(shape, Each):
        parts = [(key, value[key], shape.shape) for key in value] if isinstance(value, dict) else []
        wrong = [] if isinstance(value, dict) else [f"{place} is no object"]
    elif isinstance(shape, list):
        parts = [(n, each, shape[0]) for n, each in enumerate(value)]
        wrong = []
    else:
        wrong = [f"{place} has no {key}" for key in shape if key not in value]
        parts = [(key, value[key], shape[key]) for key in shape if key in value]
    wrong += [misfit(part, of, f"{place}.{key}") for key, part, of in parts]
    return next(filter(None, wrong), None)


WINNER = {"actor": str, "sequence": int, "time": TIME, "action": str}
ACCEPTED = {"command_id": ID, "result": re.compile("accepted"), "sequence": int, "noop": bool}
REFUSED = {"command_id": ID, "result": re.compile("refused"), "code": str, "message": str,
           "facets": [str],
           "winner": Maybe(WINNER), "latest": Each({"version": int})}
NOT_DONE = {"command_id": Maybe(ID), "result": re.compile("not_applied|unknown|error"),
            "message": str}
EVENT = {"sequence": int, "time": TIME, "actor": str, "session": ID, "action": str,
         "target": Maybe(ID), "reason": Maybe(str), "command_id": ID, "seen": Maybe(int),
         "group": Maybe(int), "undo_of": Maybe(int), "body": dict}
ASIDE = {"aside": int, "after_sequence": int, "time": TIME, "actor": str, "session": ID,
         "action": str, "command_id": ID, "body": dict}
STATE = {"sequence": int, "digest": HEX, "counts": Each(int)}
CODING = {"id": ID, "code": ID, "source": ID, "begin": Maybe(int), "end": Maybe(int),
          "area": Maybe(dict), "text": Maybe(str), "coder": str, "profile": ID,
          "coded_as": Maybe(str), "coded_at": TIME, "sequence": int}
COVERAGE = {"codings": int, "beside": int, "covered": int, "ranges": [{"begin": int, "end": int}],
            "last_change": TIME, "sequence": int, "color": Maybe(str)}
SUB_STRIPE = {**COVERAGE, "coder": str, "profile": ID}
STRIPE = {**COVERAGE, "code": ID, "code_name": str, "coders": [SUB_STRIPE]}
STRIPES = {"source": ID, "source_name": str, "unit": re.compile("code_points|milliseconds"),
           "length": int, "codings": int, "beside": int, "detached": int, "show": str,
           "left_out": int, "stripes": [STRIPE],
           "density": [{"begin": int, "end": int, "codings": int}]}
SOURCE = {"id": ID, "name": str, "kind": str, "folder": Maybe(ID), "folders": [str],
          "length": Maybe(int), "text_state": re.compile("supplied|missing"), "codings": int,
          "media": Maybe(dict), "coders": Each(int), "sequence": int}
OF_CASE = {"id": ID, "name": str, "classification": Maybe(str), "attributes": Each(Maybe(str))}
CLASSIFICATION = {"id": ID, "name": str, "description": str, "of": re.compile("case|source"),
                  "items": int,
                  "attributes": [{"id": ID, "name": str, "type": str, "default_value": str,
                                  "values": [str]}]}
RELATIONSHIP = {"id": ID, "type": Maybe(str),
                "direction": re.compile("associative|one_way|symmetrical"), "from": ID,
                "from_type": str, "from_name": str, "to": ID, "to_type": str, "to_name": str,
                "description": str, "codings": int}
SET = {"id": ID, "name": str, "description": str,
       "members": [{"item": ID, "item_type": str, "item_name": str}]}
CASE = {**OF_CASE, "parent": Maybe(ID), "depth": int, "codings": int}
REPAIRED = {"ok": bool, "sequence": int, "chain": HEX, "repairs": [str],
            "damage": [{"file": str, "offset": int, "sequence": int, "reason": str}],
            "in_use": bool, "state_bytes_before": Maybe(int), "state_bytes": Maybe(int)}
MILESTONE = {"id": ID, "name": str, "sequence": int, "digest": HEX,
             "frozen": re.compile("nothing|codebook|everything"), "by": str, "time": TIME}
SOURCE_TEXT = {"id": ID, "name": str, "kind": str, "length": int, "text": str}
CODE = {"id": ID, "name": str, "parent": Maybe(ID), "depth": int, "description": str,
        "color": Maybe(str), "codable": bool, "aggregate": bool, "codings": int, "gathered": int,
        "coders": Each(int), "merged": list, "version": int}
SOUND = {"ok": bool, "sequence": int, "chain": HEX, "aside": int, "aside_chain": HEX,
         "digest": HEX, "state_digest": HEX, "aside_digest": HEX}
DAMAGE = {"ok": bool, "file": str, "offset": int, "sequence": int, "reason": str}
CONFLICT_LINE = {"id": ID, "author": str, "session": ID, "time": TIME, "action": str, "code": str,
                 "seen": int, "after_sequence": int, "facets": [str], "winner": Maybe(WINNER),
                 "base": dict, "theirs": dict, "mine": Maybe([{"action": str, "body": dict}]),
                 "reason": Maybe(str), "depends_on": Maybe(ID), "target": Maybe(ID)}
KINDS = {key: int for key in fixtures.COUNTS}
IMPORT = {"message_type": re.compile("import"), "project": str, "sequence": int, "counts": KINDS,
          "imported": KINDS, "loss": [{"element": str, "count": int, "reason": str}],
          "dialects": [{"source": str, "unit": str, "newline": int, "bom": bool}]}
TRANSFER = {"message_type": re.compile("import"), "from_project": str, "project": str,
            "sequence": int, "group": int, "noop": bool,
            "kinds": [{"kind": str, "made": int, "numbered": int, "along": int, "merged": int,
                       "same": int, "left_out": int}],
            "left_out": [{"kind": str, "reason": str, "count": int, "names": [str]}],
            "renamed": [{"kind": str, "name": str, "became": str}],
            "people": [{"name": str, "profile": ID}]}
USER = {"principal": str, "name": Maybe(str), "initials": Maybe(str), "color": Maybe(str),
        "group": Maybe(str), "has_access": bool, "contributed": bool, "profile": ID}
ROW = {"sequence": int, "last_sequence": int, "time": TIME, "user": str, "session": ID,
       "action": str, "words": str, "item_type": Maybe(str), "item_name": Maybe(str),
       "item": Maybe(ID), "detail": Maybe(str), "reason": Maybe(str), "seen": Maybe(int),
       "group": Maybe(int), "undo_of": Maybe(int), "count": int, "result": str}
SHOWN = {**EVENT, "undone_by": Maybe(int),
         "changes": [{"item": ID, "item_type": str, "item_name": Maybe(str), "facet": str}]}
ERROR = {"message_type": re.compile("exit_error"), "code": int, "error": str, "message": str}
PROJECT = {"project": str, "id": ID, "sequence": int, "deleted": bool}
VERSION = {"version": str, "log_format": int, "schema": int, "state_format": int}
FIELD = {"name": str, "type": str, "must": bool, "computed": bool}
DESCRIBED = {"action": str, "number": int, "served": bool, "fields": [FIELD],
             "example": Maybe(dict), "before": list}

SHAPES = (ACCEPTED, REFUSED, NOT_DONE, EVENT, ASIDE, STATE, CODING, CODE, STRIPES, STRIPE,
          SUB_STRIPE,
          CASE, CLASSIFICATION, RELATIONSHIP, SET,
          MILESTONE, REPAIRED, SOURCE, SOURCE_TEXT, SOUND, DAMAGE,
          CONFLICT_LINE, IMPORT, KINDS, USER, ROW, SHOWN, ERROR, PROJECT, VERSION, DESCRIBED,
          IMPORT["dialects"][0], IMPORT["loss"][0])


class Contract(Interview):
    def shaped(self, ended, shape, code=DONE, least=1):
        """stdout is lines of that shape and nothing else, stderr is empty."""
        self.assertEqual((ended.code, ended.err), (code, ""), ended.out)
        lines = ended.lines()
        self.assertGreaterEqual(len(lines), least)
        for line in lines:
            self.assertIsNone(misfit(line, shape), line)
        return lines

    def failing(self, ended, code):
        """stdout is empty, stderr one line that says what happened."""
        self.assertEqual((ended.code, ended.out, ended.err.count("\n")), (code, "", 1), ended.err)
        error = program.json.loads(ended.err)
        self.assertIsNone(misfit(error, ERROR), error)
        self.assertEqual(error["code"], code)
        return error

    def change(self, words, actor, seen, **more):
        return command("code.props_changed", {"code": self.CODE, "description": words}, actor, seen,
                       **more)

    def refuse_bo(self):
        """anna's words stand, bo's wait in the inbox; gives both answers."""
        seen = self.head()
        return self.apply(self.change("Hers", "anna", seen), self.change("His", "bo", seen),
                          code=PARTLY)


class Shapes(Contract):
    def test_control_a_missing_key_or_another_type_is_found(self):
        line = self.qualog("state", "Gym").line()
        self.assertIsNone(misfit(line, STATE))
        for key in STATE:
            self.assertIsNotNone(misfit({k: line[k] for k in line if k != key}, STATE))
        for wrong in ({**line, "sequence": "7"}, {**line, "sequence": True},
                      {**line, "digest": "abc"}, {**line, "counts": {"codes": None}}):
            self.assertIsNotNone(misfit(wrong, STATE), wrong)
        self.assertIsNotNone(misfit({"message_type": "import"}, IMPORT))

    def test_every_key_is_in_the_document(self):
        root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
        text = ""
        for name in ("commands.md", "restore.md"):
            with open(os.path.join(root, "docs", name), encoding="utf-8") as file:
                text += re.sub(r"^```.*?^```$", "", file.read(), flags=re.MULTILINE | re.DOTALL)
        words = set(re.findall(r"\w+", " ".join(re.findall(r"`[^`]+`", text))))
        for shape in SHAPES:
            self.assertEqual(set(shape) - words, set())

    def test_every_refusal_has_words_and_the_document_has_the_same(self):
        """Of the schema, of the table of words, of the document: the same codes and sentences."""
        root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")

        def found(pattern, *path):
            with open(os.path.join(root, *path), encoding="utf-8") as file:
                return re.findall(pattern, file.read())

        def upper(name):
            return re.sub(r"(?<!^)([A-Z])", r"_\1", name).upper()
        enum, = found(r"enum RefusalCode : ubyte \{([^}]*)\}", "schema", "fbs", "aside.fbs")
        codes = {upper(name) for name in re.findall(r"(\w+) =", enum)} - {"NONE"}
        words = {upper(name): text for name, text in found(
            r'\{RefusalCode::(\w+), "([^"]+)"\}', "tools", "qualog", "support", "refusals.cc")}
        shown = dict(found(r"(?m)^\| `([A-Z_]+)` \| (.+) \|$", "docs", "commands.md"))
        self.assertEqual(set(words), codes)
        self.assertEqual(shown, words)
        answer = self.qualog("guest", "Gym", "on", actor="bo").line()
        self.assertEqual(answer["message"], words["DENIED"])
        self.assertEqual(self.text("guest", "Gym", "on", actor="bo").out,
                         f"refused DENIED: {words['DENIED']} (role)\n")

    def test_init_and_projects(self):
        other = os.path.join(self.folder, "other")
        self.shaped(run("init", other, "--json"), {"data": str})
        self.shaped(self.qualog("project", "create", "New"),
                    {"project": re.compile("New"), "id": ID, "sequence": int})
        lines = self.shaped(self.qualog("project", "ls"), PROJECT, least=2)
        self.assertEqual({line["project"] for line in lines}, {"Gym", "New"})
        self.shaped(self.qualog("project", "show", "Gym"),
                    {"project": str, "description": str, "sequence": int, "counts": Each(int)})
        self.shaped(self.qualog("project", "rename", "New", "Newer"), ACCEPTED)
        self.shaped(self.qualog("project", "delete", "Newer", "--confirm", "Newer"), ACCEPTED)
        self.shaped(self.qualog("project", "undelete", "Newer"), ACCEPTED)
        self.failing(self.qualog("project", "purge", "Newer", "--confirm", "Newer"), USAGE)
        self.shaped(self.qualog("project", "delete", "Newer", "--confirm", "Newer"), ACCEPTED)
        self.shaped(self.qualog("project", "purge", "Newer", "--confirm", "Newer"),
                    {"project": re.compile("Newer"), "keys_removed": bool})
        for ended in (run("init", self.data, "--json"),
                      self.qualog("project", "create", "gym"),
                      self.qualog("project", "delete", "Gym")):
            self.failing(ended, USAGE)

    def test_project_import(self):
        path = os.path.join(self.folder, "interviews.qdpx")
        fixtures.write_qdpx(path)
        dry = self.shaped(self.qualog("project", "import", path, "--dry-run"), IMPORT)[-1]
        self.assertEqual(len(self.qualog("project", "ls").lines()), 1)
        line = self.shaped(self.qualog("project", "import", path, "--as", "Came"), IMPORT)[-1]
        self.assertEqual((line["project"], line["counts"]), ("Came", fixtures.COUNTS))
        self.assertEqual((line["counts"], line["imported"], line["loss"]),
                         (dry["counts"], dry["imported"], dry["loss"]))
        state = self.qualog("state", "Came").line()
        self.assertEqual(line["sequence"], state["sequence"])
        self.assertEqual((state["counts"]["codes"], state["counts"]["codings"]), (1, 1))
        self.failing(self.qualog("project", "import", path, "--as", "Came"), USAGE)
        self.failing(self.qualog("project", "import", path + "x"), NOT_FOUND)

    def test_project_into_a_project(self):
        self.good(self.qualog("project", "create", "Other"))
        words = ["project", "import", "--from-project", "Gym", "--into", "Other", "--exclusive",
                 "--drain", "--only", "sources,codings"]
        dry = self.shaped(self.qualog(*words, "--dry-run"), TRANSFER)[-1]
        self.assertEqual((dry["dry_run"], dry["sequence"], dry["noop"]), (True, 0, False))
        self.assertGreater(len(dry["left_out"]), 0)
        line = self.shaped(self.qualog(*words), TRANSFER)[-1]
        self.assertEqual((line["kinds"], line["people"]), (dry["kinds"], dry["people"]))
        again = self.shaped(self.qualog(*words), TRANSFER)[-1]
        self.assertEqual((again["noop"], again["group"]), (True, 0))
        self.failing(self.qualog(*words[:4], "--into", "Nowhere"), NOT_FOUND)

    def test_people(self):
        self.shaped(self.qualog("member", "add", "Gym", "di", "--role", "reader"), ACCEPTED)
        self.shaped(self.qualog("member", "ls", "Gym"), USER, least=4)
        self.shaped(self.qualog("member", "rm", "Gym", "di"), ACCEPTED)
        self.shaped(self.qualog("guest", "Gym"), {"guest_access": bool})
        self.shaped(self.qualog("guest", "Gym", "off"), ACCEPTED)
        self.shaped(self.qualog("guest", "Gym", "on", actor="bo"), REFUSED, DENIED)

    def test_history(self):
        self.apply(self.coding(1, "bo"))
        self.refuse_bo()
        events = self.shaped(self.qualog("events", "cat", "Gym"), EVENT, least=8)
        lines = self.qualog("events", "cat", "Gym", "--asides").lines()
        asides = [line for line in lines if "aside" in line]
        self.assertEqual([line for line in lines if "aside" not in line], events)
        for aside in asides:
            self.assertIsNone(misfit(aside, ASIDE), aside)
            self.assertNotIn("sequence", aside)
        self.assertEqual(len(asides), 1)
        self.assertEqual(self.qualog("events", "cat", "Gym", "-o", "-2", "-n", "1").line(),
                         events[-2])
        self.shaped(self.qualog("log", "Gym"), ROW, least=5)
        self.shaped(self.qualog("show", "Gym", events[-1]["sequence"]), SHOWN)
        self.failing(self.qualog("show", "Gym", 10 ** 6), NOT_FOUND)
        self.failing(self.qualog("events", "cat", "Gym", "-o", "x"), USAGE)

    def test_clearing_the_log(self):
        self.shaped(self.qualog("events", "clear", "Gym"), ACCEPTED | {"through": int})
        self.shaped(self.qualog("events", "clear", "Gym", actor="bo"), REFUSED, DENIED)

    def test_milestones(self):
        self.shaped(self.qualog("milestone", "set", "Gym", "Round 1"), ACCEPTED)
        self.shaped(self.qualog("milestone", "ls", "Gym"), MILESTONE)
        self.shaped(self.qualog("milestone", "show", "Gym", "Round 1"), MILESTONE)
        self.shaped(self.qualog("milestone", "set", "Gym", "Round 1"), REFUSED, CONFLICT)
        self.shaped(self.qualog("milestone", "clear", "Gym", "Round 1"), ACCEPTED)
        self.failing(self.qualog("milestone", "show", "Gym", "Round 1"), NOT_FOUND)

    def test_following_ends_with_130_when_interrupted(self):
        follower = Running(self, "events", "cat", "Gym", "--follow")
        self.assertIsNone(misfit(follower.line(), EVENT))
        self.assertEqual(follower.interrupt(), INTERRUPTED)

    def test_state_codes_and_codings(self):
        self.apply(self.coding(1, "bo"), command("coding.added", {
            "id": item_id(2), "code": self.CODE, "source": self.SOURCE}, "cy"))
        self.shaped(self.qualog("state", "Gym"), STATE)
        self.shaped(self.qualog("codes", "Gym"), CODE)
        kari = command("code.created", {"id": item_id(3), "name": "Kari", "kind": "case"})
        coding = command("coding.added", {"id": item_id(4), "code": item_id(3),
                                          "source": self.SOURCE})
        undo, = self.apply(kari, coding)[-1:]
        self.shaped(self.qualog("cases", "Gym"), CASE)
        self.shaped(self.qualog("codings", "Gym", "--cases"), {**CODING, "cases": [OF_CASE]})
        self.shaped(self.qualog("undo", "Gym", undo["sequence"]), {**ACCEPTED, "acts": [int]})
        self.shaped(self.qualog("sources", "Gym"), SOURCE)
        self.shaped(self.qualog("text", "Gym", "Interview 1"), SOURCE_TEXT)
        self.failing(self.qualog("text", "Gym", "Nothing"), NOT_FOUND)
        self.shaped(self.qualog("stripes", "Gym", "Interview 1", "--by-coder"), STRIPES)
        self.failing(self.qualog("stripes", "Gym", "Nothing"), NOT_FOUND)
        whole, part = sorted(self.shaped(self.qualog("codings", "Gym"), CODING),
                             key=lambda line: line["begin"] is not None)
        self.assertEqual((whole["begin"], whole["end"], part["text"]),
                         (None, None, "swim before work"))
        self.failing(self.qualog("state", "Gym", "--at", "soon"), USAGE)
        self.failing(self.qualog("state", "Gym", "--at", 10 ** 6), NOT_FOUND)

    def test_names_of_projects_in_any_case(self):
        """As they are compared when one is made; exactly so written goes first."""
        self.good(self.qualog("project", "delete", "Gym", "--confirm", "Gym"))
        self.good(self.qualog("project", "create", "GYM"))
        for name, found in (("GYM", "GYM"), ("Gym", "Gym"), ("gym", "GYM")):
            self.assertEqual(self.qualog("project", "show", name).line()["project"], found)

    def test_state_says_the_sequence_that_was_really_used(self):
        before = self.qualog("state", "Gym").line()
        self.apply({"actor": "anna", "actions": [
            {"action": "code.created", "body": {"id": item_id(n), "name": f"Code {n}"}}
            for n in range(0xC2, 0xC5)]})
        after = self.qualog("state", "Gym").line()
        last, = self.qualog("events", "cat", "Gym", "-o", "-1").lines()
        self.assertEqual(after["sequence"], before["sequence"] + 3)
        for at, wanted in ((before["sequence"] + 1, before), (before["sequence"] + 2, before),
                           (after["sequence"], after), (last["time"], after)):
            self.assertEqual(self.qualog("state", "Gym", "--at", at).line(), wanted, at)
        start = self.qualog("state", "Gym", "--at", "1999-01-01T00:00:00Z").line()
        self.assertEqual(start["sequence"], 0)

    def test_conflicts(self):
        _, lost = self.refuse_bo()
        line, = self.shaped(self.qualog("conflicts", "ls", "Gym", actor="bo"), CONFLICT_LINE)
        shown, = self.shaped(self.qualog("conflicts", "show", "Gym", lost["command_id"]),
                             CONFLICT_LINE)
        self.assertEqual((shown, line["id"]), (line, lost["command_id"]))
        deleted, = self.apply(command("code.deleted", {"code": self.CODE}, "anna", "latest"))
        self.shaped(self.qualog("conflicts", "reapply", "Gym", line["id"], actor="bo"), REFUSED,
                    CONFLICT)
        self.good(self.qualog("undo", "Gym", deleted["sequence"]))
        again = self.qualog("conflicts", "reapply", "Gym", line["id"], actor="bo")
        self.shaped(again, ACCEPTED)
        self.failing(self.qualog("conflicts", "show", "Gym", item_id(0x99)), NOT_FOUND)
        self.failing(self.qualog("conflicts", "show", "Gym", line["id"], actor="cy"), DENIED)

    def test_verify(self):
        sound, = self.shaped(self.qualog("verify", "Gym"), SOUND)
        self.assertIs(sound["ok"], True)
        self.shaped(self.qualog("verify", "Gym", "--rebuild"), SOUND)
        kept = f"{sound['sequence']}:{sound['chain']}"
        self.shaped(self.qualog("verify", "Gym", "--expect", kept), {**SOUND, "expected": int})
        wrong = kept[:-1] + ("0" if kept[-1] != "0" else "1")
        for options in (["--expect", wrong], ["--expect", kept, "--expect", wrong]):
            line, = self.shaped(self.qualog("verify", "Gym", *options), DAMAGE, DAMAGED)
            self.assertIs(line["ok"], False)
        log = os.path.join(self.data, "projects", self.project, "log")
        segment = os.path.join(log, sorted(os.listdir(log))[0])
        with open(segment, "r+b") as file:
            place = file.read().index(b"Interview 1")
            file.seek(place)
            file.write(b"I")
            file.write(b"N")
        line, = self.shaped(self.qualog("verify", self.project), DAMAGE, DAMAGED)
        self.assertEqual((line["ok"], line["file"]), (False, segment))
        self.assertLessEqual(line["offset"], place)

    def test_repair(self):
        self.shaped(self.qualog("repair", "Gym"), REPAIRED)
        log = os.path.join(self.data, "projects", self.project, "log")
        segment = os.path.join(log, sorted(os.listdir(log))[0])
        with open(segment, "r+b") as file:
            place = file.read().index(b"Interview 1")
            file.seek(place)
            file.write(b"N")
        line, = self.shaped(self.qualog("repair", self.project), REPAIRED, DAMAGED)
        self.assertEqual(line["damage"][0]["file"], segment)
        self.failing(self.qualog("repair", "Nothing"), NOT_FOUND)

    def test_restore(self):
        self.refuse_bo()
        at = self.head() - 1
        then = self.qualog("state", "Gym", "--at", at).line()
        made, = self.shaped(self.qualog("restore", "Gym", "--at", at, "--as", "Then"), {
            "project": re.compile("Then"), "sequence": int, "from_sequence": int, "digest": HEX})
        self.assertEqual((made["from_sequence"], made["digest"]), (at, then["digest"]))
        now = self.qualog("state", "Then").line()
        self.assertEqual((now["sequence"], now["digest"]), (made["sequence"], made["digest"]))
        moment = self.qualog("events", "cat", "Gym", "-o", at, "-n", 1).line()["time"]
        timed = self.good(self.qualog("restore", "Gym", "--at", moment, "--as", "Timed")).line()
        self.assertEqual(timed["digest"],
                         self.qualog("state", "Gym", "--at", moment).line()["digest"])
        self.failing(self.qualog("restore", "Gym", "--at", at, "--as", "Then"), USAGE)
        self.failing(self.qualog("restore", "Gym", "--at", 10 ** 6, "--as", "X"), NOT_FOUND)
        self.failing(self.qualog("restore", "Gym", "--at", at, "--as", "X", actor="bo"), DENIED)

    def test_schema_and_version(self):
        self.shaped(self.qualog("schema"), {"action": str, "number": int, "served": bool}, least=40)
        self.shaped(self.qualog("schema", "coding.added"), DESCRIBED)
        self.failing(self.qualog("schema", "coding.aded"), USAGE)
        self.shaped(self.qualog("version"), VERSION)


class Apply(Contract):
    """One answer a line, of every kind."""

    def test_accepted_also_of_a_group_and_without_a_change(self):
        group = {"actions": [{"action": "code.created",
                              "body": {"id": item_id(n), "name": f"Code {n}"}} for n in (8, 9)]}
        again = command("member.added", {"principal": "bo", "group": "contributor"})
        first, second = self.apply(group, again)
        self.assertIsNone(misfit(first, ACCEPTED))
        self.assertEqual((first["sequence"], first["noop"]), (self.head(), False))
        self.assertEqual((second["noop"], misfit(second, ACCEPTED)), (True, None))

    def test_refused_with_the_winner_and_the_latest(self):
        won, lost = self.refuse_bo()
        self.assertIsNone(misfit(lost, REFUSED), lost)
        self.assertEqual((lost["winner"]["sequence"], lost["winner"]["actor"]),
                         (won["sequence"], "anna"))
        latest = lost["latest"][lost["facets"][0]]
        self.assertEqual((latest["version"], latest["value"]["description"]),
                         (won["sequence"], "Hers"))

    def test_seen_is_needed_for_changes(self):
        before = self.head()
        lines = (self.change("Words", "bo", None), self.change("Words", "bo", before + 9))
        for line, answer in zip(lines, self.apply(*lines, code=PARTLY)):
            self.assertIsNone(misfit(answer, REFUSED), (line, answer))
        self.assertEqual(self.head(), before)
        self.apply(self.change("Words", "bo", "latest"))

    def test_after(self):
        _, lost = self.refuse_bo()
        made, = self.apply(self.coding(1, "bo"))
        self.apply(self.coding(2, "bo", 0, 3, after=made["command_id"]))
        answers = self.apply(self.coding(3, "bo", 0, 4, after=lost["command_id"]),
                             self.coding(4, "bo", 0, 5, after=item_id(0x99)), code=PARTLY)
        for answer in answers:
            self.assertIsNone(misfit(answer, REFUSED), answer)
        self.assertEqual(answers[0]["depends_on"], lost["command_id"])
        self.assertEqual(self.qualog("state", "Gym").line()["counts"]["codings"], 2)

    def test_error_for_an_id_with_other_content_and_for_unreadable_lines(self):
        one = self.coding(1, "bo", command_id=item_id(0x71))
        other = self.coding(2, "bo", 0, 6, command_id=item_id(0x71))
        _, answer = self.apply(one, other, code=PARTLY)
        self.assertEqual((answer["result"], misfit(answer, NOT_DONE)), ("error", None))
        ended = self.qualog("apply", "Gym", given="{\n" + program.json.dumps(other) + "\n")
        self.assertEqual((ended.code, ended.err), (USAGE, ""))
        for answer in ended.lines():
            self.assertIsNone(misfit(answer, NOT_DONE), answer)
        self.assertIn("line 1", ended.lines()[0]["message"])

    def test_sessions_are_one_for_each_actor_and_run(self):
        for run_number in (1, 2):
            self.apply(*(self.coding(10 * run_number + n, actor, n, n + 2 + run_number)
                         for n, actor in enumerate(("bo", "bo", "cy"))))
        events = [event for event in self.qualog("events", "cat", "Gym").lines()
                  if event["action"] == "coding.added"]
        sessions = [event["session"] for event in events]
        self.assertEqual(sessions[0], sessions[1])
        self.assertEqual(len(set(sessions)), 4)

    def test_ST_2_a_full_disk_is_answered_and_every_command_ends_at_one(self):
        """Past 300 KB no file can grow; reasons fill the log and not the state. The first four are
        there before: how many of the rest go into one record, and with it fail, is up to time."""
        lines = [command("code.created", {"id": item_id(n), "name": f"Code {n}"}, "bo",
                         command_id=item_id(0x1000 + n), reason="x" * 16_000)
                 for n in range(1, 60)]
        given = "".join(program.json.dumps(line) + "\n" for line in lines)
        self.apply(*lines[:4])

        def no_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        full = program.Ended(subprocess.run(
            [program.binary, "-d", self.data, "apply", "Gym", "--json"], input=given,
            encoding="utf-8", capture_output=True, preexec_fn=no_room, env=program.environment(),
            check=False, timeout=program.TIMEOUT_SECONDS))
        answers = full.lines()
        self.assertEqual((full.code, len(answers)), (FAILED, len(lines)), full.err)
        self.assertGreater(len({answer["result"] for answer in answers}), 1)
        accepted = {}
        for answer in answers:
            kind = ACCEPTED if answer["result"] == "accepted" else NOT_DONE
            self.assertIsNone(misfit(answer, kind), answer)
            if answer["result"] == "accepted":
                accepted[answer["command_id"]] = answer
        again = {answer["command_id"]: answer for answer in self.apply(*lines)}
        self.assertEqual(len(again), len(lines))
        self.assertEqual({key: again[key] for key in accepted}, accepted)
        made = [event["command_id"] for event in self.qualog("events", "cat", "Gym").lines()
                if event["command_id"] in again]
        self.assertEqual(sorted(made), sorted(again))


class Names(Contract):
    """Who acts, on which directory and project."""

    READERS = (["state"], ["codes"], ["codings"], ["sources"], ["text", "Interview 1"],
               ["stripes", "Interview 1"], ["events", "cat"], ["log"], ["show", "1"],
               ["conflicts", "ls"], ["member", "ls"], ["guest"], ["project", "show"], ["verify"])

    def test_a_project_is_named_by_name_or_id(self):
        self.apply(self.coding(1, "bo"))
        for words in self.READERS:
            names = 2 if words[0] in ("events", "conflicts", "member", "project") else 1
            outs = {self.good(self.qualog(*words[:names], project, *words[names:])).out
                    for project in ("Gym", "gym", self.project)}
            self.assertEqual(len(outs), 1, words)
        self.shaped(self.qualog("guest", self.project, "off"), ACCEPTED)

    def actor_of(self, *options, line=None, **environment):
        given = program.json.dumps(line or {
            "action": "folder.created",
            "body": {"id": item_id(self.head()), "name": "x" * self.head()}}) + "\n"
        self.good(run("apply", "Gym", "-d", self.data, "--json", *options, given=given,
                      extra_environment=environment))
        return self.qualog("events", "cat", "Gym", "-o", "-1").line()["actor"]

    def test_who_acts(self):
        account = pwd.getpwuid(os.geteuid()).pw_name
        self.apply(*(command("member.added", {"principal": who, "group": "contributor"})
                     for who in (account, "di")))
        for who in (account, "di", "bo", "cy"):  # their profiles
            self.apply(command("coding.added", {"id": item_id(0x50 + self.head()),
                                                "code": self.CODE, "source": self.SOURCE}, who))
        self.assertEqual(self.actor_of(), account)
        self.assertEqual(self.actor_of(QUALOG_ACTOR=""), account)
        self.assertEqual(self.actor_of(QUALOG_ACTOR="bo"), "bo")
        self.assertEqual(self.actor_of("--actor", "cy", QUALOG_ACTOR="bo"), "cy")
        line = {"actor": "di", "action": "code.props_changed", "seen": "latest",
                "body": {"code": self.CODE, "description": "By di"}}
        self.assertEqual(self.actor_of("--actor", "cy", line=line), "di")

    def test_the_creator_is_the_account_and_the_owner(self):
        self.good(run("project", "create", "Own", "-d", self.data))
        user, = self.qualog("member", "ls", "Own").lines()
        self.assertEqual((user["principal"], user["group"]),
                         (pwd.getpwuid(os.geteuid()).pw_name, "owner"))

    def test_the_option_goes_before_the_environment(self):
        other = os.path.join(self.folder, "other")
        self.good(run("init", other))
        for given, projects in (([], 0), (["-d", self.data], 1)):
            ended = run("project", "ls", "--json", *given, extra_environment={"QUALOG_DATA": other})
            self.assertEqual((ended.code, len(ended.lines())), (DONE, projects))

    def test_a_directory_of_another_version(self):
        with open(os.path.join(self.data, "qualog.format"), "w", encoding="utf-8") as file:
            file.write("qualog data directory 3\n")
        for words in (["state"], ["apply"], ["verify"]):
            self.failing(self.qualog(*words, "Gym", given=""), TOO_NEW)

    def test_a_second_writer_is_refused_and_readers_go_on(self):
        owner = Running(self, "apply", "Gym")
        owner.send(self.coding(1, "bo"))
        self.assertIsNone(misfit(owner.line(), ACCEPTED))
        for words in (["apply", "Gym"], ["guest", "Gym", "off"], ["member", "rm", "Gym", "cy"],
                      ["project", "rename", "Gym", "X"], ["project", "undelete", "Gym"],
                      ["conflicts", "reapply", "Gym", item_id(1)]):
            self.failing(self.qualog(*words, given=""), HELD)
        for words in self.READERS:
            names = 2 if words[0] in ("events", "conflicts", "member", "project") else 1
            self.good(self.qualog(*words[:names], "Gym", *words[names:]))
        owner.send(self.coding(2, "bo", 0, 6))
        self.assertIsNone(misfit(owner.line(), ACCEPTED))
