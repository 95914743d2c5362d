"""Small values of every type and encoding, for what is to be damaged: each byte of them matters."""

import base64
import pathlib
import shutil

from server import Refused, Server

FIXTURES = pathlib.Path(__file__).resolve().parent / "fixtures"

SETTINGS = {"list-max-listpack-size": 4, "hash-max-listpack-entries": 5, "zset-max-listpack-entries": 5,
            "set-max-intset-entries": 5, "stream-node-max-entries": 5}

VALUES = [
    ("SET", "text", "some text, some text, some text, some text, some text"), ("SET", "integer", 12345),
    ("SET", "short", "x"), ("SET", "large", 2**40), ("SET", "minus", -100),
    ("RPUSH", "list", "a", 1, "b" * 30, 70000, -1), ("RPUSH", "nodes", *(f"element {n}" for n in range(12)), *range(9)),
    ("RPUSH", "plain", "p" * 9000, "q", "r" * 8200),
    ("SADD", "integers", 1, 2, 3), ("SADD", "wide", 1, 2**20, -2**40), ("SADD", "mixed", "a", 1, "c" * 20),
    ("SADD", "many", *(f"member {n}" for n in range(200)), *range(9)),
    ("HMSET", "hash", "f", "v", "g", 1, 2, "w" * 40), ("HMSET", "fields", *(f"{n}" for n in range(24))),
    ("ZADD", "zset", 1, "a", 1.5, "b", -3, 7),
    ("ZADD", "scores", *(word for n in range(9) for word in (n / 4, f"m{n}"))),
    ("ZADD", "ends", "inf", "a", "-inf", "b", "-123456.75", "c"),
    *(("XADD", "stream", f"{n}-{n % 3}", "f", f"value {n}", "g", n * 1000) for n in range(5, 13)),
    ("XADD", "stream", "13-0", "other", "fields", "than", "before", "h", -1), ("XDEL", "stream", "6-0", "9-0"),
    ("XGROUP", "CREATE", "stream", "g", "0"), ("XGROUP", "CREATE", "stream", "later", "10"),
    ("XREADGROUP", "GROUP", "g", "c", "COUNT", 3, "STREAMS", "stream", ">"),
    ("XREADGROUP", "GROUP", "g", "d", "COUNT", 2, "STREAMS", "stream", ">"), ("XACK", "stream", "g", "7-1"),
    ("XADD", "one", "5-1", "f", "v"), ("XADD", "gone", "5-1", "f", "v"), ("XGROUP", "CREATE", "gone", "g", "0"),
    ("XREADGROUP", "GROUP", "g", "c", "STREAMS", "gone", ">"), ("XDEL", "gone", "5-1"),
]


def fill(client, settings=SETTINGS):
    """Makes the values, as far as the server has their types."""
    for name, value in settings.items():
        for known in (name, name.replace("listpack", "ziplist"), name.replace("listpack-size", "ziplist-entries")):
            try:
                client.call("CONFIG", "SET", known, value)
                break
            except Refused:
                pass
    for command in VALUES:
        try:
            client.call(*command)
        except Refused:
            if not command[0].startswith("X"):
                raise


def payloads(server):
    """Payloads of the values: as `server` and redis-server write them, and as those of the fixtures did."""
    found = dumps(server, (10, 11))
    if shutil.which("redis-server"):
        other = Server("--appendonly", "no", binary="redis-server")
        other.start()
        found |= dumps(other)
        other.stop()
        shutil.rmtree(other.directory, ignore_errors=True)
    for file in sorted(FIXTURES.glob("*.payloads")):
        found.update(base64.b64decode(line.split()[-1]) for line in file.read_text().splitlines())
    # In what is large, most damage is to a text.
    return sorted(payload for payload in found if len(payload) < 3000)


def dumps(server, versions=()):
    """The payloads of the values, compressed and not, in each version of the format where a server has several."""
    client = server.client()
    fill(client)
    found = set()
    for version in versions or (None,):
        if version:
            client.call("CONFIG", "SET", "rdb-version", version)
        for compression in ("yes", "no"):
            client.call("CONFIG", "SET", "rdbcompression", compression)
            found.update(client.call("DUMP", key) for key in client.call("KEYS", "*"))
    client.call("FLUSHALL")
    client.close()
    return found
