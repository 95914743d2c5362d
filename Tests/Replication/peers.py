#!/usr/bin/env python3
"""goredis beside newer servers, Valkey 9.1 and Redis 8.2, in either part.

They are taken from the cache that Benchmarks/peers fills; the test is skipped where they are not there.
"""

import argparse
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "Benchmarks"))

from comparison.peers import PEERS
from pair import Node, check, digest, goredis, linked, refused, servers, until
from replica import fill, write
from server import seeded


def content(node):
    """All keys of a node. Newer servers sum up scores otherwise, so that sorted sets are taken as they are."""
    client = node.client()
    found = {}
    for database in (0, 3, 9):
        client.call("SELECT", database)
        for key in client.call("KEYS", "*"):
            if client.call("TYPE", key) == b"zset":
                flat = client.call("ZRANGE", key, 0, -1, "WITHSCORES")
                value = [(member, float(score)) for member, score in zip(flat[::2], flat[1::2])]
            else:
                value = client.call("DEBUG", "DIGEST-VALUE", key)
            found[database, key] = value, client.call("PEXPIRETIME", key)
    client.close()
    return found


def alike(primary, *replicas):
    for replica in replicas:
        linked(replica)
        until(lambda: replica.offset() == primary.offset() and content(replica) == content(primary),
              "the replica has caught up and has the same data", replica)


def peer(binary, *options):
    return Node("--repl-diskless-sync-delay", "0", *options, binary=str(binary))


def follows(binary, random):
    """goredis is the replica: each kind of transfer, the stream, and links that break."""
    for diskless in ("yes", "no"):
        for load in ("disabled", "swapdb"):
            primary = peer(binary, "--repl-diskless-sync", diskless, "--repl-backlog-size", "64mb")
            replica = goredis("--repl-diskless-load", load)
            with servers(primary, replica):
                fill(primary)
                primary.call("FUNCTION", "LOAD", "#!lua name=l\nredis.register_function('f', function() return 1 end)")
                replica.follow(primary)
                alike(primary, replica)
                write(primary, random, 300)
                primary.call("CLIENT", "KILL", "TYPE", "replica")
                write(primary, random, 100)
                alike(primary, replica)
                check(primary.call("WAIT", 1, 5000), 1, "replicas that acknowledged")
                check(primary.info("stats")["sync_full"], "1", "full transfers")
                check(len(replica.call("FUNCTION", "LIST")), 1, "libraries of functions")
                check(replica.info("errorstats"), {}, "errors of the replica")


def is_followed(binary, random):
    """goredis is the primary, with a chain of both kinds behind it, and hands over to the newer server and back."""
    primary = goredis("--repl-diskless-sync-delay", "0", "--repl-backlog-size", "64mb")
    middle, leaf = peer(binary, "--repl-backlog-size", "64mb"), goredis()
    with servers(primary, middle, leaf):
        fill(primary)
        middle.follow(primary)
        alike(primary, middle)
        leaf.follow(middle)
        alike(middle, leaf)
        write(primary, random, 300)
        alike(primary, middle, leaf)
        check(primary.call("WAIT", 1, 5000), 1, "replicas that acknowledged")
        primary.call("CLIENT", "KILL", "TYPE", "replica")
        write(primary, random, 100)
        alike(primary, middle, leaf)
        check(primary.info("stats")["sync_full"], "1", f"full transfers\n{primary.log()}\n{middle.log()}")
        primary.call("FAILOVER", "TO", "127.0.0.1", middle.port, "TIMEOUT", 10000)
        until(lambda: middle.info()["role"] == "master", "the newer server takes over", middle)
        write(middle, random, 100)
        alike(middle, primary, leaf)
        check(middle.info("stats")["sync_full"], "1", "full transfers of the new primary, one for its own replica")
        middle.call("FAILOVER", "TO", "127.0.0.1", primary.port, "TIMEOUT", 10000)
        until(lambda: primary.info()["role"] == "master", "goredis takes over again", primary)
        write(primary, random, 100)
        alike(primary, middle, leaf)
        check(digest(primary), digest(leaf), "digests of the two goredis")


def waits_for_disks(binary, random):
    """WAITAOF: the same replies, and disks of both kinds of servers that are waited for."""
    durable = ("--appendonly", "yes", "--appendfsync", "everysec")
    ours, theirs = Node("--repl-diskless-sync-delay", "0", *durable), peer(binary, *durable)
    calls = ["1 0 3000", "0 0 0", "1 0 0", "0 1 1", "2 0 0", "-1 0 0", "a 0 0", "0 -1 0", "0 a 0", "0 0 -1", "0 0 a",
             "0 0", "0 0 0 0"]
    with servers(ours, theirs):
        for setting in ("yes", "no"):
            found = []
            for node in (ours, theirs):
                node.call("CONFIG", "SET", "appendonly", setting)
                until(lambda: node.info("persistence")["aof_rewrite_in_progress"] == "0", "the file is there", node)
                client = node.client()
                client.call("SET", "key", 1)
                client.send(*[["WAITAOF", *words.split()] for words in calls])
                found.append([str(client.read_any()) for _ in calls])
                client.send(["MULTI"], ["SET", "key", 2], ["WAITAOF", 0, 1, 0], ["EXEC"])
                found[-1] += [str(client.read_any()) for _ in range(4)]
                client.close()
            check(*found, f"replies of WAITAOF, appendonly {setting}")
        for primary, replica in ((ours, theirs), (theirs, ours)):
            for node in (primary, replica):
                node.call("REPLICAOF", "NO", "ONE")
                node.call("CONFIG", "SET", "appendonly", "yes")
            replica.follow(primary)
            alike(primary, replica)
            until(lambda: replica.info("persistence")["aof_rewrite_in_progress"] == "0", "the file is begun", replica)
            client = primary.client()
            client.call("SET", "key", 3)
            check(client.call("WAITAOF", 1, 1, 10000), [1, 1], "both disks")
            client.call("SET", "key", 4)
            check(client.call("WAITAOF", 0, 2, 10)[1] < 2, True, "more disks than there are")
            check(client.call("WAITAOF", 1, 1, 10000), [1, 1], "both disks, later")
            replica.call("CONFIG", "SET", "appendonly", "no")
            client.call("SET", "key", 5)
            check(client.call("WAITAOF", 1, 1, 2500), [1, 0], "a replica without a file")
            check(refused(replica, "WAITAOF", 0, 0, 0)[:11], "ERR WAITAOF", "WAITAOF at a replica")
            client.close()


def refuses(binary, random):
    """What goredis has no type for ends the transfer; the replica tries again.

    Redis sends it, and the replica's log names the key. Valkey does not send it to replicas that are no newer ones, and
    says so in its own log.
    """
    primary, replica = peer(binary), goredis("--repl-diskless-load", "swapdb")
    with servers(primary, replica):
        primary.call("HSET", "brief", "field", 1, "other", 2)
        primary.call("HEXPIRE", "brief", 1000, "FIELDS", 1, "field")
        replica.call("SET", "old", "data")
        replica.follow(primary)
        named = "fields with a time to live are not supported"
        until(lambda: any(named in line and "'brief'" in line for line in replica.log().split("\n"))
              or "Can't store key" in primary.log() and "connection lost" in replica.log(),
              "a log says what cannot be sent", replica)
        check(replica.call("GET", "old"), b"data", "the data set of before")
        check(replica.info()["master_link_status"], "down", "the link")
        primary.call("DEL", "brief")
        linked(replica)
        check(replica.call("EXISTS", "old"), 0, "the data set of before")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--only", action="append", help="names of scenarios")
    options = parser.parse_args()
    random = seeded(options.seed)
    missing = [found for found in PEERS.values() if not os.access(found.path, os.X_OK)]
    for found in PEERS.values():
        if found in missing:
            print(f"skipped: {found.name} {found.version} is not in the cache (Benchmarks/peers fetches it)")
            continue
        for test in (follows, is_followed, waits_for_disks, refuses):
            if options.only and test.__name__ not in options.only:
                continue
            began = time.time()
            test(found.path, random)
            print(f"{found.name} {found.version}: {test.__name__}: well, {time.time() - began:.1f} s", flush=True)
    sys.exit(77 if len(missing) == len(PEERS) else 0)


if __name__ == "__main__":
    main()
