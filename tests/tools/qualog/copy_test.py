# SPDX-License-Identifier: Apache-2.0
"""A data directory that was copied while a program worked in it: whoever opens the copy is told
where it ends and what lies behind that."""

import json
import os
import shutil

import program
from program import DONE, ProjectTest, Running, command, item_id


class Copies(ProjectTest):
    NAMES = ("First", "Second", "Third")

    def copied(self):
        """A copy made at work, with a code more for each name."""
        running = Running(self, "apply", "Gym")
        for number, name in enumerate(self.NAMES, 1):
            running.send(command("code.created", {"id": item_id(number), "name": name}))
            self.ends = running.line()["sequence"]
        copy = os.path.join(self.folder, "copy")
        shutil.copytree(self.data, copy)
        return copy

    def hurt(self, copy, name):
        """One bit of the record that has this name."""
        path = os.path.join(copy, "projects", self.project, "log", "00000001.segment")
        with open(path, "r+b") as file:
            at = file.read().index(name.encode())
            file.seek(at)
            file.write(name[:1].swapcase().encode())

    def there(self, copy, *words, options=("--json",)):
        return program.run(*words, "-d", copy, "--actor", "anna", *options)

    def test_a_copy_that_lost_records_says_so_before_they_are_void(self):
        copy = self.copied()
        self.hurt(copy, "Second")
        proof = self.good(self.there(copy, "verify", "Gym")).line()
        self.assertEqual((proof["ok"], proof["copy_ends"]), (True, self.ends - 2))
        self.assertIs(proof["tail_has_records"], True)
        self.assertGreater(proof["tail_bytes"], 0)
        words = (f"this copy was made while the project ran; it ends after event {self.ends - 2}; "
                 f"{proof['tail_bytes']} bytes behind it are void, though whole records lie among")
        self.assertIn(words, self.there(copy, "verify", "Gym", options=()).out)
        opened = self.there(copy, "guest", "Gym", "on")
        self.assertEqual((opened.code, opened.err.count("\n")), (DONE, 1), opened.err)
        told = json.loads(opened.err)
        self.assertEqual(told.pop("message_type"), "copy_ends")
        self.assertTrue(told.pop("message").startswith(words))
        self.assertEqual(told, {key: proof[key] for key in told})
        # From then on it is a project of its own.
        self.good(self.there(copy, "guest", "Gym", "off"))
        self.assertNotIn("copy_ends", self.there(copy, "verify", "Gym").line())

    def test_every_command_that_opens_a_copy_as_owner_tells_it_once(self):
        copy = self.copied()
        proof = self.good(self.there(copy, "verify", "Gym")).line()
        self.assertEqual((proof["copy_ends"], proof["tail_bytes"], proof["tail_has_records"]),
                         (self.ends, 0, False))
        for words in (["apply", "Gym", os.devnull], ["member", "add", "Gym", "bo", "--group",
                                                     "reader"], ["project", "rename", "Gym", "Jim"],
                      ["project", "delete", "Gym", "--confirm", "Gym"]):
            again = os.path.join(self.folder, "again")
            shutil.copytree(copy, again)
            ended = self.there(again, *words, options=())
            self.assertEqual((ended.code, ended.err), (
                DONE, f"qualog: this copy was made while the project ran; it ends after event "
                      f"{self.ends}\n"), words)
            shutil.rmtree(again)
