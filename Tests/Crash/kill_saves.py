#!/usr/bin/env python3
"""Kills the server in the midst of saves: the old dump file is there, or the new one, and it is whole.

Every round marks all keys with its number and saves in the background, while they go on to change; at a random moment
of it the server is killed. What it starts with again is the data set of that round or of the one before.
"""

import argparse
import os
import shutil
import sys
import time

from server import Server, seeded

KEYS = 20000


def mark(client, number):
    for base in range(0, KEYS, 1000):
        client.call("MSET", *[word for key in range(base, base + 1000) for word in (f"key:{key}", f"{number}:{key}")])
    client.call("RPUSH", "list", *range(5000))
    client.call("SET", "round", number)


def found(client, occasion):
    """The round that all keys are of."""
    number = int(client.call("GET", "round"))
    for base in range(0, KEYS, 1000):
        values = client.call("MGET", *[f"key:{key}" for key in range(base, base + 1000)])
        for key, value in enumerate(values, base):
            if value != b"%d:%d" % (number, key):
                sys.exit(f"{occasion}: key:{key} of round {number} holds {value}")
    if client.call("LLEN", "list") != 5000 * (number + 1):
        sys.exit(f"{occasion}: the list of round {number} is not whole")
    return number


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--kills", type=int, default=12)
    arguments = parser.parse_args()
    random = seeded(arguments.seed)
    server = Server("--appendonly", "no")
    server.start()
    client = server.client()
    mark(client, 0)
    client.call("SAVE")
    outcomes = {"old": 0, "new": 0}
    last = 0
    for number in range(1, arguments.kills + 1):
        client.call("DEL", "list")
        for _ in range(number):
            client.call("RPUSH", "list", *range(5000))
        mark(client, number)
        client.send(("BGSAVE",), ("MSET", *[word for key in range(3000) for word in (f"key:{key}", "later")]),
                    ("LTRIM", "list", "10", "20"))
        client.read()
        time.sleep(random.uniform(0, 0.06))
        server.kill()
        left = [name for name in os.listdir(server.directory) if name.startswith("temp-")]
        server.start()
        client = server.client()
        now = found(client, f"kill {number}")
        if now not in (last, number):
            sys.exit(f"kill {number}: the data set is that of round {now}, not {last} or {number}")
        outcomes["new" if now == number else "old"] += 1
        last = now
        for name in left:
            os.remove(os.path.join(server.directory, name))
    server.stop()
    shutil.rmtree(server.directory, ignore_errors=True)
    print(f"{arguments.kills} kills in the midst of saves: the old file {outcomes['old']} times, the new one "
          f"{outcomes['new']} times, always whole")


if __name__ == "__main__":
    main()
