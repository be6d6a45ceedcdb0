# SPDX-License-Identifier: Apache-2.0
"""Ports of 127.0.0.1 that stay ours while nobody listens on them: a broker that is killed comes
back on its own port, whatever else runs on the machine."""

import socket

LOOPBACK = "127.0.0.1"


def bound_socket(port=0):
    """A socket that may share its port with one that listens, as every server's does."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((LOOPBACK, port))
    return bound


class Reservation:
    """A free port. Bound but not listening: connections are refused, the system gives the port to
    nobody who asks for any, and a server that names it gets it."""

    def __init__(self):
        self._socket = bound_socket()
        self.port = self._socket.getsockname()[1]

    def release(self):
        self._socket.close()
