# SPDX-License-Identifier: Apache-2.0
"""Owners and readers of one project's log, as processes: fault_owner and fault_reader."""

import queue
import signal
import subprocess
import sys
import threading
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import wire  # noqa: E402
from facts import Facts, Log  # noqa: E402

ANSWER_SECONDS_MAX = 120


class Owner:
    """fault_owner. Its lines are in fault_owner.cc."""

    def __init__(self, processes, program, path, **arguments):
        self.name, self._path = arguments["name"], path
        words = [f"{key}={value}" for key, value in arguments.items()]
        self.process = processes.start([program, f"facts={path}", *words], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, text=True)
        self._answers = queue.Queue()
        threading.Thread(target=self._collect, daemon=True).start()

    def _collect(self):
        with self.process.stdout:
            for line in self.process.stdout:
                self._answers.put(line.strip())
        self._answers.put("gone")

    def begin(self, line):
        """The answer comes later; see answer()."""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def answer(self):
        return self._answers.get(timeout=ANSWER_SECONDS_MAX)

    def ask(self, line):
        self.begin(line)
        return self.answer()

    def run(self, budget=0, pace_ms=1):
        """Appends for itself, until stop()."""
        self.begin(f"run {budget} {pace_ms}")

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        return self.answer()

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()

    def end(self, seconds=30):
        """Politely: a hang is a failure."""
        if self.process.poll() is None:
            self.begin("end")
            self.process.wait(seconds)
        self.process.stdin.close()

    def facts(self):
        return Facts(self._path)

    def count(self, kind):
        return len(getattr(self.facts(), kind))

    def wait_for(self, kind, more=1):
        """Until it has told so many more of this kind."""
        goal = self.count(kind) + more
        wire.wait_until(lambda: self.count(kind) >= goal, ANSWER_SECONDS_MAX,
                        f"{self.name} tells {more} more {kind}")


class Project:
    """A topic with a log of its own, and who has to do with it."""

    def __init__(self, brokers, processes, programs, folder):
        self.brokers, self._processes, self._folder = brokers, processes, folder
        self._owner_program, self._reader_program = programs
        self.id = str(uuid.uuid4())
        self.topic = f"qualog.log.test.{self.id}.g1"
        self.owners, self._watcher = [], None

    def owner(self, number=1, obligations="correct", **arguments):
        """Sends through the proxies of this number."""
        name = f"o{number}x{len(self.owners)}"
        owner = Owner(self._processes, self._owner_program, self._folder / f"{self.id}.{name}",
                      name=name, project=self.id, obligations=obligations,
                      send=self.brokers.bootstrap(number), **arguments)
        self.owners.append(owner)
        return owner

    def _command(self, verb, send=None, **arguments):
        words = [f"{key}={value}" for key, value in arguments.items()]
        return [self._reader_program, verb, f"project={self.id}",
                f"send={send or self.brokers.direct()}", *words]

    def ask(self, verb, **arguments):
        """The output of fault_reader."""
        done = subprocess.run(self._command(verb, **arguments), stdout=subprocess.PIPE, text=True,
                              timeout=ANSWER_SECONDS_MAX, check=True)
        return done.stdout

    def make(self):
        said = self.ask("make")
        if said:
            raise RuntimeError(said)
        self._seen = self._folder / f"{self.id}.seen"
        with open(self._seen, "wb") as out:
            self._watcher = self._processes.start(self._command("watch"), stdout=out)
        return self

    def log(self, **arguments):
        return Log(self.ask("items", **arguments))

    def records(self):
        """Their bytes."""
        return [bytes.fromhex(line.split()[1]) for line in self.ask("records").splitlines()]

    def leader(self):
        """Once there is one."""
        wire.wait_until(lambda: self.brokers.leader(self.topic) > 0, ANSWER_SECONDS_MAX,
                        f"a leader of {self.topic}")
        return self.brokers.leader(self.topic)

    def followers(self):
        leader = self.leader()
        return [node.number for node in self.brokers.nodes if node.number != leader]

    def seen(self):
        """What the watcher has seen; it watches no more."""
        self._watcher.kill()
        self._watcher.wait()
        return self._seen.read_text(encoding="ascii")
