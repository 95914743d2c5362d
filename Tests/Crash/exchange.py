#!/usr/bin/env python3
"""Exchanges folders of append-only files with redis-server, in both directions, and compares digests.

redis-server must load what goredis wrote, and goredis what redis-server wrote, with bases as dump files and as
commands: before a rewrite, after it, and after commands that follow it. redis-check-aof must accept every manifest and
every file of goredis, and what it cuts off at a time must give the data set of that time.
"""

import os
import re
import shutil
import subprocess
import sys
import time

from server import Server

SKIPPED = 77
OPTIONS = ["--appendonly", "yes", "--appendfsync", "no", "--auto-aof-rewrite-percentage", "0"]
FAR = 4_000_000_000


def fill(server, mark):
    """All types in several databases: small and large, with times to live, in transactions, changed and removed."""
    client = server.client()
    for database in (0, 3, 15):
        client.call("SELECT", database)
        for number in range(300):
            client.call("SET", f"{mark}:string:{number}", f"value {number}\r\n*1\r\n$4\r\nPING\r\n")
            client.call("SET", f"{mark}:number:{number}", number * 10 ** (number % 15))
        client.call("SET", f"{mark}:binary", bytes(range(256)) * 300)
        client.call("SET", f"{mark}:empty", "")
        client.call("SET", f"{mark}:expires", "1", "EXAT", FAR)
        client.call("SET", f"{mark}:brief", "1", "PX", 1)
        client.call("EXPIREAT", f"{mark}:string:7", FAR + 7)
        client.call("APPEND", f"{mark}:string:8", "appended")
        client.call("INCRBYFLOAT", f"{mark}:float", "10.1")
        client.call("DEL", f"{mark}:string:9")
        for size, name in ((3, "small"), (5000, "large")):
            for base in range(0, size, 500):
                numbers = range(base, min(size, base + 500))
                client.call("HSET", f"{mark}:hash:{name}", *[word for n in numbers for word in (f"f{n}", f"v{n}")])
                client.call("RPUSH", f"{mark}:list:{name}", *[f"item {n}" for n in numbers])
            client.call("HINCRBYFLOAT", f"{mark}:hash:{name}", "f1.5", "2.5")
            client.call("LPOP", f"{mark}:list:{name}", 2)
            client.call("PEXPIREAT", f"{mark}:hash:{name}", FAR * 1000 + 1)
            client.call("EXPIREAT", f"{mark}:list:{name}", FAR)
        client.send(("MULTI",), ("SET", f"{mark}:a", 1), ("SELECT", 1), ("HSET", f"{mark}:b", "f", 2),
                    ("SELECT", database), ("RPUSH", f"{mark}:c", 1, 2, 3), ("EXEC",))
        for _ in range(7):
            client.read()
        client.call("RENAME", f"{mark}:string:10", f"{mark}:renamed")
        client.call("MOVE", f"{mark}:string:11", 2)
        client.call("COPY", f"{mark}:list:large", f"{mark}:copied", "DB", 5)
    time.sleep(0.01)
    # A key whose time is over goes when it is looked at, and its removal into the file.
    for database in (0, 3, 15):
        client.call("SELECT", database)
        client.call("EXISTS", f"{mark}:brief")
    client.close()


def rewrite(server):
    server.call("BGREWRITEAOF")
    while True:
        info = server.call("INFO", "persistence").decode()
        if "aof_rewrite_in_progress:0" in info and "aof_rewrite_scheduled:0" in info:
            break
        time.sleep(0.01)
    if "aof_last_bgrewrite_status:ok" not in info:
        sys.exit("a rewrite failed:\n" + server.log()[-2000:])


def digest_of_copy(directory, occasion, **options):
    """The digest that a server gives for a copy of a folder."""
    copy = f"{directory}.copy"
    shutil.copytree(directory, copy)
    server = Server(*OPTIONS, directory=copy, **options)
    try:
        server.start()
        return server.call("DEBUG", "DIGEST")
    except RuntimeError as error:
        sys.exit(f"{occasion}: {error}")
    finally:
        server.stop()
        shutil.rmtree(copy, ignore_errors=True)


def check(server, occasion):
    """redis-check-aof over the manifest, which names every file."""
    manifest = server.append_only_path("appendonly.aof.manifest")
    done = subprocess.run(["redis-check-aof", manifest], capture_output=True, text=True, check=False)
    if done.returncode != 0 or "All AOF files and manifest are valid" not in done.stdout:
        sys.exit(f"{occasion}: redis-check-aof refuses the files:\n{done.stdout}")


def exchange(writer, readers, *, checks, options=()):
    """Has a server write in steps; after each the readers must come to its digest. Returns how often they did."""
    server = Server(*OPTIONS, *options, binary=writer) if writer else Server(*OPTIONS, *options)
    server.start()
    compared = 0
    steps = [("a fresh start", lambda: None), ("commands", lambda: fill(server, "first")),
             ("a rewrite", lambda: rewrite(server)), ("commands after a rewrite", lambda: fill(server, "second")),
             ("overwriting", lambda: fill(server, "first")), ("a second rewrite", lambda: rewrite(server)),
             ("a third rewrite", lambda: rewrite(server)), ("commands at the end", lambda: fill(server, "third"))]
    for name, step in steps:
        occasion = f"{os.path.basename(server.binary)}, after {name}"
        step()
        digest = server.call("DEBUG", "DIGEST")
        if checks:
            check(server, occasion)
        for reader in readers:
            found = digest_of_copy(server.directory, occasion, **reader)
            if found != digest:
                sys.exit(f"{occasion}: {reader or 'goredis'} reads {found.decode()}, not {digest.decode()}; folder "
                         f"{server.directory}")
            compared += 1
    server.stop()
    shutil.rmtree(server.directory, ignore_errors=True)
    return compared


def point_in_time():
    """Cuts the file at a time between two commands, once before any rewrite and once after one."""
    server = Server(*OPTIONS, "--aof-timestamp-enabled", "yes")
    server.start()
    for round_ in range(2):
        if round_:
            rewrite(server)
        client = server.client()
        client.call("SET", f"before:{round_}", "x")
        client.call("RPUSH", f"list:{round_}", *range(100))
        digest = client.call("DEBUG", "DIGEST")
        moment = int(client.call("TIME")[0])
        while int(client.call("TIME")[0]) <= moment:
            time.sleep(0.02)
        client.call("SET", f"mistake:{round_}", "x")
        client.call("DEL", f"before:{round_}")
        copy = f"{server.directory}.copy"
        shutil.copytree(server.directory, copy)
        manifest = os.path.join(copy, "appendonlydir/appendonly.aof.manifest")
        done = subprocess.run(["redis-check-aof", "--truncate-to-timestamp", str(moment), manifest],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0 or not re.search("Successfully truncated AOF", done.stdout):
            sys.exit(f"redis-check-aof does not truncate to {moment}:\n{done.stdout}{done.stderr}")
        for reader in ({}, {"binary": "redis-server"}):
            if digest_of_copy(copy, "truncated to a time", **reader) != digest:
                sys.exit(f"truncated to {moment}, {reader or 'goredis'} does not come to what was there then; {copy}")
        shutil.rmtree(copy)
        client.close()
    server.stop()
    shutil.rmtree(server.directory, ignore_errors=True)


def main():
    if not shutil.which("redis-server") or not shutil.which("redis-check-aof"):
        print("skipped: redis-server and redis-check-aof are not installed")
        sys.exit(SKIPPED)
    oracle = {"binary": "redis-server"}
    ours = exchange(None, [oracle, {}], checks=True)
    stamped = exchange(None, [oracle, {}], checks=True,
                       options=["--aof-timestamp-enabled", "yes", "--aof-use-rdb-preamble", "no"])
    theirs = exchange("redis-server", [{}], checks=False)
    theirs += exchange("redis-server", [{}], checks=False,
                       options=["--aof-use-rdb-preamble", "no", "--aof-timestamp-enabled", "yes"])
    point_in_time()
    print(f"digests equal: {ours + stamped} of goredis' folders, which redis-check-aof accepts, and {theirs} of "
          "redis-server's; two were recovered to a point in time")


if __name__ == "__main__":
    main()
