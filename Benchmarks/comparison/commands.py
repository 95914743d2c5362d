"""Commands by the million, as RESP bytes, made while they are sent."""

from .resp import encode


def key(number):
    """A key as redis-benchmark names them."""
    return b"key:%012d" % number


def element(number):
    """A member or field as redis-benchmark names them."""
    return b"element:%012d" % number


def each(count, command):
    """`count` commands; `command` gives the words of one by its number."""
    return lambda: (encode(*command(number)) for number in range(count))


def big(name, collection, count, words, size=100):
    """Commands that add `count` elements to one collection, `size` at a time; `words` gives those of one element."""
    def batches():
        for start in range(0, count, size):
            yield encode(name, collection, *(word for number in range(start, min(start + size, count))
                                             for word in words(number)))
    return batches


def together(*parts):
    """All commands of several of the above."""
    return lambda: (command for part in parts for command in part())
