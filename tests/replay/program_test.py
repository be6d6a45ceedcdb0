#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Rows: ST-10.
"""verify and restore as an administrator has them: the real program, its JSON and exit codes, also
beside an owner that runs. Usage: program_test.py QUALOG."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

DONE, USAGE, NOT_FOUND, DENIED, DAMAGED = 0, 2, 10, 12, 14
QUALOG = None


def item(number):
    return f"00000000-0000-7000-8000-{number:012x}"


def code(number, name):
    return {"actor": "anna", "action": "code.created", "body": {"id": item(number), "name": name}}


class Program(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="qualog-test-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.data = os.path.join(self.folder, "data")
        self.run_program("init", self.data)
        self.id = self.line("project", "create", "Gym")["id"]
        self.apply("Gym", *(code(n, f"Code {n}") for n in range(1, 6)))

    def arguments(self, *arguments, actor="anna", data=None):
        return [QUALOG, *arguments, "-d", data or self.data, "--actor", actor, "--json"]

    def run_program(self, *arguments, given=None, **more):
        return subprocess.run(self.arguments(*arguments, **more), input=given, text=True,
                              capture_output=True, timeout=60, check=False)

    def line(self, *arguments, code=DONE, **more):
        ended = self.run_program(*arguments, **more)
        self.assertEqual(ended.returncode, code, ended.stdout + ended.stderr)
        (only,) = ended.stdout.splitlines()
        return json.loads(only)

    def refused(self, code, *arguments, **more):
        ended = self.run_program(*arguments, **more)
        self.assertEqual((ended.returncode, ended.stdout), (code, ""), ended.stderr)
        self.assertEqual(len(ended.stderr.splitlines()), 1)
        return json.loads(ended.stderr)

    def apply(self, project, *commands):
        given = "".join(json.dumps(command) + "\n" for command in commands)
        ended = self.run_program("apply", project, given=given)
        self.assertEqual(ended.returncode, DONE, ended.stdout + ended.stderr)

    def segment(self, data=None):
        return os.path.join(data or self.data, "projects", self.id, "log", "00000001.segment")

    def flip(self, file, offset):
        with open(file, "r+b") as opened:
            opened.seek(offset)
            byte = opened.read(1)[0] ^ 1
            opened.seek(offset)
            opened.write(bytes([byte]))

    def test_verify_says_what_scripts_rely_on(self):
        said = self.line("verify", "Gym")
        self.assertEqual(list(said), ["ok", "sequence", "chain", "aside", "aside_chain", "digest",
                                      "state_digest", "aside_digest"])
        self.assertIs(said["ok"], True)
        state = self.line("state", "Gym")
        for key in ("sequence", "digest", "state_digest"):
            self.assertEqual(said[key], state[key])
        rebuilt = self.line("verify", "Gym", "--rebuild")
        self.assertEqual(rebuilt, said)

    def test_verify_expects_what_was_kept(self):
        kept = self.line("verify", "Gym")
        self.apply("Gym", code(9, "Later"))
        proof = f"{kept['sequence']}:{kept['chain']}"
        self.line("verify", "Gym", "--expect", proof)
        wrong = f"{kept['sequence'] - 1}:{kept['chain']}"
        self.assertIs(self.line("verify", "Gym", "--expect", wrong, code=DAMAGED)["ok"], False)
        self.refused(USAGE, "verify", "Gym", "--expect", "abc")

    def test_ST_10_verify_names_file_and_sequence_of_a_flipped_bit_in_a_copy(self):
        copy = os.path.join(self.folder, "backup")
        shutil.copytree(self.data, copy)
        self.assertIs(self.line("verify", "Gym", "--rebuild", data=copy)["ok"], True)
        self.flip(self.segment(copy), 1800)
        said = self.line("verify", self.id, data=copy, code=DAMAGED)
        self.assertEqual(list(said), ["ok", "file", "offset", "sequence", "reason"])
        self.assertEqual(said["file"], self.segment(copy))
        self.assertTrue(0 < said["offset"] <= 1800)
        self.assertGreater(said["sequence"], 0)
        self.assertIs(self.line("verify", "Gym")["ok"], True)

    def test_restore_makes_what_state_shows(self):
        then = self.line("state", "Gym", "--at", "4")
        before = self.line("verify", "Gym")
        made = self.line("restore", "Gym", "--at", "4", "--as", "Gym before")
        self.assertEqual(list(made), ["project", "id", "sequence", "from_sequence", "digest"])
        self.assertEqual((made["project"], made["sequence"], made["from_sequence"]),
                         ("Gym before", 5, 4))
        self.assertEqual(made["digest"], then["digest"])
        self.assertEqual(self.line("state", "Gym before")["digest"], then["digest"])
        self.assertEqual(self.line("verify", "Gym"), before)

    def test_restore_refuses_with_its_own_exit_codes(self):
        self.refused(DENIED, "restore", "Gym", "--at", "4", "--as", "Mine", actor="bo")
        self.refused(NOT_FOUND, "restore", "Gym", "--at", "400", "--as", "Then")
        self.refused(NOT_FOUND, "restore", "Pool", "--at", "4", "--as", "Then")
        self.refused(USAGE, "restore", "Gym", "--at", "then", "--as", "Then")
        self.refused(USAGE, "restore", "Gym", "--at", "4", "--as", "gym")
        self.assertEqual(len(self.run_program("project", "ls").stdout.splitlines()), 1)

    def test_all_of_it_works_beside_an_owner_that_runs(self):
        with subprocess.Popen(self.arguments("apply", "Gym"), stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True) as owner:
            for number in range(20, 60):
                owner.stdin.write(json.dumps(code(number, f"Code {number}")) + "\n")
                owner.stdin.flush()
                answer = json.loads(owner.stdout.readline())
                if number % 10 != 0:
                    continue
                said = self.line("verify", "Gym", "--rebuild")
                self.assertGreaterEqual(said["sequence"], answer["sequence"])
                at = str(answer["sequence"] - 1)
                then = self.line("state", "Gym", "--at", at)
                made = self.line("restore", "Gym", "--at", at, "--as", f"Gym {number}")
                self.assertEqual(made["digest"], then["digest"])
            owner.stdin.close()
            self.assertEqual(owner.wait(), DONE)
        self.line("verify", "Gym", "--rebuild")


def main():
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Program)
    total = suite.countTestCases()
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    failed = len({str(test) for test, _ in result.failures + result.errors})
    print(f"  {total - failed} test cases out of {total} passed")
    if failed:
        print(f"  {failed} test cases out of {total} failed")
    return 0 if result.wasSuccessful() and total > 0 else 1


if __name__ == "__main__":
    QUALOG = sys.argv[1]
    sys.exit(main())
