# SPDX-License-Identifier: Apache-2.0
"""The jars of Apache Kafka, fetched once through Maven into the user's cache. kafka-VERSION.sha256
beside this file says which jars these are; they are held against it after the download and before
every use, so that what runs is what was reviewed. Needs mvn for the first time only."""

import hashlib
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
from typing import NamedTuple

HERE = pathlib.Path(__file__).resolve().parent
FETCH_SECONDS_MAX = 300
# For so long nobody asks again after Maven was out of reach: a run has many tests.
OUT_OF_REACH_SECONDS = 120
COPY_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"


class Unavailable(Exception):
    """This machine cannot run brokers now; whoever needs them is skipped, not failed."""


class Damaged(Exception):
    """Jars are not those that are pinned."""


def require(*programs):
    for program in programs:
        if not shutil.which(program):
            raise Unavailable(f"{program} is not installed; ./dev setup installs it")


class Version(NamedTuple):
    full: str
    logging: str  # group:artifact:version; Kafka itself depends on the interface only


VERSIONS = {
    "3.9": Version("3.9.2", "org.slf4j:slf4j-reload4j:1.7.36"),
    "4": Version("4.4.0", "org.apache.logging.log4j:log4j-slf4j-impl:2.25.5"),
}


def cache_folder():
    """The user's cache; where there is none to write to, the build folder of this clone."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    folder = pathlib.Path(home) / "qualog" / "kafka"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = HERE.parent.parent / "build" / "kafka"
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def pinned(version):
    """File name -> SHA-256."""
    text = (HERE / f"kafka-{version.full}.sha256").read_text(encoding="ascii")
    return {name: digest for digest, name in map(str.split, text.splitlines())}


def digest_of(jar):
    return hashlib.sha256(jar.read_bytes()).hexdigest()


def problem_of(folder, version):
    """What is wrong with the jars of a folder, or None."""
    pins = pinned(version)
    found = {path.name for path in folder.iterdir()}
    if found != set(pins):
        other = sorted(found ^ set(pins))
        return f"{len(other)} jars missing or not pinned, as {other[0]}"
    for name, digest in pins.items():
        if digest_of(folder / name) != digest:
            return f"{name} is not the jar that is pinned"
    return None


def dependency(coordinates):
    group, artifact, version = coordinates.split(":")
    return (f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>"
            f"<version>{version}</version></dependency>")


def project_file(version):
    return ("<project><modelVersion>4.0.0</modelVersion><groupId>local</groupId>"
            "<artifactId>brokers</artifactId><version>1</version><dependencies>"
            + dependency(f"org.apache.kafka:kafka_2.13:{version.full}")
            + dependency(version.logging) + "</dependencies></project>\n")


def run_bounded(command):
    """Exit code and output; after FETCH_SECONDS_MAX the command and its children are killed."""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, start_new_session=True) as process:
        try:
            output, _ = process.communicate(timeout=FETCH_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return process.returncode, output.decode("utf-8", "replace")


def cause_of(output):
    """The first error line of Maven, short enough for one line of ours."""
    errors = [line for line in output.splitlines() if "ERROR" in line]
    return " ".join((errors or ["no answer in time"])[0].split())[:300]


def download(version, work):
    """Through Maven into work/jars."""
    require("mvn")
    (work / "pom.xml").write_text(project_file(version), encoding="utf-8")
    code, output = run_bounded([
        "mvn", "--quiet", "--batch-mode", "--strict-checksums", "--file", str(work / "pom.xml"),
        "-Dmaven.wagon.http.connectionTimeout=10000", "-Dmaven.wagon.http.readTimeout=60000",
        COPY_GOAL, "-DincludeScope=runtime", f"-DoutputDirectory={work / 'jars'}"])
    if code != 0:
        raise Unavailable(f"Maven could not fetch Kafka {version.full}: {cause_of(output)}")


def pins_as_downloaded(version):
    """The text of a new kafka-VERSION.sha256."""
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=cache_folder()) as work:
        download(version, pathlib.Path(work))
        found = sorted((pathlib.Path(work) / "jars").iterdir())
        return "".join(f"{digest_of(jar)}  {jar.name}\n" for jar in found)


def put_in_place(jars, folder):
    """Whole or not at all; of two that fetch at once the later keeps what the earlier has put."""
    try:
        jars.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def fetch(version):
    """The folder of checked jars, downloaded if it is not there or not whole."""
    folder = cache_folder() / version.full
    if folder.is_dir():
        if problem_of(folder, version) is None:
            return folder
        shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=folder.parent) as work:
        work = pathlib.Path(work)
        download(version, work)
        problem = problem_of(work / "jars", version)
        if problem:
            raise Damaged(f"Kafka {version.full} as downloaded: {problem}")
        put_in_place(work / "jars", folder)
    return folder


def fetch_unless_out_of_reach(version):
    """fetch(), but not again soon after it was in vain."""
    mark = cache_folder() / f"{version.full}.out-of-reach"
    if mark.is_file() and 0 <= time.time() - mark.stat().st_mtime < OUT_OF_REACH_SECONDS:
        raise Unavailable(mark.read_text(encoding="utf-8") + " (tried a moment ago)")
    try:
        folder = fetch(version)
    except Unavailable as error:
        mark.write_text(str(error), encoding="utf-8")
        raise
    mark.unlink(missing_ok=True)
    return folder
