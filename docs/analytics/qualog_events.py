# SPDX-License-Identifier: Apache-2.0
"""Rows of `qualog events cat --format ndjson`, folded to what stands now: codes, sources, codings.

    import qualog_events
    project = qualog_events.project("events.ndjson")
    for coding in project.codings: print(coding["coder"], coding["code_id"])

A row may come more than once, as it does over a topic: (project_id, seq) is counted once. What was
undone, removed, deleted or merged counts as such; passages stand where edits have moved them.
Standard library; frames() alone needs pandas."""

import argparse
import datetime
import json
import sys

import qualog_text

# Codes, sources and codings change by these alone; an unknown one would make every number wrong.
OURS = ("code.", "coding.", "source.", "folder.", "transcript.", "picturelog.", "undo.", "redo.")
# They change none of them; of a group, the events behind its first do the work.
PASSED_OVER = ("code.split", "code.copied", "coding.batch_added", "source.formatting_changed",
               "transcript.row_changed", "transcript.row_moved", "picturelog.row_changed")


def read(path):
    """The rows of a file, or of standard input where it is "-": each once, by project and seq."""
    try:
        with sys.stdin if path == "-" else open(path, encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines if line.strip()]
        once = {(row["project_id"], row["seq"]): row for row in rows}
    except OSError as error:
        sys.exit(f"{path}: {error.strerror}")
    except (ValueError, KeyError, TypeError):
        sys.exit(f"{path}: no rows; write them with qualog events cat PROJECT --format ndjson")
    return [once[key] for key in sorted(once)]


def projects(rows):
    """project_id -> Project."""
    folds = {}
    for row in rows:
        folds.setdefault(row["project_id"], Fold()).row(row)
    return {name: Project(name, fold) for name, fold in folds.items()}


def until(rows, day):
    """What had happened by the end of that day, "2026-03-09": the first rows of each project."""
    ended = set()
    for row in rows:
        if row["at"][:10] > day:
            ended.add(row["project_id"])
        if row["project_id"] not in ended:
            yield row


def project(path, project_id=None, day=None):
    """The one project in a file, or the one that is named; now, or at the end of a day."""
    rows = read(path)
    found = projects(until(rows, day) if day else rows)
    if project_id is None and len(found) == 1:
        return next(iter(found.values()))
    if not found:
        sys.exit(f"{path}: no rows; write them with qualog events cat PROJECT --format ndjson")
    if project_id not in found:
        sys.exit("name one of the projects with --project: " + " ".join(found))
    return found[project_id]


def day_of(text):
    """A day as rows have it."""
    if datetime.date.fromisoformat(text).isoformat() != text:
        raise ValueError
    return text


def arguments(description):
    """The command line of the examples."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("events", help="rows as NDJSON; - for standard input")
    parser.add_argument("--project", metavar="ID", help="which one, where there are several")
    parser.add_argument("--until", metavar="DAY", type=day_of,
                        help="as it was at the end of a day, 2026-03-09")
    parser.add_argument("--picture", metavar="FILE", help="draw it: a .png or .svg")
    return parser


def chosen(given):
    """The project that the command line asks for."""
    return project(given.events, given.project, given.until)


def united(intervals):
    """The same stretches as disjoint ones, in order."""
    made = []
    for begin, end in sorted(intervals):
        if made and begin <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        elif begin < end:
            made.append((begin, end))
    return made


def length_of(intervals):
    """How many code points lie in at least one."""
    return sum(end - begin for begin, end in united(intervals))


class Project:
    """What stands now, as lists of dictionaries, each in the order in which it was made."""

    def __init__(self, project_id, fold):
        self.project_id = project_id
        self.rows = fold.rows
        self.codes = [fold.code(item) for item in fold.standing("code")]
        self.sources = [fold.source(item) for item in fold.standing("source")]
        self.codings = [fold.coding(item) for item in fold.standing("coding")]

    def passages(self, source_id, coders=None, codes=None):
        """(begin, end) of the codings on a source by any of these coders with any of these codes;
        the whole source is a passage too; what was deleted from the text, and an area, is none."""
        length = next(s["length"] for s in self.sources if s["source_id"] == source_id)
        return [(0, length) if coding["whole"] else (coding["begin"], coding["end"])
                for coding in self.codings
                if coding["source_id"] == source_id and not coding["detached"]
                and (coding["whole"] or coding["begin"] is not None)
                and (coders is None or coding["coder"] in coders)
                and (codes is None or coding["code_id"] in codes)]

    def frames(self):
        """Codes, sources and codings as pandas frames."""
        import pandas
        return [pandas.DataFrame(each) for each in (self.codes, self.sources, self.codings)]


class Item:
    """A code, source, coding, folder or row of a transcript: facets by name."""

    def __init__(self, row, kind, **facets):
        self.row, self.kind = row, kind
        self.facets = {"life": "alive", **facets}


class Fold:
    """The state of one project, event by event, as the engine folds it: items are facets, and each
    event keeps what it found, so that one mechanism undoes all of them."""

    def __init__(self):
        self.rows = []
        self.items = {}      # id -> Item
        self.effects = {}    # seq -> [(item id, facet, value before)]; "made": the item itself
        self.edits = {}      # seq -> (source id, splices, item id -> (before, after))
        self.history = {}    # source id -> [(seq, splices)]
        self.profiles = {}   # profile id -> account
        self.on_source = {}  # source id -> what moves with its text: codings, and rows

    def row(self, row):
        if row["seq"] != len(self.rows) + 1:
            raise ValueError(f"event {len(self.rows) + 1} is missing: begin with the first")
        self.rows.append(row)
        handler = HANDLERS.get(row["type"])
        if handler is not None:
            handler(self, row, row["payload"])
        elif row["type"].startswith(OURS) and row["type"] not in PASSED_OVER:
            raise ValueError(f"{row['type']}: these scripts are older than the program")

    # ---- how events change items

    def make(self, row, kind, **facets):
        self.items[row["entity_id"]] = Item(row, kind, **facets)
        self.effects.setdefault(row["seq"], []).append((row["entity_id"], "made", None))

    def set(self, row, item_id, facet, value):
        facets = self.items[item_id].facets
        self.effects.setdefault(row["seq"], []).append((item_id, facet, facets[facet]))
        facets[facet] = value

    def rename(self, row, item_id, **more):
        """A name that was withheld leaves the one that is known."""
        changed = {key: value for key, value in {"name": row["name"], **more}.items()
                   if value is not None}
        self.set(row, item_id, "props", {**self.items[item_id].facets["props"], **changed})

    def code_created(self, row, payload):
        self.make(row, "code", parent=row["parent_id"],
                  props={"name": row["name"], "kind": row["kind"], "codable": payload["codable"],
                         "aggregate": payload["aggregate"]})

    def source_created(self, row, payload):
        """A file has no text_length where it has no text."""
        missing = payload["text_state"] == "missing"
        self.make(row, "source", parent=row["folder_id"], missing=missing,
                  length=payload.get("text_length", 0),
                  props={"name": row["name"], "kind": row["kind"]})

    def text_supplied(self, row, payload):
        facets = self.items[row["source_id"]].facets
        facets["missing"] = False
        facets["length"] += payload["text_length"]
        if facets["length"] >= row["length"]:
            self.clip(row["source_id"], facets["length"])

    def clip(self, source_id, length):
        """Passages that were taken on trust while the text was missing end with it."""
        for item_id in self.on_source.get(source_id, ()):
            facets = self.items[item_id].facets
            if not facets["range"] or facets["range"][2] or facets["range"][1] <= length:
                continue
            begin, end, _ = facets["range"]
            is_gone = length <= begin < end
            facets["range"] = ((length, length + end - begin, True) if is_gone
                               else (begin, length, False))

    def text_edited(self, row, payload):
        splices = [(splice["position"], splice["delete_length"], splice.get("insert_length", 0))
                   for splice in payload["splices"]]
        self.edit(row, row["source_id"], splices, {})

    def edit(self, row, source_id, splices, kept):
        saved = {}
        for item_id in self.on_source.get(source_id, ()):
            facets = self.items[item_id].facets
            if not facets["range"]:
                continue
            facets["range"], restore = qualog_text.moved(splices, facets["range"],
                                                         kept.get(item_id))
            if restore:
                saved[item_id] = restore
        facets = self.items[source_id].facets
        facets["length"] += sum(inserted - deleted for _, deleted, inserted in splices)
        self.history.setdefault(source_id, []).append((row["seq"], splices))
        self.edits[row["seq"]] = (source_id, splices, saved)

    def row_added(self, row, payload):
        """A row of a transcript brings its words, or stands on those that are there."""
        source_id, begin = row["source_id"], row["position"] or 0
        words = payload.get("text_length", 0)
        if words:
            self.edit(row, source_id, [(begin, 0, words)], {})
        self.make(row, "row", range=(begin, begin + words + (row["length"] or 0), False),
                  place={"source": source_id})
        self.on_source.setdefault(source_id, []).append(row["entity_id"])

    def row_deleted(self, row, _):
        """Its words go with it, as far as they are still there."""
        facets = self.items[row["entity_id"]].facets
        begin, end, is_gone = facets["range"]
        if begin < end and not is_gone:
            self.edit(row, facets["place"]["source"], [(begin, end - begin, 0)], {})
        self.set(row, row["entity_id"], "life", "deleted")

    def coding_added(self, row, payload):
        coder, at, claim = row["coder_id"] or row["actor_id"], row["at"], payload.get("claim")
        claimed = claim and claim.get("time")
        if row["piece_of_id"]:
            whole = self.items[row["piece_of_id"]].facets["place"]
            coder, at, claimed = whole["coder"], whole["at"], whole["claimed_at"]
        self.make(row, "coding", note={"weight": row["weight"]}, range=range_in(row, payload),
                  place={"code": row["code_id"], "source": row["source_id"], "coder": coder,
                         "at": at, "claimed_at": claimed})
        self.on_source.setdefault(row["source_id"], []).append(row["coding_id"])

    def undo_applied(self, row, _):
        """The intent of a group has no undo_of: the events behind it do the work."""
        undone = row["undo_of"]
        if undone in self.edits:
            source_id, splices, saved = self.edits[undone]
            self.edit(row, source_id, qualog_text.inverse(splices), saved)
        entries = self.effects.get(undone, [])
        for item_id, facet, before in reversed(entries):
            if facet == "made":
                self.set(row, item_id, "life", "undone")
                continue
            if facet == "range" and before:
                before = self.range_now(item_id, undone, before)
            self.set(row, item_id, facet, before)
        if entries and row["name"]:
            self.rename(row, entries[0][0])

    def range_now(self, coding_id, seq, passage):
        """Where a range stands now that stood so when `seq` was written."""
        source_id = self.items[coding_id].facets["place"]["source"]
        for edited, splices in self.history.get(source_id, ()):
            if edited > seq:
                passage = qualog_text.mapped(splices, passage)
        return passage

    # ---- what stands

    def stands(self, item_id):
        """Nothing stands on what is gone; on a merged code, as long as its target stands."""
        if item_id is None:
            return True
        item = self.items.get(item_id)
        if item is None:
            return False
        life, facets = item.facets["life"], item.facets
        if isinstance(life, tuple):
            return self.stands(life[1])
        if life != "alive":
            return False
        if item.kind == "coding":
            return self.stands(facets["place"]["code"]) and self.stands(facets["place"]["source"])
        return self.stands(facets["parent"])

    def standing(self, kind):
        return [item for item_id, item in self.items.items()
                if item.kind == kind and item.facets["life"] == "alive" and self.stands(item_id)]

    def target(self, code_id):
        """The code that counts: at the end of its merges."""
        life = self.items[code_id].facets["life"]
        return self.target(life[1]) if isinstance(life, tuple) else code_id

    @staticmethod
    def made(item):
        return {item.kind + "_id": item.row["entity_id"], "seq": item.row["seq"]}

    def code(self, item):
        return {**self.made(item), **item.facets["props"], "parent_id": item.facets["parent"],
                "at": item.row["at"], "actor_id": item.row["actor_id"]}

    def source(self, item):
        length = None if item.facets["missing"] else item.facets["length"]
        return {**self.made(item), **item.facets["props"], "folder_id": item.facets["parent"],
                "length": length, "at": item.row["at"], "actor_id": item.row["actor_id"]}

    def coding(self, item):
        place, passage = item.facets["place"], item.facets["range"] or (None, None, False)
        return {**self.made(item), "code_id": self.target(place["code"]),
                "applied_code_id": place["code"], "source_id": place["source"],
                "begin": passage[0], "end": passage[1], "detached": passage[2],
                "whole": item.facets["range"] is None,
                "coder": self.profiles.get(place["coder"]) or place["coder"],
                "at": place["at"], "claimed_at": place["claimed_at"],
                "weight": item.facets["note"]["weight"]}


def range_in(row, payload):
    """None: the whole source. (): an area of a page or a picture, in which no code points are."""
    if row["begin"] is not None:
        return row["begin"], row["end"], False
    return () if payload.get("area") else None


def set_lives(listed, life):
    def handle(fold, row, payload):
        for item_id in payload.get(listed, ()):
            fold.set(row, item_id, "life", life(row))
    return handle


def set_facet(facet, value):
    return lambda fold, row, payload: fold.set(row, row["entity_id"], facet, value(row))


def change_range(fold, row, payload):
    fold.set(row, row["coding_id"], "range", range_in(row, payload))


def move_coding(fold, row, _):
    place = fold.items[row["coding_id"]].facets["place"]
    fold.set(row, row["coding_id"], "place", {**place, "code": row["code_id"]})


def weigh(fold, row, _):
    note = fold.items[row["coding_id"]].facets["note"]
    weight = note["weight"] if row["weight"] is None else row["weight"]
    fold.set(row, row["coding_id"], "note", {"weight": weight})


HANDLERS = {
    "user.profile_created": lambda fold, row, _:
        fold.profiles.__setitem__(row["entity_id"], row["principal_id"]),
    "folder.created": lambda fold, row, _:
        fold.make(row, "folder", parent=row["parent_id"], props={"name": row["name"]}),
    "folder.renamed": lambda fold, row, _: fold.rename(row, row["entity_id"]),
    "folder.moved": set_facet("parent", lambda row: row["parent_id"]),
    "folder.deleted": set_facet("life", lambda row: "deleted"),
    "source.created": Fold.source_created,
    "source.imported": Fold.source_created,
    "source.text_supplied": Fold.text_supplied,
    "source.props_changed": lambda fold, row, _: fold.rename(row, row["entity_id"]),
    "source.moved": set_facet("parent", lambda row: row["folder_id"]),
    "source.deleted": set_facet("life", lambda row: "deleted"),
    "source.text_edited": Fold.text_edited,
    "code.created": Fold.code_created,
    "code.props_changed": lambda fold, row, payload:
        fold.rename(row, row["entity_id"], aggregate=payload.get("aggregate")),
    "code.moved": set_facet("parent", lambda row: row["parent_id"]),
    "code.merged": set_lives("from", lambda row: ("merged", row["into_id"])),
    "code.unmerged": set_lives("codes", lambda row: "alive"),
    "code.deleted": set_facet("life", lambda row: "deleted"),
    "coding.added": Fold.coding_added,
    "coding.removed": set_lives("codings", lambda row: "deleted"),
    "coding.moved": move_coding,
    "coding.range_changed": change_range,
    "coding.weight_or_comment_set": weigh,
    "transcript.row_added": Fold.row_added,
    "transcript.row_deleted": Fold.row_deleted,
    "picturelog.row_added": Fold.row_added,
    "picturelog.row_deleted": Fold.row_deleted,
    "undo.applied": Fold.undo_applied,
    "redo.applied": Fold.undo_applied,
}
