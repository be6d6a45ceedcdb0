# SPDX-License-Identifier: Apache-2.0
"""The program under test as a user has it: run with arguments, look at what it prints and how it
ends. Every test has a data directory of its own; where $QUALOG_KAFKA_DIRECT names a cluster, its
logs lie there, in a namespace of its own."""

import json
import os
import selectors
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import uuid

DONE, FAILED, USAGE, PARTLY, NOT_FOUND, HELD, DENIED, CONFLICT, DAMAGED, TOO_NEW, INTERRUPTED = (
    0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130)
UNREACHABLE = 4

TIMEOUT_SECONDS = 60
OWN_VARIABLES = ("QUALOG_ACTOR", "QUALOG_ALLOW_OTHERS", "QUALOG_DATA", "NO_COLOR")
binary = None  # set by run.py


def item_id(number):
    """A fixed id; version 7 as clients make them."""
    return f"00000000-0000-7000-8000-{number:012x}"


class Ended:
    """What a run left: exit code, text, and stdout as JSON lines."""

    def __init__(self, completed):
        self.code = completed.returncode
        self.out = completed.stdout
        self.err = completed.stderr

    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]

    def line(self):
        (only,) = self.lines()
        return only


def environment():
    kept = {key: value for key, value in os.environ.items() if key not in OWN_VARIABLES}
    return {**kept, "LC_ALL": "C.UTF-8"}


def on_kafka():
    """The brokers, where logs lie there; in plaintext, whatever else they speak."""
    return os.environ.get("QUALOG_KAFKA_DIRECT")


def init(data, space=None, more=(), stores=None):
    """Makes a data directory. On Kafka its stores are the folders `keys` and `blobs` in `stores`,
    else beside it."""
    words = []
    if on_kafka():
        words = ["--log", f"kafka://{on_kafka()}/{space or uuid.uuid4()}", "--replicas", 1]
        for name in ("keys", "blobs"):
            store = os.path.join(stores or os.path.dirname(data), name)
            os.makedirs(store, mode=0o700, exist_ok=True)
            words += ["--" + name, store]
    return run("init", data, *words, *more)


def run(*arguments, given=None, extra_environment=None):
    completed = subprocess.run([binary, *map(str, arguments)], input=given, encoding="utf-8",
                               capture_output=True, timeout=TIMEOUT_SECONDS,
                               env={**environment(), **(extra_environment or {})}, check=False)
    return Ended(completed)


class Running:
    """The program while it runs; lines are awaited, never slept for."""

    def __init__(self, test, *arguments, data=None, actor="anna"):
        self.process = subprocess.Popen(
            [binary, *map(str, arguments), "-d", data or test.data, "--actor", actor, "--json"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=environment())
        test.addCleanup(self.end)
        self.buffer = b""
        os.set_blocking(self.process.stdout.fileno(), False)

    def send(self, line):
        self.process.stdin.write((json.dumps(line) + "\n").encode())
        self.process.stdin.flush()

    def line(self):
        deadline = time.monotonic() + TIMEOUT_SECONDS
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while b"\n" not in self.buffer:
                if not selector.select(deadline - time.monotonic()):
                    raise AssertionError("no line came")
                read = self.process.stdout.read()
                if not read:
                    error = self.process.stderr.read().decode()
                    raise AssertionError("the program ended: " + error)
                self.buffer += read
        line, self.buffer = self.buffer.split(b"\n", 1)
        return json.loads(line)

    def rest(self):
        """No more input; the lines until its end, and its exit code."""
        os.set_blocking(self.process.stdout.fileno(), True)
        out, _ = self.process.communicate(timeout=TIMEOUT_SECONDS)
        return [json.loads(line) for line in (self.buffer + out).splitlines()], \
            self.process.returncode

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(TIMEOUT_SECONDS)

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        if not self.process.stdout.closed:
            self.process.communicate()


class ProjectTest(unittest.TestCase):
    """A data directory with one project, Gym, whose Owner is anna."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="qualog-test-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.data = os.path.join(self.folder, "data")
        self.keys = os.path.join(self.folder if on_kafka() else self.data, "keys")
        self.made(init(self.data))
        self.project = self.good(self.qualog("project", "create", "Gym")).line()["id"]

    def qualog(self, *arguments, actor="anna", given=None):
        """Runs with --json."""
        return run(*arguments, "-d", self.data, "--actor", actor, "--json", given=given)

    def text(self, *arguments, actor="anna"):
        """Runs as people do."""
        return run(*arguments, "-d", self.data, "--actor", actor)

    def good(self, ended):
        self.assertEqual((ended.code, ended.err), (DONE, ""))
        return ended

    def made(self, ended):
        """A data directory was made; of one on Kafka with one copy that much is said."""
        err = "" if not on_kafka() else ended.err.partition(": acknowledged means on 1 of 1")[2]
        self.assertEqual((ended.code, bool(err)), (DONE, bool(on_kafka())), ended.err)

    def apply(self, *commands, code=DONE):
        """Commands as dictionaries; gives the answers."""
        given = "".join(json.dumps(command) + "\n" for command in commands)
        ended = self.qualog("apply", "Gym", given=given)
        self.assertEqual(ended.code, code, ended.out + ended.err)
        return ended.lines()

    def head(self):
        return self.good(self.qualog("state", "Gym")).line()["sequence"]

    def assert_error(self, ended, code):
        """The exit code, and one line on stderr that says what and what next."""
        self.assertEqual(ended.code, code, ended.out + ended.err)
        self.assertEqual(ended.err.count("\n"), 1, ended.err)
        self.assertEqual(ended.out, "")


def command(action, body, actor="anna", seen=None, **more):
    made = {"actor": actor, "action": action, "body": body, **more}
    if seen is not None:
        made["seen"] = seen
    return made


TEXT = "I swim before work. It calms me."


class Interview(ProjectTest):
    """One source and one code; bo and cy are Contributors."""

    SOURCE, CODE, NOTE = item_id(0xA1), item_id(0xC1), item_id(0xE1)

    def setUp(self):
        super().setUp()
        self.apply(
            command("member.added", {"principal": "bo", "group": "contributor"}),
            command("member.added", {"principal": "cy", "group": "contributor"}),
            command("source.created", {"id": self.SOURCE, "name": "Interview 1", "text": TEXT,
                                       "length": len(TEXT)}),
            command("code.created", {"id": self.CODE, "name": "Stress"}))

    def coding(self, number, actor, begin=2, end=18, **more):
        return command("coding.added", {"id": item_id(number), "code": self.CODE,
                                        "source": self.SOURCE, "begin": begin, "end": end},
                       actor, **more)

    def note(self, text="Ask why."):
        return command("annotation.created", {"id": self.NOTE, "source": self.SOURCE, "begin": 0,
                                              "end": 6, "text": text})

    def rewrite(self, text, actor, seen, **more):
        return command("annotation.text_changed", {"annotation": self.NOTE, "text": text}, actor,
                       seen, **more)
