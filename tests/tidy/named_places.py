# SPDX-License-Identifier: Apache-2.0
"""Places that a rule leaves alone, each with its reason. A line that is no longer needed fails, so
the list can only be as long as it must."""

from tree import Violation

# (rule, path) -> why
NAMED_PLACES = {
    ("banned_code", "tools/interchange/refi/model_builder.cc"):
        "a table of pointers that lives as long as the program",
    ("unordered", "projector/query/codes.cc"):
        "what the walk fills is sorted before it is handed out",
}


def leave_named_places(tree, results):
    """The results without what is named; an unused name is a violation of its rule."""
    kept = []
    for rule, violations in results:
        named = {path for name, path in NAMED_PLACES if name == rule and tree.has(path)}
        unused = named - {violation.path for violation in violations}
        kept.append((rule, [v for v in violations if v.path not in named] +
                     [Violation(path, 0, "keeps the rule: take it out of NAMED_PLACES")
                      for path in sorted(unused)]))
    return kept
