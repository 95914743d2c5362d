"""Clients that redis-benchmark does not have: ones that send several commands together, and subscribers."""

import contextlib
import random
import selectors
import threading
import time

from .resp import connect, encode

# How many sequences are made beforehand, each with numbers of its own.
_VARIANTS = 1000


def _sequences(test):
    """The bytes of one sequence after the other, with random numbers where the test has them."""
    chance = random.Random(7)
    def words(command):
        return command.replace("__rand_int__", f"{chance.randrange(test.keys):012}").split()
    return [b"".join(encode(*words(command)) for command in test.sequence) for _ in range(_VARIANTS)]


class _Party:
    """A connection that sends a sequence, and the next one when all replies are there."""

    def __init__(self, port, lines):
        self.socket = connect(port)
        self.lines = lines
        self.rest = b""

    def is_answered(self):
        self.rest += self.socket.recv(65536)
        if b"\r\n-" in self.rest or self.rest[:1] == b"-":
            raise SystemExit(f"a sequence was answered with {self.rest!r}")
        if self.rest.count(b"\n") < self.lines:
            return False
        self.rest = b""
        return True


def _lines_of(port, sequence):
    """How many lines the replies to a sequence have, which is the same for all of a test."""
    with contextlib.closing(connect(port)) as connection:
        connection.sendall(sequence)
        received, quiet = b"", time.monotonic() + 0.5
        connection.settimeout(0.1)
        while time.monotonic() < quiet:
            with contextlib.suppress(TimeoutError):
                received += connection.recv(65536)
        return received.count(b"\n")


def send_sequences(server, test, connections, requests):
    """Sends so many commands, and returns how many a second, and the percentiles of sequences in milliseconds."""
    payloads = _sequences(test)
    lines = _lines_of(server.port, payloads[0])
    rounds = max(requests // len(test.sequence), connections)
    latencies, sent = [], {}
    with contextlib.ExitStack() as stack:
        selector = stack.enter_context(selectors.DefaultSelector())
        start = time.monotonic()
        for number in range(connections):
            party = _Party(server.port, lines)
            stack.callback(party.socket.close)
            selector.register(party.socket, selectors.EVENT_READ, party)
            party.socket.sendall(payloads[number % _VARIANTS])
            sent[party] = time.monotonic()
        while len(latencies) < rounds:
            for key, _ in selector.select():
                party = key.data
                if not party.is_answered():
                    continue
                now = time.monotonic()
                latencies.append(now - sent[party])
                party.socket.sendall(payloads[len(latencies) % _VARIANTS])
                sent[party] = now
        seconds = time.monotonic() - start
    latencies.sort()
    return {"rps": len(latencies) * len(test.sequence) / seconds,
            "p50_latency_ms": latencies[len(latencies) // 2] * 1000,
            "p99_latency_ms": latencies[len(latencies) * 99 // 100] * 1000}


@contextlib.contextmanager
def subscribers(server, count):
    """Has so many connections subscribe to the channel `crowd`, and takes what they are sent."""
    with contextlib.ExitStack() as stack:
        selector = stack.enter_context(selectors.DefaultSelector())
        for _ in range(count):
            connection = stack.enter_context(contextlib.closing(connect(server.port)))
            connection.sendall(encode("SUBSCRIBE", "crowd"))
            selector.register(connection, selectors.EVENT_READ)
        is_over = threading.Event()

        def take():
            while not is_over.is_set():
                for key, _ in selector.select(0.1):
                    key.fileobj.recv(1 << 20)

        thread = threading.Thread(target=take)
        thread.start()
        stack.callback(thread.join)
        stack.callback(is_over.set)
        yield
