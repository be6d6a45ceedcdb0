# SPDX-License-Identifier: Apache-2.0
"""Documents: one title each, links and paths that resolve, a README in every top folder, a table of
a folder that names all of it, decisions numbered without gaps and each with a status."""

import fnmatch
import posixpath
import re

from tree import TOP_FOLDERS, Violation

LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:" + "|".join(TOP_FOLDERS) + r"|cmake)/[\w./-]*\w)`")
CODE_SPAN = re.compile(r"`([^`]+)`")
# Written by a build, so not tracked.
GENERATED = re.compile(r"schema/fbs/\w+_generated\.h")


def outside_code(tree, path):
    """(line number, line) of what is not in a fenced block."""
    fenced = False
    for number, line in enumerate(tree.lines(path), 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif not fenced:
            yield number, line


def anchors(tree, path):
    """The anchors that headings make: lower case, spaces to dashes, no punctuation."""
    found = set()
    for _, line in outside_code(tree, path):
        if line.startswith("#"):
            title = line.lstrip("#").strip().lower().replace("`", "")
            found.add(re.sub(r"[^\w -]", "", title).replace(" ", "-"))
    return found


def check_titles(tree):
    for path in tree.paths(".md"):
        titles = [number for number, line in outside_code(tree, path) if line.startswith("# ")]
        if titles != [1]:
            yield Violation(path, 0, f"has {len(titles)} titles; a document has one, on line 1")


def link_problem(tree, path, target):
    if re.match(r"[a-z]+:", target):
        return None
    place, _, anchor = target.partition("#")
    resolved = posixpath.normpath(posixpath.join(posixpath.dirname(path), place)) if place else path
    if not tree.has(resolved) and not tree.is_folder(resolved):
        return f"{target} leads nowhere"
    if anchor and resolved.endswith(".md") and anchor not in anchors(tree, resolved):
        return f"{target}: no such heading"
    return None


def check_links(tree):
    for path in tree.paths(".md"):
        for number, line in outside_code(tree, path):
            for match in LINK.finditer(line):
                problem = link_problem(tree, path, match[1])
                if problem:
                    yield Violation(path, number, problem)


def exists(tree, path):
    stems = (path, path + ".h", path + ".cc", path + "_test.cc")
    return any(map(tree.has, stems)) or tree.is_folder(path) or bool(GENERATED.fullmatch(path))


def check_paths(tree):
    """A path of the house in a document is there: documents do not outlive what they speak of."""
    for path in tree.paths(".md"):
        for number, line in outside_code(tree, path):
            for match in PATH.finditer(line):
                if not exists(tree, match[1]):
                    yield Violation(path, number, f"{match[1]} is not there")


def check_readmes(tree):
    for folder in TOP_FOLDERS:
        if tree.is_folder(folder) and not tree.has(f"{folder}/README.md"):
            yield Violation(folder, 0, "has no README.md that says what lives there and why")


def headers_and_folders(tree, folder):
    """What lies beside a README that a newcomer looks for: `a.h`, `b/`; what is in `b` is not."""
    below = (path.removeprefix(folder + "/").partition("/")
             for path in tree.paths() if path.startswith(folder + "/"))
    return sorted({name + slash for name, slash, _ in below if slash or name.endswith(".h")})


def named_in_tables(tree, path):
    """The words in code in a document's tables, each up to its first slash: `a`, `a.h`, `b/c.h`."""
    rows = (line for _, line in outside_code(tree, path) if line.startswith("|"))
    spans = (span for row in rows for span in CODE_SPAN.findall(row))
    return {word.partition("/")[0] for span in spans for word in span.split()}


def check_tables(tree):
    """Whoever makes a table of a folder names all its headers, by name or stem, and folders."""
    for path in tree.paths("/README.md"):
        named = named_in_tables(tree, path)
        beside = headers_and_folders(tree, posixpath.dirname(path))
        missing = [name for name in beside if not any(
            fnmatch.fnmatchcase(word, pattern) for pattern in named
            for word in (name.rstrip("/"), name.removesuffix(".h")))]
        if len(missing) < len(beside):
            for name in missing:
                yield Violation(path, 0, f"no row of its table names {name}; say what it is")


def check_decisions(tree):
    numbers = []
    listed = tree.text("docs/README.md") if "docs/README.md" in tree.paths(".md") else ""
    for path in tree.paths(".md"):
        name = re.fullmatch(r"docs/decisions/(\d{4})-[a-z0-9-]+\.md", path)
        if name:
            numbers.append(int(name[1]))
            if not re.search(r"^Status: (proposed|accepted|superseded by \[\d{4}\]\(.+\))\.?$",
                             tree.text(path), re.MULTILINE):
                yield Violation(path, 0, "says no status")
            if posixpath.relpath(path, "docs") not in listed:
                yield Violation(path, 0, "docs/README.md does not list it")
    if numbers != list(range(1, len(numbers) + 1)):
        yield Violation("docs/decisions", 0, f"numbered with gaps or twice: {numbers}")
