#!/usr/bin/env python3
"""Starts from dump files that servers of many versions wrote, and from ones of the first versions, made by hand.

What they hold must be read as their servers and, as far as it knows their version, redis-server tell it, from a file
and from payloads, and what is saved then is read as the same again.
"""

import base64
import os
import shutil
import subprocess
import sys

from dump_compare import content, difference
from old_files import make
from server import Server
from small_values import FIXTURES

OPTIONS = ("--appendonly", "no")
# The newest version that redis-server 7.0 reads.
KNOWN = 10


def started(file, binary=None):
    server = Server(*OPTIONS, **({"binary": binary} if binary else {}))
    with open(os.path.join(server.directory, "dump.rdb"), "wb") as output:
        output.write(file)
    server.start()
    return server


def ended(server):
    server.stop()
    shutil.rmtree(server.directory, ignore_errors=True)


def read_elsewhere(file, expected, occasion):
    """redis-server, where it is installed, reads a file as holding the same."""
    if not shutil.which("redis-server"):
        return
    server = started(file, "redis-server")
    different = difference(expected, content(server.client()))
    if different:
        sys.exit(f"{occasion}: goredis and redis-server differ in {different}")
    ended(server)


def save(server, occasion):
    """What is saved is a file that redis-check-rdb accepts."""
    server.call("SAVE")
    path = os.path.join(server.directory, "dump.rdb")
    if shutil.which("redis-check-rdb"):
        done = subprocess.run(["redis-check-rdb", path], capture_output=True, text=True, check=False)
        if done.returncode != 0 or "RDB looks OK" not in done.stdout:
            sys.exit(f"{occasion}: redis-check-rdb refuses what was saved:\n{done.stdout[-2000:]}")
    with open(path, "rb") as file:
        return file.read()


def exchange(file, name, occasion):
    """Loads a file, and what was saved of that; returns the server, and what it holds."""
    server = started(file)
    found = content(server.client())
    if name.isdigit() and int(name) <= KNOWN:
        read_elsewhere(file, found, occasion)
    saved = save(server, occasion)
    read_elsewhere(saved, found, f"{occasion}, saved again")
    again = started(saved)
    different = difference(found, content(again.client()))
    if different:
        sys.exit(f"{occasion}: what was saved is read otherwise: {different}")
    ended(again)
    return server, found


def recorded(file):
    """A file that a server wrote, and its payloads."""
    data = file.read_bytes()
    server, found = exchange(data, data[5:9].decode(), file.name)
    client = server.client()
    digest = client.call("DEBUG", "DIGEST").decode()
    if digest != file.with_suffix(".digest").read_text().strip():
        sys.exit(f"{file.name}: another digest than its server had: {digest}")
    restored = 0
    for line in file.with_suffix(".payloads").read_text().splitlines():
        database, key, payload = line.split()
        client.call("SELECT", database)
        client.call("RESTORE", "restored", 0, base64.b64decode(payload), "REPLACE")
        client.call("PERSIST", key)
        if client.call("DEBUG", "DIGEST-VALUE", key) != client.call("DEBUG", "DIGEST-VALUE", "restored"):
            sys.exit(f"{file.name}: the payload of {key} makes another value than the file")
        restored += 1
    ended(server)
    return len(found), restored


def made_by_hand(version):
    data, expected = make(version)
    server, found = exchange(data, str(version), f"version {version}, by hand")
    ended(server)
    different = difference(expected, found)
    if different:
        sys.exit(f"version {version}, by hand: expected and found: {different}")
    return len(found)


def main():
    files = sorted(FIXTURES.glob("*.rdb"))
    if not files:
        sys.exit("there are no fixtures")
    values = payloads = 0
    for file in files:
        counts = recorded(file)
        values, payloads = values + counts[0], payloads + counts[1]
    by_hand = [made_by_hand(version) for version in range(1, 7)]
    print(f"{len(files)} files of other servers with {values} values and {payloads} payloads, and {len(by_hand)} made "
          f"by hand with {sum(by_hand)}, are read as what they hold, and so is what is saved of them")


if __name__ == "__main__":
    main()
