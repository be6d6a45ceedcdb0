# SPDX-License-Identifier: Apache-2.0
"""Limits of size: lines, functions, files, folders, the root. A header and its source count as one
entry of a folder, because they hold one idea."""

import re

from tree import FLOORS, Violation, is_test, without_comments

LINE_COLUMNS = 100  # of code; raw strings and tables laid out by hand are data
FILE_LINES = 600
TEST_FILE_LINES = 800
FUNCTION_LINES = 70
FOLDER_ENTRIES = 25
ROOT_ENTRIES = 20
FOLDER_DEPTH = 3

CODE = (".h", ".cc", ".py", ".fbs", ".cmake", "CMakeLists.txt")
TABLE_STATEMENTS = 1  # a function that only returns a table may be as long as the table

# Folders that are larger for now: the number may only fall.
LARGER_FOLDERS = {}

DATA = re.compile(r'R"(\w*)\(.*?\)\1"|// clang-format off.*?// clang-format on', re.DOTALL)
NO_FUNCTION = re.compile(
    r"^\s*(?:\w+\s*:\s*)?(?:namespace|class|struct|union|enum|extern|if|for|while|switch|else|do"
    r"|try|catch|return|case|default|template\s*<[^(]*>\s*(?:class|struct)|QUALOG_\w+)\b")
SCOPE = re.compile(r"\b(?:namespace|class|struct|union|extern)\b[^()]*$")
SIGNATURE = re.compile(r"\)\s*(?:const|noexcept|override|final|mutable|&|&&|->[^;{]*|:[^;]*|\s)*$",
                       re.DOTALL)


def check_line_length(tree):
    for path in tree.paths(".h", ".cc", ".py"):
        code = DATA.sub(lambda match: "\n" * match[0].count("\n"), tree.text(path))
        for number, line in enumerate(code.split("\n"), 1):
            if len(line) > LINE_COLUMNS and "http" not in line:
                yield Violation(path, number, f"{len(line)} columns; the limit is {LINE_COLUMNS}")


def check_file_length(tree):
    for path in tree.paths(*CODE):
        limit = TEST_FILE_LINES if is_test(path) else FILE_LINES
        count = tree.text(path).count("\n")
        if count > limit:
            yield Violation(path, 0, f"{count} lines; the limit is {limit}: split it by ideas")


def functions(text):
    """(first line, lines, statements) of each function; lambdas belong to the one around them."""
    text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m[0]),
                  without_comments(text), flags=re.MULTILINE)
    stack, begin = [], 0
    for position, char in enumerate(text):
        inside = "function" in (kind for kind, _ in stack)
        if char == "{":
            head = text[begin:position]
            kind = "other"
            if not inside and SIGNATURE.search(head) and not NO_FUNCTION.match(head):
                kind = "function"
            elif not inside and SCOPE.search(head):
                kind = "scope"
            start = begin + len(head) - len(head.lstrip())
            stack.append((kind, start))
            begin = position + 1
        elif char == "}" and stack:
            kind, start = stack.pop()
            if kind == "function":
                whole = text[start:position]
                yield text.count("\n", 0, start) + 1, whole.count("\n") + 1, whole.count(";")
            begin = position + 1
        elif char == ";":
            begin = position + 1


def check_function_length(tree):
    for path in tree.paths(".h", ".cc"):
        for first, count, statements in functions(tree.text(path)):
            if count > FUNCTION_LINES and statements > TABLE_STATEMENTS:
                yield Violation(path, first, f"a function of {count} lines; the limit is "
                                             f"{FUNCTION_LINES}: one thing at one height")


def folders_of(tree):
    folders = {}
    for path in tree.paths():
        folder, _, name = path.rpartition("/")
        if path.startswith(FLOORS + ("tests", "docs", "cmake")) and folder:
            folders.setdefault(folder, set()).add(re.sub(r"\.(h|cc)$", "", name))
    return folders


def check_folders(tree):
    for folder, entries in sorted(folders_of(tree).items()):
        limit = LARGER_FOLDERS.get(folder, FOLDER_ENTRIES)
        if len(entries) > limit:
            yield Violation(folder, 0, f"{len(entries)} entries; the limit is {limit}: give the "
                                       "ideas that belong together a folder")
        if limit > FOLDER_ENTRIES >= len(entries):
            yield Violation(folder, 0, "no longer large: take it out of LARGER_FOLDERS")
        if folder.count("/") > FOLDER_DEPTH:
            yield Violation(folder, 0, f"deeper than {FOLDER_DEPTH} below the top folder")


def check_root(tree):
    entries = {path.split("/", 1)[0] for path in tree.paths()}
    if len(entries) > ROOT_ENTRIES:
        yield Violation(".", 0, f"{len(entries)} entries in the root; the limit is {ROOT_ENTRIES}: "
                                + " ".join(sorted(entries)))
