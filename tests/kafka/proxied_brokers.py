# SPDX-License-Identifier: Apache-2.0
"""Brokers of which every client listener is reached through a proxy of its own. A client of owner k
that starts at bootstrap(k) is told the addresses of the proxies of owner k and of no others, so all
it says goes through them; direct() passes them by."""

from brokers import Brokers
from proxy import Network


class ProxiedBrokers(Brokers):
    def __init__(self, **options):
        super().__init__(**options)
        self._network = Network()
        self._proxies = [[self._network.proxy(ports.clients[owner]) for ports in self.ports]
                         for owner in range(self.options.owners)]
        self.options.advertise = [[proxy.port for proxy in row] for row in self._proxies]

    def proxy(self, owner, node):
        """What stands between them; both count from 1."""
        if not (1 <= owner <= len(self._proxies) and 1 <= node <= len(self.ports)):
            raise ValueError(f"no owner {owner} or no node {node}")
        return self._proxies[owner - 1][node - 1]

    def proxies(self, owner):
        """Of one owner to all nodes."""
        return [self.proxy(owner, node + 1) for node in range(len(self.ports))]

    def close(self, keep=False):
        super().close(keep)
        if self._network:
            self._network.close()
            self._network = None
