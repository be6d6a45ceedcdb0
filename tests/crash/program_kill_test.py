# SPDX-License-Identifier: Apache-2.0
"""ST-2 through the real program: `qualog apply` is killed (SIGKILL) at random points while it works
on a stream of commands, in its opening too, and started again, many times. Method: the harness
knows what it was told. After each kill every acknowledged command is in the log exactly once, with
the sequence of its answer, and every other one at the most once; it is sent again with its id, and
at the end all are, which gives the first answers and leaves one effect each. Controls: a program
that answers before it writes, one that forgets command ids, and a disk that loses what was written
must all be found. A copy made while the program works opens and verifies."""

import json
import os
import random
import selectors
import shutil
import subprocess
import threading
import time

import program
from program import DONE, ProjectTest, item_id

KILLS = int(os.environ.get("QUALOG_CASES", "120"))
SEED = int(os.environ.get("QUALOG_SEED", "1"))
IN_FLIGHT = 60


class Lost(Exception):
    """What must never be: said by the harness, and by nobody else."""


def command_of(number):
    """A code, or a group of codes that is there whole or not at all, or a long text."""
    line = {"command_id": item_id(0x10_0000 + number), "actor": "anna"}

    def code(part):
        return {"action": "code.created", "body": {"id": item_id((number << 24) + part),
                                                   "name": f"Code {number}.{part}"}}
    if number % 7 == 3:
        return {**line, "actions": [code(part) for part in range(1, 4)]}
    if number % 11 == 5:
        text = f"{number} " * 4_000
        return {**line, "action": "source.created", "body": {
            "id": item_id(number << 24), "name": f"Text {number}", "text": text,
            "length": len(text)}}
    return {**line, **code(1)}


class Session:
    """The program while it works on lines; every answer is kept as it comes."""

    def __init__(self, data, lines):
        self.process = subprocess.Popen(
            [program.binary, "-d", data, "apply", "Gym"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=program.environment())
        self.given = [self.as_sent(line) for line in lines]
        self.buffer = b""
        self.feeder = threading.Thread(target=self.feed)
        self.feeder.start()

    def as_sent(self, line):
        return json.dumps(line).encode() + b"\n"

    def feed(self):
        try:
            for line in self.given:
                self.process.stdin.write(line)
                self.process.stdin.flush()
            self.process.stdin.close()
        except (BrokenPipeError, OSError):
            pass  # it was killed

    def wait_for(self, answers, seconds):
        """Until so many answers have come, or so long."""
        end = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while self.buffer.count(b"\n") < answers:
                if not selector.select(max(0.0, end - time.monotonic())):
                    return
                read = os.read(self.process.stdout.fileno(), 1 << 16)
                if not read:
                    return
                self.buffer += read

    def end(self, kill):
        """Kills it, or lets it finish; gives the answers that came whole."""
        if kill:
            self.process.kill()
        rest, error = self.process.stdout.read(), self.process.stderr.read()
        self.process.wait()
        self.feeder.join()
        for pipe in (self.process.stdout, self.process.stderr):
            pipe.close()
        if not kill and self.process.returncode != DONE:
            raise Lost(f"it ended with {self.process.returncode}: {error.decode()}")
        return self.answers(self.buffer + rest)

    def answers(self, out):
        return [json.loads(line) for line in out.split(b"\n")[:-1]]


class Kills:
    """Many lives of one project, and what its client was told."""

    session = Session

    def __init__(self, test, seed):
        self.test, self.random = test, random.Random(seed)
        self.commands = []  # all that were ever sent
        self.told = {}      # command id -> answer
        self.kills = 0

    def check_answers(self, answers):
        for answer in answers:
            key = answer["command_id"]
            if answer["result"] != "accepted":
                raise Lost(f"an answer that cannot be: {answer}")
            if self.told.setdefault(key, answer) != answer:
                raise Lost(f"another answer: {answer}, first {self.told[key]}")

    def check_log(self):
        """Every event is of a command that was sent, and every command has all of its or none."""
        events = {}
        for event in self.test.good(self.test.qualog("events", "cat", "Gym")).lines():
            events.setdefault(event["command_id"], []).append(event["sequence"])
        for command in self.commands:
            key, size = command["command_id"], len(command.get("actions", [0]))
            found = events.get(key, [])
            if len(found) not in (0, size):
                raise Lost(f"{key} has {len(found)} events, and should have {size}")
            if key in self.told and (not found or found[-1] != self.told[key]["sequence"]):
                raise Lost(f"{key} was accepted as {self.told[key]} and is at {found}")

    def lines(self):
        """Those without an answer in their order, some of the others, and new ones."""
        unanswered = [c for c in self.commands if c["command_id"] not in self.told]
        again = self.random.sample(self.commands, min(5, len(self.commands)))
        new = [command_of(len(self.commands) + n) for n in range(IN_FLIGHT)]
        self.commands += new
        return unanswered + again + new

    def live(self):
        """One life: it ends by a kill, in one of five early, in its opening."""
        session = self.session(self.test.data, self.lines())
        if self.random.randrange(5) == 0:
            session.wait_for(1, self.random.random() * 0.03)
        else:
            session.wait_for(1 + self.random.randrange(IN_FLIGHT), program.TIMEOUT_SECONDS)
        self.check_answers(session.end(kill=True))
        self.kills += 1
        self.check_log()

    def finish(self):
        """Every command is sent once more, and ends at exactly one."""
        session = self.session(self.test.data, self.commands)
        self.check_answers(session.end(kill=False))
        self.check_log()
        if len(self.told) != len(self.commands):
            raise Lost("a command has no answer")


class Early(Session):
    """A program that answers what it has only read."""

    def answers(self, out):
        return [{"command_id": json.loads(line)["command_id"], "result": "accepted",
                 "sequence": 0} for line in self.given]


class Forgetful(Session):
    """A program that takes no notice of command ids."""

    def as_sent(self, line):
        return super().as_sent({key: line[key] for key in line if key != "command_id"})


class LosingDisk(Kills):
    """A disk that forgets, at a kill, what was written since the program began."""

    def live(self):
        kept = self.test.data + ".kept"
        shutil.rmtree(kept, ignore_errors=True)
        subprocess.run(["cp", "-a", self.test.data, kept], check=True)
        session = self.session(self.test.data, self.lines())
        session.wait_for(20, program.TIMEOUT_SECONDS)
        answers = session.end(kill=True)
        shutil.rmtree(self.test.data)
        os.rename(kept, self.test.data)
        self.check_answers(answers)
        self.check_log()


class KillTest(ProjectTest):
    def test_ST_2_no_kill_loses_or_doubles_what_was_acknowledged(self):
        print(f"{KILLS} kills, seed {SEED}")
        kills = Kills(self, SEED)
        while kills.kills < KILLS:
            kills.live()
        kills.finish()
        proof = self.good(self.qualog("verify", "Gym", "--rebuild")).line()
        self.assertTrue(proof["ok"])
        print(f"{len(kills.told)} commands, {proof['sequence']} events")
        self.assertGreater(len(kills.told), KILLS)

    def found(self, kills):
        with self.assertRaises(Lost):
            for _ in range(20):
                kills.live()
            kills.finish()

    def test_control_answers_before_the_writing_are_found(self):
        kills = Kills(self, SEED)
        kills.session = Early
        self.found(kills)

    def test_control_forgotten_ids_are_found(self):
        kills = Kills(self, SEED)
        kills.session = Forgetful
        self.found(kills)

    def test_control_a_disk_that_loses_is_found(self):
        self.found(LosingDisk(self, SEED))


class CopyTest(ProjectTest):
    """`cp -r` of the data directory while the program works."""

    COPIES = 8

    def test_a_copy_under_load_opens_and_verifies(self):
        session = Session(self.data, [command_of(number) for number in range(4_000)])
        copies = []
        for number in range(self.COPIES):
            session.wait_for(40 * (number + 1), program.TIMEOUT_SECONDS)
            told = session.answers(session.buffer)[-1]["sequence"]
            copy = os.path.join(self.folder, f"copy-{number}")
            subprocess.run(["cp", "-r", self.data, copy], check=True)
            copies.append((copy, told))
        self.assertIsNone(session.process.poll(), "it had no more work: no copy under load")
        session.end(kill=True)
        events = self.good(self.qualog("events", "cat", "Gym")).out
        for copy, told in copies:
            self.check(copy, told, events)

    def check(self, copy, told, events):
        """All that was acknowledged before is in it, nothing else is, and work can go on."""
        def there(*words, given=None):
            return self.good(program.run(*words, "-d", copy, "--actor", "anna", "--json",
                                         given=given))
        proof = there("verify", "Gym", "--rebuild").line()
        self.assertIs(proof["ok"], True)
        self.assertGreaterEqual(proof["copy_ends"], told)
        self.assertEqual(proof["copy_ends"], proof["sequence"])
        self.assertTrue(events.startswith(there("events", "cat", "Gym").out))
        self.assertEqual(there("state", "Gym").line()["digest"], proof["digest"])
        given = json.dumps(command_of(9_000)) + "\n"
        answer = there("apply", "Gym", given=given).line()
        self.assertEqual(answer["sequence"], proof["sequence"] + 1)
        again = there("verify", "Gym", "--rebuild").line()
        self.assertNotIn("copy_ends", again)

