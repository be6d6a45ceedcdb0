#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A study on three brokers and two machines, while an owner and a broker are killed: what was
acknowledged is there, once, and whoever counts has it from the stream. Run it with `./dev
kafka-demo`, which starts the brokers: kafka_demo.py PROGRAM FOLDER. Pictures stay in FOLDER. Ends
with 1 if anything that was promised is broken."""

import collections
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
import control  # noqa: E402  pylint: disable=wrong-import-position
import proof  # noqa: E402  pylint: disable=wrong-import-position
from desk import Desk, Machine  # noqa: E402  pylint: disable=wrong-import-position

STUDY = "Night shifts"
SPACE_TOPIC = "qualog.log.demo."
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
ANALYTICS = os.path.join(ROOT, "docs", "analytics")
WIDTH = 98


def say(*words):
    print(textwrap.fill(" ".join(words), WIDTH, initial_indent="  ", subsequent_indent="  "),
          flush=True)


def chapter(title):
    print(f"\n{title}", flush=True)


class Demo:
    def __init__(self, program, folder):
        self.program, self.folder = os.path.abspath(program), os.path.abspath(folder)
        self.bootstrap = os.environ["QUALOG_KAFKA_BOOTSTRAP"]
        self.home = tempfile.mkdtemp(prefix="qualog-kafka-demo-")
        self.random = random.Random(7)
        self.sent = set()
        self.desks = {}
        self.mirror = None
        self.broken = []

    # ---- the pieces -----------------------------------------------------------------------------

    def brokers(self, *words):
        answer = control.send(os.environ["QUALOG_KAFKA_CONTROL"], list(words))
        if not answer.startswith("ok"):
            raise RuntimeError(f"{' '.join(words)}: {answer}")
        return answer[3:]

    def passages(self, count):
        """Commands, each a passage of some interview under some code."""
        made = []
        for _ in range(count):
            source = self.random.choice(self.sources)
            begin = self.random.randrange(source["length"] - 90)
            body = {"id": str(uuid.uuid4()), "source": source["id"], "begin": begin,
                    "end": begin + self.random.randrange(30, 90),
                    "code": self.random.choice(self.codes)["id"]}
            made.append({"command_id": str(uuid.uuid4()), "action": "coding.added", "body": body})
        self.sent.update(command["command_id"] for command in made)
        return made

    def desk(self, actor):
        return self.desks.setdefault(actor, Desk(STUDY, actor))

    def must(self, holds, what):
        if not holds:
            self.broken.append(what)
            say("BROKEN:", what)

    # ---- the story ------------------------------------------------------------------------------

    def three_brokers(self):
        chapter("1. Three brokers, two machines")
        for name in ("keys", "blobs"):
            os.mkdir(os.path.join(self.home, name), mode=0o700)
        self.a = Machine(self.program, "A", self.home, self.bootstrap)
        self.b = Machine(self.program, "B", self.home, self.bootstrap)
        say("Three brokers of Apache Kafka run on this machine. Machines A and B have a data "
            "directory each; what they share is the logs, the keys and the blobs.")
        made = os.path.join(self.home, "one-machine")
        subprocess.run([self.program, "demo", made], check=True, stdout=subprocess.DEVNULL)
        before = json.loads(subprocess.run(
            [self.program, "state", STUDY, "-d", made, "--actor", "ada", "--json"], check=True,
            capture_output=True).stdout)
        began = time.monotonic()
        subprocess.run([self.program, "project", "move", STUDY, "-d", made, "--actor", "ada",
                        "--to", self.a.data], check=True, stdout=subprocess.DEVNULL)
        head = self.a.run("state", STUDY)[0]
        self.must(head == before, "the study is another since it moved")
        self.sources = [each for each in self.a.run("sources", STUDY) if each["length"] > 1000]
        self.codes = [each for each in self.a.run("codes", STUDY) if each["codable"]]
        say(f'The study "{STUDY}", until now in files, moves onto the brokers: '
            f'{head["sequence"]} events in {time.monotonic() - began:.1f} s, with the same state.')
        self.mirror = subprocess.Popen(
            self.a.arguments("mirror", STUDY, "--follow"), stdout=subprocess.PIPE)
        caught_up = json.loads(self.mirror.stdout.readline())
        say(f'From now on every event goes into the topic {caught_up["topic"]} as well, for '
            "whoever counts.")

    def two_owners(self):
        chapter("2. Two owners")
        threads = [threading.Thread(target=self.bursts, args=(actor, machine))
                   for actor, machine in (("ada", self.a), ("bo", self.b))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        ada, bo = self.desk("ada"), self.desk("bo")
        say(f"Ada on A and Bo on B code at the same time, 150 passages each. Whoever opens the "
            f"study has it, and the other is told. It was opened {ada.openings + bo.openings} "
            f"times; {ada.sent_again + bo.sent_again} commands that met the end of somebody's turn "
            "were not applied, and were sent again with the same ids. All 300 are in.")

    def bursts(self, actor, machine):
        with_ids = self.passages(150)
        for begin in range(0, len(with_ids), 25):
            self.desk(actor).work(machine, with_ids[begin:begin + 25])

    def kill_an_owner(self):
        chapter("3. kill -9 of an owner")
        commands = self.passages(300)
        owner = self.a.open(STUDY, "ada")
        owner.send(commands)
        owner.wait_for(80)
        answered = owner.kill()
        self.desk("ada").note(answered)
        began = time.monotonic()
        second = self.b.open(STUDY, "ada")
        second.send(commands[-1:])
        second.wait_for(1)
        took = time.monotonic() - began
        self.desk("ada").note(second.end())
        before = self.events()
        found = sum(each["command_id"] in {event["command_id"] for event in before}
                    for each in commands)
        say(f"Ada has sent 300 passages to A and was told of {len(answered)} that they are safe "
            f"when A is killed. B opens the study and answers after {took:.2f} s.")
        self.desk("ada").work(self.b, commands)
        say(f"Ada sends all 300 again, to B. {found} are in the log already and keep their place; "
            f"the others go in now.")

    def kill_the_leader(self):
        chapter("4. kill -9 of the partition leader")
        topic = next(name for name in self.topics() if name.startswith(SPACE_TOPIC))
        leader = self.brokers("leader", topic)
        commands = self.passages(400)
        owner = self.b.open(STUDY, "bo")
        owner.send(commands[:150])
        owner.wait_for(150)
        self.brokers("kill", leader)
        killed = time.monotonic()
        owner.send(commands[150:])
        owner.wait_for(151)
        pause = time.monotonic() - killed
        answers = owner.end()
        self.desk("bo").note(answers)
        accepted = sum(each["result"] == "accepted" for each in answers.values())
        self.must(accepted == 400, f"{accepted} of 400 were accepted")
        say(f"Bo works on B when broker {leader}, which leads the study's topic, is killed. "
            f"Another takes over: the next answer comes after {pause:.1f} s, and then the rest. "
            f"{accepted} of 400 were accepted without a word to Bo.")
        self.desk("bo").work(self.b, commands)
        self.brokers("start", leader)

    def count(self):
        chapter("5. Counted")
        acknowledged = {}
        for desk in self.desks.values():
            acknowledged.update(desk.acknowledged)
        events = self.events()
        wrong = proof.wrong(acknowledged, self.sent, events)
        for line in wrong:
            self.must(False, line)
        say(f"{len(acknowledged)} commands were acknowledged. In the log of {len(events)} events: "
            f"{len([line for line in wrong if line.startswith('lost')])} lost, "
            f"{len([line for line in wrong if line.startswith('doubled')])} doubled.")
        here, there = (machine.run("state", STUDY)[0] for machine in (self.a, self.b))
        self.must(here == there, "A and B show different states")
        proofs = [machine.run("verify", STUDY)[0] for machine in (self.a, self.b)]
        self.must(all(each["ok"] for each in proofs), "a machine does not verify")
        say(f'A and B show the same state at event {here["sequence"]}, digest '
            f'{here["digest"][:16]}..., and each proves it against the log.')

    def the_stream(self):
        chapter("6. Whoever counts")
        head = self.a.run("state", STUDY)[0]["sequence"]
        rows = self.rows_until(head)
        self.mirror.send_signal(signal.SIGTERM)
        self.mirror.communicate()
        once = proof.counted_once(rows)
        printed = self.a.run("events", "cat", STUDY, "--format", "ndjson")
        self.must(once == printed, "the stream is not what the log says")
        say(f"kcat reads {len(rows)} rows from the stream, {len(once)} when each event is counted "
            f"once: the {head} events of the log, through everything above.")
        path = os.path.join(self.folder, "events.ndjson")
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in once)
        source = collections.Counter(row["source_id"] for row in once
                                     if row["type"] == "coding.added").most_common(1)[0][0]
        for script, more in (("saturation", ()), ("coverage", ()), ("work", ()),
                             ("agreement", ("--source", source, "--a", "ada", "--b", "bo"))):
            self.show(script, path, more)

    def show(self, script, path, more):
        picture = os.path.join(self.folder, script + ".png")
        python = os.path.join(ROOT, "build", "venv", "bin", "python3")
        if not os.path.exists(python):
            say(f"{script}: skipped, its packages are not there; ./dev venv puts them there")
            return
        ended = subprocess.run([python, "-B", os.path.join(ANALYTICS, script + ".py"), path, *more,
                                "--picture", picture], capture_output=True, encoding="utf-8",
                               check=False)
        self.must(ended.returncode == 0, f"{script}: {ended.stderr}")
        lines = ended.stdout.splitlines()
        say(f"{script}.py, drawn in {os.path.relpath(picture)}:")
        for line in lines[:5]:
            print("      " + line[:WIDTH - 6])
        if len(lines) > 5:
            print(f"      ... {len(lines) - 5} more")

    # ---- what there is --------------------------------------------------------------------------

    def kcat(self, *words):
        return subprocess.run(["kcat", "-b", self.bootstrap, *words], capture_output=True,
                              encoding="utf-8", check=True).stdout

    def topics(self):
        return [each["topic"] for each in json.loads(self.kcat("-L", "-J"))["topics"]]

    def events(self):
        return self.b.run("events", "cat", STUDY)

    def rows_until(self, head):
        """The whole topic, once the mirror has come so far."""
        end = time.monotonic() + 30
        while True:
            rows = list(map(json.loads, self.kcat(
                "-C", "-t", "qualog.events.v1", "-o", "beginning", "-e", "-q").splitlines()))
            if max(row["seq"] for row in rows) >= head or time.monotonic() > end:
                return rows

    def run(self):
        os.makedirs(self.folder, exist_ok=True)
        try:
            for part in (self.three_brokers, self.two_owners, self.kill_an_owner,
                         self.kill_the_leader, self.count, self.the_stream):
                part()
        finally:
            if self.mirror is not None:
                self.mirror.kill()
                self.mirror.wait()
            shutil.rmtree(self.home, ignore_errors=True)
        print()
        say("Nothing that was acknowledged was lost or doubled." if not self.broken else
            f"{len(self.broken)} promises were broken; see above.")
        return 1 if self.broken else 0


if __name__ == "__main__":
    sys.exit(Demo(*sys.argv[1:]).run())
