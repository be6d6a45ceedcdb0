# SPDX-License-Identifier: Apache-2.0
"""What the house does not use, each with what it uses instead. Comments and strings are free unless
a row says otherwise."""

import re

from tree import Violation, matches, without_comments

# pattern, suffixes, places where it may stand, what to write instead
CODE = [
    (r"\busing\s+namespace\b", (".h",), [], "name what is used"),
    # A private constructor may be called where a unique_ptr takes the object in the same breath.
    (r"(?<!operator )(?<!operator)(?<![\w>]\()\bnew\b(?!\s*\()", (".h", ".cc"), [],
     "std::make_unique or a container"),
    (r"(?<!= )\bdelete\b(?!\s*;)", (".h", ".cc"), [], "an owner that cleans up"),
    (r"\bstd::endl\b", (".h", ".cc"), [], r"'\n'"),
    (r"(?<![_\w])assert\s*\(", (".h", ".cc"), [], "QUALOG_ASSERT, which is always on"),
    (r"\bsleep_(for|until)\b|\bu?sleep\s*\(", (".h", ".cc"), [], "a clock of the test, or a wait"),
    (r"\bs?rand\s*\(|\brandom_device\b|\bdefault_random_engine\b", (".h", ".cc"), [],
     "engine/effects.h, in tests tests/support/seed.h"),
    (r"\bmdb_\w+|\bMDB_\w+", (".h", ".cc"), ["projector/lmdb/"], "projector/lmdb/environment.h"),
    (r"\bstd::(regex|locale(?!::classic)|setlocale)\b|\bsetlocale\s*\(", (".h", ".cc"), ["tests/"],
     "functions that no locale can change"),
    (r"\b(strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|atof|strtok)\s*\(", (".h", ".cc"), [],
     "std::string, fmt, std::from_chars"),
    (r"\bfmt::print\b", (".h", ".cc"), ["tests/", "tools/bench/", "tools/probe/"],
     "tools/qualog/support/print.h: fmt::print throws where a stream cannot be written"),
    (r"\b(time|localtime|gmtime|ctime|mktime)\s*\(\s*(NULL|nullptr|&)", (".h", ".cc"), [],
     "a Clock of engine/effects.h"),
    (r"\bstd::(this_thread::yield)\b", (".h", ".cc"), [], "a condition to wait for"),
    (r"\bvolatile\b", (".h", ".cc"), ["tests/", "tools/probe/", "tools/bench/"], "std::atomic"),
    (r"\bgoto\b", (".h", ".cc"), [], "a function that returns"),
]

# The same, in comments and strings too.
EVERYWHERE = [
    (r"\bFI[X]ME\b|\bXX[X]\b|\bTO[D]O\b", "a line in CONTRIBUTING's open list, or the work itself"),
    (r"/[w]ork/|/tmp/[b]ash|\.\./[s]hared\b|/home/[a-z]+/",
     "no path of one machine is in a product"),
    (r"(?i)\b[s]ubagent\b|\b[l]anguage model\b|\b[c]hatbot\b",
     "the project speaks of itself alone"),
]

# One word for one idea (docs/glossary.md).
VOCABULARY = [
    (r"(?i)\bjournal(s|ed|ing)?\b", "log"),
    (r"(?i)\bevent ?store\b", "log"),
    (r"(?i)\bsnapshots?\b", "checkpoint"),
]
VOCABULARY_FREE = ("docs/decisions/", "docs/glossary.md", "schema/fbs/", "tests/",
                   "tools/interchange/")


def check_banned_code(tree):
    for pattern, suffixes, places, instead in CODE:
        compiled = re.compile(pattern)
        for path in tree.paths(*suffixes):
            if path.startswith(tuple(places)):
                continue
            for line, match in matches(tree, path, compiled, without_comments(tree.text(path))):
                yield Violation(path, line, f"{match[0].strip()}: write {instead}")


def check_banned_words(tree):
    for pattern, instead in EVERYWHERE:
        compiled = re.compile(pattern)
        for path in tree.paths():
            for line, match in matches(tree, path, compiled):
                yield Violation(path, line, f"{match[0]}: {instead}")


def check_vocabulary(tree):
    for pattern, word in VOCABULARY:
        compiled = re.compile(pattern)
        for path in tree.paths(".h", ".cc", ".md", ".fbs"):
            if path.startswith(VOCABULARY_FREE):
                continue
            for line, match in matches(tree, path, compiled):
                yield Violation(path, line, f"{match[0]}: the word of the house is {word}")


def check_unordered(tree):
    """Results must not depend on the order of a hash table: what runs in fold and decide has none
    that is iterated."""
    declared = re.compile(r"std::unordered_(?:multi)?(?:map|set)\s*<[^;(){}]*>\s*&?\s*(\w+)")
    for path in tree.paths(".h", ".cc"):
        if not path.startswith(("projector/", "engine/rules/", "engine/decide")):
            continue
        text = without_comments(tree.text(path))
        header = path.removesuffix(".cc") + ".h"
        names = set(declared.findall(text))
        names |= set(declared.findall(tree.text(header))) if tree.has(header) else set()
        for name in sorted(names):
            walked = re.compile(rf":\s*{name}\s*\)|\b{name}\s*\.\s*c?begin\s*\(")
            for line, _ in matches(tree, path, walked, text):
                yield Violation(path, line, f"{name} is walked in the order of a hash table: "
                                            "write std::map, or sort first")


def check_characters(tree):
    strange = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]|[ \t]+$|\t", re.MULTILINE)
    for path in tree.paths(".h", ".cc", ".py", ".md", ".fbs", ".txt", ".cmake", ".json"):
        if path.startswith("tests/golden/"):
            continue
        for line, match in matches(tree, path, strange):
            what = "a space at the end" if match[0].strip(" ") == "" else "a control character"
            yield Violation(path, line, f"{what} of the line" if "space" in what else what)
        if tree.text(path) and not tree.text(path).endswith("\n"):
            yield Violation(path, 0, "the last line ends with a line feed")
