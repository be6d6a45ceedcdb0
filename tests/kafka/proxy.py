# SPDX-License-Identifier: Apache-2.0
"""A bad network on demand: proxies that stand before listeners of brokers and pass, delay, hold or
lose what goes through. One proxy is the way of one client to one node, so that each client can
have its own trouble with each node.

    pass            as it comes (the beginning, and after heal())
    delay(ms)       everything this much later, in order
    hold_requests() client -> broker waits in the proxy; heal() forwards it, also what clients said
                    that have given up since: it lands late
    hold_answers()  broker -> client waits: done, but not known to be
    hold()          both
    drop_answers()  broker -> client is lost
    black_hole()    connections are taken, nothing goes through, all is lost
    cut()           connections are closed, new ones refused; what is held is lost

These add up until heal(), and hold for connections there are and for new ones. A connection that
has lost bytes is closed by heal(), as no later byte could be understood. Methods may be called from
any thread and return when what they say is so."""

import asyncio
import collections
import threading

from ports import LOOPBACK, Reservation, bound_socket

PASS, HOLD, DROP = "pass", "hold", "drop"
READ_BYTES = 1 << 16
BACKLOG = 128
# So long a broker may still answer a client that has gone: it has then read all that was forwarded.
LINGER_SECONDS = 2


class Way:
    """What happens to one direction through a proxy."""

    def __init__(self):
        self.mode, self.delay_s = PASS, 0.0


class Flow:
    """The bytes of one direction of one connection. They are read as soon as they come: what waits,
    waits here, where a client that closes its connection cannot take it back."""

    def __init__(self, reader, writer, way):
        self._reader, self._writer, self._way = reader, writer, way
        self._waiting = collections.deque()  # (when it may go, bytes)
        self._ended = False
        self.has_lost = False
        self.changed = asyncio.Event()

    def held_bytes(self):
        return sum(len(data) for _, data in self._waiting)

    async def collect(self):
        """Until its sender closes."""
        while True:
            try:
                data = await self._reader.read(READ_BYTES)
            except OSError:
                data = b""
            if not data:
                break
            self._waiting.append((now() + self._way.delay_s, data))
            self.changed.set()
        self._ended = True
        self.changed.set()

    async def forward(self):
        """Until its sender has closed and nothing waits."""
        while self._waiting or not self._ended:
            self.changed.clear()
            if self._way.mode == DROP:
                self.has_lost = self.has_lost or bool(self._waiting)
                self._waiting.clear()
            elif self._way.mode == PASS:
                await self._send_what_is_due()
            if self._waiting or not self._ended:
                await self._wait()

    async def _send_what_is_due(self):
        while self._waiting and self._waiting[0][0] <= now() and self._way.mode == PASS:
            _, data = self._waiting.popleft()
            try:
                self._writer.write(data)
                await self._writer.drain()
            except OSError:
                pass  # nobody is there to get it

    async def _wait(self):
        timeout = None
        if self._waiting and self._way.mode == PASS:
            timeout = max(0.0, self._waiting[0][0] - now())
        try:
            await asyncio.wait_for(self.changed.wait(), timeout)
        except asyncio.TimeoutError:
            pass


def now():
    return asyncio.get_running_loop().time()


class Connection:
    def __init__(self, proxy, reader, writer):
        self._reader, self._writer = reader, writer
        self._task = asyncio.current_task()
        self._requests_way, self._answers_way = proxy.requests, proxy.answers
        self.requests = self.answers = None
        self._in_black_hole = self._requests_way.mode == self._answers_way.mode == DROP

    async def run(self, target):
        try:
            if self._in_black_hole:
                await self._swallow()
            else:
                await self._relay(target)
        except (OSError, asyncio.CancelledError):
            pass  # the broker is not there, or the proxy ends the connection
        finally:
            self._writer.transport.abort()

    async def _swallow(self):
        while await self._reader.read(READ_BYTES):
            pass

    async def _relay(self, target):
        reader, writer = await asyncio.open_connection(LOOPBACK, target)
        self.requests = Flow(self._reader, writer, self._requests_way)
        self.answers = Flow(reader, self._writer, self._answers_way)
        collecting = [asyncio.ensure_future(flow.collect()) for flow in self.flows()]
        client_done, broker_done = forwarding = [
            asyncio.ensure_future(flow.forward()) for flow in self.flows()]
        try:
            await asyncio.wait(forwarding, return_when=asyncio.FIRST_COMPLETED)
            if client_done.done():
                await asyncio.wait([broker_done], timeout=LINGER_SECONDS)
            else:
                await self._close_gently()
        finally:
            for task in collecting + forwarding:
                task.cancel()
            writer.close()

    async def _close_gently(self):
        self._writer.close()
        await self._writer.wait_closed()

    def flows(self):
        return [flow for flow in (self.requests, self.answers) if flow]

    def has_lost(self):
        return self._in_black_hole or any(flow.has_lost for flow in self.flows())

    def end(self):
        self._task.cancel()


class Proxy:
    """Made by Network.proxy()."""

    def __init__(self, network, target):
        self.target = target
        self.requests, self.answers = Way(), Way()
        self._network, self._reserved = network, Reservation()
        self._connections, self._server = set(), None
        self.port = self._reserved.port

    # ---- in the thread of the network -----------------------------------------------------------

    async def listen(self):
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, sock=bound_socket(self.port),
                                                      backlog=BACKLOG)

    async def _serve(self, reader, writer):
        connection = Connection(self, reader, writer)
        self._connections.add(connection)
        try:
            await connection.run(self.target)
        finally:
            self._connections.discard(connection)

    async def _close(self):
        if self._server:
            self._server.close()
            self._server = None
        for connection in self._connections:
            connection.end()

    async def _set(self, requests=None, answers=None, delay_s=None):
        """None: leaves it as it is."""
        for way, mode in ((self.requests, requests), (self.answers, answers)):
            way.mode = mode or way.mode
            way.delay_s = way.delay_s if delay_s is None else delay_s
        for connection in self._connections:
            for flow in connection.flows():
                flow.changed.set()
        await self.listen()

    async def _heal(self):
        await self._set(PASS, PASS, 0.0)
        for connection in self._connections:
            if connection.has_lost():
                connection.end()

    async def _held(self):
        flows = [(one.requests, one.answers) for one in self._connections if one.requests]
        return (sum(requests.held_bytes() for requests, _ in flows),
                sum(answers.held_bytes() for _, answers in flows))

    async def _count(self):
        return len(self._connections)

    # ---- from any thread ------------------------------------------------------------------------

    def heal(self):
        self._network.wait_for(self._heal())

    def cut(self):
        self._network.wait_for(self._close())

    def black_hole(self):
        self._network.wait_for(self._set(DROP, DROP))

    def delay(self, milliseconds):
        self._network.wait_for(self._set(delay_s=milliseconds / 1000))

    def hold_requests(self):
        self._network.wait_for(self._set(requests=HOLD))

    def hold_answers(self):
        self._network.wait_for(self._set(answers=HOLD))

    def hold(self):
        self._network.wait_for(self._set(HOLD, HOLD))

    def drop_answers(self):
        self._network.wait_for(self._set(answers=DROP))

    def held_bytes(self):
        """(of requests, of answers) that wait in the proxy now."""
        return self._network.wait_for(self._held())

    def connections(self):
        """How many are open, those included whose client has gone and whose bytes wait."""
        return self._network.wait_for(self._count())

    def close(self):
        self.cut()
        self._reserved.release()


class Network:
    """The thread in which proxies work. close(), or the end of the process, ends them all."""

    def __init__(self):
        self._loop = asyncio.new_event_loop()
        self._proxies = []
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def wait_for(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def proxy(self, target):
        """A Proxy that passes to this port and listens on a free one."""
        proxy = Proxy(self, target)
        self.wait_for(proxy.listen())
        self._proxies.append(proxy)
        return proxy

    def close(self):
        for proxy in self._proxies:
            proxy.close()
        self.wait_for(self._end_tasks())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end_tasks(self):
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*tasks, return_exceptions=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
