# SPDX-License-Identifier: Apache-2.0
"""kcat, the command line client of librdkafka, as tests use it: an ordinary client that is not
ours."""

import subprocess

SECONDS_MAX = 120


def settings_of(settings):
    return [word for key, value in settings.items() for word in ("-X", f"{key}={value}")]


def run(arguments, settings=None, text=""):
    """A finished process with its output as text."""
    command = ["kcat", "-q", *arguments, *settings_of(settings or {})]
    return subprocess.run(command, input=text, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=SECONDS_MAX, check=False)


def produce(bootstrap, topic, *records, settings=None):
    """Returns when all are acknowledged by all copies."""
    done = run(["-P", "-b", bootstrap, "-t", topic, "-p", "0", "-X", "acks=all"], settings,
               "".join(record + "\n" for record in records))
    if done.returncode != 0:
        raise RuntimeError(f"kcat could not produce: {done.stderr}")


def consume(bootstrap, topic, settings=None):
    """All records of partition 0."""
    done = run(["-C", "-e", "-b", bootstrap, "-t", topic, "-p", "0", "-o", "beginning"], settings)
    if done.returncode != 0:
        raise RuntimeError(f"kcat could not consume: {done.stderr}")
    return done.stdout.splitlines()
