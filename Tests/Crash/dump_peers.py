#!/usr/bin/env python3
"""Exchanges dump files and payloads of DUMP with newer servers, Valkey 9.1 and Redis 8.2, in both directions.

They are taken from the cache that Benchmarks/peers fills; the test is skipped where they are not there. Every type and
encoding, times to live, 16 databases; their own checkers of files accept those of goredis.
"""

import os
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "Benchmarks"))

import dump_content  # noqa: E402
from comparison.peers import PEERS  # noqa: E402
from dump_compare import content, difference, digest  # noqa: E402
from server import Server  # noqa: E402
from small_values import fill  # noqa: E402

SKIPPED = 77
OPTIONS = ("--appendonly", "no")


def filled(*options, **which):
    server = Server(*OPTIONS, *options, **which)
    server.start()
    client = server.client()
    dump_content.fill(client)
    for database in range(1, 16):
        client.call("SELECT", database)
        fill(client)
        client.call("PEXPIREAT", "list", 4_000_000_000_123)
    client.close()
    return server


def check(peer, path, occasion):
    """The server is a checker of files when it is called by that name."""
    name = f"{peer.name.rstrip('8')}-check-rdb"
    done = subprocess.run([name, path], executable=str(peer.path), capture_output=True, text=True, check=False)
    if done.returncode != 0 or "RDB looks OK" not in done.stdout:
        sys.exit(f"{occasion}: {name} {peer.version} refuses a file:\n{done.stdout[-2000:]}")


def by_file(writer, which, occasion, checker=None):
    """What one server wrote, another reads; returns how many keys that are."""
    client = writer.client()
    client.call("SAVE")
    path = os.path.join(writer.directory, "dump.rdb")
    if checker:
        check(checker, path, occasion)
    reader = Server(*OPTIONS, **which)
    shutil.copy(path, reader.directory)
    reader.start()
    expected = content(client, digest)
    different = difference(expected, content(reader.client(), digest))
    if different:
        sys.exit(f"{occasion}: written and read are {different}")
    reader.stop()
    shutil.rmtree(reader.directory, ignore_errors=True)
    return len(expected)


def by_payload(source, target, occasion):
    """Payloads of one server are restored at another."""
    keys = source.call("KEYS", "*")
    first, second = source.client(), target.client()
    for key in keys:
        second.call("RESTORE", "restored", 0, first.call("DUMP", key), "REPLACE")
        # A time to live is a part of the digest, and not of the payload.
        first.call("PERSIST", key)
        ours, theirs = digest(first, key), digest(second, "restored")
        if ours != theirs:
            sys.exit(f"{occasion}: the payload of {key} makes {str(theirs)[:500]} of {str(ours)[:500]}")
    second.call("DEL", "restored")
    return len(keys)


def exchange(peer):
    files = payloads = 0
    which = {"binary": str(peer.path)}
    theirs = filled(**which)
    ours = filled()
    for version in ("10", "11"):
        ours.call("CONFIG", "SET", "rdb-version", version)
        files += by_file(ours, which, f"version {version}, to {peer.name}", peer)
        payloads += by_payload(ours, theirs, f"version {version}, to {peer.name}")
    files += by_file(theirs, {}, f"from {peer.name}")
    payloads += by_payload(theirs, ours, f"from {peer.name}")
    for server in (ours, theirs):
        server.stop()
        shutil.rmtree(server.directory, ignore_errors=True)
    return files, payloads


def main():
    peers = [peer for peer in PEERS.values() if peer.path.is_file()]
    if not peers:
        print("skipped: no newer servers are in the cache (Benchmarks/peers fetches them)")
        sys.exit(SKIPPED)
    for peer in peers:
        files, payloads = exchange(peer)
        print(f"{peer.name} {peer.version}: {files} keys exchanged by files, {payloads} by payloads")


if __name__ == "__main__":
    main()
