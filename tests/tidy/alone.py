#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How headers are compiled alone in less time: a header that reaches a hub by its includes is
compiled behind the hub, which is precompiled. That hides nothing: what the hub brings, the header
brings itself, and the headers between the two are compiled alone too. Prints a line for each
header, its hub and itself; `none` is no hub."""

import argparse
import pathlib

from include_edges import includes
from tree import Tree

# The last one that a header reaches is its hub; each costs more than those before it.
HUBS = ["schema/result.h", "projector/store.h", "schema/fbs/command_generated.h",
        "engine/rules/rule.h", "engine/project.h"]


def reached(tree, path, seen=None):
    """All that the header includes, and what these include."""
    seen = set() if seen is None else seen
    for _, name, quoted in includes(tree, path):
        if quoted and name not in seen:
            seen.add(name)
            if tree.has(name):
                reached(tree, name, seen)
    return seen


def hub_of(tree, path):
    there = reached(tree, path)
    return next((hub for hub in reversed(HUBS) if hub in there), "none")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, required=True)
    tree = Tree.of_repository(parser.parse_args().root)
    for path in tree.paths(".h"):
        print(hub_of(tree, path), path)


if __name__ == "__main__":
    main()
