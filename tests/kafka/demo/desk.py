# SPDX-License-Identifier: Apache-2.0
"""A machine with the program and a data directory of its own, and a coder who works at one: sends
commands, notes each answer, and sends again what got none or was not applied, with the same ids."""

import json
import os
import subprocess
import threading
import time

TRIES_MAX = 200


class Machine:
    def __init__(self, program, name, folder, bootstrap):
        self.program, self.name = program, name
        self.data = os.path.join(folder, name.lower())
        self.run("init", self.data, "--log", f"kafka://{bootstrap}/demo",
                 "--keys", os.path.join(folder, "keys"), "--blobs", os.path.join(folder, "blobs"))

    def arguments(self, *words, actor="ada"):
        return [self.program, *words, "-d", self.data, "--actor", actor, "--json"]

    def run(self, *words, actor="ada"):
        """The lines that it prints, once it has ended well."""
        ended = subprocess.run(self.arguments(*words, actor=actor), capture_output=True,
                               encoding="utf-8", check=False)
        if ended.returncode != 0:
            why = ended.stderr.strip() or ended.stdout.strip()
            raise RuntimeError(f"{self.name}: {' '.join(words)}: {why}")
        return [json.loads(line) for line in ended.stdout.splitlines()]

    def open(self, project, actor):
        return Owner(self.arguments("apply", project, actor=actor))


class Owner:
    """The program while it owns a project. Answers are noted as they come."""

    def __init__(self, arguments):
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, encoding="utf-8", bufsize=1)
        self.answers, self.times = {}, []
        self._came = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            answer = json.loads(line)
            with self._came:
                self.answers[answer["command_id"]] = answer
                self.times.append(time.monotonic())
                self._came.notify_all()
        with self._came:
            self._came.notify_all()

    def send(self, commands):
        """As many as it takes before its end."""
        try:
            for command in commands:
                self.process.stdin.write(json.dumps(command) + "\n")
        except BrokenPipeError:
            pass

    def wait_for(self, count):
        """Until so many answers are there, or it has ended."""
        with self._came:
            self._came.wait_for(lambda: len(self.answers) >= count or not self._reader.is_alive(),
                                timeout=120)

    def kill(self):
        self.process.kill()
        return self.end()

    def end(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self._reader.join()
        self.process.wait()
        return self.answers


class Desk:
    """One coder. `acknowledged`: command id -> sequence."""

    def __init__(self, project, actor):
        self.project, self.actor = project, actor
        self.acknowledged = {}
        self.openings = self.sent_again = 0

    def note(self, answers):
        for command, answer in answers.items():
            if answer["result"] == "accepted":
                known = self.acknowledged.setdefault(command, answer["sequence"])
                assert known == answer["sequence"], f"{command}: two answers"

    def work(self, machine, commands):
        """Until all of them are acknowledged, whoever takes the project meanwhile."""
        left = commands
        for _ in range(TRIES_MAX):
            owner = machine.open(self.project, self.actor)
            owner.send(left)
            self.note(owner.end())
            self.openings += 1
            left = [each for each in left if each["command_id"] not in self.acknowledged]
            if not left:
                return
            self.sent_again += len(left)
        raise RuntimeError(f"{self.actor}: {len(left)} commands without an answer")
