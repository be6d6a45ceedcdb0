# SPDX-License-Identifier: Apache-2.0
"""What a cluster for tests is asked to be, and the files that tell a node so. Every node is broker
and controller; clients come in over CLIENT (one such listener for each owner), brokers and the
harness over INTERNAL, which no proxy stands before."""

from dataclasses import dataclass, field

USERS = ("admin", "alice", "bob")  # the password is NAME-secret
MECHANISMS = ("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN")


@dataclass
class Options:
    version: str = "4"
    nodes: int = 1
    owners: int = 1  # client listeners of each node
    advertise: list = field(default_factory=list)  # [owner][node] -> port of what stands before it
    secure: bool = False
    fsync: bool = False
    extra: list = field(default_factory=list)  # "key=value" lines; the last of a key counts


@dataclass
class NodePorts:
    clients: list
    internal: int
    controller: int
    mtls: int


def client_listener(owner):
    """CLIENT, CLIENT2, ...; owners count from 1."""
    return "CLIENT" if owner == 1 else f"CLIENT{owner}"


def listeners(ports, clients, options):
    """Lines that say where a node listens and under which ports it is known."""
    def at(name, port):
        return f"{name}://127.0.0.1:{port}"

    names = [client_listener(owner + 1) for owner in range(options.owners)]
    fixed = [at("INTERNAL", ports.internal)]
    if options.secure:
        fixed.append(at("MTLS", ports.mtls))
    bound = list(map(at, names, ports.clients)) + fixed + [at("CONTROLLER", ports.controller)]
    kind = "SASL_SSL" if options.secure else "PLAINTEXT"
    protocols = [f"{name}:{kind}" for name in names]
    protocols += ["INTERNAL:PLAINTEXT", "CONTROLLER:PLAINTEXT", "MTLS:SSL"]
    return {
        "listeners": ",".join(bound),
        "advertised.listeners": ",".join(list(map(at, names, clients)) + fixed),
        "listener.security.protocol.map": ",".join(protocols),
        "controller.listener.names": "CONTROLLER",
        "inter.broker.listener.name": "INTERNAL",
    }


def durability(nodes):
    """As a deployment has it: three copies, two of them before an answer, no leader that lags."""
    copies, in_sync = (3, 2) if nodes >= 3 else (1, 1)
    return {
        "default.replication.factor": copies,
        "min.insync.replicas": in_sync,
        "unclean.leader.election.enable": "false",
        "auto.create.topics.enable": "false",
        "log.retention.ms": -1,
        "offsets.topic.replication.factor": copies,
        "offsets.topic.num.partitions": 1,
        "transaction.state.log.replication.factor": copies,
        "transaction.state.log.min.isr": in_sync,
        "transaction.state.log.num.partitions": 1,
        "share.coordinator.state.topic.replication.factor": copies,
        "share.coordinator.state.topic.min.isr": in_sync,
        "share.coordinator.state.topic.num.partitions": 1,
    }


# Failures are noticed within seconds; one core is enough for three nodes.
QUICK_AND_SMALL = {
    "broker.heartbeat.interval.ms": 500,
    "broker.session.timeout.ms": 3000,
    "replica.lag.time.max.ms": 3000,
    "group.initial.rebalance.delay.ms": 0,
    "log.retention.check.interval.ms": 1000,
    "log.segment.delete.delay.ms": 1000,
    "log.initial.task.delay.ms": 1000,
    "num.network.threads": 1,
    "num.io.threads": 2,
    "num.replica.fetchers": 1,
    "background.threads": 2,
    "log.cleaner.dedupe.buffer.size": 2097152,
}


def security(options, tls_folder):
    """TLS with our own authority; who may do what is asked of Kafka's own authorizer. The plaintext
    listeners are anonymous and may do everything: they are the harness's."""
    lines = {
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": tls_folder / "broker.pem",
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": tls_folder / "ca.pem",
        "listener.name.mtls.ssl.client.auth": "required",
        "listener.name.mtls.ssl.principal.mapping.rules": r"RULE:^.*CN=([^,]+).*$/$1/,DEFAULT",
        "sasl.enabled.mechanisms": ",".join(MECHANISMS),
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "allow.everyone.if.no.acl.found": "false",
        "super.users": "User:ANONYMOUS;User:admin",
    }
    modules = "org.apache.kafka.common.security"
    passwords = " ".join(f'user_{user}="{user}-secret"' for user in USERS)
    for owner in range(1, options.owners + 1):
        prefix = f"listener.name.{client_listener(owner).lower()}"
        for scram in ("scram-sha-512", "scram-sha-256"):
            lines[f"{prefix}.{scram}.sasl.jaas.config"] = (
                f"{modules}.scram.ScramLoginModule required;")
        lines[f"{prefix}.plain.sasl.jaas.config"] = (
            f"{modules}.plain.PlainLoginModule required {passwords};")
    return lines


def server_properties(number, ports, options, folder):
    """The text of a node's server.properties. ports: of all nodes; folder: of the cluster."""
    own = ports[number - 1]
    advertised = [row[number - 1] for row in options.advertise]
    lines = {
        "process.roles": "broker,controller",
        "node.id": number,
        "controller.quorum.voters": ",".join(
            f"{other}@127.0.0.1:{one.controller}" for other, one in enumerate(ports, 1)),
        "log.dirs": folder / f"node{number}" / "data",
    }
    lines.update(listeners(own, advertised + own.clients[len(advertised):], options))
    lines.update(durability(options.nodes))
    lines.update(QUICK_AND_SMALL)
    if options.fsync:
        lines["log.flush.interval.messages"] = 1
    if options.secure:
        lines.update(security(options, folder / "tls"))
    text = [f"{key}={value}".replace("\\", "\\\\") for key, value in lines.items()]
    return "\n".join(text + list(options.extra)) + "\n"


LOG4J = """\
log4j.rootLogger=WARN, out
log4j.appender.out=org.apache.log4j.ConsoleAppender
log4j.appender.out.layout=org.apache.log4j.PatternLayout
log4j.appender.out.layout.ConversionPattern=%d{ISO8601} %p %c{1} %m%n
"""

LOG4J2 = """\
rootLogger.level = WARN
rootLogger.appenderRef.out.ref = out
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d{ISO8601} %p %c{1} %m%n
"""


def logging_file(version):
    """(name, text, Java option with {} for the path): the two lines of Kafka log differently."""
    if version == "4":
        return "log4j2.properties", LOG4J2, "-Dlog4j2.configurationFile={}"
    return "log4j.properties", LOG4J, "-Dlog4j.configuration=file:{}"
