"""Damage to dump files and to payloads of DUMP: what a disk does, and what somebody would write on purpose."""

import struct

# What takes the place of a length: the forms that there are, with what nobody has.
LENGTHS = [b"\0", b"\1", b"\x3f", b"\x7f\xff", *(
    b"\x80" + struct.pack(">I", number) for number in (0, 1, 2**14, 2**20, 2**29, 2**31 - 1, 2**31, 2**32 - 1)), *(
    b"\x81" + struct.pack(">Q", number)
    for number in (0, 2**31, 2**32, 2**40, 2**61, 2**62, 2**63 - 1, 2**63, 2**63 + 1, 2**64 - 2, 2**64 - 1)),
    b"\xc0", b"\xc1", b"\xc2", b"\xc3", b"\xc4"]

# Numbers that stand in blocks and behind streams, and the ends of doubles.
NUMBERS = [0, 1, 2**7, 2**8 - 1, 2**15 - 1, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1, 2**62, 2**63 - 1, 2**63,
           2**64 - 1, 0x7ff0 << 48, 0xfff0 << 48, 0x7ff8 << 48, 1 << 48]

_TABLE = []
for _byte in range(256):
    for _ in range(8):
        _byte = _byte >> 1 ^ (0x95AC9329AC4BC9B5 if _byte & 1 else 0)
    _TABLE.append(_byte)


def checksum(data):
    """CRC64 as dump files and payloads have it."""
    value = 0
    for byte in data:
        value = _TABLE[(value ^ byte) & 0xff] ^ value >> 8
    return value


def with_checksum(data):
    return data + struct.pack("<Q", checksum(data))


def damaged(random, data, other):
    """`data` with one to three damages; `other` is what pieces are taken from."""
    data = bytearray(data)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        if not data:
            break
        random.choice(_KINDS)(random, data, other)
    return bytes(data)


def _flip(random, data, _):
    place = random.randrange(len(data))
    data[place] ^= 1 << random.randrange(8)


def _replace(random, data, _):
    data[random.randrange(len(data))] = random.choice((0, 1, 0x7f, 0x80, 0xfe, 0xff, random.randrange(256)))


def _cut(random, data, _):
    del data[random.randrange(len(data)):]


def _remove(random, data, _):
    place = random.randrange(len(data))
    del data[place:place + random.choice((1, 1, 2, 4, 8, 16, random.randrange(1, 40)))]


def _repeat(random, data, _):
    place = random.randrange(len(data))
    data[place:place] = data[place:place + random.choice((1, 2, 4, 8, 16, random.randrange(1, 40)))]


def _length(random, data, _):
    length, place = random.choice(LENGTHS), random.randrange(len(data))
    data[place:place + random.choice((0, 1, len(length)))] = length


def _number(random, data, _):
    width = random.choice((1, 2, 4, 8, 8))
    number = random.choice(NUMBERS) & (1 << 8 * width) - 1
    place = random.randrange(len(data))
    data[place:place + width] = number.to_bytes(width, random.choice(("little", "little", "big")))


def _insert(random, data, _):
    place = random.randrange(len(data))
    data[place:place] = random.randbytes(random.choice((1, 2, 8)))


def _splice(random, data, other):
    if other:
        start = random.randrange(len(other))
        data[random.randrange(len(data)):] = other[start:]


def _swap(random, data, _):
    """Two pieces of one size change their places: members that are there twice, and in another order."""
    width = random.choice((1, 2, 4, 8, 16))
    if len(data) > 2 * width:
        first, second = (random.randrange(len(data) - width) for _ in range(2))
        data[first:first + width] = data[second:second + width]


_KINDS = (_flip, _flip, _flip, _replace, _replace, _cut, _remove, _repeat, _length, _length, _length, _number, _number,
          _insert, _splice, _swap)
