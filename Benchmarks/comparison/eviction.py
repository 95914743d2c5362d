"""Work and hit rates of servers that have more keys than memory, under each policy."""

import random
import subprocess

from . import progress
from .commands import key
from .resp import connect, encode, fill
from .server import Server

POLICIES = ["allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-lru", "volatile-lfu", "volatile-random",
            "volatile-ttl"]
KEYS = 3_000_000
VALUE = "x" * 100
MEMORY = 64 << 20
# Keys that each server may keep where hit rates at the same number of keys are measured.
KEPT = 300_000
# Lookups that a cache sends at a time.
BATCH = 500


def lookups(count):
    """Numbers of keys of which some are asked for more than others, the same ones each time.

    Their density falls with the square root of the number: half of the lookups are for a quarter of the keys.
    """
    chance = random.Random(7).random
    return [int(KEYS * chance() ** 2) for _ in range(count)]


def _set(number, policy):
    words = ["SET", key(number), VALUE]
    # What is asked for less goes sooner, so that a policy which goes by the time to live has something to know.
    return encode(*words, "EX", 100_000 + KEYS - number) if policy.startswith("volatile") else encode(*words)


class _Replies:
    """Replies of a connection: values, and lines."""

    def __init__(self, connection):
        self.connection, self.rest, self.lines, self.next = connection, b"", [], 0

    def line(self):
        while self.next >= len(self.lines):
            received = self.connection.recv(1 << 18)
            if not received:
                raise ConnectionError("the server closed the connection")
            *self.lines, self.rest = (self.rest + received).split(b"\r\n")
            self.next = 0
        self.next += 1
        return self.lines[self.next - 1]

    def is_value(self):
        return self.line() != b"$-1" and bool(self.line())

    def expect_ok(self):
        line = self.line()
        if line != b"+OK":
            raise SystemExit(f"a SET was answered with {line.decode(errors='replace')}")


def _look_up(connection, replies, numbers, policy):
    """Gets keys, and sets those that are missing, as a cache does; returns how many were there."""
    connection.sendall(b"".join(encode("GET", key(number)) for number in numbers))
    missing = [number for number in numbers if not replies.is_value()]
    if missing:
        connection.sendall(b"".join(_set(number, policy) for number in missing))
        for _ in missing:
            replies.expect_ok()
    return len(numbers) - len(missing)


def _cache(server, policy, numbers):
    """The share of hits, and lookups per CPU second, in the second half of the lookups: the first fills the memory."""
    hits, half, before = 0, len(numbers) // 2, 0.0
    with connect(server.port) as connection:
        replies = _Replies(connection)
        for start in range(0, len(numbers), BATCH):
            if start >= half and not before:
                before = server.cpu_seconds()
            found = _look_up(connection, replies, numbers[start:start + BATCH], policy)
            hits += found if before else 0
    return hits / half, half / (server.cpu_seconds() - before)


def _sets(server, policy, requests):
    """SETs per CPU second of keys by chance, each of which has one or so evicted."""
    words = ["SET", "key:__rand_int__", VALUE] + (["EX", "100000"] if policy.startswith("volatile") else [])
    command = ["redis-benchmark", "-h", "127.0.0.1", "-p", str(server.port), "-c", "50", "-P", "16", "-r", str(KEYS),
               "-n", str(requests), "-q", *words]
    # The first run fills the memory.
    for _ in range(2):
        before = server.cpu_seconds()
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    return requests / (server.cpu_seconds() - before)


def _measure(label, binary, policy, options, numbers):
    """One server: its work, and its hit rates at the same memory and at the same number of keys."""
    settings = ["--maxmemory-policy", policy]
    with Server(label, binary, extra=["--maxmemory", str(MEMORY)] + settings) as server:
        progress.show(f"{policy}: {label}, SET")
        figures = {"sets": _sets(server, policy, options.eviction_requests)}
    with Server(label, binary, extra=["--maxmemory", str(MEMORY)] + settings) as server:
        progress.show(f"{policy}: {label}, cache")
        figures["hits"], figures["lookups"] = _cache(server, policy, numbers)
        with server.client() as client:
            figures["keys"] = client.call("DBSIZE")
    with Server(label, binary, extra=settings) as server:
        progress.show(f"{policy}: {label}, cache of {KEPT:,} keys")
        fill(server.port, (_set(KEYS - 1 - number, policy) for number in range(KEPT)))
        with server.client() as client:
            client.call("CONFIG", "SET", "maxmemory", server.used_memory())
        figures["hits with as many keys"], _ = _cache(server, policy, numbers)
        with server.client() as client:
            figures["as many keys"] = client.call("DBSIZE")
    return figures


def run(chosen, options):
    """Figures of each policy by server."""
    numbers = lookups(options.eviction_requests)
    rows = [{"policy": policy,
             "figures": {label: _measure(label, binary, policy, options, numbers) for label, binary in chosen}}
            for policy in options.policies]
    progress.show()
    return {"rows": rows, "memory": MEMORY, "keys": KEYS}
