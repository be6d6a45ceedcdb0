# SPDX-License-Identifier: Apache-2.0
"""No document shows what does not work: the sessions of README and of docs/restore.md are run as
they stand and must tell what the text beside them says; every command, option and script that any
document names is there. Each check has its control, a document with a mistake."""

import glob
import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest

import help_pages
import program
import sessions

CHAIN = re.compile(r"\b[0-9a-f]{64}\b")
SPAN = re.compile(r"`([^`\n]+)`")
SHELL_WORDS = ("|", "||", "&&", ">", "<", ";", "#")


class Session(unittest.TestCase):
    """A home of its own, and the steps of a document in it."""

    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="qualog-session-")
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.environment = sessions.prepared(self.home, program.binary)

    def qualog(self, *arguments, given=None):
        """Stdout of the program, which must succeed."""
        ended = subprocess.run([program.binary, *arguments], cwd=self.home, env=self.environment,
                               input=given, capture_output=True, encoding="utf-8", check=False)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""), arguments)
        return ended.stdout

    def steps_of(self, text, *more):
        """Documents beside README take the program as found: its line for PATH goes first."""
        path = sessions.commands(sessions.read("README.md"))[0]
        self.assertIn("export PATH", path)
        given = sessions.commands(text)
        first = [] if path in given else [path]
        return sessions.run([*first, *given, *more], self.home, self.environment)


class Readme(Session):
    # Asked behind the session, in the same shell.
    QUESTIONS = ("qualog --actor ben conflicts ls Gym --json", "qualog codes Gym --json",
                 "qualog state Gym --at 5 --json",
                 'qualog state "Gym before the new name" --json',
                 'qualog codes "Gym before the new name" --json')

    def told(self, text):
        """What is wrong with the story of such a README; empty when it is as the text says."""
        steps = self.steps_of(text, *self.QUESTIONS)
        wrong = [repr(step) for step in sessions.failed(steps)]
        if wrong:
            return wrong
        told, answers = steps[:-len(self.QUESTIONS)], steps[-len(self.QUESTIONS):]
        inbox, codes, then, restored, old_codes = (
            [json.loads(line) for line in step.out.splitlines()] for step in answers)

        def out_of(words):
            return "".join(step.out for step in told if words in step.command)
        story = {
            "Ben was refused": "Ben was refused" in out_of("Confidence"),
            "Ben coded, and sees who was first": "I trust" in out_of("codings Gym"),
            "the inbox has Ben's words":
                [entry["mine"][0]["body"]["name"] for entry in inbox] == ["Confidence"],
            "Ada was first": [entry["winner"]["actor"] for entry in inbox] == ["ada"]
                and [code["name"] for code in codes] == ["Trust in people"],
            "the log tells of the coding": "ben coded" in out_of("log Gym"),
            "the project as it was": then[0]["digest"] in out_of("state Gym")
                and then[0]["sequence"] == 5,
            "the restored project is that": restored[0]["digest"] == then[0]["digest"]
                and [code["name"] for code in old_codes] == ["Trust"],
            "the proof": out_of("verify").startswith("ok: "),
        }
        return [sentence for sentence, holds in story.items() if not holds]

    def test_the_session_works_and_tells_its_story(self):
        self.assertEqual(self.told(sessions.read("README.md")), [])

    def test_control_a_broken_line_is_found(self):
        text = sessions.read("README.md")
        broken = text.replace("qualog project create", "qualog project crate")
        self.assertNotEqual(broken, text)
        self.assertIn("crate", self.told(broken)[0])

    def test_control_a_story_that_did_not_happen_is_found(self):
        text = sessions.read("README.md")
        last, = (line for line in text.splitlines() if "Confidence" in line)
        unrefused = text.replace(last, last.replace('"seen":5', '"seen":"latest"'))
        self.assertNotEqual(unrefused, text)
        self.assertIn("Ben was refused", self.told(unrefused))


class Restore(Session):
    """docs/restore.md speaks of a project "Gym in change" in ~/qualog with more than 120 events,
    and of its chain at 120: 64 hexadecimal digits in the document stand for that one."""

    KEPT = 120

    def setUp(self):
        super().setUp()
        self.environment["QUALOG_DATA"] = os.path.join(self.home, "qualog")
        self.qualog("init", "qualog")
        made = json.loads(self.qualog("project", "create", "Gym in change", "--json"))
        self.add_codes(made["sequence"] + 1, self.KEPT)
        kept = json.loads(self.qualog("verify", "Gym in change", "--json"))
        self.assertEqual(kept["sequence"], self.KEPT)
        self.add_codes(self.KEPT + 1, self.KEPT + 10)
        text = sessions.read("docs", "restore.md")
        self.assertRegex(text, rf"--expect {self.KEPT}:{CHAIN.pattern}")
        self.text = CHAIN.sub(kept["chain"], text)
        del self.environment["QUALOG_DATA"]

    def add_codes(self, first, last):
        lines = ({"action": "code.created", "body": {"id": program.item_id(number),
                                                     "name": f"Code {number}"}}
                 for number in range(first, last + 1))
        self.qualog("apply", "Gym in change", given="".join(json.dumps(line) + "\n"
                                                            for line in lines))

    def test_the_session_works(self):
        steps = self.steps_of(self.text)
        self.assertGreaterEqual(len(steps), 7)
        self.assertEqual(sessions.failed(steps), [])

    def test_control_another_history_is_found(self):
        steps = self.steps_of(CHAIN.sub("0" * 64, self.text))
        step, = sessions.failed(steps)
        self.assertIn("--expect", step.command)


class Demo(Session):
    def test_every_form_of_the_document_works(self):
        steps = self.steps_of(sessions.read("docs", "demo.md"))
        self.assertGreaterEqual(len(steps), 3)
        self.assertEqual(sessions.failed(steps), [])


def documents():
    root = sessions.root()
    return sorted(os.path.relpath(path, root) for path in
                  glob.glob(os.path.join(root, "*.md")) +
                  glob.glob(os.path.join(root, "docs", "**", "*.md"), recursive=True))


def lines_of(text):
    """What a document shows as typed: spans of code, and lines of blocks."""
    prose = sessions.BLOCK.sub("", text)
    found = SPAN.findall(prose.replace("\\|", "|"))
    for _, content in sessions.blocks(text):
        found += [line.removeprefix("$ ").strip() for line in content.splitlines()]
    return found


def words_of(line):
    """The words of the command in it, up to what only the shell reads; brackets that say what may
    be left out are none."""
    try:
        words = shlex.split(re.sub(r"[\[\]]", " ", line))
    except ValueError:
        words = line.split()
    for number, word in enumerate(words):
        if word in SHELL_WORDS or word.startswith("|"):
            return words[:number]
    return words


class Names(unittest.TestCase):
    """Commands, options and scripts that documents name."""

    @classmethod
    def setUpClass(cls):
        cls.known = help_pages.commands()
        cls.groups = {words[0] for words in (page.words for page in cls.known.values())}
        cls.everywhere = set().union(*help_pages.Page(()).options())

    def mistakes(self, text, bare=False):
        """What is typed in `text` that the program does not have; with `bare`, a span is a command
        also without the program's name before it."""
        found = []
        for line in lines_of(text):
            words = words_of(line)
            if not words or not (words[0] == "qualog" or bare and words[0] in self.groups):
                continue
            given = words[1:] if words[0] == "qualog" else words
            found += [f"{line}: {wrong}" for wrong in self.wrong_in(given)]
        return found

    def wrong_in(self, words):
        without_values = []
        skip = False
        for word in words:
            if not skip:
                without_values.append(word)
            skip = word in ("-d", "--data", "--actor")
        if not without_values or not re.match(r"[a-z-]", without_values[0]):
            return []  # qualog COMMAND: a command that is not named
        page = help_pages.command_of(without_values, self.known)
        if page is None:
            return [] if without_values == words[:1] and words[0] in self.groups else ["no command"]
        allowed = set().union(self.everywhere, *page.options())
        given = [option for word in words if word.startswith("-")
                 for option in help_pages.OPTION.findall(word)]
        return [f"no option {option}" for option in given if option not in allowed]

    def test_every_command_and_option_that_a_document_shows_is_there(self):
        shown = 0
        for path in documents():
            text = sessions.read(path)
            shown += len(lines_of(text))
            self.assertEqual(self.mistakes(text, bare=path == "docs/commands.md"), [], path)
        self.assertGreater(shown, 100)

    def test_control_mistakes_are_found(self):
        for text in ("`qualog codez P`", "`qualog verify P --chain`", "`qualog state P [--att N]`",
                     "```\nqualog -d x --actor bo project crate A | cat\n```"):
            self.assertEqual(len(self.mistakes(text)), 1, text)
        self.assertEqual(len(self.mistakes("`member add P NAME --as x`", bare=True)), 1)

    def test_every_command_and_option_is_in_the_document_of_commands(self):
        text = sessions.read("docs", "commands.md")
        shown = {word for line in lines_of(text) for word in re.split(r"[\s,|\[\]]+", line)}
        lines = lines_of(text)
        for name, page in self.known.items():
            self.assertTrue(any(line.startswith(name) for line in lines), name)
            for spellings in page.options():
                self.assertTrue(spellings & (shown | {"-h", "--help"}), (name, spellings))

    def test_every_script_that_a_document_shows_is_there(self):
        ended = subprocess.run([os.path.join(sessions.root(), "dev"), "help"], capture_output=True,
                               encoding="utf-8", check=True)
        known = set(re.findall(r"^  (\w+)", ended.stdout, re.MULTILINE)) | {"help"}
        self.assertGreaterEqual(known, {"demo", "test"})
        shown = set()
        for path in documents():
            for line in lines_of(sessions.read(path)):
                shown |= {match[1] for match in re.finditer(r"\./dev (\w+)", line)}
        self.assertGreaterEqual(shown, {"demo", "test", "help"})
        self.assertEqual(shown - known, set())
