#!/usr/bin/env python3
"""Looks at what many of a kind cost: arguments, patterns, free blocks of memory.

What counts is the server's CPU time, and the margins are such that only work which grows with the square misses them.
"""

import os
import shutil
import sys

from server import Server

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(server):
    with open(f"/proc/{server.process.pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def cost(server, work):
    start = cpu_seconds(server)
    work()
    return cpu_seconds(server) - start


def started(*options):
    server = Server("--appendonly", "no", *options)
    server.start()
    return server, server.client()


def ended(server):
    server.stop()
    shutil.rmtree(server.directory, ignore_errors=True)


def many_arguments():
    """One call of millions of arguments arrives in thousands of parts."""
    def push(count):
        server, client = started()
        client.socket.settimeout(100)
        seconds = cost(server, lambda: client.call("RPUSH", "list", *range(count)))
        if client.call("LLEN", "list") != count or client.call("LINDEX", "list", -1) != b"%d" % (count - 1):
            sys.exit("elements are missing")
        ended(server)
        return seconds

    few, many = push(500_000), push(3_000_000)
    if many > 15 * few + 1:
        sys.exit(f"RPUSH of 500,000 elements takes {few} s, of six times as many {many} s")
    return f"RPUSH of 3,000,000 elements: {many:.2f} s"


def many_patterns():
    """Whoever leaves with many subscriptions goes as fast as he came."""
    server, witness = started()
    client = server.client()
    count = 50_000

    def come_and_go():
        client.send(["PSUBSCRIBE", *(f"pattern:{number}*" for number in range(count))])
        for _ in range(count):
            client.read()
        client.close()
        witness.socket.settimeout(100)
        while witness.call("PUBSUB", "NUMPAT") != 0:
            pass

    seconds = cost(server, come_and_go)
    if seconds > 10:
        sys.exit(f"{count} patterns take {seconds} s to come and go")
    ended(server)
    return f"{count} patterns: {seconds:.2f} s"


def many_free_blocks():
    """With a memory limit the cost of a command does not depend on how many blocks malloc has that are free."""
    server, client = started()
    for number in range(60_000):
        client.send(("SET", f"key:{number}", b"x" * (1100 + number * 7919 % 4000)))
        client.read()
    client.call("DEL", *(f"key:{number}" for number in range(0, 60_000, 2)))

    def write():
        for _ in range(10_000):
            client.call("SET", "key", "value")

    free = cost(server, write)
    client.call("CONFIG", "SET", "maxmemory", "16gb")
    limited = cost(server, write)
    if limited > 4 * free + 0.2:
        sys.exit(f"10,000 SET take {free} s, and {limited} s with a memory limit")
    ended(server)
    return f"SET with a memory limit: {limited:.2f} s instead of {free:.2f} s"


def main():
    print("; ".join([many_arguments(), many_patterns(), many_free_blocks()]))


if __name__ == "__main__":
    main()
