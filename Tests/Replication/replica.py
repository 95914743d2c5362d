#!/usr/bin/env python3
"""goredis as a replica of redis-server: transfers, the stream, links that break, restarts, and what a replica is."""

import argparse
import sys
import time

from pair import Node, caught_up, check, goredis, linked, redis, refused, servers, until
from server import seeded


def fill(node, keys=200):
    """Values of every type, in several databases, some with a time to live."""
    client = node.client()
    for database in (0, 3, 9):
        client.call("SELECT", database)
        for n in range(keys):
            client.call("SET", f"string:{n}", f"{n}" if n % 2 else "x" * n)
            client.call("HSET", f"hash:{n % 20}", f"field:{n}", n)
            client.call("RPUSH", f"list:{n % 20}", n, "y" * (n % 90))
            client.call("SADD", f"set:{n % 20}", n, f"member:{n}")
            client.call("ZADD", f"zset:{n % 20}", n / 7, f"member:{n}")
            client.call("XADD", f"stream:{n % 10}", "*", "n", n)
        client.call("EXPIRE", "string:1", 1000)
    client.close()


def write(node, random, count):
    """Writes of many kinds, among them transactions, scripts and large values."""
    client = node.client()
    for n in range(count):
        key = f"key:{random.randrange(50)}"
        kind = random.randrange(12)
        if kind == 0:
            client.call("SELECT", random.choice([0, 3, 9]))
        elif kind == 1:
            other = random.choice([0, 3])
            client.send(["MULTI"], ["INCR", "counter"], ["SELECT", other], ["INCR", "counter"], ["EXEC"])
            for _ in range(5):
                client.read_any()
        elif kind == 2:
            client.call("EVAL", "redis.call('INCR', KEYS[1]) redis.call('LPUSH', KEYS[2], ARGV[1])", 2, "counter",
                        f"pushed:{n % 7}", n)
        elif kind == 3:
            client.call("SET", f"large:{n % 5}", bytes([65 + n % 26]) * random.randrange(20_000, 300_000))
        elif kind == 4:
            client.call("SET", f"short:{n % 9}", n, "PX", random.choice([1, 50, 100_000]))
        elif kind == 5:
            client.call("DEL", f"string:{random.randrange(200)}")
        elif kind == 6:
            client.call("SPOP", f"set:{n % 20}")
        elif kind == 7:
            client.call("XADD", f"stream:{n % 10}", "MAXLEN", "~", 100, "*", "n", n)
        elif kind == 8:
            client.call("INCRBYFLOAT", "float", "0.1")
        else:
            client.call("HINCRBY", f"counts:{n % 5}", key, 1)
    client.close()


def follows(random):
    """The data set comes over in each form, and then the stream."""
    for diskless_sync in ("yes", "no"):
        for diskless_load in ("disabled", "on-empty-db", "swapdb"):
            primary = redis("--repl-diskless-sync", diskless_sync)
            replica = goredis("--repl-diskless-load", diskless_load)
            with servers(primary, replica):
                fill(primary)
                replica.call("SET", "gone", "with the transfer")
                replica.follow(primary)
                caught_up(primary, replica)
                write(primary, random, 300)
                caught_up(primary, replica)
                check(primary.info()["slave0"].split(",")[2], "state=online", "the replica's state")
                check(primary.call("WAIT", 1, 5000), 1, "replicas that acknowledged")
                check(replica.info("errorstats"), {}, "errors of the replica")


def resumes(random):
    """Broken links go on where they were, also amid transactions; so does a replica that was restarted."""
    primary, replica = redis("--repl-backlog-size", "64mb"), goredis()
    with servers(primary, replica):
        fill(primary, 20)
        replica.follow(primary)
        caught_up(primary, replica)
        for round in range(8):
            write(primary, random, 40)
            if round % 2:
                primary.call("CLIENT", "KILL", "TYPE", "replica")
            else:
                replica.call("CLIENT", "KILL", "TYPE", "master")
            write(primary, random, 40)
            caught_up(primary, replica)
        info = primary.info("stats")
        check(info["sync_full"], "1", "full transfers")
        if int(info["sync_partial_ok"]) < 8:
            sys.exit(f"links that were gone on with: {info['sync_partial_ok']}")

        replica.call("CONFIG", "SET", "save", "3600 1")
        replica.options += ["--replicaof", f"127.0.0.1 {primary.port}"]
        replica.stop()
        write(primary, random, 100)
        replica.start()
        caught_up(primary, replica)
        check(primary.info("stats")["sync_full"], "1", "full transfers after the replica's restart")

        # Promoted, it has a stream of its own: back at its primary it starts anew.
        replica.call("REPLICAOF", "NO", "ONE")
        check(replica.info()["role"], "master", "the role")
        replica.call("SET", "own", 1)
        replica.follow(primary)
        caught_up(primary, replica)
        check(primary.info("stats")["sync_full"], "2", "full transfers after a promotion")


def stays_what_it_is(random):
    """Writes are refused, old data is served or not, expired keys stay until the primary removes them."""
    primary, replica = redis(), goredis()
    with servers(primary, replica):
        primary.call("SET", "key", "value")
        replica.follow(primary)
        caught_up(primary, replica)
        read_only = "READONLY You can't write against a read only replica."
        check(refused(replica, "SET", "key", 1), read_only, "a write")
        check(refused(replica, "EVAL", "return redis.call('SET', 'a', 1)", 0)[:8], "READONLY", "a write of a script")
        check(replica.call("ROLE")[:4], [b"slave", b"127.0.0.1", primary.port, b"connected"], "ROLE")
        check(replica.call("GET", "key"), b"value", "a read")

        primary.call("DEBUG", "SET-ACTIVE-EXPIRE", "0")
        primary.call("SET", "short", 1, "PX", 30)
        caught_up(primary, replica)
        until(lambda: replica.call("GET", "short") is None, "the key is past its time")
        check(replica.call("EXISTS", "short"), 0, "EXISTS of an expired key")
        check(replica.call("DBSIZE"), 2, "keys, an expired one included")
        primary.call("GET", "short")
        until(lambda: replica.call("DBSIZE") == 1, "the primary's removal", replica)

        replica.call("CONFIG", "SET", "replica-read-only", "no")
        replica.call("SET", "own", 1)
        check(replica.offset(), primary.offset(), "the offset, whatever the replica writes itself")
        replica.call("DEL", "own")
        replica.call("CONFIG", "SET", "replica-read-only", "yes")

        primary.call("SET", "text", "a")
        replica.call("CONFIG", "SET", "maxmemory", "1", "maxmemory-policy", "allkeys-lru")
        primary.call("SET", "more", "b")
        caught_up(primary, replica)
        replica.call("CONFIG", "SET", "maxmemory", "0")

        replica.call("CONFIG", "SET", "replica-serve-stale-data", "no")
        check(replica.call("GET", "key"), b"value", "a read while the link is up")
        primary.kill()
        stale = "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'."
        until(lambda: refused(replica, "GET", "key") == stale, "old data is refused", replica)
        replica.call("CONFIG", "SET", "replica-serve-stale-data", "yes")
        check(replica.call("GET", "key"), b"value", "a read of old data")


def keeps_files(random):
    """With an append-only file a replica has after a crash what it had of its primary."""
    primary = redis()
    replica = Node("--appendonly", "yes", "--appendfsync", "always")
    with servers(primary, replica):
        fill(primary, 50)
        replica.follow(primary)
        caught_up(primary, replica)
        write(primary, random, 200)
        caught_up(primary, replica)
        until(lambda: replica.info("persistence")["aof_rewrite_in_progress"] == "0", "the file is rewritten", replica)
        digest = replica.call("DEBUG", "DIGEST")
        replica.kill()
        replica.start()
        primary_has_moved_on = primary.call("DEBUG", "DIGEST") != digest
        if not primary_has_moved_on:
            check(replica.call("DEBUG", "DIGEST"), digest, "what the append-only file brings back")


def passes_on(random):
    """A replica has replicas, which go on with it when it takes its primary's place."""
    # Nothing is to come of its own accord into the stream of a primary that is replaced.
    primary = redis("--repl-ping-replica-period", "3600", "--repl-backlog-size", "64mb")
    middle, ours, theirs = goredis("--repl-backlog-size", "64mb"), goredis(), redis()
    with servers(primary, middle, ours, theirs):
        fill(primary, 20)
        middle.follow(primary)
        caught_up(primary, middle)
        for leaf in (ours, theirs):
            leaf.follow(middle)
        caught_up(middle, ours, theirs)
        write(primary, random, 100)
        caught_up(primary, middle)
        caught_up(middle, ours, theirs)
        for node in (middle, ours, theirs):
            check(node.info()["master_replid"], primary.info()["master_replid"], "the stream's name")
        primary.call("CLIENT", "KILL", "TYPE", "replica")
        write(primary, random, 50)
        caught_up(primary, middle)
        caught_up(middle, ours, theirs)

        # It takes the place of its primary, which becomes its replica.
        primary.call("DEBUG", "SET-ACTIVE-EXPIRE", "0")
        caught_up(primary, middle)
        middle.call("REPLICAOF", "NO", "ONE")
        write(middle, random, 50)
        caught_up(middle, ours, theirs)
        primary.follow(middle)
        caught_up(middle, primary)
        info = middle.info("stats")
        check(info["sync_full"], "2", "full transfers: of the two that came first")
        if int(info["sync_partial_ok"]) < 3:
            sys.exit(f"links that were gone on with: {info['sync_partial_ok']}")
        write(middle, random, 50)
        caught_up(middle, primary, ours, theirs)


def serves_meanwhile(random):
    """With swapdb the old data is served while the same stream's data set is loaded, and stays if that breaks."""
    primary = redis("--repl-backlog-size", "16384")
    replica = goredis("--repl-diskless-load", "swapdb")
    with servers(primary, replica):
        primary.call("FUNCTION", "LOAD", "#!lua name=old\nredis.register_function('f', function() return 1 end)")
        for n in range(12):
            primary.call("SET", f"key:{n}", random.randbytes(512 << 10))
        replica.follow(primary)
        caught_up(primary, replica)
        replica.call("CONFIG", "SET", "key-load-delay", "100000")
        library = "#!lua name=old\nredis.register_function('g', function() return 2 end)"
        primary.call("FUNCTION", "LOAD", "REPLACE", library)
        client = primary.client()
        client.call("MULTI")
        client.call("CLIENT", "KILL", "TYPE", "replica")
        client.call("DEL", "key:3")
        for n in range(100):
            client.call("SET", "new", bytes(1000))
        client.call("EXEC")
        client.close()
        # Clients are served now and then: what belongs together is asked at once.
        client = replica.client()
        seen = []

        def is_loading_beside():
            client.send(["INFO", "persistence"], ["EXISTS", "key:3"], ["SAVE"])
            seen[:] = [client.read_any() for _ in range(3)]
            return b"async_loading:1" in seen[0]

        until(is_loading_beside, "it loads beside", replica)
        check(seen[1], 1, "a key of the old data set")
        check(str(seen[2]), "LOADING Redis is loading the dataset in memory", "a save meanwhile")
        client.close()
        replica.call("CONFIG", "SET", "key-load-delay", "0")
        caught_up(primary, replica)
        check(replica.call("FUNCTION", "LIST"), primary.call("FUNCTION", "LIST"), "functions")
        check(replica.info("persistence")["async_loading"], "0", "async_loading")


def loads_as_it_comes(random):
    """What a slow primary sends is loaded while it comes: clients wait meanwhile. A link that breaks then leaves the
    old data set, or none where there was none."""
    for load in ("on-empty-db", "swapdb"):
        primary = redis("--rdb-key-save-delay", "3000", "--rdbcompression", "no")
        replica = goredis("--repl-diskless-load", load)
        with servers(primary, replica):
            for n in range(400):
                primary.call("SET", f"key:{n}", random.randbytes(40_000))
            if load == "swapdb":
                replica.call("SET", "old", "data")
            replica.follow(primary)
            loading = "LOADING Redis is loading the dataset in memory"
            until(lambda: refused(replica, "GET", "old") == loading, "clients are told to wait", replica)
            client = replica.client()
            client.send(["INFO", "persistence"], ["INFO", "replication"])
            persistence, replication = client.read(), client.read()
            client.close()
            for text, field in ((persistence, b"\r\nloading:1\r\n"), (persistence, b"async_loading:0"),
                                (replication, b"master_sync_in_progress:1"), (replication, b"link_status:down")):
                if field not in text:
                    sys.exit(f"{field} is missing while a data set arrives: {text}")
            check(primary.info("persistence")["rdb_bgsave_in_progress"], "1", "whether the primary still sends")
            primary.call("CONFIG", "SET", "repl-diskless-sync-delay", "3")
            primary.call("CLIENT", "KILL", "TYPE", "replica")
            until(lambda: "connection lost" in replica.log(), "the load ends", replica)
            found = [None if load == "on-empty-db" else b"data", 0 if load == "on-empty-db" else 1]
            check([replica.call("GET", "old"), replica.call("DBSIZE")], found, "what is there then")
            primary.call("CONFIG", "SET", "rdb-key-save-delay", "0", "repl-diskless-sync-delay", "0")
            caught_up(primary, replica)


def removes_its_own(random):
    """A writable replica removes what its own clients gave a time to live."""
    primary, replica = redis(), goredis("--replica-read-only", "no")
    with servers(primary, replica):
        primary.call("DEBUG", "SET-ACTIVE-EXPIRE", "0")
        primary.call("SET", "theirs", 1, "PX", 1)
        replica.follow(primary)
        caught_up(primary, replica)
        replica.call("SET", "own", 1, "PX", 50)
        replica.call("SELECT", 0)
        check(replica.info("stats")["slave_expires_tracked_keys"], "1", "keys that it knows")
        until(lambda: replica.info("stats")["slave_expires_tracked_keys"] == "0", "the key is forgotten", replica)
        check(replica.call("DBSIZE"), 1, "keys: its own has gone, the primary's stays")


def asks_without_offset(random):
    """A primary that has no PSYNC is asked with SYNC. It sends the stream behind a file, and behind a data set without
    one once it has heard that this was loaded."""
    for make in (redis, goredis):
        for diskless in ("yes", "no"):
            primary = make("--rename-command", "PSYNC", "", "--repl-diskless-sync", diskless, "--shutdown-timeout", "0",
                           "--repl-diskless-sync-delay", "0")
            replica = goredis()
            with servers(primary, replica):
                primary.call("SET", "before", 1)
                replica.follow(primary)
                until(lambda: "Retrying with SYNC" in replica.log(), "it asks with SYNC", replica)
                linked(replica)
                primary.call("SET", "behind", 1)
                until(lambda: replica.call("EXISTS", "before", "behind") == 2, "the stream comes", replica)


SCENARIOS = [
    follows, resumes, stays_what_it_is, keeps_files, passes_on, serves_meanwhile, loads_as_it_comes,
    removes_its_own, asks_without_offset,
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--only", action="append", help="names of scenarios")
    options = parser.parse_args()
    random = seeded(options.seed)
    for scenario in SCENARIOS:
        if options.only and scenario.__name__ not in options.only:
            continue
        start = time.time()
        scenario(random)
        print(f"{scenario.__name__}: well, {time.time() - start:.1f} s", flush=True)


if __name__ == "__main__":
    main()
