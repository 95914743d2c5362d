"""Latency of a paced load of GETs on an idle server, while the keyspace grows, while many keys expire at once, and
during an AOF rewrite.

Latency counts from the moment a request was due, not from when it was sent, so a pause is charged to every
request that it held up. Time in which the measuring process was held up itself, since it had no core, is not counted:
it is not the server's.
"""

import collections
import contextlib
import os
import selectors
import time

from . import progress
from .resp import ServerError, connect, encode, fill
from .server import Server

CONNECTIONS = 8
LOADED_KEYS = 1000
# Seconds in which the keys that expire can be inserted.
EXPIRE_AFTER = 15


def percentiles(latencies):
    ordered = sorted(latencies)
    def at(fraction):
        return ordered[min(len(ordered) - 1, int(len(ordered) * fraction))] * 1000
    return {"p50": at(0.5), "p99": at(0.99), "p99.9": at(0.999), "max": ordered[-1] * 1000, "requests": len(ordered)}


class CoreWait:
    """Tells how long this process waited for a core."""

    def __init__(self):
        try:
            self.file = os.open("/proc/self/schedstat", os.O_RDONLY)
        except FileNotFoundError:
            self.file = None
        self.total = 0.0
        self.step()

    def step(self):
        """Seconds it waited since it was last asked."""
        if self.file is None:
            return 0.0
        before, self.total = self.total, int(os.pread(self.file, 100, 0).split()[1]) / 1e9
        return self.total - before


class PacedReader:
    """Sends GETs at a fixed rate over several connections, however long the replies take, and the writes of a
    `Writer` beside them."""

    def __init__(self, port, rate):
        self.interval = 1.0 / rate
        # Sleeps to the microsecond, where epoll's sleeps in whole milliseconds: polling would take a core away.
        self.selector = selectors.SelectSelector()
        self.connections = []
        for _ in range(CONNECTIONS):
            connection = connect(port)
            due = collections.deque()
            self.selector.register(connection, selectors.EVENT_READ, due)
            self.connections.append((connection, due))
        self.latencies = []
        self.core_wait = CoreWait()

    def _receive(self, timeout, writer):
        """Takes the replies that are there, or come in time; returns how long the process waited for a core."""
        ready = self.selector.select(timeout)
        waited = self.core_wait.step()
        for key, _ in ready:
            if key.data is None:
                writer.receive()
                continue
            data = key.fileobj.recv(65536)
            if not data:
                raise SystemExit("the server closed a connection of the paced load")
            now = time.perf_counter()
            # A reply is `$3\r\nxxx\r\n`, sent in one piece: 9 bytes.
            for _ in range(len(data) // 9):
                due, sent, excused = key.data.popleft()
                self.latencies.append(now - due - excused - min(waited, now - sent))
        return waited

    def run(self, going_on, writer=None):
        """Goes on until `going_on(seconds)` says no, then collects the outstanding replies."""
        if writer:
            self.selector.register(writer.connection, selectors.EVENT_READ)
        start, sent, next_check, waited = time.perf_counter(), 0, 0.0, 0.0
        while True:
            now = time.perf_counter()
            if now - start >= next_check:
                if not going_on(now - start):
                    break
                next_check += 0.05
            due = start + sent * self.interval
            if due > now:
                if writer and writer.is_due(now - start):
                    writer.send()
                    continue
                waited = self._receive(due - now, writer)
                continue
            connection, waiting = self.connections[sent % CONNECTIONS]
            waiting.append((due, now, min(waited, now - due)))
            connection.sendall(encode("GET", b"key:%012d" % (sent % LOADED_KEYS)))
            sent += 1
            if sent % 16 == 0:
                waited = self._receive(0, writer)
        deadline = time.perf_counter() + 60
        while any(waiting for _, waiting in self.connections) and time.perf_counter() < deadline:
            self._receive(0.1, writer)
        for connection, _ in self.connections:
            connection.close()
        return percentiles(self.latencies)


class Writer:
    """Writes at a steady rate, a batch at a time, each after the replies to the one before.

    The process that measures sends them itself: a second one would compete with it, and how long the two wait for
    each other would be taken for the server's latency.
    """

    BATCH = 100
    # What is sent with a number twelve digits long, and how long the reply is.
    WRITES = {"keys": (encode("SET", b"key:" + b"0" * 12, b"xxx"), len(b"+OK\r\n")),
              "sorted set": (encode("ZADD", b"growing", b"0" * 12, b"member:" + b"0" * 12), len(b":1\r\n"))}

    def __init__(self, port, count, rate, keys, into="keys"):
        """`count` writes of the first `keys` keys, or members of one sorted set, over and over."""
        self.connection = connect(port)
        self.count, self.rate, self.keys = count, rate, keys
        self.sent, self.outstanding = 0, 0
        command, self.reply_size = self.WRITES[into]
        self.numbers = command.count(b"0" * 12)
        self.payload = command.replace(b"0" * 12, b"%012d") * self.BATCH

    @property
    def is_done(self):
        return self.sent >= self.count and not self.outstanding

    def is_due(self, seconds):
        return not self.outstanding and self.sent < self.count and self.sent <= seconds * self.rate

    def send(self):
        first = self.sent % self.keys
        self.connection.sendall(self.payload % tuple(number for number in range(first, first + self.BATCH)
                                                     for _ in range(self.numbers)))
        self.sent += self.BATCH
        self.outstanding = self.BATCH * self.reply_size

    def receive(self):
        data = self.connection.recv(65536)
        if not data or b"-" in data:
            raise SystemExit(f"inserting failed: {data[:100]!r}")
        self.outstanding -= len(data)


@contextlib.contextmanager
def apart_from(server):
    """Keeps the load to one core and the server to the others, where there are several, so that what is measured is
    how long the server takes and not how long it waits for a core that the load has."""
    cores = os.sched_getaffinity(0)
    load = {max(cores)}
    os.sched_setaffinity(0, load)
    os.sched_setaffinity(server.process.pid, cores - load or cores)
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


def _expire(server, count, rate):
    """Latency while `count` keys end all at once."""
    with server.client() as client:
        others = client.call("DBSIZE")
        end = int((time.time() + EXPIRE_AFTER) * 1000)
        fill(server.port, (encode("SET", b"short:%012d" % number, b"xxx", "PXAT", end) for number in range(count)))
        if time.time() * 1000 > end or client.call("DBSIZE") != others + count:
            raise SystemExit("inserting the keys that expire took longer than they live")
        time.sleep(end / 1000 - time.time())
        return PacedReader(server.port, rate).run(lambda _: client.call("DBSIZE") > others)


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
    with Server(label, binary, options.aof and options.appendfsync) as server, apart_from(server):
        fill(server.port, (encode("SET", b"key:%012d" % number, b"xxx") for number in range(LOADED_KEYS)))
        prioritize(-10)
        phases["idle"] = PacedReader(server.port, options.pause_rate).run(lambda seconds: seconds < 5)
        # The same writes with and without growth tell what is the growth's.
        count, rate = options.pause_keys, options.pause_insert_rate
        for into in Writer.WRITES:
            for phase, number, keys in ((f"overwriting {into}", min(count, 10 * rate), LOADED_KEYS),
                                        (f"growing {into}", count, count)):
                writer = Writer(server.port, number, rate, keys, into)
                phases[phase] = PacedReader(server.port, options.pause_rate).run(lambda _: not writer.is_done, writer)
                writer.connection.close()
        phases["expiring"] = _expire(server, options.pause_expiring, options.pause_rate)
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
            "insert_rate": options.pause_insert_rate,
            "expiring": options.pause_expiring}
