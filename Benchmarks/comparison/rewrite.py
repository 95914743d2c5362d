"""A rewrite of the append-only file, or a dump, under a paced load of SETs: latency, memory and time.

Latency counts from the moment a request was due, not from when it was sent. The load is the same for both servers: half
of what redis-benchmark gets out of goredis without pipelining, over random keys of those that are there.
"""

import collections
import gc
import multiprocessing
import random
import selectors
import time
import typing

from . import progress, throughput
from .pause import percentiles, prioritize
from .resp import Client, connect, encode, fill
from .server import Server

CONNECTIONS = 8
# Requests that are due within so many seconds are sent together, some on each connection.
INTERVAL = 0.001
QUIET_SECONDS = 10
REPLY = b"+OK\r\n"


def _key(number):
    return b"key:%012d" % number


class Job(typing.NamedTuple):
    """What a server does in the background: the command, how it syncs the append-only file if there is one, and the
    fields of INFO."""

    command: str
    aof: typing.Optional[str]
    busy: tuple
    status: str
    copied: str


REWRITE = Job("BGREWRITEAOF", "everysec", ("aof_rewrite_in_progress", "aof_rewrite_scheduled"),
              "aof_last_bgrewrite_status", "aof_last_cow_size")
SAVE = Job("BGSAVE", None, ("rdb_bgsave_in_progress",), "rdb_last_bgsave_status", "rdb_last_cow_size")


class PacedWriter:
    """Sends SETs at a fixed rate, however long the replies take."""

    def __init__(self, port, rate, keys):
        self.per_connection = max(1, round(rate * INTERVAL / CONNECTIONS))
        self.rate = self.per_connection * CONNECTIONS / INTERVAL
        self.keys = keys
        self.numbers = random.Random(1)
        # Sleeps to the microsecond, where epoll's sleeps in whole milliseconds: polling would take a core away.
        self.selector = selectors.SelectSelector()
        self.connections = []
        for _ in range(CONNECTIONS):
            connection = connect(port)
            waiting = collections.deque()
            self.selector.register(connection, selectors.EVENT_READ, waiting)
            self.connections.append((connection, waiting))
        self.latencies = []

    def _receive(self, timeout):
        for key, _ in self.selector.select(timeout):
            data = key.fileobj.recv(65536)
            if not data or data[:1] == b"-":
                raise SystemExit(f"the paced load is answered with {data!r}")
            now = time.perf_counter()
            # Replies are short and sent in one piece.
            for _ in range(len(data) // len(REPLY)):
                self.latencies.append(now - key.data.popleft())

    def run(self, going_on):
        """Goes on until `going_on()` says no; returns the latency distribution."""
        gc.disable()
        start, step = time.perf_counter(), 0
        while True:
            due = start + step * INTERVAL
            left = due - time.perf_counter()
            if left > 0:
                self._receive(left)
                continue
            if step % 50 == 0 and not going_on():
                break
            for connection, waiting in self.connections:
                connection.sendall(b"".join(
                    encode("SET", _key(self.numbers.randrange(self.keys)), b"value:%06d" % (step % 1_000_000))
                    for _ in range(self.per_connection)))
                waiting.extend([due] * self.per_connection)
                self._receive(0)
            step += 1
        deadline = time.perf_counter() + 60
        while any(waiting for _, waiting in self.connections) and time.perf_counter() < deadline:
            self._receive(0.1)
        for connection, _ in self.connections:
            connection.close()
        gc.enable()
        return percentiles(self.latencies)


def _watch(server, job, results):
    """Looks at the server now and then, in a process of its own, while it does a job or for some seconds."""
    prioritize(0)
    before = peak = server.resident_bytes()
    with Client(server.port) as client:
        start = time.perf_counter()
        if job:
            client.call(job.command)
        while True:
            time.sleep(0.05)
            seconds = time.perf_counter() - start
            info = dict(line.split(":", 1) for line in client.call("INFO", "persistence").decode().split("\r\n")
                        if ":" in line)
            peak = max(peak, server.resident_bytes())
            if not any(info[field] == "1" for field in job.busy) if job else seconds > QUIET_SECONDS:
                break
        if job and info[job.status] != "ok":
            raise SystemExit(f"{job.command} of {server.label} failed")
        # What a forked child copied is not in the parent's resident memory; redis-server tells how much it was.
        copied = int(info.get(job.copied, 0)) if job else 0
        results.put({"seconds": seconds, "resident": before, "extra": peak - before + copied})


def _phase(server, rate, keys, job=None):
    context = multiprocessing.get_context("fork")
    results = context.SimpleQueue()
    watcher = context.Process(target=_watch, args=(server, job, results))
    writer = PacedWriter(server.port, rate, keys)
    watcher.start()
    latency = writer.run(watcher.is_alive)
    watcher.join()
    if watcher.exitcode != 0:
        raise SystemExit(f"watching {server.label} failed")
    return {"latency": latency, "rate": writer.rate} | results.get()


def run(binaries, options, job=REWRITE):
    """Figures of each server, without a rewrite, or another job, and during one."""
    figures, rate = {}, None
    for label, binary in binaries:
        progress.show(f"{job.command}: {label}, {options.rewrite_keys:,} keys")
        with Server(label, binary, job.aof, ["--auto-aof-rewrite-percentage", "0"]) as server:
            fill(server.port, (encode("SET", _key(i), b"value:%06d" % (i % 1_000_000))
                               for i in range(options.rewrite_keys)))
            if not rate:
                row = throughput.benchmark(server, options.connections, 1, 200_000, "SET key:__rand_int__ xxx")
                rate = float(row["rps"]) / 2
            server.settled_resident_bytes()
            prioritize(-10)
            figures[label] = {"quiet": _phase(server, rate, options.rewrite_keys),
                              "busy": _phase(server, rate, options.rewrite_keys, job)}
            prioritize(0)
    progress.show()
    return {"keys": options.rewrite_keys, "rate": figures[binaries[0][0]]["quiet"]["rate"], "servers": figures}
