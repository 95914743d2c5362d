#!/usr/bin/env python3
"""Exchanges dump files with redis-server, in both directions, and compares digests.

Each must load what the other wrote, with SAVE and with BGSAVE, in several databases, with and without compression and
checksums, with access clocks; redis-check-rdb must accept every file of goredis.
"""

import os
import shutil
import subprocess
import sys
import time

from dump_content import fill
from server import Server

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


def main():
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
    print(f"{len(seen)} files read with equal digests, redis-check-rdb accepts those of goredis")


if __name__ == "__main__":
    main()
