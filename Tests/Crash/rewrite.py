#!/usr/bin/env python3
"""Rewrites the append-only file while everything in it changes, restarts, and compares digests.

The data set has many small keys and collections of a hundred thousand elements. During the rewrite, which is slowed
down, a client changes elements and keys at random, renames, copies, moves, expires and deletes them, swaps databases
and, in some rounds, flushes them. Afterwards redis-check-aof must accept the files, and a restarted server, and a
redis-server on the same files, must have the digest that the server had.
"""

import argparse
import shutil
import subprocess
import sys
import time

from server import Server, seeded

ELEMENTS = 60_000


def fill(client):
    for base in range(0, ELEMENTS, 1000):
        for name in ("big1", "big2"):
            words = ["HSET", name]
            for number in range(base, base + 1000):
                words += [f"field:{number}", f"value:{number}"]
            client.call(*words)
        client.call("RPUSH", "biglist",
                    *[f"item:{number}" if number % 3 else "twin" for number in range(base, base + 1000)])
        client.call("ZADD", "bigzset", *[word for number in range(base, base + 1000)
                                         for word in (number * 0.1 % 77, f"member:{number}")])
        client.send(*[("XADD", "bigstream", f"{number + 1}-0", "field", f"value:{number}", "more", number % 7)
                      for number in range(base, base + 1000)])
        for _ in range(1000):
            client.read()
        client.call("SADD", "bigset", *[f"member:{number}" for number in range(base, base + 1000)])
    for group in ("readers", "others"):
        client.call("XGROUP", "CREATE", "bigstream", group, 0)
        for consumer in range(4):
            client.call("XREADGROUP", "GROUP", group, f"consumer:{consumer}", "COUNT", 5000, "STREAMS", "bigstream",
                        ">")
    client.call("SADD", "numbers", *range(0, 300_000, 1000))
    client.send(*[("SET", f"key:{number}", f"value:{number}") for number in range(20000)])
    for _ in range(20000):
        client.read()
    for number in range(200):
        client.call("HSET", f"small:{number}", "a", number, "b", "x" * 10)


def change(chance, flushes):
    """A random command."""
    number = chance.randrange(ELEMENTS)
    big = chance.choice(["big1", "big2", "big3"])
    key, other = f"key:{chance.randrange(20000)}", f"key:{chance.randrange(20000)}"
    small = f"small:{chance.randrange(200)}"
    place = chance.randrange(-ELEMENTS // 2, ELEMENTS // 2)
    commands = [
        ("HSET", big, f"field:{number}", f"new:{chance.random()}"), ("HSET", big, f"added:{number}", "x"),
        ("HDEL", big, f"field:{number}"), ("HINCRBY", big, f"counter:{number % 10}", 1), ("SET", key, chance.random()),
        ("APPEND", key, "more"), ("DEL", key), ("RENAME", key, other), ("COPY", key, other, "REPLACE"),
        ("EXPIRE", key, 10000), ("PEXPIRE", key, chance.randrange(1, 100)), ("PERSIST", key),
        ("HSET", small, "c", number), ("DEL", small), ("MOVE", key, 1),
        ("RPUSH", "biglist", number), ("LPUSH", "biglist", number),
        ("LPOP", "biglist", chance.choice([1, 1, 1, 300])), ("RPOP", "biglist", chance.choice([1, 1, 1, 300])),
        ("LSET", "biglist", place, number),
        ("LINSERT", "biglist", "BEFORE", f"item:{number}", "inserted"),
        ("LREM", "biglist", chance.choice([-1, 0, 1]), f"item:{number}"),
        ("LMOVE", "biglist", "biglist", "LEFT", "RIGHT"),
        ("SADD", "bigset", f"added:{number}"), ("SREM", "bigset", f"member:{number}"),
        ("SPOP", "bigset", chance.choice([1, 1, 1, 300])), ("SPOP", "bigset"),
        ("SMOVE", "bigset", "other set", f"member:{number}"), ("SMOVE", "other set", "bigset", f"member:{number}"),
        ("SADD", "numbers", number % 400 * 1000), ("SREM", "numbers", number % 400 * 1000),
        ("SADD", f"{small}:set", number, "x"),
        ("ZADD", "bigzset", chance.random(), f"member:{number}"),
        ("ZADD", "bigzset", chance.random(), f"added:{number}"),
        ("ZREM", "bigzset", f"member:{number}"), ("ZINCRBY", "bigzset", chance.random(), f"member:{number}"),
        ("ZPOPMIN", "bigzset", chance.choice([1, 1, 1, 300])), ("ZPOPMAX", "bigzset"),
        ("ZREMRANGEBYRANK", "bigzset", number, number + 5), ("ZADD", f"{small}:zset", chance.random(), number),
        ("XADD", "bigstream", "*", "field", number), ("XADD", "bigstream", "*", "other", number, "fields", "x"),
        ("XDEL", "bigstream", f"{number}-0"), ("XDEL", "bigstream", f"{number + 1}-0", f"{number + 2}-0"),
        ("XTRIM", "bigstream", "MINID", "~", number // 50), ("XTRIM", "bigstream", "MAXLEN", "=", ELEMENTS - 500),
        ("XREADGROUP", "GROUP", "readers", f"consumer:{number % 5}", "COUNT", 3, "STREAMS", "bigstream", ">"),
        ("XACK", "bigstream", "readers", f"{number % 20_000}-0"), ("XACK", "bigstream", "others", f"{number}-0"),
        ("XCLAIM", "bigstream", "others", "consumer:9", 0, f"{number}-0", "JUSTID"),
        ("XAUTOCLAIM", "bigstream", "readers", f"consumer:{number % 5}", 0, f"{number}-0", "COUNT", 3),
        ("XADD", f"{small}:stream", "*", "f", number), ("XGROUP", "CREATE", f"{small}:stream", "g", 0),
        ("XREADGROUP", "GROUP", "g", "c", "STREAMS", f"{small}:stream", ">"),
    ]
    rare = [
        ("RENAME", "big1", "big3"), ("RENAME", "big3", "big1"), ("DEL", "big2"), ("UNLINK", "big1"),
        ("EXPIRE", "big1", 9999),
        ("PERSIST", "big1"), ("COPY", "big1", "big2", "REPLACE"), ("SWAPDB", 0, 1), ("MOVE", "big2", 1),
        ("LTRIM", "biglist", number % 500, -1), ("LTRIM", "biglist", number % 9000, -(number % 7000) - 1),
        ("LPOP", "biglist", number % 5000 + 1), ("LREM", "biglist", chance.choice([0, 40, -40]), "twin"),
        ("RENAME", "biglist", "other list"), ("RENAME", "other list", "biglist"),
        ("COPY", "biglist", "other list"),
        ("RENAME", "bigset", "other set"), ("RENAME", "other set", "bigset"), ("SPOP", "other set", number % 90_000),
        ("SUNIONSTORE", "other set", "bigset", "numbers"), ("SDIFFSTORE", "bigset", "bigset", "other set"),
        ("RENAME", "bigzset", "other zset"), ("RENAME", "other zset", "bigzset"), ("DEL", "other zset"),
        ("ZUNIONSTORE", "other zset", 2, "bigzset", "other zset"), ("ZRANGESTORE", "other zset", "bigzset", 9, number),
        ("ZREMRANGEBYRANK", "other zset", 0, -1), ("ZREMRANGEBYSCORE", "bigzset", 0, chance.random()),
        ("RENAME", "bigstream", "other stream"), ("RENAME", "other stream", "bigstream"), ("DEL", "other stream"),
        ("COPY", "bigstream", "other stream"), ("XTRIM", "bigstream", "MAXLEN", number),
        ("XGROUP", "DESTROY", "bigstream", "others"), ("XGROUP", "CREATE", "bigstream", "others", number),
        ("XGROUP", "DELCONSUMER", "bigstream", "readers", f"consumer:{number % 5}"),
        ("SORT", "bigset", "ALPHA", "LIMIT", 0, 9, "STORE", "sorted"),
    ]
    if flushes:
        rare += [("FLUSHDB",), ("FLUSHDB", "ASYNC"), ("FLUSHALL", "ASYNC")]
    return chance.choice(rare) if chance.random() < 0.004 else chance.choice(commands)


def settled_digest(server):
    """The digest without keys whose time is over: looking at them removes them."""
    client = server.client()
    for database in (0, 1):
        client.call("SELECT", database)
        client.call("EXISTS", *[f"key:{number}" for number in range(20000)])
    return client.call("DEBUG", "DIGEST")


def groups(server):
    """What digests leave out: how far each group of a stream has read, and what is pending of its entries."""
    client, found = server.client(), {}
    for database in (0, 1):
        client.call("SELECT", database)
        for name in ("bigstream", "other stream"):
            if client.call("TYPE", name) != b"stream":
                continue
            entries = {entry for entry, _ in client.call("XRANGE", name, "-", "+")}
            for group in client.call("XINFO", "GROUPS", name):
                group = dict(zip(group[::2], group[1::2]))
                pending = client.call("XPENDING", name, group[b"name"], "-", "+", 10**6)
                found[database, name, group[b"name"]] = (
                    group[b"last-delivered-id"], group[b"entries-read"], group[b"consumers"],
                    [(entry, consumer, count) for entry, consumer, _, count in pending if entry in entries])
    client.close()
    return found


def check(server):
    """redis-check-aof must find nothing wrong with the manifest and its files."""
    if shutil.which("redis-check-aof"):
        manifest = server.append_only_path("appendonly.aof.manifest")
        checked = subprocess.run(["redis-check-aof", manifest], capture_output=True, text=True, check=False)
        if checked.returncode != 0 or "All AOF files and manifest are valid" not in checked.stdout:
            sys.exit(f"redis-check-aof refuses {manifest}:\n{checked.stdout[-2000:]}")


def one_round(chance, number):
    server = Server("--appendonly", "yes", "--appendfsync", "everysec", "--auto-aof-rewrite-percentage", "0",
                    "--snapshot-time-slice", str(chance.choice([10, 20, 60])), "--snapshot-cpu-share", "1")
    server.start()
    client = server.client()
    fill(client)
    client.call("BGREWRITEAOF")
    flushes = number % 2 == 1
    changes = 0
    while b"aof_rewrite_in_progress:1" in client.call("INFO", "persistence"):
        batch = [change(chance, flushes) for _ in range(20)]
        client.send(*batch)
        for _ in batch:
            client.read_any()
        changes += len(batch)
    info = client.call("INFO", "persistence").decode()
    if "aof_last_bgrewrite_status:ok" not in info:
        sys.exit("the rewrite failed:\n" + server.log()[-2000:])
    # Whatever was to expire has: the digest does not change from here on.
    time.sleep(0.2)
    digest, read = settled_digest(server), groups(server)
    server.stop()
    check(server)
    server.start()
    again, read_again = settled_digest(server), groups(server)
    server.stop()
    if read_again != read:
        sys.exit(f"round {number}: the groups of streams are not as they were; folder {server.directory}")
    if again != digest:
        sys.exit(f"round {number}: digest {digest.decode()} became {again.decode()}; folder {server.directory}")
    if shutil.which("redis-server"):
        oracle = Server("--appendonly", "yes", binary="redis-server", directory=server.directory)
        oracle.start()
        other = settled_digest(oracle)
        oracle.stop()
        if other != digest:
            sys.exit(f"round {number}: redis-server reads {other.decode()}, not {digest.decode()}; {server.directory}")
    shutil.rmtree(server.directory, ignore_errors=True)
    return changes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    chance = seeded(options.seed)
    started = time.time()
    changes = [one_round(chance, number) for number in range(options.rounds)]
    print(f"{options.rounds} rewrites with {sum(changes)} changes meanwhile, digests equal after each, "
          f"{time.time() - started:.0f} s")


if __name__ == "__main__":
    main()
