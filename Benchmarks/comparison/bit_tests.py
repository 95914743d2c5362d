"""Tests of throughput on bits and on HyperLogLogs, which are strings of them."""

import random

from .commands import big, element, together
from .resp import encode
from .test import Test

# Ten megabytes.
_SIZE, _PIECE = 10_000_000, 500_000


def _bits(name, seed):
    """A string of random bits."""
    def pieces():
        source = random.Random(seed)
        for start in range(0, _SIZE, _PIECE):
            yield encode("SETRANGE", name, start, source.randbytes(_PIECE))
    return pieces


def _zeros():
    """A string whose last bit alone is set."""
    yield encode("SETBIT", "bits:zero", 8 * _SIZE - 1, 1)


def _counted(name, first, count=10_000):
    return big("PFADD", name, count, lambda i: (element(first + i),))


DATA = {
    "bits": together(_bits("bits:a", 1), _bits("bits:b", 2), _zeros),
    "hyperloglogs": together(*(_counted(f"hll:{number}", 5_000 * number) for number in range(10))),
}

_TEN = "".join(f" hll:{number}" for number in range(10))

TESTS = [
    Test("setbit", "SETBIT bit:__rand_int__ 77 1"),
    Test("getbit", "GETBIT bit:__rand_int__ 77"),
    Test("bitfield", "BITFIELD fields:__rand_int__ INCRBY u16 #3 1", cost=2),
    Test("bitcount_10mb", "BITCOUNT bits:a", "bits", cost=1_000, deepest=1),
    Test("bitpos_10mb", "BITPOS bits:zero 1", "bits", cost=1_000, deepest=1),
    Test("bitop_and_10mb", "BITOP AND bits:to bits:a bits:b", "bits", cost=5_000, deepest=1),
    Test("bitop_xor_10mb", "BITOP XOR bits:to bits:a bits:b", "bits", cost=5_000, deepest=1),
    Test("bitop_not_10mb", "BITOP NOT bits:to bits:a", "bits", cost=5_000, deepest=1),
    Test("pfadd", "PFADD myhll element:__rand_int__", clears="myhll"),
    Test("pfcount", "PFCOUNT hll:0", "hyperloglogs"),
    Test("pfcount_10", "PFCOUNT" + _TEN, "hyperloglogs", cost=100),
    Test("pfmerge", "PFMERGE hll:to hll:0 hll:1", "hyperloglogs", cost=30),
]
