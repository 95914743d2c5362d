"""Tests of throughput of what applications do: values and crowds of all sizes, small hashes, locks, transactions."""

from .commands import each
from .test import KEYS, Test

HASHES = 100_000
_FIELDS = 10


def _small_hash(number):
    return b"small:hash:%012d" % number


DATA = {
    "keys with a time to live": each(KEYS, lambda i: ("SET", b"mortal:%012d" % i, b"xxx", b"EX", 100_000 + i % 50_000)),
    "small hashes": each(HASHES, lambda i: ("HSET", _small_hash(i), *(word for field in range(_FIELDS)
                                                                      for word in (f"field{field}", 1000 + field)))),
}

_SMALL = "small:hash:__rand_int__"


def _hash(name, command, cost):
    return Test(name, command, "small hashes", cost=cost, keys=HASHES)


def _crowd(connections):
    return [Test(f"get_of_{connections}", "GET key:__rand_int__", connections=connections),
            Test(f"set_of_{connections}", "SET key:__rand_int__ xxx", connections=connections)]


TESTS = [
    *_crowd(1), *_crowd(1000), *_crowd(5000),
    Test("get_unix", "GET key:__rand_int__", unix=True),
    Test("mget_10", "MGET" + " key:__rand_int__" * 10, cost=6),
    _hash("hgetall_small", f"HGETALL {_SMALL}", 5),
    _hash("hmget_small", f"HMGET {_SMALL} field1 field5 field9", 2),
    _hash("hincrby_small", f"HINCRBY {_SMALL} field5 1", 2),
    Test("set_ex", "SET leased:__rand_int__ xxx EX 100000", cost=2),
    Test("set_nx_px", "SET lock:__rand_int__ xxx NX PX 100000", cost=2),
    Test("get_mortal", "GET mortal:__rand_int__", "keys with a time to live"),
    Test("exists", "EXISTS key:__rand_int__"),
    Test("del", "DEL doomed:__rand_int__", fill="SET doomed:__rand_int__ xxx"),
    Test("append", "APPEND appended:__rand_int__ xxx", cost=2),
    Test("getrange", "GETRANGE value:1kb:__rand_int__ 100 199", "values of 1kb", keys=(64 << 20) // 1024),
    Test("lpos", "LPOS list absent", "list", cost=20),
    Test("scan_1000", "SCAN __rand_int__ COUNT 1000", cost=300, deepest=16),
    Test("info", "INFO", cost=100),
    # Of each the commands are sent together, and their number counts.
    Test("transaction", "MULTI", sequence=(
        "WATCH tx:__rand_int__", "MULTI", "SET tx:__rand_int__ xxx", "INCR tx:count", "HSET tx:hash __rand_int__ 1",
        "LPUSH tx:list xxx", "LTRIM tx:list 0 99", "EXEC")),
    Test("publish_100", "PUBLISH crowd xxx", cost=20, subscribers=100),
]
