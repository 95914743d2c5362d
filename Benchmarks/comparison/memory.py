"""Bytes per element, resident and of used_memory, each data set in a fresh process."""

import socket

from . import progress
from .commands import big, each, key, together
from .resp import ServerError, fill
from .server import Server, allow_open_files

ELEMENTS = 1_000_000
CONNECTIONS = 5_000


def _member(number):
    return b"member:%012d" % number


def _tens(number, count):
    """Items of ten bytes."""
    return [b"%010d" % (number % 10**8 * 100 + i) for i in range(count)]


def _fields(count):
    """Fields and values of six bytes."""
    return [word for i in range(count) for word in (b"field%d" % i, b"value%d" % i)]


def data_sets(count):
    """What is measured, and the commands that make so many of it; of two, the first make what it needs."""
    return {
        "string of 3 bytes": each(count, lambda i: ("SET", key(i), b"xxx")),
        "string of 100 bytes": each(count, lambda i: ("SET", key(i), b"x" * 100)),
        "string of 3 bytes with a time to live":
            each(count, lambda i: ("SET", key(i), b"xxx", b"EX", b"%d" % (100_000 + i % 50_000))),
        "counter (integer of 7 digits)": each(count, lambda i: ("SET", key(i), b"%d" % (1_000_000 + i))),
        "hash of 10 fields (6-byte field, 6-byte value), per hash":
            each(count, lambda i: ("HSET", key(i), *_fields(10))),
        "hash of 3 fields (6-byte field, 6-byte value), per hash":
            each(count, lambda i: ("HSET", key(i), *_fields(3))),
        "field of one big hash (15-byte field, 10-byte value)":
            big("HSET", "big", count, lambda i: (b"field:%09d" % i, b"%010d" % (i * 7919 % 10**10))),
        "list of 5 items (10 bytes), per list": each(count, lambda i: ("RPUSH", key(i), *_tens(i, 5))),
        "item of one big list (17 bytes)": big("RPUSH", "big", count, lambda i: (b"item:%012d" % i,)),
        "set of 5 members (10 bytes), per set":
            each(count, lambda i: ("SADD", key(i), *(b"m%b" % item[1:] for item in _tens(i, 5)))),
        "set of 5 integers (7 digits), per set":
            each(count, lambda i: ("SADD", key(i), *(b"%d" % (1_000_000 + (i * 5 + j) % 9_000_000)
                                                     for j in range(5)))),
        "member of one big set (19 bytes)": big("SADD", "big", count, lambda i: (_member(i),)),
        "sorted set of 5 members (10 bytes), per sorted set":
            each(count, lambda i: ("ZADD", key(i), *(word for j, item in enumerate(_tens(i, 5))
                                                     for word in (b"%d" % j, item)))),
        "member of one big sorted set (19 bytes)":
            big("ZADD", "big", count, lambda i: (b"%d" % (i * 7919 % count), _member(i))),
        "stream entry (1 field)": _entries(count),
        "pending entry of a group": (_entries(count), _read(count)),
    }


def _entries(count):
    return each(count, lambda i: ("XADD", "big", "%d-1" % (i + 1), "field", "value"))


def _read(count):
    """A group is given all entries, a hundred at a time, in a script that keeps them to itself."""
    read = "redis.call('XREADGROUP','GROUP','group','consumer','COUNT',100,'STREAMS','big','>')return(1)"
    return together(each(1, lambda _: ("XGROUP", "CREATE", "big", "group", "0")),
                    each(count // 100, lambda _: ("EVAL", read, "0")))


def _start(label, binary, options):
    return Server(label, binary, options.aof and options.appendfsync)


class Growth:
    """What a server has more than when this began."""

    def __init__(self, server):
        self.server = server
        self.resident, self.used = server.settled_resident_bytes(), server.used_memory()

    def per_element(self, count):
        resident, used = self.server.settled_resident_bytes(), self.server.used_memory()
        return {"bytes": (resident - self.resident) / count, "used": (used - self.used) / count}


def _measure(label, binary, options, commands):
    before, commands = commands if isinstance(commands, tuple) else (None, commands)
    with _start(label, binary, options) as server:
        try:
            if before:
                fill(server.port, before())
            growth = Growth(server)
            fill(server.port, commands())
        except ServerError as error:
            return None, f"{label} answers: {error}"
        return growth.per_element(options.elements), None


def _idle_connection(label, binary, options):
    """Growth per connection that has said PING once and then keeps still."""
    problem = allow_open_files(CONNECTIONS + 200)
    if problem:
        return None, problem
    with _start(label, binary, options) as server:
        growth = Growth(server)
        sockets = []
        try:
            for _ in range(CONNECTIONS):
                connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
                connection.sendall(b"*1\r\n$4\r\nPING\r\n")
                connection.recv(64)
                sockets.append(connection)
            return growth.per_element(CONNECTIONS), None
        finally:
            for connection in sockets:
                connection.close()


def run(binaries, options):
    """Rows of bytes per element by server, and notes about what was skipped."""
    rows, notes = [], []
    sets = {title: lambda label, binary, commands=commands: _measure(label, binary, options, commands)
            for title, commands in data_sets(options.elements).items()}
    sets["idle connection"] = lambda label, binary: _idle_connection(label, binary, options)
    for title, measure in sets.items():
        if options.data_sets and not any(part in title for part in options.data_sets):
            continue
        row = {"set": title, "bytes": {}, "used": {}}
        for label, binary in binaries:
            progress.show(f"{title}: {label}")
            figures, note = measure(label, binary)
            for name in ("bytes", "used"):
                row[name][label] = figures and figures[name]
            if note:
                notes.append(f"{title}: skipped, {note}")
        rows.append(row)
    progress.show()
    return {"rows": rows, "notes": notes, "elements": options.elements}
