# SPDX-License-Identifier: Apache-2.0
# Rows: ST-3.
"""`blob put|get|ls|discard`: files into a project and out of it, by hand and cut in between; who
may; that copies and forks of the project have them, and that a purge takes them away."""

import hashlib
import os
import random
import shutil
import signal
import subprocess

import program
from program import DAMAGED, DENIED, HELD, NOT_FOUND, USAGE, Interview, init

PIECE = 1024 * 1024


class Files(Interview):
    def setUp(self):
        super().setUp()
        self.content = random.Random(7).randbytes(2 * PIECE + 4321)
        self.hash = hashlib.sha256(self.content).hexdigest()
        self.file = self.write("interview.pdf", self.content)

    def write(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content)
        return path

    def area(self, project=None):
        project = project or self.project
        if program.on_kafka():
            return os.path.join(self.folder, "blobs", project)
        return os.path.join(self.data, "projects", project, "blobs")

    def blob(self, project=None):
        return os.path.join(self.area(project), self.hash[:2], self.hash)

    def put(self, *more, actor="bo"):
        return self.good(self.qualog("blob", "put", "Gym", self.file, *more, actor=actor)).line()

    def half_put(self, size):
        """What an upload leaves that was cut behind so many bytes."""
        folder = os.path.join(self.area(), "uploads")
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with open(os.path.join(folder, f"{self.hash}.{len(self.content)}"), "wb") as file:
            file.write(self.content[:size])

    def got(self, project="Gym"):
        path = os.path.join(self.folder, "got")
        if os.path.exists(path):
            os.remove(path)
        self.good(self.qualog("blob", "get", project, self.hash, path))
        with open(path, "rb") as file:
            return file.read()


class Blob(Files):
    def test_ST_3_what_is_put_is_got_back(self):
        self.assertEqual(self.put(), {"hash": self.hash, "size": len(self.content),
                                      "resumed_from": 0, "was_there": False})
        self.assertEqual(self.got(), self.content)
        self.assertEqual(self.text("blob", "put", "Gym", self.file).out, self.hash + "\n")
        self.assertIs(self.put()["was_there"], True)
        self.assertEqual(self.good(self.qualog("blob", "ls", "Gym")).line(),
                         {"hash": self.hash, "size": len(self.content),
                          "there": len(self.content), "complete": True})
        self.assertIn("complete", self.text("blob", "ls", "Gym").out)

    def test_an_empty_file(self):
        path = self.write("empty", b"")
        hash_of = self.good(self.qualog("blob", "put", "Gym", path)).line()["hash"]
        self.assertEqual(hash_of, hashlib.sha256(b"").hexdigest())

    def test_ST_3_half_an_upload_is_no_file_and_goes_on(self):
        self.half_put(2 * PIECE)
        line = self.good(self.qualog("blob", "ls", "Gym")).line()
        self.assertEqual((line["complete"], line["there"]), (False, 2 * PIECE))
        self.assertEqual(self.qualog("blob", "get", "Gym", self.hash,
                                     os.path.join(self.folder, "x")).code, NOT_FOUND)
        self.assertEqual(self.put("--resume")["resumed_from"], PIECE)
        self.assertEqual(self.got(), self.content)

    def test_without_resume_an_upload_begins_anew(self):
        self.half_put(2 * PIECE)
        self.assertEqual(self.put()["resumed_from"], 0)
        self.assertEqual(self.got(), self.content)

    def test_an_unfinished_upload_is_discarded(self):
        self.half_put(100)
        self.assertEqual(self.good(self.qualog("blob", "discard", "Gym", self.hash)).line(),
                         {"hash": self.hash, "discarded": "upload"})
        self.assertEqual(self.good(self.qualog("blob", "ls", "Gym")).out, "")
        self.assert_error(self.qualog("blob", "discard", "Gym", self.hash), NOT_FOUND)

    def test_ST_3_discard_says_what_it_took_away(self):
        self.put()
        with open(self.blob(), "r+b") as file:  # so that it can be brought anew
            file.write(bytes([self.content[0] ^ 1]))
        self.half_put(100)
        shown = self.text("blob", "discard", "Gym", self.hash).out
        self.assertEqual(shown, f"{self.hash}: took away what had come of its upload; a whole "
                                "file would stay\n")
        self.assertTrue(os.path.exists(self.blob()))
        self.assertEqual(self.good(self.qualog("blob", "discard", "Gym", self.hash)).line(),
                         {"hash": self.hash, "discarded": "file"})
        self.assertFalse(os.path.exists(self.blob()))
        self.put()
        self.assertEqual(self.text("blob", "discard", "Gym", self.hash).out,
                         f"{self.hash}: took the file away\n")

    def test_who_may(self):
        self.put()
        self.apply(program.command("member.added", {"principal": "di", "group": "reader"}))
        self.good(self.qualog("guest", "Gym", "off"))
        self.good(self.qualog("blob", "ls", "Gym", actor="di"))
        target = os.path.join(self.folder, "target")
        for actor, words in (("di", ["put", "Gym", self.file]),
                             ("di", ["discard", "Gym", self.hash]),
                             ("stranger", ["ls", "Gym"]),
                             ("stranger", ["get", "Gym", self.hash, target])):
            self.assert_error(self.qualog("blob", *words, actor=actor), DENIED)
        self.assertFalse(os.path.exists(target))

    def test_changed_bytes_are_never_given_out_and_are_replaced(self):
        self.put()
        with open(self.blob(), "r+b") as file:
            file.write(bytes([self.content[0] ^ 1]))
        target = os.path.join(self.folder, "target")
        self.assert_error(self.qualog("blob", "get", "Gym", self.hash, target), DAMAGED)
        self.assertEqual([name for name in os.listdir(self.folder) if "target" in name], [])
        self.assertIs(self.put()["was_there"], False)
        self.assertEqual(self.got(), self.content)

    def test_wrong_names(self):
        self.assert_error(self.qualog("blob", "get", "Gym", "abc", "x"), USAGE)
        self.assert_error(self.qualog("blob", "get", "Gym", "0" * 64, "x"), NOT_FOUND)
        self.assert_error(self.qualog("blob", "put", "Gym", "/nonexistent"), NOT_FOUND)
        self.assert_error(self.qualog("blob", "put", "Gym", self.folder), USAGE)
        self.put()
        self.assert_error(self.qualog("blob", "get", "Gym", self.hash, self.file), USAGE)

    def test_modes_are_private(self):
        self.put()
        self.assertEqual(os.stat(self.area()).st_mode & 0o777, 0o700)
        self.assertEqual(os.stat(self.blob()).st_mode & 0o777, 0o600)


class Places(Files):
    def test_a_purge_takes_the_files_away(self):
        self.put()
        self.good(self.qualog("project", "delete", "Gym", "--confirm", "Gym"))
        self.good(self.qualog("project", "purge", "Gym", "--confirm", "Gym"))
        self.assertFalse(os.path.exists(self.area()))

    def test_a_move_takes_them_along(self):
        self.put()
        there = os.path.join(self.folder, "there")
        self.made(init(there))
        moved = self.good(self.qualog("project", "move", "Gym", "--to", there)).line()
        self.assertNotIn("missing_files", moved)
        self.data = there
        self.assertEqual(self.got(), self.content)
        self.assertIs(self.put()["was_there"], True)

    def stopped_put(self):
        """A `blob put` that stands still in the middle of its upload."""
        for pieces in (32, 64, 128, 256):
            self.hash = self.sparse_file(pieces)
            putting = subprocess.Popen(
                [program.binary, "blob", "put", "Gym", self.file, "-d", self.data, "--actor", "bo",
                 "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                env=program.environment())
            self.addCleanup(putting.communicate)
            self.addCleanup(putting.kill)
            upload = os.path.join(self.area(), "uploads", f"{self.hash}.{pieces * PIECE}")
            while not os.path.exists(upload) and putting.poll() is None:
                pass
            if putting.poll() is None:
                putting.send_signal(signal.SIGSTOP)
                os.waitid(os.P_PID, putting.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
            if putting.poll() is None and not os.path.exists(self.blob()):
                return putting
        raise AssertionError("every upload was faster than this test")

    def sparse_file(self, pieces):
        with open(self.file, "wb") as file:
            file.truncate(pieces * PIECE)
        digest = hashlib.sha256()
        for _ in range(pieces):
            digest.update(bytes(PIECE))
        return digest.hexdigest()

    def test_ST_3_a_file_that_was_left_behind_by_a_move_is_no_success(self):
        there = os.path.join(self.folder, "there")
        self.made(init(there))
        putting = self.stopped_put()
        self.good(self.qualog("project", "move", "Gym", "--to", there))
        putting.send_signal(signal.SIGCONT)
        out, err = putting.communicate(timeout=program.TIMEOUT_SECONDS)
        self.assertEqual((putting.returncode, out), (HELD, ""))
        self.assertIn(there, err)
        self.data = there
        self.assertNotIn(self.hash, self.good(self.qualog("blob", "ls", "Gym")).out)
        self.assertIs(self.put()["was_there"], False)

    def test_a_copied_directory_has_them(self):
        self.put()
        copy = os.path.join(self.folder, "copy")
        shutil.copytree(self.data, copy)
        self.data = copy
        self.assertEqual(self.got(), self.content)
