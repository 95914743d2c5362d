"""Large strings on their way in and out, while everything that can happen to them happens.

They are sent from where they are stored, and stored where they arrived: a reply must be what the string was when the
command ran, whatever came later, and an argument must be whole wherever it was cut.
"""

import random
import socket

import pytest
import redis

SIZE = 6_000_000
# More than the sockets between server and client hold: most of it waits in the server.
COUNT = 4


def encode(*words):
    words = [word if isinstance(word, bytes) else str(word).encode() for word in words]
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)


class Raw:
    """A connection that reads when it is told to."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.file = self.socket.makefile("rb")

    def send(self, *commands):
        self.socket.sendall(b"".join(commands))

    def reply(self):
        line = self.file.readline()
        kind, rest = line[:1], line[1:-2]
        if kind == b"$":
            if int(rest) < 0:
                return None
            body = self.file.read(int(rest) + 2)
            assert body[-2:] == b"\r\n"
            return body[:-2]
        if kind == b"*":
            return [self.reply() for _ in range(int(rest))]
        return int(rest) if kind == b":" else rest


@pytest.fixture
def admin(port):
    client = redis.Redis(port=port, socket_timeout=20)
    client.flushall()
    yield client
    client.config_set("client-query-buffer-limit", "1gb")
    client.flushall()


@pytest.fixture
def raw(port):
    connection = Raw(port)
    yield connection
    connection.socket.close()


def value(seed, size=SIZE):
    return random.Random(seed).randbytes(size)


@pytest.mark.parametrize("change", [
    ["APPEND", "key", "more"], ["SETRANGE", "key", "5", "other"], ["SET", "key", "small"], ["SET", "key", value(2)],
    ["DEL", "key"], ["UNLINK", "key"], ["GETDEL", "key"], ["PEXPIRE", "key", "-1"], ["FLUSHALL", "ASYNC"],
    ["FLUSHALL", "SYNC"], ["SWAPDB", "0", "1"], ["RENAME", "key", "other"], ["INCR", "key"], ["DEBUG", "SLEEP", "0"],
], ids=lambda words: " ".join(str(word)[:10] for word in words))
def test_a_reply_stays_what_it_was(admin, raw, change):
    before = value(1)
    admin.set("key", before)
    raw.send(*[encode("GET", "key")] * COUNT, encode("MGET", "key", "none", "key"))
    # In the order in which the server reads: the requests are executed before the change is.
    while admin.info("commandstats").get("cmdstat_mget", {}).get("calls", 0) < 1:
        pass
    try:
        admin.execute_command(*change)
    except redis.ResponseError:
        pass
    # What was there is overwritten if it was given back.
    for number in range(8):
        admin.set(f"filler:{number}", value(100 + number))
    assert all(raw.reply() == before for _ in range(COUNT))
    assert raw.reply() == [before, None, before]
    admin.config_resetstat()


def test_a_change_in_the_same_pipeline(admin, raw):
    before = value(1)
    raw.send(encode("SET", "key", before), encode("GET", "key"), encode("APPEND", "key", "!"), encode("GET", "key"),
             encode("SET", "key", "small"), encode("GET", "key"), encode("PING"))
    assert [raw.reply() for _ in range(7)] == [b"OK", before, SIZE + 1, before + b"!", b"OK", b"small", b"PONG"]


def test_a_client_that_goes_away(admin, port):
    admin.set("key", value(1))
    for _ in range(5):
        connection = Raw(port)
        connection.send(*[encode("GET", "key")] * COUNT)
        connection.file.read(100_000)
        connection.socket.close()
    assert admin.get("key") == value(1)
    admin.append("key", "more")
    assert admin.get("key") == value(1) + b"more"


@pytest.mark.parametrize("size", [32_767, 32_768, 65_536, 100_000, 1_048_576, 1_048_577, 5_000_000])
def test_a_request_in_pieces(admin, raw, size):
    """Cut at random, with others before and behind it, and arguments behind the large one."""
    dice = random.Random(size)
    for turn in range(4):
        large = value(turn, size)
        stream = b"".join([
            encode("PING"), encode("SET", "key", large, "EX", "1000"), encode("GET", "key"), encode("ECHO", large),
            encode("MSET", "a", large, "b", "small", "c", large[::-1]), encode("STRLEN", "c"), encode("MULTI"),
            encode("SET", "queued", large), encode("GET", "queued"), encode("EXEC"), encode("SET", "key", large, "GET"),
            encode("SET", "gone", large, "PXAT", "1"), encode("EXISTS", "gone"), encode("NOSUCH", large),
            encode("APPEND", "key", large), encode("PING")])
        while stream:
            cut = dice.choice([1, 7, 100, 5_000, 60_000, 70_000, 1_000_000, 10_000_000])
            raw.send(stream[:cut])
            stream = stream[cut:]
        assert [raw.reply() for _ in range(6)] == [b"PONG", b"OK", large, large, b"OK", size]
        assert [raw.reply() for _ in range(3)] == [b"OK", b"QUEUED", b"QUEUED"]
        assert raw.reply() == [b"OK", large]
        assert raw.reply() == large
        assert [raw.reply(), raw.reply()] == [b"OK", 0]
        assert raw.reply().startswith(b"ERR unknown command")
        assert [raw.reply(), raw.reply()] == [2 * size, b"PONG"]
        assert admin.mget("a", "b", "c", "queued") == [large, b"small", large[::-1], large]
        assert admin.get("key") == large + large


def test_large_requests_behind_one_that_waits(admin, raw):
    large, other = value(1, 300_000), value(2, 80_000)
    raw.send(encode("BLPOP", "list", "0"), encode("SET", "key", large), encode("SET", "key", other, "GET"),
             encode("GET", "key"))
    while admin.info("clients")["blocked_clients"] == 0:
        pass
    admin.rpush("list", "element")
    assert [raw.reply() for _ in range(4)] == [[b"list", b"element"], b"OK", large, other]


def test_large_requests_that_are_held_back(admin, raw):
    admin.execute_command("CLIENT", "PAUSE", "300", "WRITE")
    large = value(1, 300_000)
    raw.send(encode("SET", "key", large), encode("SET", "key", large[::-1], "GET"), encode("GET", "key"))
    assert [raw.reply() for _ in range(3)] == [b"OK", large, large[::-1]]


def test_a_limit_of_what_may_be_sent(admin, raw):
    admin.config_set("client-query-buffer-limit", "1mb")
    with pytest.raises((ConnectionError, AssertionError, ValueError)):
        raw.send(encode("SET", "key", value(1)))
        assert raw.reply() is not None
    assert admin.exists("key") == 0


def test_withheld_replies(admin, raw):
    admin.set("key", value(1))
    raw.send(encode("CLIENT", "REPLY", "SKIP"), encode("GET", "key"), encode("PING"), encode("CLIENT", "REPLY", "OFF"),
             encode("GET", "key"), encode("CLIENT", "REPLY", "ON"), encode("GET", "key"))
    assert [raw.reply() for _ in range(3)] == [b"PONG", b"OK", value(1)]
