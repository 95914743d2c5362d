#!/usr/bin/env python3
"""Exchanges dump files with redis-server, in both directions, and compares digests.

Each must load what the other wrote, with SAVE and with BGSAVE, in several databases, with and without compression and
checksums, with access clocks; redis-check-rdb must accept every file of goredis. Then a file is damaged, cut at every
place and with bits flipped: a start is refused, with the offset, and never goes past it.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time

from dump_content import fill
from server import Server, seeded

SKIPPED = 77
NEW = ["--appendonly", "no"]


def background_save(client):
    before = int(info(client)["rdb_saves"])
    client.call("BGSAVE")
    while True:
        state = info(client)
        if state["rdb_bgsave_in_progress"] == "0" and int(state["rdb_saves"]) > before:
            break
        time.sleep(0.01)
    if state["rdb_last_bgsave_status"] != "ok":
        sys.exit("a background save failed")


def info(client):
    return dict(line.split(":", 1) for line in client.call("INFO", "persistence").decode().split("\r\n") if ":" in line)


def check(directory):
    done = subprocess.run(["redis-check-rdb", os.path.join(directory, "dump.rdb")], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0 or "RDB looks OK" not in done.stdout:
        sys.exit(f"redis-check-rdb refuses a file:\n{done.stdout[-3000:]}")


def digest_of(directory, options, occasion, **which):
    copy = f"{directory}.copy"
    shutil.copytree(directory, copy)
    server = Server(*NEW, *options, directory=copy, **which)
    try:
        server.start()
        return server.call("DEBUG", "DIGEST")
    except RuntimeError as error:
        sys.exit(f"{occasion}: {error}")
    finally:
        server.stop()
        shutil.rmtree(copy, ignore_errors=True)


def exchange(writers, readers, options, databases, seen):
    for writer in writers:
        server = Server(*NEW, *options, **writer)
        server.start()
        client = server.client()
        occasion = f"{os.path.basename(server.binary)} {options}"
        saves = [("nothing", lambda: client.call("SAVE")),
                 ("everything", lambda: (fill(client, databases=databases), client.call("SAVE"))),
                 ("everything, in the background", lambda: (fill(client, "more:"), background_save(client)))]
        for name, save in saves:
            save()
            digest = client.call("DEBUG", "DIGEST")
            if not writer:
                check(server.directory)
            for reader in readers:
                found = digest_of(server.directory, options, f"{occasion}, {name}", **reader)
                if found != digest:
                    sys.exit(f"{occasion}, {name}: {reader or 'goredis'} reads {found.decode()}, not "
                             f"{digest.decode()}; folder {server.directory}")
                seen.append(name)
        if not writer:
            client.call("DEBUG", "RELOAD")
            if client.call("DEBUG", "DIGEST") != digest:
                sys.exit(f"{occasion}: DEBUG RELOAD changes the data set")
        server.stop()
        shutil.rmtree(server.directory, ignore_errors=True)


def start_with(content, directory):
    """Starts from a file; returns how the process ended, nil when it serves."""
    with open(os.path.join(directory, "dump.rdb"), "wb") as file:
        file.write(content)
    open(os.path.join(directory, "log"), "w").close()
    server = Server(*NEW, directory=directory)
    server.start(wait=False)
    end = time.time() + 20
    while time.time() < end:
        log = server.log()
        if "Ready to accept connections" in log or server.process.poll() is not None:
            break
        time.sleep(0.002)
    status = server.process.poll()
    server.kill()
    return status, server.log()


def damage(random, rounds):
    """Cuts and flips; the process must end with 1, and tell where."""
    server = Server(*NEW)
    server.start()
    client = server.client()
    for command in (["SET", "s", "a string that is worth compressing " * 5], ["SET", "n", 12345],
                    ["RPUSH", "l", *range(50)], ["HSET", "h", "f", "v", "g", 7], ["SADD", "i", 1, 2, 3],
                    ["SADD", "t", "x", "y"], ["ZADD", "z", 1.5, "a", 2, "b"], ["SET", "e", "x", "EX", 100000],
                    ["ZADD", "big", 1, "m" * 100]):
        client.call(*command)
    client.call("SAVE")
    with open(os.path.join(server.directory, "dump.rdb"), "rb") as file:
        content = file.read()
    server.stop()
    tried = 0
    cases = [content[:end] for end in range(0, len(content), max(1, len(content) // rounds))]
    for _ in range(rounds):
        place = random.randrange(len(content) - 8)
        cases.append(content[:place] + bytes([content[place] ^ 1 << random.randrange(8)]) + content[place + 1:])
    for case in cases:
        status, log = start_with(case, server.directory)
        if status != 1 or "at offset" not in log:
            sys.exit(f"a damaged file ({case!r}) ends the start with {status}:\n{log[-2000:]}")
        tried += 1
    shutil.rmtree(server.directory, ignore_errors=True)
    return tried


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--rounds", type=int, default=60)
    arguments = parser.parse_args()
    random = seeded(arguments.seed)
    if not shutil.which("redis-server") or not shutil.which("redis-check-rdb"):
        print("skipped: redis-server and redis-check-rdb are not installed")
        sys.exit(SKIPPED)
    oracle, ours = {"binary": "redis-server"}, {}
    seen = []
    exchange([ours], [oracle, ours], [], (0, 3, 15), seen)
    exchange([oracle], [ours], [], (0, 3, 15), seen)
    for options in (["--rdbcompression", "no"], ["--rdbchecksum", "no"], ["--maxmemory-policy", "allkeys-lfu"],
                    ["--maxmemory-policy", "volatile-lru", "--list-max-listpack-size", "3"]):
        exchange([ours], [oracle], options, (0, 7), seen)
        exchange([oracle], [ours], options, (0,), seen)
    tried = damage(random, arguments.rounds)
    print(f"{len(seen)} files read with equal digests, redis-check-rdb accepts those of goredis; {tried} damaged ones "
          "refused")


if __name__ == "__main__":
    main()
