# SPDX-License-Identifier: Apache-2.0
"""What `--help` says of every command and sub-command: their names, options and examples, read off
the pages that people see."""

import re

from program import run

SECTION = re.compile(r"^(\w[\w ]*):$", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


class Page:
    """The help of one command; `words` is how it is called, without the program's name."""

    def __init__(self, words):
        self.words = words
        self.ended = run(*words, "--help")
        parts = SECTION.split(self.ended.out)
        self.sections = dict(zip(parts[1::2], parts[2::2]))

    def subcommands(self):
        return [line.split()[0] for line in self.sections.get("Subcommands", "").splitlines()
                if re.match(r"  \w", line)]

    def options(self):
        """Groups of spellings: [{"-o", "--offset"}, ...]."""
        heads = [line for line in self.sections.get("Options", "").splitlines()
                 if re.match(r"  -", line)]
        return [set(OPTION.findall(re.split(r"\s{2,}| [A-Z]", line.strip())[0])) for line in heads]

    def examples(self):
        return [line[2:] for line in self.sections.get("Examples", "").splitlines()
                if line.startswith("  ")]

    def name(self):
        return " ".join(self.words)


def pages(words=()):
    """The page of a command and of all below it."""
    page = Page(words)
    found = [page]
    for below in page.subcommands():
        found += pages((*words, below))
    return found


def commands():
    """Name -> page, of the commands that do something."""
    return {page.name(): page for page in pages() if not page.subcommands()}


def command_of(words, known):
    """The page of the command that a line calls, its words without the program's name; or None."""
    names = [word for word in words if not word.startswith("-")]
    return known.get(" ".join(names[:2])) or known.get(" ".join(names[:1]))


# Options without a value, and options that may be given more than once.
FLAGS = {"--all", "--allow-others", "--asides", "--break", "--by-coder", "--cases", "--csv",
         "--cut", "--density", "--descending",
         "--drain", "--dry-run", "--exclusive", "--follow", "--help", "--json", "--json-schema",
         "--markdown", "--oneline", "--pseudonyms", "--rebuild", "--resume", "--stream",
         "--structure-only", "--version", "--wait", "--with-text"}
REPEATED = {"verify --expect", "stripes --code", "stripes --coder"}
