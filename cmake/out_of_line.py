# SPDX-License-Identifier: Apache-2.0
"""Takes the object API out of the headers that flatc makes: each *_generated.h keeps declarations,
and *_objects.cc beside it gets what copies, packs and unpacks.

flatc defines all of it inline. Every source that names an event then compiles the copy of each of
over a hundred actions: half of the time of a build.

Usage: out_of_line.py DIRECTORY NAME...
"""
import pathlib
import re
import sys

# `inline HEAD {` to the brace that closes it at the left edge. HEAD has no braces of its own.
FUNCTION = re.compile(r"^inline ([^{}]+?) \{\n(.*?)^\}\n", re.M | re.S)
MEMBER = re.compile(r"\w+::(operator=|\w+)\(")
PACKS_OBJECT = re.compile(r"\bCreate\w+\([^)]*const \w+T \*_o,")


def is_declared_before(head):
    """A definition of what its class, or a declaration above, has already declared."""
    return "= " not in head and (MEMBER.search(head) or PACKS_OBJECT.search(head))


def split(header):
    """What is left of the header, and the definitions taken out of it."""
    taken = []

    def take(match):
        head, body = match.groups()
        if not is_declared_before(head):
            return match.group(0)
        taken.append(f"{head} {{\n{body}}}\n")
        return ""

    left = FUNCTION.sub(take, header)
    # The declarations above promise no definition in each source any more.
    return re.sub(r"^inline ((?:[^{};])*const \w+T \*_o,[^{};]*;)", r"\1", left, flags=re.M), taken


def main(directory, names):
    for name in names:
        path = pathlib.Path(directory, f"{name}_generated.h")
        left, taken = split(path.read_text(encoding="utf-8"))
        source = ['#include "schema/fbs/event_generated.h"\n',
                  f'#include "schema/fbs/{name}_generated.h"\n', "namespace qualog::fb {\n"]
        path.with_name(f"{name}_objects.cc").write_text("\n".join([*source, *taken, "}\n"]),
                                                        encoding="utf-8")
        path.write_text(left, encoding="utf-8")


main(sys.argv[1], sys.argv[2:])
