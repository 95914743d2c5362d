#!/usr/bin/env python3
"""Exchanges DUMP payloads with redis-server, in both directions: each restored value has the digest of the original."""

import shutil
import sys

from dump_content import fill
from server import Refused, Server

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


def main():
    if not shutil.which("redis-server"):
        print("skipped: redis-server is not installed")
        sys.exit(SKIPPED)
    ours, theirs = Server("--appendonly", "no"), Server("--appendonly", "no", binary="redis-server")
    ours.start()
    theirs.start()
    client, other = ours.client(), theirs.client()
    fill(client)
    moved = exchange(client, other, "to redis-server")
    moved += exchange(other, client, "from redis-server")
    for server in (ours, theirs):
        server.stop()
        shutil.rmtree(server.directory, ignore_errors=True)
    print(f"{moved} payloads exchanged with redis-server")


if __name__ == "__main__":
    main()
