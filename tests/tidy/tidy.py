#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The house rules over all tracked files. Prints one line a violation, with the place and what to
do, and then the count of the rules. Exit code 1 if a rule is broken. Standard library only."""

import argparse
import pathlib
import sys

import action_kinds
import banned
import documents
import headers
import include_edges
import limits
import named_places
from tree import Tree

RULES = [
    include_edges.check_include_edges,
    include_edges.check_include_cycles,
    limits.check_line_length,
    limits.check_file_length,
    limits.check_function_length,
    limits.check_folders,
    limits.check_root,
    headers.check_licence,
    headers.check_opening,
    headers.check_pragma_once,
    banned.check_banned_code,
    banned.check_banned_words,
    banned.check_vocabulary,
    banned.check_unordered,
    banned.check_characters,
    documents.check_titles,
    documents.check_links,
    documents.check_paths,
    documents.check_readmes,
    documents.check_tables,
    documents.check_decisions,
    action_kinds.check_action_kinds,
]


def report(results):
    """results: (name of the rule, its violations). Ends in the shape of a test report."""
    broken = 0
    for name, violations in results:
        broken += bool(violations)
        for violation in violations:
            print(f"{violation}  [{name}]")
    kept = len(results) - broken
    print(f"  {kept} test cases out of {len(results)} passed")
    if broken:
        print(f"  {broken} test cases out of {len(results)} failed")
    return 1 if broken else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, required=True)
    tree = Tree.of_repository(parser.parse_args().root.resolve())
    results = [(rule.__name__.removeprefix("check_"), list(rule(tree))) for rule in RULES]
    return report(named_places.leave_named_places(tree, results))


if __name__ == "__main__":
    sys.exit(main())
