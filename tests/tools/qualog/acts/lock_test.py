# SPDX-License-Identifier: Apache-2.0
"""`lock` and `unlock`: one person edits a source; others are told, wait, or an Owner ends it."""

import subprocess

import program
from program import CONFLICT, DONE, NOT_FOUND, Interview, command


class Lock(Interview):
    def lock(self, *more, actor="bo"):
        return self.qualog("lock", "Gym", "Interview 1", *more, actor=actor)

    def unlock(self, *more, actor="bo"):
        return self.qualog("unlock", "Gym", "Interview 1", *more, actor=actor)

    def edit(self, lease, actor="bo"):
        source = self.good(self.qualog("sources", "Gym")).line()
        body = {"source": self.SOURCE, "token": lease["token"], "version": source["sequence"],
                "splices": [{"position": 0, "insert": "Well. "}]}
        return command("source.text_edited", body, actor, "latest", session=lease["session"])

    def test_who_has_it_edits_in_the_session_that_is_printed(self):
        lease = self.good(self.lock()).line()
        self.assertEqual(lease["token"], lease["sequence"])
        self.apply(self.edit(lease))
        self.assertTrue(self.text("text", "Gym", "Interview 1").out.startswith("Well. I swim"))
        self.good(self.unlock())
        self.apply(self.edit(lease), code=program.PARTLY)

    def test_again_is_the_same_lease(self):
        first, second = self.good(self.lock()).line(), self.good(self.lock()).line()
        self.assertEqual((first["session"], first["token"]), (second["session"], second["token"]))
        self.assertIs(second["noop"], True)

    def test_others_are_told(self):
        self.good(self.lock())
        ended = self.lock(actor="cy")
        self.assertEqual((ended.code, ended.line()["code"]), (CONFLICT, "LOCKED_EDIT"))
        self.assert_error(self.unlock(actor="cy"), CONFLICT)
        self.assertIs(self.qualog("unlock", "Gym", "Interview 1", actor="bo").line()["noop"], False)
        self.good(self.lock(actor="cy"))

    def test_an_owner_ends_it_for_others(self):
        self.good(self.lock())
        self.assertEqual(self.unlock("--break", actor="cy").line()["code"], "DENIED")
        self.good(self.unlock("--break", actor="anna"))
        self.good(self.lock(actor="cy"))

    def test_unlock_of_what_is_free_changes_nothing(self):
        self.assertIs(self.good(self.unlock()).line()["noop"], True)

    def test_what_an_exclusive_session_has_ended_is_free(self):
        self.good(self.lock())
        alone = {"session": program.item_id(0x5E), "actor": "anna"}
        self.apply(command("exclusive.acquired", {"drain": True}, **alone),
                   command("exclusive.released", {}, **alone))
        for actor in "cy", "bo":
            self.assertIs(self.good(self.unlock(actor=actor)).line()["noop"], True)
        self.assertIs(self.good(self.lock("--wait", actor="cy")).line()["noop"], False)
        self.assert_error(self.unlock(), CONFLICT)

    def test_wait_ends_when_it_is_free_and_leaves_no_refusals(self):
        self.good(self.lock())
        waiting = subprocess.Popen(
            [program.binary, "lock", "Gym", "Interview 1", "--wait", "-d", self.data, "--actor",
             "cy", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=program.environment())
        self.addCleanup(waiting.stderr.close)
        self.addCleanup(waiting.stdout.close)
        while self.unlock().code != DONE:
            pass  # the one that waits may have the project open
        self.assertEqual(waiting.wait(program.TIMEOUT_SECONDS), DONE)
        self.assertEqual(self.good(self.qualog("conflicts", "ls", "Gym")).out, "")

    def test_an_unknown_source(self):
        self.assert_error(self.qualog("lock", "Gym", "Nothing", actor="bo"), NOT_FOUND)
        self.assert_error(self.qualog("lock", "Gym", "Stress", actor="bo"), NOT_FOUND)
