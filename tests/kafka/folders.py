# SPDX-License-Identifier: Apache-2.0
"""The temporary folder of a cluster. Whoever owns one holds a lock in it; so a later cluster can
tell the folder of a harness that was killed, and removes it."""

import fcntl
import pathlib
import shutil
import tempfile

PREFIX = "qualog-kafka-"


def lock_of(path):
    """The locked file, or None if somebody else has it."""
    file = open(path, "ab")  # pylint: disable=consider-using-with
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return file
    except OSError:
        file.close()
        return None


def remove_abandoned():
    """A folder without a lock file is just being made; one of another user is not ours."""
    for folder in pathlib.Path(tempfile.gettempdir()).glob(PREFIX + "*"):
        try:
            lock = lock_of(folder / "lock") if (folder / "lock").exists() else None
        except OSError:
            continue
        if lock:
            shutil.rmtree(folder, ignore_errors=True)
            lock.close()


class Folder:
    def __init__(self):
        remove_abandoned()
        self.path = pathlib.Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = lock_of(self.path / "lock.new")
        (self.path / "lock.new").rename(self.path / "lock")

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.close()

    def keep(self):
        """Leaves it for whoever wants to look, and no longer as anybody's to remove."""
        (self.path / "lock").unlink()
        self._lock.close()
