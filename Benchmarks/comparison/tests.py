"""The tests of throughput, as tables: what is sent, what it finds, and what it costs.

`__rand_int__` stands for twelve digits, another number in every command, as redis-benchmark has it.
"""

from . import bit_tests, scenario_tests, script_tests, stream_tests
from .commands import big, each, element, key, together
from .test import ANY_DEPTH, KEYS, Test

# Bytes of all the values of one size.
VALUES = 64 << 20

SIZES = {"1kb": 1 << 10, "10kb": 10 << 10, "100kb": 100 << 10, "1mb": 1 << 20}


def _sized(label, size):
    prefix, keys = f"value:{label}:", VALUES // size
    cost, deepest = 1 + size // 2_000, 1 if size >= 1 << 20 else 16 if size >= 100 << 10 else ANY_DEPTH
    return [Test(f"get_{label}", f"GET {prefix}__rand_int__", f"values of {label}", "", "", cost, deepest, keys),
            Test(f"set_{label}", f"SET {prefix}__rand_int__", "", "", "", cost, deepest, keys, size)]


def _values(label, size):
    value = b"x" * size
    return each(VALUES // size, lambda i: ("SET", b"value:%s:%012d" % (label.encode(), i), value))


def _score(number):
    """The numbers up to `KEYS`, each once, in another order."""
    return b"%d" % (number * 7919 % KEYS)


def _half(number):
    return b"member:%012d" % number


# What tests find, by name. Two sets of a hundred thousand have half of their members in common.
DATA = {
    "keys": each(KEYS, lambda i: ("SET", key(i), b"xxx")),
    "keys to expire": each(KEYS, lambda i: ("SET", b"expiring:%012d" % i, b"xxx")),
    "hash": big("HSET", "hash", KEYS, lambda i: (element(i), b"xxx")),
    "list": big("RPUSH", "list", 1000, lambda i: (b"xxx",)),
    "ids": big("RPUSH", "ids", 100, lambda i: (b"%012d" % int(_score(i)),)),
    "set": big("SADD", "set", KEYS, lambda i: (element(i),)),
    "small sets": together(big("SADD", "small:a", 100, lambda i: (element(i),)),
                           big("SADD", "small:b", 100, lambda i: (element(i + 50),))),
    "zset": big("ZADD", "zset", KEYS, lambda i: (_score(i), element(i))),
    "points": big("GEOADD", "points", KEYS, lambda i: (b"%.5f" % (int(_score(i)) / 1e5), b"%.5f" % (i / 1e5),
                                                       element(i))),
    "two sets": together(big("SADD", "set:a", 100_000, lambda i: (_half(i),)),
                         big("SADD", "set:b", 100_000, lambda i: (_half(i + 50_000),))),
    "two sorted sets": together(big("ZADD", "zset:a", 100_000, lambda i: (_score(i), _half(i))),
                                big("ZADD", "zset:b", 100_000, lambda i: (_score(i), _half(i + 50_000)))),
} | {f"values of {label}": _values(label, size) for label, size in SIZES.items()}
DATA |= stream_tests.DATA | bit_tests.DATA | script_tests.DATA | scenario_tests.DATA

TESTS = {test.name: test for test in [
    # Those of redis-benchmark, with its commands.
    Test("ping_inline", "ping_inline"),
    Test("ping_mbulk", "PING"),
    Test("set", "SET key:__rand_int__ xxx"),
    Test("get", "GET key:__rand_int__"),
    Test("incr", "INCR counter:__rand_int__"),
    Test("lpush", "LPUSH mylist xxx", clears="mylist"),
    Test("rpush", "RPUSH mylist xxx", clears="mylist"),
    Test("lpop", "LPOP mylist", clears="mylist", fill="LPUSH mylist xxx"),
    Test("rpop", "RPOP mylist", clears="mylist", fill="LPUSH mylist xxx"),
    Test("sadd", "SADD myset element:__rand_int__", clears="myset"),
    Test("sadd_100k", "SADD myset element:__rand_int__", clears="myset", keys=100_000),
    Test("hset", "HSET myhash element:__rand_int__ xxx"),
    Test("spop", "SPOP myset", clears="myset", fill="SADD myset element:__rand_int__"),
    Test("zadd", "ZADD myzset __rand_int__ element:__rand_int__", clears="myzset", cost=2),
    Test("zadd_100k", "ZADD myzset __rand_int__ element:__rand_int__", clears="myzset", cost=2, keys=100_000),
    Test("zpopmin", "ZPOPMIN myzset", clears="myzset", fill="ZADD myzset __rand_int__ element:__rand_int__", cost=2),
    Test("lrange_100", "LRANGE list 0 99", "list", cost=10),
    Test("lrange_300", "LRANGE list 0 299", "list", cost=25),
    Test("lrange_500", "LRANGE list 0 499", "list", cost=40),
    Test("lrange_600", "LRANGE list 0 599", "list", cost=50),
    Test("mset", "MSET" + " key:__rand_int__ xxx" * 10, cost=8),
    # Others on one key or many.
    Test("mget_100", "MGET" + " key:__rand_int__" * 100, cost=60),
    Test("expire", "EXPIRE expiring:__rand_int__ 100000", "keys to expire"),
    Test("hget", "HGET hash element:__rand_int__", "hash"),
    Test("sismember", "SISMEMBER set element:__rand_int__", "set"),
    Test("srandmember_1000", "SRANDMEMBER set -1000", "set", cost=300, deepest=16),
    Test("sintercard_small", "SINTERCARD 2 small:a small:b", "small sets", cost=30),
    Test("zincrby", "ZINCRBY zset 1 element:__rand_int__", "zset", cost=3),
    Test("zscore", "ZSCORE zset element:__rand_int__", "zset"),
    Test("zrank", "ZRANK zset element:__rand_int__", "zset", cost=2),
    Test("zrange_100", "ZRANGE zset 500000 500099", "zset", cost=15),
    Test("zrange_scores_100", "ZRANGE zset 0 99 WITHSCORES", "zset", cost=30),
    Test("zrevrange_100", "ZREVRANGE zset 500000 500099", "zset", cost=15),
    Test("zremrangebyrank_100", "ZREMRANGEBYRANK myzset 0 99", clears="myzset",
         fill="ZADD myzset" + " __rand_int__ element:__rand_int__" * 100, cost=100),
    Test("zrangebyscore_100", "ZRANGEBYSCORE zset __rand_int__ +inf LIMIT 0 100", "zset", cost=50),
    Test("sort_100", "SORT ids BY nosort GET key:*", "ids", cost=50),
    Test("publish", "PUBLISH channel xxx"),
    # Circles of 10 km with some 250 of a million points, the nearest first.
    Test("geosearch", "GEOSEARCH points FROMLONLAT __rand_int__e-5 __rand_int__e-5 BYRADIUS 10 km ASC", "points",
         cost=400),
    # Boxes with some 10,000 of the million points, in no order.
    Test("geosearch_10k", "GEOSEARCH points FROMLONLAT 5 5 BYBOX 111 111 km", "points", cost=10_000, deepest=1),
    # Whole sets of 100,000.
    Test("sinter", "SINTER set:a set:b", "two sets", cost=40_000, deepest=1),
    Test("sdiff", "SDIFF set:a set:b", "two sets", cost=50_000, deepest=1),
    Test("sunionstore", "SUNIONSTORE set:union set:a set:b", "two sets", cost=80_000, deepest=1),
    Test("zunionstore", "ZUNIONSTORE zset:union 2 zset:a zset:b", "two sorted sets", cost=200_000, deepest=1),
    Test("zinterstore", "ZINTERSTORE zset:inter 2 zset:a zset:b", "two sorted sets", cost=80_000, deepest=1),
] + [test for label, size in SIZES.items() for test in _sized(label, size)]
  + stream_tests.TESTS + bit_tests.TESTS + script_tests.TESTS + scenario_tests.TESTS}
