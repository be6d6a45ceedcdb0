# SPDX-License-Identifier: Apache-2.0
"""How a file begins: the licence in one line, then prose that says what it is. Indented lines of
the prose are tables and layouts, and do not count against its length."""

import re

from tree import Violation

PROSE_LINES = 12
LICENCE = "SPDX-License-Identifier: Apache-2.0"


def opening(lines):
    """The comment lines after the licence."""
    prose = []
    for line in lines[1:]:
        if not line.startswith("//"):
            return prose
        prose.append(line)
    return prose


def check_licence(tree):
    for path in tree.paths(".h", ".cc", ".py"):
        if LICENCE not in "\n".join(tree.lines(path)[:2]):
            yield Violation(path, 1, f"begins with the line: // {LICENCE}")


def check_opening(tree):
    for path in tree.paths(".h", "_test.cc"):
        prose = opening(tree.lines(path))
        said = [line for line in prose if re.match(r"// ?\S", line)]
        if not said:
            yield Violation(path, 2, "after the licence, prose says what this file is")
        if len(said) > PROSE_LINES:
            yield Violation(path, 2, f"{len(said)} lines of prose; the limit is {PROSE_LINES}: "
                                     "the rest belongs into docs")


def check_pragma_once(tree):
    for path in tree.paths(".h"):
        if "\n#pragma once\n" not in tree.text(path):
            yield Violation(path, 1, "a header says #pragma once")
