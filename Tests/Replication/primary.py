"""goredis as the primary of redis-server: transfers of both kinds, the stream, WAIT, partial resynchronisation."""

import random
import socket
import subprocess
import sys
import threading
import time

from pair import Refused, caught_up, check, goredis, linked, redis, refused, servers, until


def fill(node, keys=3000):
    client = node.client()
    for index in range(keys):
        client.send(
            ["SET", f"string:{index}", "v" * (index % 200)], ["RPUSH", f"list:{index % 100}", index],
            ["HSET", f"hash:{index % 50}", index, "x" * 50], ["SADD", f"set:{index % 20}", index],
            ["ZADD", f"zset:{index % 20}", index / 3, f"m{index}"], ["XADD", f"stream:{index % 5}", "*", "f", index])
        for _ in range(6):
            client.read_any()
    client.call("SELECT", 3)
    client.call("SET", "elsewhere", "1")
    client.call("PEXPIRE", "elsewhere", 10_000_000)
    client.close()


def write(node, seconds, database=0):
    """Writes of all kinds for a while; how many there were."""
    client, count, end = node.client(), 0, time.time() + seconds
    client.call("SELECT", database)
    rng = random.Random(7)
    while time.time() < end:
        key = rng.randrange(50)
        client.send(
            ["INCR", f"counter:{key}"], ["LPUSH", f"l:{key}", key], ["SPOP", f"s:{key}"],
            ["SADD", f"s:{key}", rng.random(), rng.random()], ["SET", f"e:{key}", "1", "PX", 20], ["MULTI"],
            ["INCR", "a"], ["HINCRBYFLOAT", "h", "f", "1.5"], ["EXEC"], ["EVAL", "redis.call('incr','x')", 0])
        for _ in range(10):
            client.read_any()
        count += 1
    client.close()
    return count


def transfers():
    for options in [("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"), ("--repl-diskless-sync", "no")]:
        primary, first, second = goredis(*options), redis(), redis()
        with servers(primary, first, second):
            fill(primary)
            writer = threading.Thread(target=write, args=(primary, 2))
            writer.start()
            first.follow(primary)
            second.follow(primary)
            writer.join()
            time.sleep(0.1)
            caught_up(primary, first, second)
            check(primary.info()["connected_slaves"], "2", "replicas")
            check(primary.info()["slave0"].split(",")[2], "state=online", "the state of a replica")
            check(primary.call("ROLE")[0], b"master", "ROLE")
            check(int(primary.info("stats")["sync_full"]) >= 2, True, "full transfers")


def wait():
    primary, replica = goredis("--repl-diskless-sync-delay", "0"), redis()
    with servers(primary, replica):
        check(primary.call("WAIT", 1, 50), 0, "WAIT without replicas")
        replica.follow(primary)
        linked(replica)
        client = primary.client()
        client.call("SET", "a", "1")
        check(client.call("WAIT", 1, 5000), 1, "WAIT for the replica")
        check(replica.call("GET", "a"), b"1", "what was waited for")
        start = time.time()
        check(client.call("WAIT", 2, 200), 1, "WAIT for more replicas than there are")
        # Time is counted in whole milliseconds.
        check(time.time() - start >= 0.199, True, "the time of WAIT")
        check(refused(replica, "WAIT", 0, 0)[:9], "ERR WAIT ", "WAIT at a replica")
        primary.call("CONFIG", "SET", "min-replicas-to-write", 2)
        check(refused(primary, "SET", "a", 2), "NOREPLICAS Not enough good replicas to write.", "too few replicas")
        primary.call("CONFIG", "SET", "min-replicas-to-write", 1)
        check(primary.call("SET", "a", 3), b"OK", "a write with enough replicas")


def resynchronise():
    primary, replica = goredis("--repl-diskless-sync-delay", "0", "--repl-backlog-size", "10mb"), redis()
    with servers(primary, replica):
        fill(primary, 200)
        replica.follow(primary)
        linked(replica)
        for _ in range(3):
            primary.call("CLIENT", "KILL", "TYPE", "replica")
            write(primary, 0.3, database=2)
            caught_up(primary, replica)
        check(primary.info("stats")["sync_full"], "1", "full transfers")
        check(primary.info("stats")["sync_partial_ok"], "3", "partial resynchronisations")
        check(primary.info()["repl_backlog_size"], str(10 << 20), "the backlog's size, as given at start")
        primary.call("CONFIG", "RESETSTAT")
        check(primary.info("stats")["sync_partial_ok"], "0", "partial resynchronisations after RESETSTAT")
        # Beyond what is kept.
        primary.call("CONFIG", "SET", "repl-backlog-size", 1024)
        replica.call("REPLICAOF", "NO", "ONE")
        write(primary, 0.5)
        replica.follow(primary)
        until(lambda: primary.info("stats")["sync_full"] == "1", "a full transfer", replica)
        caught_up(primary, replica)


def saves_amid_transfer():
    """A transfer that a slow replica holds up is in the way of nobody: SAVE says so, FLUSHALL and a shutdown end it."""
    primary = goredis("--repl-diskless-sync-delay", "0", "--save", "3600 100000", "--rdbcompression", "no")
    with servers(primary):
        for end in (["FLUSHALL"], ["SHUTDOWN", "SAVE", "NOW"]):
            for n in range(60):
                primary.call("SET", f"key:{n}", bytes(1 << 20))
            slow = socket.create_connection(("127.0.0.1", primary.port))
            slow.sendall(b"REPLCONF capa eof\r\n")
            check(slow.recv(5), b"+OK\r\n", "what the replica says of itself")
            slow.sendall(b"PSYNC ? -1\r\n")
            until(lambda: primary.info("persistence")["rdb_bgsave_in_progress"] == "1", "a transfer", primary)
            time.sleep(0.3)
            check(refused(primary, "SAVE"), "ERR Background save already in progress", "SAVE amid a transfer")
            client = primary.client()
            client.send(end)
            if end[0] == "FLUSHALL":
                check(client.read(), b"OK", "FLUSHALL amid a transfer")
                until(lambda: primary.info("persistence")["rdb_bgsave_in_progress"] == "0", "its end", primary)
            else:
                primary.process.wait(20)
            client.close()
            slow.close()


def tools():
    primary = goredis("--repl-diskless-sync-delay", "0")
    with servers(primary):
        fill(primary, 500)
        path = f"{primary.directory}/copy.rdb"
        ended = subprocess.run(
            ["redis-cli", "-p", str(primary.port), "--rdb", path], capture_output=True, timeout=30, check=False)
        check(ended.returncode, 0, f"redis-cli --rdb {ended.stderr}")
        found = subprocess.run(["redis-check-rdb", path], capture_output=True, timeout=30, check=False)
        check(found.returncode, 0, f"redis-check-rdb {found.stdout}")
        with subprocess.Popen(["redis-cli", "-p", str(primary.port), "--replica"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as watching:
            until(lambda: "slave0" in primary.info() and "state=online" in primary.info()["slave0"], "it is a replica")
            primary.call("SET", "seen", "1")
            line = b""
            end = time.time() + 10
            while b"seen" not in line and time.time() < end:
                line = watching.stdout.readline()
            watching.kill()
        check(b"seen" in line, True, "what redis-cli --replica shows")


def hostile():
    """Replicas that say what they like: nobody else pays for it."""
    primary = goredis("--repl-diskless-sync-delay", "0", "--repl-timeout", "2", "--client-output-buffer-limit",
                      "replica 1mb 0 0")
    with servers(primary):
        fill(primary, 500)
        silent = socket.create_connection(("127.0.0.1", primary.port))
        silent.sendall(b"REPLCONF capa eof\r\nPSYNC ? -1\r\n")
        for offset in ["-1", "9223372036854775807", "-9223372036854775808", "1", "0"]:
            client = primary.client()
            client.send(["PSYNC", primary.info()["master_replid"], offset])
            try:
                client.read_any()
            except (OSError, ConnectionError, ValueError):
                pass
            client.close()
        client = primary.client()
        for words in [["REPLCONF", "capa"], ["REPLCONF", "listening-port", "x"], ["REPLCONF", "nonsense", "1"],
                      ["PSYNC", "?", "x"], ["REPLCONF", "rdb-filter-only", '"'], ["REPLCONF", "rdb-only", "2"]]:
            try:
                check(client.call(*words), None, f"the reply to {words}")
            except Refused:
                pass
        client.send(["REPLCONF", "ACK", "5"], ["PING"])
        check(client.read(), b"PONG", "no reply to an acknowledgement")
        client.close()
        # One that reads nothing is closed for what piles up, and one that sends commands for its replies.
        rude = socket.create_connection(("127.0.0.1", primary.port))
        rude.sendall(b"SYNC\r\n")
        until(lambda: "state=online" in str(primary.info()), "a replica is online", primary)
        rude.sendall(b"GET a\r\n")
        until(lambda: primary.count_in_log("Replica generated a reply to command 'get', disconnecting it"),
              "a replica that sends commands is closed", primary)
        check(primary.info("stats")["unexpected_error_replies"], "1", "errors that a replica was about to be sent")
        writer = primary.client()
        for index in range(40):
            writer.call("SET", "large", str(index) * 200_000)
        until(lambda: primary.info()["connected_slaves"] == "0", "such replicas are closed", primary)
        check(primary.call("PING"), b"PONG", "the server lives")
        for connection in (silent, rude):
            connection.close()


def main():
    for test in (transfers, wait, resynchronise, saves_amid_transfer, tools, hostile):
        start = time.time()
        test()
        print(f"{test.__name__}: passed in {time.time() - start:.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
