# SPDX-License-Identifier: Apache-2.0
"""Commands to a running cluster over a socket in its folder, from a shell or from a test in any
language: a line in, a line out, which is "ok", "ok VALUE" or "error TEXT".

    kill N | pause N | resume N | stop N | start N | restart N [hard]    one node
    status                      N=ready|running|paused|down ...
    topic NAME PARTITIONS [KEY=VALUE ...]
    leader NAME [PARTITION]     N, -1 for none
    proxy OWNER NODE|all heal|cut|black-hole|hold|hold-requests|hold-answers|drop-answers|delay MS
    held OWNER NODE             bytes of requests and of answers that wait in the proxy
    end                         the cluster that `brokers.py start` began
"""

import socket
import socketserver
import threading

SECONDS_MAX = 120
TROUBLES = ("heal", "cut", "black-hole", "hold", "hold-requests", "hold-answers", "drop-answers",
            "delay")


def proxy_commands_of(brokers):
    """As node_commands_of()."""
    def proxy(owner, node, trouble, *arguments):
        found = brokers.proxies(int(owner)) if node == "all" else [brokers.proxy(int(owner),
                                                                                 int(node))]
        if trouble not in TROUBLES:
            raise ValueError(f"no {trouble}: {', '.join(TROUBLES)}")
        for one in found:
            getattr(one, trouble.replace("-", "_"))(*map(int, arguments))

    def held(owner, node):
        return "%d %d" % brokers.proxy(int(owner), int(node)).held_bytes()

    return {"proxy": proxy, "held": held}


def node_commands_of(brokers):
    """Name -> function of words, which returns what is printed behind ok."""
    def status():
        return " ".join(f"{node.number}={brokers.state(node.number)}" for node in brokers.nodes)

    def topic(name, partitions, *settings):
        brokers.create_topic(name, int(partitions),
                             settings=[setting.split("=", 1) for setting in settings])

    return {
        "kill": lambda node: brokers.kill(int(node)),
        "pause": lambda node: brokers.pause(int(node)),
        "resume": lambda node: brokers.resume(int(node)),
        "stop": lambda node: brokers.stop_node(int(node)),
        "start": lambda node: brokers.start_node(int(node)),
        "restart": lambda node, hard="": brokers.restart(int(node), hard == "hard"),
        "status": status,
        "topic": topic,
        "leader": lambda name, partition="0": brokers.leader(name, int(partition)),
    }


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            answer = self.server.answer(line.decode().split())
            self.wfile.write(answer.encode() + b"\n")


class Control(socketserver.ThreadingUnixStreamServer):
    """Serves until close(). One command to nodes at a time, whoever sends them; proxies obey
    meanwhile, as a test may want trouble while a node restarts."""
    daemon_threads = True

    def __init__(self, brokers):
        self.ended = threading.Event()  # somebody asked for the end
        self.path = str(brokers.path / "control")
        self._commands = {"end": self.ended.set}
        self._commands.update(map(self._one_at_a_time, node_commands_of(brokers).items()))
        if hasattr(brokers, "proxy"):
            self._commands.update(proxy_commands_of(brokers))
        self._lock = threading.Lock()
        super().__init__(self.path, Handler)
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    def _one_at_a_time(self, command):
        name, function = command

        def exclusive(*words):
            with self._lock:
                return function(*words)

        return name, exclusive

    def answer(self, words):
        function = self._commands.get(words[0]) if words else None
        if function is None:
            return f"error no command {' '.join(words)}"
        try:
            value = function(*words[1:])
        except Exception as error:  # whatever it is, the one who asked is told
            return "error " + " ".join(f"{type(error).__name__}: {error}".split())
        return "ok" if value is None else f"ok {value}"

    def close(self):
        self.shutdown()
        self.server_close()


def send(path, words):
    """The answer's line to a command."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(SECONDS_MAX)
        connection.connect(path)
        connection.sendall((" ".join(words) + "\n").encode())
        with connection.makefile(encoding="utf-8") as answers:
            return answers.readline().rstrip("\n")
