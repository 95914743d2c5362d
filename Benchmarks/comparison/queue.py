"""A queue from end to end: producers add to a stream, consumers of a group read, and acknowledge one by one.

A producer adds the next entry when the last one's identifier is there. A consumer asks for ten entries, waits for
them if need be, and acknowledges each with a command of its own before it asks again.
"""

import re
import selectors
import statistics
import time

from . import progress
from .resp import connect, encode
from .server import Server

PRODUCERS = CONSUMERS = 8
_ADD = encode("XADD", "queue", "*", "field", "value")
# A reply: how many entries there are, their identifiers, and what it ends with.
_COUNT = re.compile(rb"\*1\r\n\*2\r\n\$5\r\nqueue\r\n\*([0-9]+)\r\n")
_LAST = b"value\r\n"
_ID = re.compile(rb"\$[0-9]+\r\n([0-9]+-[0-9]+)\r\n\*")


class Producer:
    """Adds entries, one after the other."""

    def __init__(self, port, count):
        self.socket = connect(port)
        self.left = count
        self.socket.sendall(_ADD)

    def ready(self):
        """Takes what came; how many entries were acknowledged."""
        if not self.socket.recv(4096).endswith(b"\r\n"):
            raise SystemExit("a reply of XADD came in pieces")
        self.left -= 1
        if self.left > 0:
            self.socket.sendall(_ADD)
        return 0


class Consumer:
    """Reads entries and acknowledges them."""

    def __init__(self, port, number):
        self.socket = connect(port)
        self.ask = encode("XREADGROUP", "GROUP", "group", f"consumer{number}", "COUNT", 10, "BLOCK", 0, "STREAMS",
                          "queue", ">")
        self.acknowledging = 0
        self.received = b""
        self.socket.sendall(self.ask)

    def ready(self):
        """Takes what came; how many entries were acknowledged."""
        self.received += self.socket.recv(65536)
        if self.acknowledging:
            done = self.received.count(b"\n")
            if done < self.acknowledging:
                return 0
            if self.received != b":1\r\n" * done:
                raise SystemExit(f"an acknowledgement came to {self.received[:100]!r}")
            self.acknowledging, self.received = 0, b""
            self.socket.sendall(self.ask)
            return done
        count, ids = _COUNT.match(self.received), _ID.findall(self.received)
        if not count or len(ids) < int(count[1]) or not self.received.endswith(_LAST):
            return 0
        self.acknowledging, self.received = len(ids), b""
        self.socket.sendall(b"".join(encode("XACK", "queue", "group", name) for name in ids))
        return 0


def _measure(server, entries):
    """Entries per second and per CPU second of the server."""
    with server.client() as client:
        client.call("DEL", "queue")
        client.call("XGROUP", "CREATE", "queue", "group", "$", "MKSTREAM")
        before, start = server.cpu_seconds(), time.monotonic()
        share = entries // PRODUCERS
        parties = [Consumer(server.port, number) for number in range(CONSUMERS)]
        parties += [Producer(server.port, share) for _ in range(PRODUCERS)]
        with selectors.DefaultSelector() as selector:
            for party in parties:
                selector.register(party.socket, selectors.EVENT_READ, party)
            done = 0
            while done < share * PRODUCERS:
                for key, _ in selector.select():
                    done += key.data.ready()
        seconds, cpu = time.monotonic() - start, server.cpu_seconds() - before
        for party in parties:
            party.socket.close()
        if client.call("XPENDING", "queue", "group")[0] != 0 or client.call("XLEN", "queue") != share * PRODUCERS:
            raise SystemExit(f"{server.label} lost entries")
    return {"throughput": done / seconds, "work": done / cpu}


def run(binaries, options):
    """The rounds of each server, and their medians."""
    rounds = {label: [] for label, _ in binaries}
    for number in range(options.rounds):
        for label, binary in binaries if number % 2 == 0 else reversed(binaries):
            progress.show(f"queue, round {number + 1}/{options.rounds}: {label}")
            with Server(label, binary, options.aof and options.appendfsync) as server:
                rounds[label].append(_measure(server, options.queue_entries))
    progress.show()
    medians = {label: {figure: statistics.median(sample[figure] for sample in samples) for figure in samples[0]}
               for label, samples in rounds.items()}
    return {"entries": options.queue_entries, "producers": PRODUCERS, "consumers": CONSUMERS, "rounds": rounds,
            "medians": medians}
