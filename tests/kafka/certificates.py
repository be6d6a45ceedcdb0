# SPDX-License-Identifier: Apache-2.0
"""Certificates for a cluster with TLS: one authority, one key for all brokers, one for each user.
PEM as librdkafka and Kafka both read it; made anew for each cluster with openssl."""

import subprocess

import jars
from settings import USERS

NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
NAMES = "subjectAltName=IP:127.0.0.1,DNS:localhost\n"


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def signed(folder, name):
    """NAME.key and NAME.pem, signed by the authority of the folder."""
    openssl("req", "-new", *NEW_KEY, "-subj", f"/CN={name}", "-keyout", folder / f"{name}.key",
            "-out", folder / f"{name}.request")
    openssl("x509", "-req", "-days", 30, "-in", folder / f"{name}.request",
            "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key", "-CAcreateserial",
            "-extfile", folder / "names", "-out", folder / f"{name}.pem")


def make(folder):
    """ca.pem for clients, broker.pem for brokers, USER.key and USER.pem for mutual TLS."""
    jars.require("openssl")
    folder.mkdir()
    (folder / "names").write_text(NAMES, encoding="ascii")
    openssl("req", "-x509", *NEW_KEY, "-days", 30, "-subj", "/CN=test authority",
            "-keyout", folder / "ca.key", "-out", folder / "ca.pem")
    for name in ("broker", *USERS):
        signed(folder, name)
    chain = [folder / "broker.key", folder / "broker.pem", folder / "ca.pem"]
    (folder / "broker.pem").write_text("".join(part.read_text() for part in chain))
