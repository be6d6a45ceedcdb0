# SPDX-License-Identifier: Apache-2.0
# Rows: PM-10.
"""Two machines on one namespace: each has a data directory of its own, and they share the logs and
the stores. What one makes the other sees; the later opening wins; nobody is left without an
answer, and what is sent again takes effect once."""

import collections
import datetime
import json
import os
import shutil
import signal
import subprocess
import time

import program
from program import (DAMAGED, DONE, FAILED, NOT_FOUND, PARTLY, Interview, Running, command,
                     item_id, run)

EVENTS = 10_000
TAKEOVER_SECONDS_MAX = 10  # a second where nobody else wants the machine


def code(number, actor="anna", **more):
    return command("code.created", {"id": item_id(0x10000 + number), "name": f"Code {number}"},
                   actor, command_id=item_id(0x100000 + number), **more)


def given(*commands):
    return "".join(json.dumps(each) + "\n" for each in commands)


class Machines(Interview):
    """self.data is A, self.other is B."""

    def setUp(self):
        super().setUp()
        self.other = os.path.join(self.folder, "b")
        self.made(program.init(self.other, self.space(), stores=self.folder))

    def space(self):
        with open(os.path.join(self.data, "qualog.format"), encoding="utf-8") as file:
            return file.read().splitlines()[1].rpartition("/")[2]

    def on_b(self, *words, actor="anna", **more):
        return run(*words, "-d", self.other, "--actor", actor, "--json", **more)

    def apply_on_b(self, *commands, project="Gym", code=DONE):
        ended = self.on_b("apply", project, given=given(*commands))
        self.assertEqual(ended.code, code, ended.out + ended.err)
        return ended.lines()

    def place_on_b(self, *names, project=None):
        return os.path.join(self.other, "projects", project or self.project, *names)

    def times_in_log(self):
        """How often each command took effect."""
        lines = self.good(self.qualog("events", "cat", "Gym")).lines()
        return collections.Counter(line["command_id"] for line in lines)


class Shared(Machines):
    def test_what_one_makes_the_other_lists_and_works_on(self):
        listed, = self.good(self.on_b("project", "ls")).lines()
        self.assertEqual((listed["project"], listed["id"]), ("Gym", self.project))
        made, = self.apply_on_b(code(1))
        here = self.good(self.qualog("state", "Gym")).line()
        self.assertEqual(here["sequence"], made["sequence"])
        self.assertEqual(here, self.good(self.on_b("state", "Gym")).line())
        self.good(self.on_b("project", "create", "Second"))
        self.assertEqual([line["project"] for line in self.qualog("project", "ls").lines()],
                         ["Gym", "Second"])
        self.assertEqual(self.qualog("project", "create", "second").code, 2)

    def test_a_list_has_the_names_last_folded_and_a_command_those_of_now(self):
        self.good(self.on_b("state", "Gym"))
        self.good(self.qualog("project", "rename", "Gym", "Pool"))
        self.assertEqual(self.good(self.on_b("project", "ls")).line()["project"], "Gym")
        self.assert_error(self.on_b("state", "Gym"), NOT_FOUND)
        self.assertEqual(self.good(self.on_b("project", "ls")).line()["project"], "Pool")
        self.good(self.qualog("project", "rename", "Pool", "Gym"))
        self.good(self.on_b("state", "Gym"))

    def test_a_name_that_another_project_has_now_is_that_ones(self):
        draft = self.good(self.qualog("project", "create", "Draft")).line()["id"]
        for name in ("Gym", "Draft"):
            self.good(self.on_b("state", name))
        before = self.head()
        self.good(self.qualog("project", "rename", "Gym", "Archive"))
        self.good(self.qualog("project", "rename", "Draft", "Gym"))
        self.apply_on_b(code(1))
        here = {line["id"]: line["sequence"] for line in self.qualog("project", "ls").lines()}
        self.assertEqual(here[self.project], before + 1)
        self.good(self.on_b("codes", draft))
        names = [line["name"] for line in self.good(self.qualog("codes", draft)).lines()]
        self.assertEqual(names, ["Code 1"])

    def test_what_is_deleted_now_gives_its_name_up(self):
        self.good(self.on_b("state", "Gym"))
        self.good(self.qualog("project", "delete", "Gym", "--confirm", "Gym"))
        made = self.good(self.qualog("project", "create", "Gym")).line()["id"]
        self.apply_on_b(code(1))
        self.assertTrue(self.good(self.qualog("codes", made)).lines())

    def test_what_was_refused_is_in_the_inbox_of_either(self):
        self.apply(self.note())
        seen = self.head()
        self.apply_on_b(self.rewrite("Hers.", "bo", seen))
        lost, = self.apply(self.rewrite("His.", "cy", seen), code=PARTLY)
        self.assertEqual(lost["result"], "refused")
        here, there = (self.good(machine("conflicts", "ls", "Gym", actor="cy")).lines()
                       for machine in (self.qualog, self.on_b))
        self.assertEqual(here, there)
        self.assertEqual([line["id"] for line in there], [lost["command_id"]])
        again = self.good(self.on_b("conflicts", "reapply", "Gym", lost["command_id"], actor="cy"))
        self.assertEqual(again.line()["result"], "accepted")
        shown = self.good(self.qualog("show", "Gym", again.line()["sequence"])).line()
        self.assertEqual((shown["actor"], shown["action"]), ("cy", "annotation.text_changed"))

    def test_PM_10_what_is_purged_is_gone_on_every_machine(self):
        self.good(self.on_b("state", "Gym"))
        self.good(self.qualog("project", "delete", "Gym", "--confirm", "Gym"))
        owner = Running(self, "apply", "Gym", data=self.other)
        owner.send(command("project.undeleted", {}, seen="latest"))
        self.assertEqual(owner.line()["result"], "accepted")
        owner.send(command("project.deleted", {}, seen="latest"))
        self.assertEqual(owner.line()["result"], "accepted")
        purged = self.good(self.qualog("project", "purge", "Gym", "--confirm", "Gym")).line()
        self.assertEqual(purged, {"project": "Gym", "keys_removed": True})
        owner.send(command("project.undeleted", {}, seen="latest"))
        self.assertIn(owner.line()["result"], ("not_applied", "unknown"))
        self.assertEqual(owner.rest()[1], FAILED)
        for machine in (self.qualog, self.on_b):
            self.assertEqual(self.good(machine("project", "ls")).out, "")
            for name in ("Gym", self.project):
                self.assert_error(machine("state", name), NOT_FOUND)
        self.assertFalse(os.path.exists(self.place_on_b()))
        self.good(self.on_b("project", "create", "Gym"))

    def test_readers_work_beside_an_owner_elsewhere(self):
        owner = Running(self, "apply", "Gym")
        owner.send(code(1))
        at = owner.line()["sequence"]
        follower = Running(self, "events", "cat", "Gym", "-o", at, "--follow", data=self.other)
        self.assertEqual(follower.line()["sequence"], at)
        for words in (["verify", "Gym"], ["verify", "Gym", "--rebuild"], ["log", "Gym"],
                      ["show", "Gym", at], ["state", "Gym", "--at", at], ["codes", "Gym"],
                      ["events", "cat", "Gym"], ["text", "Gym", "Interview 1"]):
            self.assertTrue(self.good(self.on_b(*words)).out, words)
        made = self.good(self.on_b("restore", "Gym", "--at", at, "--as", "Then")).line()
        self.assertEqual(made["digest"], self.on_b("state", "Gym", "--at", at).line()["digest"])
        self.assertEqual(made["digest"], self.qualog("state", "Then").line()["digest"])
        owner.send(code(2))
        self.assertEqual(owner.line()["result"], "accepted")
        self.assertEqual(follower.line()["sequence"], at + 1)
        self.assertEqual(follower.interrupt(), 130)
        self.assertEqual(owner.rest()[1], DONE)


class Clocks(Machines):
    """B's clock is two hours wrong."""
    HOURS = 2

    def apply_on_b_skewed(self, hours, number):
        skewed = {"LD_PRELOAD": os.environ["QUALOG_SKEWED_CLOCK"],
                  "QUALOG_CLOCK_SKEW_SECONDS": str(hours * 3600)}
        ended = self.on_b("apply", "Gym", given=given(code(number)), extra_environment=skewed)
        self.good(ended)
        return ended.line()["sequence"]

    def times_in_topic(self):
        """Of the broker, in seconds."""
        words = ["kcat", "-q", "-C", "-b", program.on_kafka(), "-p", "0", "-o", "beginning", "-e",
                 "-t", f"qualog.log.{self.space()}.{self.project}.g1", "-f", "%T\\n"]
        shown = subprocess.run(words, capture_output=True, check=True, timeout=60, encoding="utf-8")
        return [int(line) / 1000 for line in shown.stdout.split()]

    def test_a_wrong_clock_changes_neither_order_nor_the_times_of_the_topic(self):
        begin, sequences = time.time(), []
        for number in range(0, 8, 2):
            hours = self.HOURS if number % 4 else -self.HOURS
            sequences.append(self.apply_on_b_skewed(hours, number))
            sequences += [line["sequence"] for line in self.apply(code(number + 1))]
        self.assertEqual(sequences, list(range(sequences[0], sequences[0] + 8)))
        events = self.good(self.qualog("events", "cat", "Gym")).lines()
        ids = [event["command_id"] for event in events if event["sequence"] in sequences]
        self.assertEqual(ids, [code(number)["command_id"] for number in range(8)])
        told = [datetime.datetime.fromisoformat(event["time"].replace("Z", "+00:00")).timestamp()
                for event in events]
        self.assertEqual(told, sorted(told))
        self.assertGreater(told[-1], begin + (self.HOURS - 1) * 3600, "the control: it was ahead")
        for at in self.times_in_topic():
            self.assertLess(abs(at - time.time()), 1800)
        self.good(self.qualog("verify", "Gym"))


class Owners(Machines):
    def test_the_later_opening_wins_and_every_command_gets_an_answer(self):
        first = Running(self, "apply", "Gym")
        first.send(code(1))
        self.assertEqual(first.line()["result"], "accepted")
        self.apply_on_b(code(2))
        queued = [code(number) for number in range(3, 60)]
        for each in queued:
            first.send(each)
        answers, ended = first.rest()
        self.assertEqual(ended, FAILED)
        self.assertEqual([answer["command_id"] for answer in answers],
                         [each["command_id"] for each in queued])
        for answer in answers:
            self.assertEqual(answer["result"], "not_applied", answer)
        self.assertIn("another process", answers[0]["message"])
        self.assertFalse(set(self.times_in_log()) & {each["command_id"] for each in queued})
        again = self.apply_on_b(*queued)
        self.assertEqual({answer["result"] for answer in again}, {"accepted"})
        self.assertEqual(self.apply(*queued), again)  # for ever the same, from either
        times = self.times_in_log()
        self.assertEqual({times[each["command_id"]] for each in queued}, {1})

    def test_they_take_it_from_each_other(self):
        for number in range(1, 11):
            (self.apply if number % 2 else self.apply_on_b)(code(number))
        self.assertEqual(self.good(self.qualog("verify", "Gym")).out,
                         self.good(self.on_b("verify", "Gym")).out)

    def test_killed_in_mid_stream_and_taken_over(self):
        self.apply(*(code(number) for number in range(1, EVENTS)))
        self.good(self.on_b("state", "Gym"))
        sent = [code(EVENTS + number) for number in range(3000)]
        path = os.path.join(self.folder, "commands")
        with open(path, "w", encoding="utf-8") as file:
            file.write(given(*sent[:2000]))
        first = Running(self, "apply", "Gym", path)
        answered = [first.line() for _ in range(300)]
        first.process.send_signal(signal.SIGKILL)
        begin = time.monotonic()
        second = Running(self, "apply", "Gym", data=self.other)
        second.send(sent[-1])
        self.assertEqual(second.line()["result"], "accepted")
        took = time.monotonic() - begin
        print(f"taken over in {took:.2f} s, {EVENTS} events, with a local state")
        self.assertLess(took, TAKEOVER_SECONDS_MAX)
        self.assertEqual(second.rest()[1], DONE)
        again = {line["command_id"]: line for line in self.apply_on_b(*sent)}
        self.assertEqual({line["command_id"]: line for line in answered},
                         {line["command_id"]: again[line["command_id"]] for line in answered})
        times = self.times_in_log()
        self.assertEqual({times[each["command_id"]] for each in sent}, {1})
        self.good(self.qualog("verify", "Gym"))


class States(Machines):
    """What a machine holds besides the log."""

    def setUp(self):
        super().setUp()
        self.good(self.on_b("state", "Gym"))

    def same_on_both(self):
        here = self.good(self.qualog("state", "Gym")).out
        self.assertEqual(self.good(self.on_b("state", "Gym")).out, here)

    def test_one_that_is_gone_is_made_anew(self):
        shutil.rmtree(self.place_on_b("state"))
        self.apply(code(1))
        self.same_on_both()
        shutil.rmtree(self.place_on_b())
        self.apply_on_b(code(2), project=self.project)
        self.same_on_both()

    def test_one_that_is_behind_catches_up(self):
        for number in range(1, 9):
            self.apply(code(number))
        self.apply_on_b(code(9))
        self.same_on_both()
        self.good(self.on_b("verify", "Gym"))

    def test_an_old_copy_is_made_anew(self):
        kept = os.path.join(self.folder, "kept")
        shutil.copytree(self.place_on_b(), kept)
        for number in range(1, 9):
            self.apply_on_b(code(number))
        shutil.rmtree(self.place_on_b())
        shutil.copytree(kept, self.place_on_b())
        self.apply(code(9))
        self.same_on_both()
        self.apply_on_b(code(10))
        self.good(self.on_b("verify", "Gym"))

    def test_one_with_another_chain_is_refused(self):
        """It says that the log once held something else."""
        other = self.good(self.on_b("project", "create", "Other")).line()["id"]
        shutil.rmtree(self.place_on_b())
        os.rename(self.place_on_b(project=other), self.place_on_b())
        for words in (["apply", self.project], ["state", self.project]):
            ended = self.on_b(*words, given="")
            self.assert_error(ended, DAMAGED)
            self.assertIn("the log had come to this place", ended.err)
        proof = self.on_b("verify", self.project)
        self.assertEqual((proof.code, proof.line()["ok"]), (DAMAGED, False))
        self.assertIn("from which this machine's state was folded", proof.line()["reason"])
        self.good(self.qualog("state", "Gym"))
        self.good(self.on_b("verify", self.project, "--rebuild"))
        self.same_on_both()
