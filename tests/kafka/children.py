# SPDX-License-Identifier: Apache-2.0
"""Processes that cannot outlive the harness. Each asks the kernel to be killed when the thread that
started it ends, so all are started by one thread that lives until close(). They are signalled as
our children only: a number of a process that is gone is never reused while we have not waited."""

import concurrent.futures
import os
import signal
import subprocess

# Whoever finds that the harness died before the kernel was asked does not start.
IF_PARENT_LIVES = 'test "$PPID" = "$0" && exec "$@"'


def dies_with_us(command):
    return ["setpriv", "--pdeathsig", "KILL", "sh", "-c", IF_PARENT_LIVES, str(os.getpid()),
            *map(str, command)]


class Children:
    def __init__(self):
        self._starter = concurrent.futures.ThreadPoolExecutor(max_workers=1)

    def start(self, command, **how):
        """A Popen. In a session of its own unless asked otherwise, so that an interrupt at the
        terminal reaches the harness first."""
        how.setdefault("stdin", subprocess.DEVNULL)
        how.setdefault("start_new_session", True)
        return self._starter.submit(subprocess.Popen, dies_with_us(command), **how).result()

    def close(self):
        """Kills what still runs of them."""
        self._starter.shutdown()


def kill(process):
    """Also of one that is paused; returns when it is gone."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def end(process, grace_s):
    """Asks it to end, and kills it when it has not within grace_s."""
    process.send_signal(signal.SIGCONT)
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(grace_s)
    except subprocess.TimeoutExpired:
        kill(process)
