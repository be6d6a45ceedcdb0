#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The controls of the house rules: for each rule violations are planted that it must find, and
their lawful neighbours, which it must leave alone. A rule without a planted violation fails."""

import contextlib
import io
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import action_kinds
import alone
import banned
import documents
import headers
import include_edges
import limits
import named_places
import symbols
import tally
import tidy
from tree import Tree, Violation, without_comments

HEAD = "// SPDX-License-Identifier: Apache-2.0\n// A thing, and what it guarantees.\n#pragma once\n"
LONG_BODY = "void work() {\n" + "  step();\n" * 75 + "}\n"
LONG_TABLE = "std::vector<Row> rows() {\n  return {\n" + "      {1, 2},\n" * 90 + "  };\n}\n"
LONG_CLASS = "class Thing {\n public:\n" + "  void step() {\n    go();\n  }\n" * 40 + "};\n"
ACT = "engine/owner/owner.cc"

# rule -> planted trees it must complain about
BROKEN = {
    include_edges.check_include_edges: [
        {"schema/a.h": '#include "projector/b.h"\n', "projector/b.h": ""},
        {"projector/a.cc": '#include "engine/b.h"\n', "engine/b.h": ""},
        {"engine/a.cc": '#include "replay/b.h"\n', "replay/b.h": ""},
        {"engine/log/a.cc": '#include "projector/b.h"\n', "projector/b.h": ""},
        {"projector/text/a.cc": '#include "projector/b.h"\n', "projector/b.h": ""},
        {"engine/rules/a.cc": '#include "engine/log/b.h"\n', "engine/log/b.h": ""},
        {"tools/interchange/a.cc": '#include "engine/b.h"\n', "engine/b.h": ""},
        {"engine/a.cc": '#include "tests/support/b.h"\n', "tests/support/b.h": ""},
        {"engine/a.cc": '#include "b.h"\n', "engine/b.h": ""},
        {"elsewhere/a.cc": ""},
        {"engine/a.cc": "#include <lmdb.h>\n"},
        {"tools/qualog/a.cc": "#  include  <zip.h>\n"},
        {"tools/qualog/a.cc": "#include <libxml/xmlreader.h>\n"},
        {"tools/qualog/a.cc": "#include <sys/socket.h>\n"},
        {"engine/decide.cc": "#include <chrono>\n"},
        {"projector/fold/a.cc": "#include <fstream>\n"},
        {"engine/rules/a.cc": "#include <mutex>\n"},
        {"tools/qualog/a.cc": "#include <regex>\n"},
    ],
    include_edges.check_include_cycles: [
        {"schema/a.h": '#include "schema/b.h"\n', "schema/b.h": '#include "schema/c.h"\n',
         "schema/c.h": '#include "schema/a.h"\n'},
    ],
    limits.check_line_length: [{"schema/a.cc": "x" * 101 + "\n"}],
    limits.check_file_length: [{"schema/a.cc": "\n" * 601}, {"tests/a.cc": "\n" * 801}],
    limits.check_function_length: [{"schema/a.cc": LONG_BODY},
                                   {"schema/a.h": "class A {\n" + LONG_BODY + "};\n"}],
    limits.check_folders: [{f"schema/a{n}.h": "" for n in range(26)},
                           {"schema/a/b/c/d/e.h": ""}],
    limits.check_root: [{f"file{n}": "" for n in range(21)}],
    headers.check_licence: [{"schema/a.cc": "// Copyright somebody\n"}],
    headers.check_opening: [
        {"schema/a.h": HEAD.replace("// A thing, and what it guarantees.\n", "")},
        {"schema/a.h": HEAD.replace("// A", "// more\n" * 12 + "// A")},
        {"tests/a_test.cc": "// SPDX-License-Identifier: Apache-2.0\n#include <map>\n"},
    ],
    headers.check_pragma_once: [{"schema/a.h": "#ifndef A\n#endif\n"}],
    banned.check_banned_code: [
        {"schema/a.h": "using namespace std;\n"},
        {"schema/a.cc": "auto* a = new Thing;\n"},
        {"schema/a.cc": "void f() { delete thing; }\n"},
        {"schema/a.cc": "out << std::endl;\n"},
        {"schema/a.cc": "assert(good);\n"},
        {"tests/a.cc": "std::this_thread::sleep_for(1s);\n"},
        {"tests/a.cc": "int n = rand();\n"},
        {"engine/a.cc": "MDB_env* env; mdb_env_create(&env);\n"},
        {"schema/a.cc": "sprintf(buffer, format);\n"},
        {"tools/qualog/a.cc": "fmt::print(stderr, words);\n"},
    ],
    banned.check_banned_words: [
        {"schema/a.cc": "// FI" "XME later\n"},
        {"docs/a.md": "See /wo" "rk/somewhere.\n"},
        {"tests/a.cc": 'auto place = "/tmp/ba" "sh_jobs";\n'.replace('" "', "")},
    ],
    banned.check_vocabulary: [{"engine/a.h": "// Writes the journal.\n"}],
    banned.check_unordered: [
        {"projector/a.cc": "std::unordered_map<Id, Row> rows;\nfor (auto& [a, b] : rows) f();\n"},
        {"engine/rules/a.h": "std::unordered_set<Id> ids_;\n",
         "engine/rules/a.cc": "auto first = ids_.begin();\n"},
    ],
    banned.check_characters: [{"schema/a.cc": "int a; \n"}, {"schema/a.cc": "\tint a;\n"},
                              {"schema/a.cc": "int a;"}, {"docs/a.md": "a\x01\n"}],
    documents.check_titles: [{"docs/a.md": "text\n"}, {"docs/a.md": "# One\n\n# Two\n"}],
    documents.check_links: [{"docs/a.md": "# A\n[b](b.md)\n"}, {"docs/a.md": "# A\n[b](#b)\n"}],
    documents.check_paths: [{"docs/a.md": "# A\nRead `engine/nothing.h`.\n"}],
    documents.check_readmes: [{"engine/a.h": ""}],
    documents.check_tables: [
        {"engine/README.md": "| `a` | it |\n", "engine/a.h": "", "engine/b.h": ""},
        {"engine/README.md": "| `a.h` | b.h |\n", "engine/a.h": "", "engine/b.h": ""},
        {"engine/README.md": "| `a.h` | `b` |\n", "engine/a.h": "", "engine/log/b.h": ""},
        {"engine/README.md": "| `log/` | it |\n```\n| `a` |\n```\n", "engine/log/b.h": "",
         "engine/a.h": ""},
    ],
    documents.check_decisions: [
        {"docs/decisions/0002-b.md": "# B\n\nStatus: accepted\n"},
        {"docs/decisions/0001-a.md": "# A\n", "docs/README.md": "decisions/0001-a.md\n"},
        {"docs/decisions/0001-a.md": "# A\n\nStatus: accepted\n", "docs/README.md": "None.\n"},
    ],
    action_kinds.check_action_kinds: [
        {ACT: "if (event.action_type() == fb::Action::CodeCreated) act();\n"},
        {ACT: "switch (event.action_type()) {\n}\n"},
        {ACT: "  case fb::Action::CodeCreated:\n"},
        {ACT: "if (fb::Action::CodeCreated != type) act();\n"},
        {ACT: "if (auto* made = event.action_as_CodeCreated()) act();\n"},
        {"replay/reading/log_reading.cc": "int nothing_is_asked_any_more;\n"},
    ],
}

# rule -> a planted tree it must leave alone
LAWFUL = {
    include_edges.check_include_edges: {
        "engine/a.cc": '#include "projector/b.h"\n#include "schema/fbs/event_generated.h"\n',
        "projector/b.h": "// #include <lmdb.h>\n", "projector/lmdb/c.cc": "#include <lmdb.h>\n",
        "tests/d.cc": '#include "engine/e.h"\n#include <zip.h>\n', "engine/e.h": ""},
    include_edges.check_include_cycles: {
        "schema/a.h": '#include "schema/c.h"\n', "schema/b.h": '#include "schema/c.h"\n',
        "schema/c.h": ""},
    limits.check_line_length: {"tests/a.cc": 'auto a = R"(\n' + "x" * 101 + '\n)";\n'},
    limits.check_function_length: {"schema/a.cc": LONG_TABLE, "schema/b.h": LONG_CLASS},
    banned.check_banned_code: {
        "schema/a.cc": '// new and delete and assert(x)\nauto a = "rand()";\nstatic_assert(true);\n'
                       "A(const A&) = delete;\nstd::unique_ptr<A> b(new A);\n"
                       "return std::unique_ptr<A>(new A);\nnew_name();\n"},
    banned.check_unordered: {
        "projector/a.cc": "std::unordered_map<Id, Row> rows;\nfor (auto& a : sorted(rows)) f();\n",
        "tools/a.cc": "std::unordered_set<Id> ids;\nfor (auto& id : ids) f();\n"},
    documents.check_links: {"docs/a.md": "# A b\n[c](c.md) [d](#a-b) [e](https://example.org)\n",
                            "docs/c.md": "# C\n"},
    documents.check_titles: {"docs/a.md": "# A\n```\n# not a title\n```\n"},
    documents.check_tables: {
        "engine/README.md": "| `a.h`, `b` `c*` | `log/d.h` |\n| `table/` |\n", "engine/a.h": "",
        "engine/b.h": "", "engine/cc.h": "", "engine/e.cc": "", "engine/log/d.h": "",
        "engine/log/f.h": "", "engine/table/g.h": "", "tools/README.md": "| `--all` | h |\n",
        "tools/h.h": ""},
    documents.check_paths: {"docs/a.md": "# A\n`engine/b.h` `engine/b` `engine`\n",
                            "engine/b.h": ""},
    action_kinds.check_action_kinds: {
        "engine/rules/a.cc": "if (type == fb::Action::CodeCreated) act();\n",
        ACT: "event.action.type = fb::Action::CodeCreated;\n"},
}


class EveryRule(unittest.TestCase):
    def test_has_planted_violations(self):
        self.assertEqual([r.__name__ for r in tidy.RULES if r not in BROKEN], [])

    def test_finds_what_is_planted(self):
        for rule, trees in BROKEN.items():
            for planted in trees:
                with self.subTest(rule=rule.__name__, planted=list(planted)[:3]):
                    self.assertTrue(list(rule(Tree(planted))))

    def test_leaves_lawful_neighbours_alone(self):
        for rule, planted in LAWFUL.items():
            with self.subTest(rule=rule.__name__):
                self.assertEqual(list(map(str, rule(Tree(planted)))), [])

    def test_tells_the_line(self):
        found = list(banned.check_banned_code(Tree({"schema/a.cc": "int a;\n\nassert(a);\n"})))
        self.assertEqual([(v.path, v.line) for v in found], [("schema/a.cc", 3)])


class Report(unittest.TestCase):
    def report(self, results):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            status = tidy.report(results)
        return status, printed.getvalue()

    def test_fails_for_one_violation(self):
        status, printed = self.report([("a", []), ("b", [Violation("c", 1, "d")])])
        self.assertEqual(status, 1)
        self.assertIn("c:1: d", printed)
        self.assertIn("1 test case out of 2 failed", printed.replace("cases", "case"))

    def test_passes_without(self):
        self.assertEqual(self.report([("a", [])])[0], 0)

    def test_a_name_that_is_not_needed_fails(self):
        (rule, path), _ = next(iter(named_places.NAMED_PLACES.items()))
        tree = Tree({path: ""})
        needed = [(rule, [Violation(path, 1, "x")])]
        self.assertEqual(named_places.leave_named_places(tree, needed), [(rule, [])])
        self.assertTrue(named_places.leave_named_places(tree, [(rule, [])])[0][1])


class Comments(unittest.TestCase):
    def test_lines_stay(self):
        text = 'a // b\n"c // d" /* e\n f */ g\n'
        blanked = without_comments(text)
        self.assertEqual(blanked.count("\n"), text.count("\n"))
        self.assertEqual(blanked.split(), ["a", "g"])
        self.assertIn('"c // d"', without_comments(text, keep_strings=True))


class Symbols(unittest.TestCase):
    NM = "                 U {}\n                 U memcpy\n                 U _ZNSt6vectorE\n"

    def test_impure_symbols_are_found(self):
        for symbol in ("clock_gettime", "_ZNSt6chrono3_V212system_clock3nowEv", "getrandom",
                       "socket", "open", "fopen64", "_ZNSt13basic_filebufIcE4open",
                       "pthread_create", "getenv", "time@GLIBC_2.2.5"):
            with self.subTest(symbol=symbol):
                self.assertEqual(len(list(symbols.problems("a.o", self.NM.format(symbol)))), 1)

    def test_pure_symbols_are_left_alone(self):
        self.assertEqual(list(symbols.problems("a.o", self.NM.format("_Znwm"))), [])

    def test_what_reads_and_writes_is_not_in_a_pure_library(self):
        self.assertIn("qualog_rules", symbols.PURE)
        self.assertNotIn("qualog_state", symbols.PURE)
        self.assertNotIn("qualog_engine", symbols.PURE)

    def test_a_build_without_libraries_fails(self):
        self.assertTrue(symbols.check(pathlib.Path("/nonexistent"))[1])


class Alone(unittest.TestCase):
    """Behind a hub that a header does not reach, a missing include would be hidden."""

    TREE = Tree({"schema/result.h": "", "projector/store.h": '#include "schema/result.h"\n',
                 "engine/a.h": '#include "projector/store.h"\n',
                 "engine/b.h": '#include "engine/a.h"\n',
                 "engine/c.h": '// #include "projector/store.h"\n#include <vector>\n'})

    def hub(self, path):
        return alone.hub_of(self.TREE, path)

    def test_a_header_is_compiled_behind_the_last_hub_that_it_reaches(self):
        self.assertEqual(self.hub("engine/a.h"), "projector/store.h")
        self.assertEqual(self.hub("engine/b.h"), "projector/store.h")
        self.assertEqual(self.hub("projector/store.h"), "schema/result.h")

    def test_a_header_that_reaches_none_is_compiled_behind_none(self):
        self.assertEqual(self.hub("engine/c.h"), "none")
        self.assertEqual(self.hub("schema/result.h"), "none")


class Tally(unittest.TestCase):
    LOG = ("1: \n1:   29 test cases out of 30 passed\n1:   1 test case out of 30 {}\n"
           "1/2 Test #1: schema ...........   {}  9.15 sec\n"
           "2/2 Test #2: tidy_headers .....   Passed    1.00 sec\n")

    def tallied(self, text, status):
        counted = tally.Tally()
        tally.add_step(counted, "dev", text, status)
        return counted

    def test_cases_are_added_up(self):
        self.assertEqual(self.tallied(self.LOG.format("skipped", "Passed"), 0).closing_line(),
                         "30 passed, 0 failed, 1 skipped")

    def test_failed_cases_fail(self):
        counted = self.tallied(self.LOG.format("failed", "***Failed"), 8)
        self.assertEqual(counted.closing_line(), "30 passed, 1 failed")
        self.assertFalse(counted.is_good())

    def test_a_crash_without_report_fails(self):
        crash = "1/1 Test #1: log ....Subprocess aborted***Exception:   0.05 sec\n"
        for text in (crash, crash.replace("Subprocess aborted***Exception:", "***Timeout"),
                     crash.replace("Subprocess aborted", "")):
            self.assertEqual(self.tallied(text, 8).closing_line(), "0 passed, 1 failed")

    def test_a_build_that_fails_is_a_failure(self):
        self.assertEqual(self.tallied("error: no\n", 1).closing_line(), "0 passed, 1 failed")

    def test_a_run_of_nothing_is_not_good(self):
        self.assertFalse(tally.Tally().is_good())


class Summary(unittest.TextTestResult):
    """Prints the same lines as the other tests, so that the cases are counted."""

    def stopTestRun(self):
        super().stopTestRun()
        bad = len({str(test) for test, _ in self.failures + self.errors})
        print(f"  {self.testsRun - bad} test cases out of {self.testsRun} passed")
        if bad:
            print(f"  {bad} test cases out of {self.testsRun} failed")


if __name__ == "__main__":
    unittest.main(testRunner=unittest.TextTestRunner(resultclass=Summary))
