# SPDX-License-Identifier: Apache-2.0
"""Tree: the tracked files of the repository, or files planted by the self-test, as every rule sees
them. A rule is a function of a Tree that yields Violations; it reads nothing else."""

import pathlib
import re
import subprocess
from typing import NamedTuple

TOP_FOLDERS = ("schema", "projector", "engine", "replay", "tools", "tests", "docs")
FLOORS = ("schema", "projector", "engine", "replay", "tools")
PICTURES = (".png",)  # they have a place in the tree and no text


class Violation(NamedTuple):
    path: str
    line: int  # 0: the file as a whole
    message: str

    def __str__(self):
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


class Tree:
    """paths() in order; text(path); is_folder(path). Texts are decoded once."""

    def __init__(self, texts):
        self._texts = dict(texts)

    @classmethod
    def of_repository(cls, root):
        root = pathlib.Path(root)
        texts = {}
        for path in tracked(root):
            file = root / path
            if file.is_file() and path.endswith(PICTURES):
                texts[path] = ""
            elif file.is_file():
                texts[path] = file.read_bytes().decode("utf-8", errors="surrogateescape")
        return cls(texts)

    def paths(self, *suffixes):
        return [p for p in sorted(self._texts) if not suffixes or p.endswith(suffixes)]

    def text(self, path):
        return self._texts[path]

    def lines(self, path):
        return self._texts[path].split("\n")

    def has(self, path):
        return path in self._texts

    def is_folder(self, path):
        prefix = path.rstrip("/") + "/"
        return any(p.startswith(prefix) for p in self._texts)


def tracked(root):
    """The files git knows; in an unpacked archive without git, all that are no build output."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={root}", "-C", str(root), "ls-files", "-z"],
        capture_output=True, check=False)
    if listed.returncode == 0:
        return [name for name in listed.stdout.decode().split("\0") if name]
    found = (p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())
    return [p for p in found if not p.startswith(("build", ".git/"))]


def is_test(path):
    return path.startswith("tests/")


def without_comments(text, keep_strings=False):
    """The same text with comments, and unless asked otherwise strings, blanked; lines stay."""
    pattern = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'',
        re.DOTALL)

    def blank(match):
        found = match[0]
        if keep_strings and not found.startswith("/"):
            return found
        return re.sub(r"[^\n]", " ", found)

    return pattern.sub(blank, text)


def matches(tree, path, pattern, text=None):
    """(line number, match) of a compiled pattern in a file."""
    whole = tree.text(path) if text is None else text
    for match in pattern.finditer(whole):
        yield whole.count("\n", 0, match.start()) + 1, match
