"""Tests of throughput on streams: of adding, of reading, and of a group that reads and acknowledges."""

from .commands import each
from .test import KEYS, Test

_FIVE = "".join(f" field{i} xxx" for i in range(5))
# The stream is read by a group from its beginning in each run.
_UNREAD = ("XGROUP DESTROY stream group", "XGROUP CREATE stream group 0")
# A group has read a smaller one and acknowledged nothing; a script keeps the reply at the server.
_TASKS = 200_000
_READ = f"redis.call('XREADGROUP','GROUP','group','consumer','COUNT',{_TASKS},'STREAMS','tasks','>')return(1)"
_PENDING = ("XGROUP DESTROY tasks group", "XGROUP CREATE tasks group 0", f"EVAL {_READ} 0")


def _entries(stream, count):
    return each(count, lambda i: ("XADD", stream, "%d-1" % (i + 1), "field", "value"))


DATA = {"stream": _entries("stream", KEYS), "tasks": _entries("tasks", _TASKS)}

TESTS = [
    Test("xadd", "XADD mystream * field xxx", clears="mystream", cost=2),
    Test("xadd_5", "XADD mystream *" + _FIVE, clears="mystream", cost=3),
    Test("xadd_maxlen", "XADD mystream MAXLEN ~ 1000 * field xxx", clears="mystream", cost=2),
    Test("xadd_5_maxlen", "XADD mystream MAXLEN ~ 1000 *" + _FIVE, clears="mystream", cost=3),
    Test("xread_100", "XREAD COUNT 100 STREAMS stream 500000-1", "stream", cost=30),
    Test("xrange_100", "XRANGE stream 500000 + COUNT 100", "stream", cost=30),
    Test("xreadgroup_10", "XREADGROUP GROUP group consumer COUNT 10 STREAMS stream >", "stream", cost=31,
         before=_UNREAD),
    # Three quarters of them are pending when they are acknowledged.
    Test("xack", "XACK tasks group __rand_int__-1", "tasks", cost=20, keys=_TASKS, before=_PENDING),
]
