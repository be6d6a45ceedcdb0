# SPDX-License-Identifier: Apache-2.0
"""Who may include whom. schema <- projector <- engine <- replay <- tools, never the other way, with
sub-libraries that stand lower than their folder; every third-party header has its places; no
cycles. The tables are the rule: to move an edge, change a row and say why in docs/decisions."""

import re

from tree import FLOORS, Violation, is_test, without_comments

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(<[^>\n]+>|"[^"\n]+")', re.MULTILINE)

# Folder or file prefix -> what it may include. The longest prefix counts.
MAY_INCLUDE = {
    "schema/": ["schema/"],
    "projector/": ["projector/", "schema/"],
    "projector/text/": ["projector/text/", "schema/"],
    "projector/lmdb/": ["projector/", "schema/"],
    "engine/": ["engine/", "projector/", "schema/"],
    "engine/rules/": ["engine/rules/", "projector/", "schema/"],
    "engine/decide": ["engine/rules/", "engine/decide", "projector/", "schema/"],
    "engine/effects": ["engine/effects", "schema/"],
    "engine/blobs/": ["engine/blobs/", "engine/log/", "schema/"],
    "engine/log/": ["engine/log/", "engine/effects", "schema/"],
    "replay/": ["replay/", "engine/", "projector/", "schema/"],
    "replay/stream/": ["replay/stream/", "projector/", "schema/"],
    "tools/": ["tools/", "replay/", "engine/", "projector/", "schema/"],
    "tools/interchange/": ["tools/interchange/", "schema/"],
    "tools/documents/": ["tools/documents/", "tools/interchange/", "schema/"],
    "tools/reader/": ["tools/reader/", "schema/"],
    "docs/": [],  # examples for others, with nothing of ours
    "tests/": ["tests/", "tools/", "replay/", "engine/", "projector/", "schema/"],
}

# Pattern of a header between the brackets -> where it may be included, and why only there. Tests
# may include all.
THIRD_PARTY = [
    (r"lmdb\.h", ["projector/lmdb/"], "LMDB is known in one place"),
    (r"zip\.h|zipconf\.h", ["tools/interchange/"], "archives are read by interchange only"),
    (r"libxml/.*", ["tools/interchange/"], "XML is read by interchange only"),
    (r"librdkafka/.*", ["engine/log/", "tools/probe/"],
     "brokers are known to the log only, and to its floor"),
    (r"poppler/.*|MediaInfo/.*", ["tools/reader/"],
     "PDF, sound and film are read in a process of its own"),
    (r"openssl/.*", ["schema/"], "one hash function, behind schema/chain.h"),
    (r"zlib\.h", ["engine/log/", "tools/probe/"], "the CRC of a record, and its floor"),
    (r"utf8proc\.h", ["schema/", "tools/interchange/", "tools/qualog/support/"],
     "names are normalised at the edge, cells measured in tables"),
    (r"CLI/.*", ["tools/"], "command lines belong to the programs"),
    (r"boost/test/.*", ["tests/"], "tests are outside the product"),
    (r"sys/socket\.h|sys/un\.h|netinet/.*|arpa/.*|netdb\.h|boost/(asio|beast).*", ["tools/server/"],
     "networking belongs to tools/server"),
    (r"thread|mutex|shared_mutex|condition_variable|future|atomic|pthread\.h|stop_token",
     ["schema/assert.cc", "projector/lmdb/", "engine/write_behind", "engine/log/", "engine/owner/",
      "engine/project", "replay/", "tools/"], "decide and fold know no thread"),
    (r"chrono|ctime|time\.h|random|sys/random\.h|sys/time\.h",
     ["schema/time.cc", "engine/effects", "engine/log/", "engine/owner/", "replay/", "tools/"],
     "time and randomness come in through engine/effects.h"),
    (r"fstream|fcntl\.h|unistd\.h|dirent\.h|sys/stat\.h|filesystem|sys/mman\.h",
     ["projector/lmdb/", "projector/state/", "engine/blobs/", "engine/log/", "engine/keys",
      "engine/arrival", "engine/data_", "engine/kafka_", "engine/owner/", "engine/project",
      "engine/purge_notes", "engine/registry", "replay/", "tools/"],
     "files are touched at the edge"),
    (r"iostream", ["tools/"], "only the programs print"),
    (r"locale|clocale|regex|codecvt", ["tests/"],
     "results would depend on the locale of the machine"),
]

GENERATED = re.compile(r"schema/fbs/\w+_generated\.h")


def longest_prefix(path, table):
    fitting = [prefix for prefix in table if path.startswith(prefix)]
    return max(fitting, key=len) if fitting else None


def includes(tree, path):
    """(line, name, is_quoted) of each include."""
    text = without_comments(tree.text(path), keep_strings=True)
    for match in INCLUDE.finditer(text):
        line = text.count("\n", 0, match.start(1)) + 1
        yield line, match[1][1:-1], match[1].startswith('"')


def own_edge(tree, path, line, name):
    if not tree.has(name) and not GENERATED.fullmatch(name):
        return Violation(path, line, f'"{name}" is not a file; includes are written from the root')
    if name.startswith("tests/") and not is_test(path):
        return Violation(path, line, f'"{name}": nothing outside tests includes tests')
    allowed = MAY_INCLUDE[longest_prefix(path, MAY_INCLUDE)]
    if not name.startswith(tuple(allowed)):
        return Violation(path, line, f'"{name}": {path.rsplit("/", 1)[0]} may include only '
                                     + ", ".join(allowed))
    return None


def library_edge(path, line, name):
    for pattern, places, why in THIRD_PARTY:
        if not re.fullmatch(pattern, name):
            continue
        if path.startswith((*places, "docs/")) or is_test(path):
            return None
        where = ", ".join(places)
        return Violation(path, line, f"<{name}> may be included in {where} only: {why}")
    return None


def check_include_edges(tree):
    for path in tree.paths(".h", ".cc"):
        if longest_prefix(path, MAY_INCLUDE) is None:
            yield Violation(path, 0, "C++ outside the folders of the house: " + ", ".join(FLOORS))
            continue
        for line, name, quoted in includes(tree, path):
            found = own_edge(tree, path, line, name) if quoted else library_edge(path, line, name)
            if found:
                yield found


def check_include_cycles(tree):
    edges = {path: [name for _, name, quoted in includes(tree, path) if quoted and tree.has(name)]
             for path in tree.paths(".h")}
    done, reported = set(), set()
    for start in edges:
        yield from cycles_from(start, edges, [], done, reported)


def cycles_from(path, edges, trail, done, reported):
    if path in trail:
        cycle = trail[trail.index(path):]
        if frozenset(cycle) not in reported:
            reported.add(frozenset(cycle))
            yield Violation(path, 0, "headers include each other: " + " -> ".join(cycle + [path]))
        return
    if path in done:
        return
    for name in edges.get(path, []):
        yield from cycles_from(name, edges, trail + [path], done, reported)
    done.add(path)
