# SPDX-License-Identifier: Apache-2.0
"""brokers.py from a shell. Exit codes: 77 where this machine cannot run brokers, which ctest counts
as skipped; 2 for wrong usage; 1 for what failed; with `with`, else that of the command."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys

import children
import control
import jars
from brokers import Brokers
from proxied_brokers import ProxiedBrokers
from wire import wait_until

SKIPPED = 77
USAGE = """\
brokers.py fetch [3.9|4 ...]            the jars of both versions, or of those named, into the cache
brokers.py with [OPTIONS] -- COMMAND    start, run COMMAND with the variables below, end
brokers.py start [OPTIONS]              start and print the variables, for eval "$(...)"
brokers.py end                          end what start began
brokers.py pins 3.9|4                   the file of checksums for a version, downloaded anew
brokers.py COMMAND                      to the cluster of the variables, as control.py lists them:
                                        kill 2, restart 2, status, proxy 1 all hold-requests ...

Variables: QUALOG_KAFKA_BOOTSTRAP for clients, QUALOG_KAFKA_BOOTSTRAP_2 ... for further owners,
QUALOG_KAFKA_DIRECT past proxies and in plaintext, QUALOG_KAFKA_VERSION, QUALOG_KAFKA_NODES,
QUALOG_KAFKA_TLS and QUALOG_KAFKA_MTLS if secure, QUALOG_KAFKA_CONTROL a socket that takes the
same commands as lines.
"""


def require_brokers(*programs):
    """For a test of its own: ends it as skipped where brokers or these programs cannot be had."""
    try:
        jars.require("java", "setpriv", *programs)
        for version in jars.VERSIONS.values():
            jars.fetch_unless_out_of_reach(version)
    except jars.Unavailable as error:
        print(f"skipped: {error}", file=sys.stderr)
        sys.exit(SKIPPED)


def options_parser():
    parser = argparse.ArgumentParser(prog="brokers.py", usage="brokers.py start|with [OPTIONS]")
    parser.add_argument("--version", choices=list(jars.VERSIONS), default="4")
    parser.add_argument("--nodes", type=int, default=1, metavar="N")
    parser.add_argument("--owners", type=int, default=1, metavar="N",
                        help="client listeners of each node")
    parser.add_argument("--proxies", action="store_true",
                        help="one before each client listener, for the command proxy")
    parser.add_argument("--advertise", default="", metavar="PORT,...",
                        help="what clients are told in place of the ports of the nodes")
    parser.add_argument("--secure", action="store_true",
                        help="TLS, SCRAM and PLAIN, mutual TLS, ACLs; users admin, alice, bob")
    parser.add_argument("--fsync", action="store_true", help="flush before every answer")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="extra")
    parser.add_argument("--keep", action="store_true", help="leave the folder of the nodes behind")
    return parser


def brokers_of(options):
    ports = [int(port) for port in options.advertise.split(",") if port]
    kind = ProxiedBrokers if options.proxies else Brokers
    return kind(version=options.version, nodes=options.nodes, owners=options.owners,
                advertise=[ports] if ports else [], secure=options.secure,
                fsync=options.fsync, extra=options.extra)


def variables(brokers, control_path):
    found = {
        "BOOTSTRAP": brokers.bootstrap(),
        "DIRECT": brokers.direct(),
        "VERSION": brokers.options.version,
        "NODES": str(brokers.options.nodes),
        "CONTROL": control_path,
    }
    for owner in range(2, brokers.options.owners + 1):
        found[f"BOOTSTRAP_{owner}"] = brokers.bootstrap(owner)
    if brokers.options.secure:
        found.update(TLS=str(brokers.path / "tls"), MTLS=brokers.mutual_tls())
    return {f"QUALOG_KAFKA_{name}": value for name, value in found.items()}


@contextlib.contextmanager
def running(options):
    """(its variables, its Control) of a cluster that is gone at the end."""
    brokers = brokers_of(options)
    with contextlib.ExitStack() as at_end:
        at_end.callback(lambda: brokers.close(options.keep))
        brokers.start()
        if options.keep:
            print(f"brokers: {brokers.path} is kept", file=sys.stderr)
        server = control.Control(brokers)
        at_end.callback(server.close)
        yield variables(brokers, server.path), server


def run_with(arguments):
    if "--" not in arguments[:-1]:
        return usage()
    place = arguments.index("--")
    options = options_parser().parse_args(arguments[:place])
    with running(options) as (found, _), contextlib.closing(children.Children()) as own:
        command = own.start(arguments[place + 1:], stdin=None, start_new_session=False,
                            env={**os.environ, **found})
        try:
            code = command.wait()
        except BaseException:
            children.end(command, grace_s=5)
            raise
    return code if code >= 0 else 128 - code


def keep_running(arguments):
    """The background half of start: prints the variables, then serves until it is told to end."""
    with running(options_parser().parse_args(arguments)) as (found, server):
        for name, value in found.items():
            print(f"export {name}={value}")
        sys.stdout.flush()
        with open(os.devnull, "r+b") as nothing:
            os.dup2(nothing.fileno(), 1)
            os.dup2(nothing.fileno(), 2)
        server.ended.wait()
    return 0


def start(arguments):
    options_parser().parse_args(arguments)
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "brokers.py")
    keeper = subprocess.Popen([sys.executable, "-B", program, "keep-running", *arguments],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              start_new_session=True)
    printed = keeper.stdout.read().decode()
    print(printed, end="")
    return 0 if printed else keeper.wait()


def fetch(names):
    for name in names or jars.VERSIONS:
        if name not in jars.VERSIONS:
            return usage()
        print(jars.fetch(jars.VERSIONS[name]))
    return 0


def pins(names):
    if len(names) != 1 or names[0] not in jars.VERSIONS:
        return usage()
    print(jars.pins_as_downloaded(jars.VERSIONS[names[0]]), end="")
    return 0


def send(words):
    path = os.environ.get("QUALOG_KAFKA_CONTROL")
    if not path:
        print("brokers: QUALOG_KAFKA_CONTROL is not set; brokers.py start prints it",
              file=sys.stderr)
        return 2
    try:
        answer = control.send(path, words)
    except OSError as error:
        answer = f"error no cluster answers at {path}: {error}"
    good = answer.split(" ")[0] == "ok"
    if good and words == ["end"]:
        wait_until(lambda: not os.path.exists(path), control.SECONDS_MAX, "the cluster ended")
    print(answer, file=sys.stdout if good else sys.stderr)
    return 0 if good else 1


def usage():
    print(USAGE, end="", file=sys.stderr)
    return 2


def run(arguments):
    name, rest = (arguments or ["help"])[0], arguments[1:]
    if name in ("help", "-h", "--help"):
        print(USAGE)
        options_parser().print_help()
        return 0
    if name == "start" and rest and rest[0].isdigit():
        return send(arguments)
    table = {"fetch": fetch, "pins": pins, "with": run_with, "start": start,
             "keep-running": keep_running}
    if name in table:
        return table[name](rest)
    return send(arguments)


def main(arguments):
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    try:
        return run(arguments)
    except jars.Unavailable as error:
        print(f"brokers: skipped: {error}", file=sys.stderr)
        return SKIPPED
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except Exception as error:  # one line for people; the command line has no other reader
        print(f"brokers: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
