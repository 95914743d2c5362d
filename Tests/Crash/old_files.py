"""Dump files of the first versions of the format, made by hand: servers that wrote them cannot be had any more."""

import struct

from mutations import with_checksum

# Seconds: the largest number of 32 bits is near.
FAR = 2_147_000_000


def text(data):
    data = data.encode() if isinstance(data, str) else data
    return (bytes([len(data)]) if len(data) < 64 else struct.pack(">H", 0x4000 | len(data))) + data


def zipmap(pairs, free=0, counted=True):
    """Fields and values behind their lengths; behind a value there may be bytes that are free."""
    def length(data):
        return bytes([len(data)]) if len(data) < 254 else b"\xfe" + struct.pack("<I", len(data))
    body = b"".join(length(field) + field + length(value) + bytes([free]) + value + b"?" * free
                    for field, value in pairs)
    return bytes([len(pairs) if counted else 254]) + body + b"\xff"


def ziplist(entries):
    body, previous, tail = b"", 0, 10
    for entry in entries:
        tail = 10 + len(body)
        if isinstance(entry, int) and 0 <= entry <= 12:
            data = bytes([0xf1 + entry])
        elif isinstance(entry, int):
            data = b"\xc0" + struct.pack("<h", entry)
        else:
            data = (bytes([len(entry)]) if len(entry) < 64 else struct.pack(">H", 0x4000 | len(entry))) + entry
        data = (bytes([previous]) if previous < 254 else b"\xfe" + struct.pack("<I", previous)) + data
        previous = len(data)
        body += data
    return struct.pack("<IIH", len(body) + 11, tail, len(entries)) + body + b"\xff"


LONG = b"l" * 300
# Since which version a value may be in a file, its type, its bytes, and what it is: as `dump_compare.value` has it.
VALUES = {
    b"text": (1, 0, text("a value"), (b"string", b"a value")),
    b"8 bits": (1, 0, b"\xc0\xfb", (b"string", b"-5")),
    b"16 bits": (1, 0, b"\xc1\x39\x30", (b"string", b"12345")),
    b"32 bits": (1, 0, b"\xc2\0\0\0\x80", (b"string", b"-2147483648")),
    # A literal and a copy of it.
    b"compressed": (1, 0, b"\xc3\x06\x0d" + b"\1ab\xe0\x02\x01", (b"string", b"ab" * 6 + b"a")),
    b"linked list": (1, 1, b"\3" + text("one") + b"\xc0\x02" + text(LONG), (b"list", [b"one", b"2", LONG])),
    b"table set": (1, 2, b"\2" + text("x") + b"\xc0\x07", (b"set", [b"7", b"x"])),
    b"skiplist": (1, 3, b"\4" + text("a") + b"\x031.5" + text("b") + b"\xff" + text("c") + b"\xfe"
                  + text("d") + b"\x02-3",
                  (b"zset", [(b"b", float("-inf")), (b"d", -3.0), (b"a", 1.5), (b"c", float("inf"))])),
    b"table hash": (1, 4, b"\1" + text("field") + text("value"), (b"hash", [(b"field", b"value")])),
    b"zipmap": (2, 9, text(zipmap([(b"f", b"v"), (b"g", LONG)])), (b"hash", [(b"f", b"v"), (b"g", LONG)])),
    b"roomy zipmap": (2, 9, text(zipmap([(b"f", b"v"), (b"g", b"")], free=3, counted=False)),
                      (b"hash", [(b"f", b"v"), (b"g", b"")])),
    b"list": (2, 10, text(ziplist([b"one", 2, LONG, -300])), (b"list", [b"one", b"2", LONG, b"-300"])),
    b"integers": (2, 11, text(struct.pack("<II3h", 2, 3, -1, 5, 300)), (b"set", [b"-1", b"300", b"5"])),
    b"sorted set": (2, 12, text(ziplist([b"a", -1, b"b", b"2.5"])), (b"zset", [(b"a", -1.0), (b"b", 2.5)])),
    b"hash": (4, 13, text(ziplist([b"f", b"v", 12, 0])), (b"hash", [(b"12", b"0"), (b"f", b"v")])),
}


def make(version):
    """A file, and what is in it, by database and key: type, value and when it expires."""
    data, content = b"REDIS%04d" % version, {}
    for database in (0, 3):
        data += b"\xfe" + bytes([database])
        for key, (since, kind, value, expected) in VALUES.items():
            if since > version:
                continue
            expires = -1
            if database:
                # In seconds until version 3 brought milliseconds.
                expires = FAR * 1000 + (123 if version >= 3 else 0)
                data += b"\xfc" + struct.pack("<q", expires) if version >= 3 else b"\xfd" + struct.pack("<I", FAR)
            data += bytes([kind]) + text(key) + value
            content[database, key] = (*expected, expires)
    data += b"\xff"
    return (with_checksum(data) if version >= 5 else data), content
