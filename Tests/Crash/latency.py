#!/usr/bin/env python3
"""Slows the system calls of the append-only file down, and looks at what the latency monitor makes of it.

strace delays each of them in goredis and in redis-server; both must record the same events, and LATENCY DOCTOR must
give the same advice.
"""

import shutil
import sys

from faults import fault, info, require_strace, until
from server import Server

DELAY = "delay_enter=20000"
EVENTS = ["aof-fstat", "aof-fsync-always", "aof-rename", "aof-write", "aof-write-active-child", "aof-write-alone",
          "aof-write-pending-fsync"]
OTHERS = ["command", "fast-command", "fork", "expire-cycle", "while-blocked-cron"]


def rewritten(client, server):
    until(lambda: info(client)["aof_rewrite_in_progress"] == "0", 60, f"a rewrite does not end: {server.log()[-1000:]}")


def newest(server):
    with open(server.append_only_path("appendonly.aof.manifest"), encoding="utf-8") as manifest:
        return server.append_only_path(manifest.read().split("\n")[-2].split()[1])


def seen(binary):
    """The events that a server records, and its advice."""
    options = ["--appendonly", "yes", "--appendfsync", "always", "--latency-monitor-threshold", "10",
               "--auto-aof-rewrite-percentage", "0"]
    slow = (["--rdb-key-save-delay", "50", "--aof-use-rdb-preamble", "no"] if binary else
            ["--snapshot-time-slice", "10", "--snapshot-cpu-share", "1"])
    server = Server(*options, *slow, **({"binary": binary} if binary else {}))
    server.start()
    client = server.client()
    client.call("DEBUG", "POPULATE", 30_000)
    with fault(server, f"write:{DELAY}", path=newest(server)):
        client.call("INCR", "n")
    with fault(server, f"fdatasync:{DELAY}"):
        client.call("INCR", "n")
    with fault(server, f"rename:{DELAY}", f"newfstatat:{DELAY}"):
        client.call("BGREWRITEAOF")
        rewritten(client, server)
    with fault(server, f"write:{DELAY}"):
        client.call("BGREWRITEAOF")
        client.call("INCR", "n")
        if info(client)["aof_rewrite_in_progress"] != "1":
            sys.exit("the rewrite ended too early")
    rewritten(client, server)
    client.call("CONFIG", "SET", "appendfsync", "everysec")
    with fault(server, "fdatasync:delay_enter=5000000", f"write:{DELAY}", path=newest(server)):
        def is_delayed():
            client.call("INCR", "n")
            return info(client)["aof_delayed_fsync"] != "0"
        until(is_delayed, 20, "a sync that hangs is not waited for")
    client.call("LATENCY", "RESET", *OTHERS)
    events = sorted(event[0].decode() for event in client.call("LATENCY", "LATEST"))
    # The policy is given as advice where it is `always`.
    advice = []
    for policy in ("always", "everysec"):
        client.call("CONFIG", "SET", "appendfsync", policy)
        report = client.call("LATENCY", "DOCTOR").decode()
        _, found, text = report.partition("I have a few advices for you:")
        if not found:
            sys.exit(f"no advice is given:\n{report}")
        # What redis-server says of its own memory has nothing to do with the file.
        advice.append([line for line in text.split("\n") if "anonymous huge pages" not in line])
    server.stop()
    shutil.rmtree(server.directory, ignore_errors=True)
    return events, advice


def main():
    require_strace()
    events, advice = seen(None)
    if events != EVENTS:
        sys.exit(f"recorded are {events}, not {EVENTS}")
    if shutil.which("redis-server"):
        their_events, their_advice = seen("redis-server")
        if events != their_events:
            sys.exit(f"redis-server records {their_events}")
        if advice != their_advice:
            sys.exit(f"the advice is {advice}, that of redis-server {their_advice}")
    print(f"{len(events)} events recorded, with the same advice")


if __name__ == "__main__":
    main()
