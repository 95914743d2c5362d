"""Resident bytes per element, each data set in a fresh process."""

import resource
import socket

from . import progress
from .resp import encode, fill
from .server import Server

ELEMENTS = 1_000_000
CONNECTIONS = 5_000


def _key(i):
    return b"key:%012d" % i


def _batches(count, size, command):
    """Commands that add `size` elements each to one big collection."""
    for start in range(0, count, size):
        words = []
        for i in range(start, min(start + size, count)):
            words += command(i)
        yield words


def _each(count, command):
    return lambda: (encode(*command(i)) for i in range(count))


def _big(name, count, element):
    return lambda: (encode(name, "big", *words) for words in _batches(count, 100, element))


def data_sets(count):
    """(title, a command to find out whether the server knows it, the commands that fill it)."""
    return [
        ("string of 3 bytes", ["SET", "probe", "x"], _each(count, lambda i: ("SET", _key(i), b"xxx"))),
        ("string of 100 bytes", ["SET", "probe", "x"], _each(count, lambda i: ("SET", _key(i), b"x" * 100))),
        ("string of 3 bytes with a time to live", ["SET", "probe", "x", "EX", "10"],
         _each(count, lambda i: ("SET", _key(i), b"xxx", b"EX", b"%d" % (100_000 + i % 50_000)))),
        ("counter (integer of 7 digits)", ["SET", "probe", "1"],
         _each(count, lambda i: ("SET", _key(i), b"%d" % (1_000_000 + i)))),
        ("hash of 10 fields (6-byte field, 6-byte value), per hash", ["HSET", "probe", "f", "v"],
         _each(count, lambda i: ("HSET", _key(i), *(w for f in range(10) for w in (b"field%d" % f, b"value%d" % f))))),
        ("field of one big hash (15-byte field, 10-byte value)", ["HSET", "probe", "f", "v"],
         _big("HSET", count, lambda i: (b"field:%09d" % i, b"%010d" % (i * 7919 % 10**10)))),
        ("item of one big list (17 bytes)", ["RPUSH", "probe", "x"],
         _big("RPUSH", count, lambda i: (b"item:%012d" % i,))),
        ("member of one big set (19 bytes)", ["SADD", "probe", "x"],
         _big("SADD", count, lambda i: (b"member:%012d" % i,))),
        ("member of one big sorted set (19 bytes)", ["ZADD", "probe", "1", "x"],
         _big("ZADD", count, lambda i: (b"%d" % (i * 7919 % count), b"member:%012d" % i))),
        ("stream entry (1 field)", ["XADD", "probe", "*", "f", "v"],
         _each(count, lambda i: ("XADD", "big", "%d-1" % (i + 1), "field", "value"))),
    ]


def _measure(label, binary, options, probe, commands, count):
    with Server(label, binary, options.aof) as server:
        refusal = server.refusal(*probe)
        if refusal:
            return None, f"{label} answers: {refusal}"
        server.refusal("DEL", "probe")
        empty = server.settled_resident_bytes()
        fill(server.port, commands())
        return (server.settled_resident_bytes() - empty) / count, None


def _idle_connection(label, binary, options):
    """Growth per connection that has said PING once and then keeps still."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + 200
    if hard != resource.RLIM_INFINITY and hard < wanted:
        return None, f"the limit of open files is {hard}"
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    with Server(label, binary, options.aof) as server:
        empty = server.settled_resident_bytes()
        sockets = []
        try:
            for _ in range(CONNECTIONS):
                connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
                connection.sendall(b"*1\r\n$4\r\nPING\r\n")
                connection.recv(64)
                sockets.append(connection)
            return (server.settled_resident_bytes() - empty) / CONNECTIONS, None
        finally:
            for connection in sockets:
                connection.close()


def run(binaries, options):
    """Rows of bytes per element by server, and notes about what was skipped."""
    rows, notes = [], []
    sets = [(title, lambda label, binary, probe=probe, commands=commands:
             _measure(label, binary, options, probe, commands, options.elements))
            for title, probe, commands in data_sets(options.elements)]
    sets.append(("idle connection", lambda label, binary: _idle_connection(label, binary, options)))
    for title, measure in sets:
        row = {"set": title, "bytes": {}}
        for label, binary in binaries:
            progress.show(f"{title}: {label}")
            row["bytes"][label], note = measure(label, binary)
            if note:
                notes.append(f"{title}: skipped, {note}")
        rows.append(row)
        progress.show()
    return {"rows": rows, "notes": notes, "elements": options.elements}
