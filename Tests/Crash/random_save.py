#!/usr/bin/env python3
"""Saves in the background at random moments of a random sequence of commands, and starts from the files.

While the save goes on, slowed down, everything in the data set changes: elements, keys, whole databases. The file must
hold what was there when BGSAVE was called: the digest, what groups of streams have read and what is pending, and the
times to live. redis-server reads the same from it, where it is installed.
"""

import argparse
import os
import shutil
import sys
import time

from rewrite import change, fill, groups
from server import Server, seeded

OPTIONS = ("--appendonly", "no")


def random_change(random, flushes):
    """A command that leaves no key that is gone a moment later: what is in the file would go by the clock."""
    while True:
        command = change(random, flushes)
        if command[0] != "PEXPIRE":
            return command


def call_some(client, random, flushes):
    batch = [random_change(random, flushes) for _ in range(20)]
    client.send(*batch)
    for _ in batch:
        client.read_any()


def state(server):
    """What a data set is compared by."""
    client = server.client()
    times = {}
    for database in (0, 1):
        client.call("SELECT", database)
        keys = sorted(client.call("KEYS", "*"))
        client.send(*(("PEXPIRETIME", key) for key in keys))
        times[database] = [(key, client.read()) for key in keys]
    digest = client.call("DEBUG", "DIGEST")
    client.close()
    return digest, groups(server), times


def save(server, client, random, flushes):
    """Saves while the data set changes; returns its state when that began, and how many changes there were."""
    before = state(server)
    client.call("BGSAVE")
    changes = 0
    while b"rdb_bgsave_in_progress:1" in client.call("INFO", "persistence"):
        call_some(client, random, flushes)
        changes += 20
    if b"rdb_last_bgsave_status:ok" not in client.call("INFO", "persistence"):
        sys.exit("a save failed:\n" + server.log()[-2000:])
    return before, changes


def read_back(directory, before, occasion):
    """Starts from the file; redis-server does, too."""
    for which in ({}, {"binary": "redis-server"}):
        if which and not shutil.which("redis-server"):
            continue
        copy = Server(*OPTIONS, **which)
        shutil.copy(os.path.join(directory, "dump.rdb"), copy.directory)
        copy.start()
        after = state(copy)
        copy.stop()
        for what, first, second in zip(("digest", "groups of streams", "times to live"), before, after):
            if first != second:
                sys.exit(f"{occasion}: {os.path.basename(copy.binary)} reads another {what} from the file in "
                         f"{copy.directory} than there was when the save began: {str(second)[:300]}, not "
                         f"{str(first)[:300]}")
        shutil.rmtree(copy.directory, ignore_errors=True)


def one_round(random, number):
    server = Server(*OPTIONS, "--snapshot-time-slice", str(random.choice([10, 20, 60])), "--snapshot-cpu-share", "1")
    server.start()
    client = server.client()
    fill(client)
    changes = 0
    for attempt in range(2):
        for _ in range(random.randrange(100)):
            call_some(client, random, False)
        before, changed = save(server, client, random, number % 2 == 1)
        changes += changed
        read_back(server.directory, before, f"round {number}, save {attempt}")
    server.stop()
    shutil.rmtree(server.directory, ignore_errors=True)
    return changes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seed", type=int)
    arguments = parser.parse_args()
    random = seeded(arguments.seed)
    started = time.time()
    changes = [one_round(random, number) for number in range(arguments.rounds)]
    print(f"{2 * arguments.rounds} saves with {sum(changes)} changes meanwhile: each file has what was there when its "
          f"save began, {time.time() - started:.0f} s")


if __name__ == "__main__":
    main()
