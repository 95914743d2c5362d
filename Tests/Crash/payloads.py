#!/usr/bin/env python3
"""Exchanges DUMP payloads with redis-server, in both directions: each restored value has the digest of the original.

Then damages payloads, at every byte and at random: they are refused, or make a value that can be read, written and
dumped again, and the server never ends.
"""

import argparse
import shutil
import sys

from dump_content import fill
from server import Refused, Server, seeded

SKIPPED = 77


def keys(client):
    return sorted(client.call("KEYS", "*"))


def exchange(source, target, occasion):
    """Restores all keys of one server at the other; returns how many there were."""
    names = keys(source)
    for name in names:
        payload = source.call("DUMP", name)
        try:
            target.call("RESTORE", name, 0, payload, "REPLACE")
        except Refused as refusal:
            sys.exit(f"{occasion}: {name} is refused: {refusal}; payload {payload[:200]!r}")
        before, after = (client.call("DEBUG", "DIGEST-VALUE", name) for client in (source, target))
        after_ttl = source.call("PTTL", name)
        if after_ttl >= 0:
            source.call("PERSIST", name)
            before = source.call("DEBUG", "DIGEST-VALUE", name)
        if before != after:
            sys.exit(f"{occasion}: {name} became another value: {before} {after}")
        encodings = [client.call("OBJECT", "ENCODING", name) for client in (source, target)]
        if encodings[0] != encodings[1]:
            print(f"{occasion}: {name} is {encodings[0].decode()} here, {encodings[1].decode()} there")
    return len(names)


def try_damaged(client, payload, name):
    """Restores a payload without looking at its checksum; true when that made a value, which then must be usable."""
    try:
        client.call("RESTORE", "damaged", 0, payload, "REPLACE")
    except Refused as refusal:
        if not str(refusal).startswith(("ERR Bad data format", "ERR DUMP payload version")):
            sys.exit(f"{name}: a damaged payload is refused with another error: {refusal}")
        return False
    client.call("DEBUG", "DIGEST-VALUE", "damaged")
    again = client.call("DUMP", "damaged")
    if again is None:
        sys.exit(f"{name}: a payload was accepted, and there is no key: {payload!r}")
    client.call("RESTORE", "again", 0, again, "REPLACE")
    if client.call("DEBUG", "DIGEST-VALUE", "damaged") != client.call("DEBUG", "DIGEST-VALUE", "again"):
        sys.exit(f"{name}: a damaged payload made a value that cannot be dumped: {payload!r}")
    return True


def damage(client, random, rounds):
    names = [name for name in keys(client) if len(client.call("DUMP", name)) < 3000]
    client.call("DEBUG", "SET-SKIP-CHECKSUM-VALIDATION", 1)
    tried = accepted = 0
    for name in names:
        payload = client.call("DUMP", name)
        # Cut at every byte, the version and the checksum put behind.
        step = max(1, len(payload) // 60)
        for end in range(0, len(payload) - 10, step):
            tried += 1
            accepted += try_damaged(client, payload[:end] + payload[-10:], name)
    for _ in range(rounds):
        name = random.choice(names)
        payload = bytearray(client.call("DUMP", name))
        for _ in range(random.choice((1, 1, 2, 5))):
            place = random.randrange(len(payload) - 10)
            payload[place] = random.choice((payload[place] ^ 1 << random.randrange(8), random.randrange(256), 0, 255))
        tried += 1
        accepted += try_damaged(client, bytes(payload), name)
    client.call("DEBUG", "SET-SKIP-CHECKSUM-VALIDATION", 0)
    return tried, accepted


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--rounds", type=int, default=5000)
    arguments = parser.parse_args()
    random = seeded(arguments.seed)
    ours = Server("--appendonly", "no")
    ours.start()
    client = ours.client()
    fill(client)
    moved = 0
    if shutil.which("redis-server"):
        theirs = Server("--appendonly", "no", binary="redis-server")
        theirs.start()
        other = theirs.client()
        moved = exchange(client, other, "to redis-server")
        moved += exchange(other, client, "from redis-server")
        theirs.stop()
        shutil.rmtree(theirs.directory, ignore_errors=True)
    tried, accepted = damage(client, random, arguments.rounds)
    client.call("PING")
    ours.stop()
    shutil.rmtree(ours.directory, ignore_errors=True)
    print(f"{moved} payloads exchanged with redis-server, {tried} damaged ones: {accepted} made a value, the others "
          "were refused")


if __name__ == "__main__":
    main()
