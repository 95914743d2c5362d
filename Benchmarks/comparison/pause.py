"""Latency of a paced load of GETs while the keyspace grows, during an AOF rewrite, and on an idle server.

Latency counts from the moment a request was due, not from when it was sent, so a pause is charged to every
request that it held up.
"""

import collections
import contextlib
import multiprocessing
import os
import selectors
import socket
import time

from . import progress
from .resp import Client, ServerError, encode, fill
from .server import Server

CONNECTIONS = 8
LOADED_KEYS = 1000


def percentiles(latencies):
    ordered = sorted(latencies)
    def at(fraction):
        return ordered[min(len(ordered) - 1, int(len(ordered) * fraction))] * 1000
    return {"p50": at(0.5), "p99": at(0.99), "p99.9": at(0.999), "max": ordered[-1] * 1000, "requests": len(ordered)}


class PacedReader:
    """Sends GETs at a fixed rate over several connections, however long the replies take."""

    def __init__(self, port, rate):
        self.interval = 1.0 / rate
        # Sleeps to the microsecond, where epoll's sleeps in whole milliseconds: polling would take a core away.
        self.selector = selectors.SelectSelector()
        self.connections = []
        for _ in range(CONNECTIONS):
            connection = socket.create_connection(("127.0.0.1", port))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            due = collections.deque()
            self.selector.register(connection, selectors.EVENT_READ, due)
            self.connections.append((connection, due))
        self.latencies = []

    def _receive(self, timeout):
        for key, _ in self.selector.select(timeout):
            data = key.fileobj.recv(65536)
            if not data:
                raise SystemExit("the server closed a connection of the paced load")
            now = time.perf_counter()
            # A reply is `$3\r\nxxx\r\n`, sent in one piece: 9 bytes.
            for _ in range(len(data) // 9):
                self.latencies.append(now - key.data.popleft())

    def run(self, going_on):
        """Goes on until `going_on(seconds)` says no, then collects the outstanding replies."""
        start, sent, next_check = time.perf_counter(), 0, 0.0
        while True:
            now = time.perf_counter()
            if now - start >= next_check:
                if not going_on(now - start):
                    break
                next_check += 0.05
            due = start + sent * self.interval
            if due > now:
                self._receive(due - now)
                continue
            connection, waiting = self.connections[sent % CONNECTIONS]
            waiting.append(due)
            connection.sendall(encode("GET", b"key:%012d" % (sent % LOADED_KEYS)))
            sent += 1
            if sent % 16 == 0:
                self._receive(0)
        deadline = time.perf_counter() + 60
        while any(waiting for _, waiting in self.connections) and time.perf_counter() < deadline:
            self._receive(0.1)
        for connection, _ in self.connections:
            connection.close()
        return percentiles(self.latencies)


@contextlib.contextmanager
def on_last_core():
    """Keeps the load to one core where there are several, so that what is measured is how long the server takes and
    not how long it waits for a core that the load has."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def prioritize(niceness):
    """The measuring process should wait for nobody but the server, where it may have that."""
    try:
        os.setpriority(os.PRIO_PROCESS, 0, niceness)
    except PermissionError:
        pass


def _insert(port, count, rate):
    """Inserts `count` keys at a steady rate, a hundred at a time; gives way to the server, whose waits are measured."""
    prioritize(10)
    start = time.perf_counter()
    with Client(port) as client:
        for first in range(0, count, 100):
            payload = b"".join(encode("SET", b"key:%012d" % (first + i), b"xxx") for i in range(100))
            client.insert(payload, 100)
            ahead = start + (first + 100) / rate - time.perf_counter()
            if ahead > 0:
                time.sleep(ahead)


def _rewrite(server, rate):
    """Latency from the start of an AOF rewrite to its end; None where the server has no such thing."""
    with server.client() as client:
        try:
            client.call("BGREWRITEAOF")
            client.call("INFO", "persistence")
        except ServerError:
            return None
        def in_progress(seconds):
            info = client.call("INFO", "persistence")
            busy = b"aof_rewrite_in_progress:1" in info or b"aof_rewrite_scheduled:1" in info
            return busy or seconds < 1
        return PacedReader(server.port, rate).run(in_progress)


def _measure(label, binary, options):
    phases = {}
    with Server(label, binary, options.aof and options.appendfsync) as server, on_last_core():
        fill(server.port, (encode("SET", b"key:%012d" % number, b"xxx") for number in range(LOADED_KEYS)))
        prioritize(-10)
        phases["idle"] = PacedReader(server.port, options.pause_rate).run(lambda seconds: seconds < 5)
        inserter = multiprocessing.get_context("fork").Process(
            target=_insert, args=(server.port, options.pause_keys, options.pause_insert_rate))
        inserter.start()
        phases["growing"] = PacedReader(server.port, options.pause_rate).run(lambda _: inserter.is_alive())
        inserter.join()
        if inserter.exitcode != 0:
            raise SystemExit(f"inserting into {label} failed")
        rewrite = _rewrite(server, options.pause_rate)
        if rewrite:
            phases["rewriting the AOF"] = rewrite
    prioritize(0)
    return phases


def run(binaries, options):
    """The latency distribution of each phase, by server; one server runs at a time.

    Each figure is the lowest of the rounds. What else goes on in the machine only ever adds to it, while a pause of
    the server's own, for a table that grows, comes in every round.
    """
    rounds = {label: [] for label, _ in binaries}
    for number in range(options.rounds):
        for label, binary in binaries:
            progress.show(f"pauses: round {number + 1}/{options.rounds}  {label}")
            rounds[label].append(_measure(label, binary, options))
    progress.show()
    lowest = {label: {phase: {figure: min(phases[phase][figure] for phases in measured)
                              for figure in measured[0][phase]}
                      for phase in measured[0]}
              for label, measured in rounds.items()}
    return {"phases": lowest, "rounds": options.rounds, "keys": options.pause_keys, "rate": options.pause_rate,
            "insert_rate": options.pause_insert_rate}
