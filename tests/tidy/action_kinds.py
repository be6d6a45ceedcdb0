# SPDX-License-Identifier: Apache-2.0
"""Rules are rows, not scattered ifs: outside the rules table, the fold and the schema nothing asks
which action it has. A place that must is listed here with its reason; a line of the list that is
no longer needed fails."""

import re

from tree import Violation, is_test, matches, without_comments

HOMES = ("engine/rules/", "projector/fold/", "schema/")

# path, what stands there -> why it may
NAMED_PLACES = {
    ("replay/reading/log_reading.cc", "ProjectCreated"): "the chain begins at the lineage",
    ("replay/stream/known.cc", "CodeCreated"): "the words of a code leave, those of a case do not",
    ("replay/stream/known.cc", "UserProfileCreated"): "pseudonyms stand for profiles too",
}

ASKED = re.compile(
    r"(?:==|!=|\bcase)\s*(?:\w+::)*fb::Action::(\w+)"
    r"|\bfb::Action::(\w+)\s*(?:==|!=)"
    r"|\baction_as_(\w+)\s*\("
    r"|\bswitch\s*\([^)]*\b(action_type|action\.type)\b")


def questions(tree):
    """(path, line, name of the action) of each place that asks."""
    for path in tree.paths(".h", ".cc"):
        if path.startswith(HOMES) or is_test(path):
            continue
        for line, match in matches(tree, path, ASKED, without_comments(tree.text(path))):
            yield path, line, next(filter(None, match.groups()))


def check_action_kinds(tree):
    used = set()
    for path, line, action in questions(tree):
        if (path, action) in NAMED_PLACES:
            used.add((path, action))
            continue
        yield Violation(path, line, f"asks whether an action is {action}: make it a column of "
                                    "engine/rules/rules.cc, or a named place with its reason")
    for path, action in sorted(set(NAMED_PLACES) - used):
        if tree.has(path):
            yield Violation(path, 0, f"no longer asks for {action}: take it out of NAMED_PLACES")
