# SPDX-License-Identifier: Apache-2.0
"""Sessions in documents: the `console` blocks of a Markdown file, run in one shell as a reader
pastes them. Only lines that begin with `$ ` are commands; one that ends with a backslash goes on.
The folder in which a session runs has `build/release/bin`, a link to where the program under test
lies, so the line of a document that sets PATH works as it stands. Standard library only."""

import os
import re
import shlex
import subprocess

SECONDS_MAX = 120
MARK = "== ended "
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Step:
    """A command of a session, and how it ended."""

    def __init__(self, command):
        self.command = command
        self.code, self.out, self.err = None, "", ""

    def __repr__(self):
        return f"{self.command!r} ended with {self.code}: {self.out}{self.err}"


def blocks(text):
    """(language, content) of every fenced block."""
    return [(match[1], match[2]) for match in BLOCK.finditer(text)]


def commands(text):
    """The commands of all console blocks, in their order."""
    found = []
    for language, content in blocks(text):
        if language != "console":
            continue
        for line in content.replace("\\\n", "").splitlines():
            if not line.startswith("$ "):
                raise ValueError(f"a console block holds commands only, not {line!r}")
            found.append(line[2:])
    return found


def prepared(folder, program):
    """A home in `folder` in which a session may run; gives its environment."""
    place = os.path.join(folder, "build", "release")
    os.makedirs(place)
    os.symlink(os.path.dirname(os.path.abspath(program)), os.path.join(place, "bin"))
    kept = {key: value for key, value in os.environ.items() if not key.startswith("QUALOG_")}
    return {**kept, "HOME": folder, "TMPDIR": folder, "LC_ALL": "C.UTF-8"}


def script_of(steps):
    """Marks on both outputs tell the commands apart; eval keeps what a command sets."""
    lines = []
    for step in steps:
        lines.append(f"eval {shlex.quote(step.command)}\nended=$?\n"
                     f"printf '\\n{MARK}%s\\n' $ended\nprintf '\\n{MARK}\\n' >&2")
    return "\n".join(lines) + "\n"


def run(given, folder, environment):
    """Runs the commands in one shell, also behind one that failed; gives the steps."""
    steps = [Step(command) for command in given]
    ended = subprocess.run(["bash", "-c", script_of(steps)], cwd=folder, env=environment,
                           stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
                           timeout=SECONDS_MAX, check=False)
    said = re.split(rf"\n{MARK}(\d+)\n", ended.stdout)
    complained = re.split(rf"\n{MARK}\n", ended.stderr)
    for number, step in enumerate(steps):
        if 2 * number + 1 < len(said):
            step.out, step.code = said[2 * number], int(said[2 * number + 1])
            step.err = complained[number] if number < len(complained) else ""
    return steps


def failed(steps):
    return [step for step in steps if step.code != 0]


def root():
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def read(*path):
    """A document of the house, by its path from the root."""
    with open(os.path.join(root(), *path), encoding="utf-8") as file:
        return file.read()
