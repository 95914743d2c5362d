#!/usr/bin/env python3
"""Fuzzes BITFIELD's arguments and HyperLogLog's strings.

Random calls of BITFIELD, most of them with a number that is too large, too small or none at all, are answered as
redis-server answers them. Strings that only pretend to be HyperLogLogs are counted, added to, merged and decoded: each
call is answered, with a number or with one of the errors that there are for it, and the server never ends.
"""

import argparse
import shutil
import sys

from server import Server, seeded

SKIPPED = 77
BATCH = 500

NUMBERS = (0, 1, 2, 7, 8, 62, 63, 64, 65, 100, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**61, 2**63 - 1, 2**63, 2**64 - 1,
           2**64, 10**30)
NOT_NUMBERS = (b"", b"x", b"-", b"#", b"##1", b"#-1", b"1.5", b" 1", b"01", b"+1", b"0x1", b"\0", b"i", b"u", b"-0")
TYPES = tuple(f"{kind}{width}".encode() for kind in "iu" for width in (0, 1, 2, 3, 7, 8, 9, 31, 32, 33, 63, 64, 65))


def number(random):
    """Mostly small, else at a border, else none."""
    choice = random.random()
    if choice < 0.6:
        return b"%d" % random.randrange(-3, 200)
    if choice < 0.9:
        return b"%d" % (random.choice((1, -1)) * random.choice(NUMBERS) + random.randrange(-1, 2))
    return random.choice(NOT_NUMBERS)


def offset(random):
    # Far ones would make strings of 512 MB.
    text = number(random)
    if text.lstrip(b"-").isdigit() and 10_000 < int(text) < 2**32:
        text = b"4294967296"
    return b"#" + text if random.random() < 0.3 and len(text) < 5 else text


def field_type(random):
    return random.choice(TYPES) if random.random() < 0.9 else random.choice((b"i", b"U8", b"i 8", b"x8", b"", b"i-1"))


def operation(random):
    kind = random.random()
    if kind < 0.3:
        return [b"GET", field_type(random), offset(random)]
    if kind < 0.55:
        return [b"SET", field_type(random), offset(random), number(random)]
    if kind < 0.85:
        return [b"INCRBY", field_type(random), offset(random), number(random)]
    if kind < 0.97:
        return [b"OVERFLOW", random.choice((b"WRAP", b"SAT", b"FAIL", b"sat", b"x"))]
    return [random.choice((b"get", b"FOO", b"", b"SET"))]


def bit_field(random):
    words = [random.choice((b"BITFIELD", b"BITFIELD", b"BITFIELD", b"BITFIELD_RO")), b"key%d" % random.randrange(3)]
    for _ in range(random.randrange(1, 4)):
        words += operation(random)
    return words


def compare_fields(client, other, random, inputs):
    for start in range(0, inputs, BATCH):
        calls = [bit_field(random) for _ in range(min(BATCH, inputs - start))]
        for server in (client, other):
            server.send((b"DEL", b"key0"), *calls)
            server.read()
        for call in calls:
            ours, theirs = str(client.read_any()), str(other.read_any())
            if ours != theirs:
                sys.exit(f"{call}: {ours}, and redis-server replies {theirs}")


ANSWERS = ("INVALIDOBJ Corrupted HLL object detected", "WRONGTYPE Key is not a valid HyperLogLog string value.",
           "ERR HLL encoding is not sparse")


def good_strings(client):
    """HyperLogLogs of both encodings."""
    strings = []
    for count in (0, 1, 5, 50, 400, 3000):
        client.call("DEL", "h")
        client.call("PFADD", "h", *(f"{count}:{number}" for number in range(count)))
        strings.append(client.call("GET", "h"))
    return strings


def damaged(random, strings):
    string = bytearray(random.choice(strings))
    for _ in range(random.choice((1, 1, 2, 4, 30))):
        # The first bytes are looked at most.
        end = random.choice((24, len(string)))
        place = random.randrange(min(end, len(string)))
        string[place] = random.choice((string[place] ^ 1 << random.randrange(8), random.randrange(256), 0, 0x7f, 255))
    if random.random() < 0.3:
        del string[random.randrange(len(string)):]
    if random.random() < 0.1:
        string += random.randbytes(random.randrange(1, 40))
    # Dense ones are all of one size, so that their bytes say little.
    if random.random() < 0.2:
        string[:16] = b"HYLL\1" + random.randbytes(11)
    return bytes(string)


def try_strings(client, random, inputs):
    """Returns how many of the answers were errors."""
    strings = good_strings(client)
    refused = 0
    for start in range(0, inputs, BATCH):
        calls = []
        for _ in range(min(BATCH, inputs - start)):
            calls += [(b"SET", b"bad", damaged(random, strings)), random.choice((
                (b"PFCOUNT", b"bad"), (b"PFCOUNT", b"bad", b"h"), (b"PFADD", b"bad", b"%d" % random.randrange(10**6)),
                (b"PFMERGE", b"to", b"bad", b"h"), (b"PFMERGE", b"bad"), (b"PFDEBUG", b"DECODE", b"bad"),
                (b"PFDEBUG", b"TODENSE", b"bad"))), (b"DEL", b"to")]
        client.send(*calls)
        for index, call in enumerate(calls):
            answer = client.read_any()
            if isinstance(answer, Exception):
                refused += 1
                if str(answer) not in ANSWERS:
                    sys.exit(f"{call} on {calls[index - 1]} is answered with {answer}")
    return refused


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--inputs", type=int, default=20_000, help="of each kind; 1000000 is the long form")
    arguments = parser.parse_args()
    random = seeded(arguments.seed)
    ours = Server("--appendonly", "no")
    ours.start()
    client = ours.client()
    compared = "there is no redis-server to compare with"
    if shutil.which("redis-server"):
        theirs = Server("--appendonly", "no", binary="redis-server")
        theirs.start()
        compare_fields(client, theirs.client(), random, arguments.inputs)
        theirs.stop()
        shutil.rmtree(theirs.directory, ignore_errors=True)
        compared = f"{arguments.inputs} calls of BITFIELD answered as redis-server does"
    refused = try_strings(client, random, arguments.inputs)
    client.call("PING")
    ours.stop()
    shutil.rmtree(ours.directory, ignore_errors=True)
    print(f"{compared}; {arguments.inputs} strings that may be no HyperLogLogs: {refused} were refused")


if __name__ == "__main__":
    main()
