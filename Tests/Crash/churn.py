#!/usr/bin/env python3
"""Keeps every helper thread busy while clients change the data set, then empties the server and shuts it down.

Meant for servers that a sanitizer watches (Tests/sanitize): a race or a wrong access ends the server, and after the
last FLUSHALL whatever is still allocated and out of reach is a leak, which AddressSanitizer reports at the exit. The
server must end with status 0.

The clients change keys and collections of sixty thousand elements, free them here and on the disposal thread, wait in
BLPOP, subscribe, run transactions, watch with MONITOR and get disconnected. Meanwhile the append-only file is written
under all three policies of synchronization and rewritten again and again.
"""

import argparse
import os
import random
import shutil
import sys
import threading
import time

from rewrite import change, fill
from server import Client, Refused, Server, seeded

CHANGERS = 3


def ask(client, *words):
    """The reply, or the error as text."""
    try:
        return client.call(*words)
    except Refused as error:
        return str(error)


class Churn:
    """The clients of one server; each is a thread with a generator of its own."""

    def __init__(self, server, seconds, chance):
        self.server = server
        self.end = time.time() + seconds
        self.failures = []
        self.commands = 0
        roles = [self.changer] * CHANGERS + [self.administrator, self.waiter, self.listener, self.visitor]
        self.threads = [threading.Thread(target=self.play, args=(role, random.Random(chance.random())))
                        for role in roles]

    def run(self):
        for thread in self.threads:
            thread.start()
        for thread in self.threads:
            thread.join()

    def play(self, role, chance):
        try:
            role(chance)
        except Exception as error:  # whatever it is, in a thread nobody else would see it
            self.failures.append(f"{role.__name__}: {error!r}")

    def going(self):
        return time.time() < self.end and not self.failures

    def changer(self, chance):
        client = self.server.client()
        while self.going():
            batch = [change(chance, True) for _ in range(chance.choice([1, 5, 50]))]
            if chance.random() < 0.1:
                batch = [("MULTI",), *batch, ("EXEC",)]
            client.send(*batch)
            for _ in batch:
                client.read_any()
            self.commands += len(batch)
            if chance.random() < 0.002:
                try:
                    fill(client)
                except Refused:
                    # For want of memory; replies are left unread.
                    client.close()
                    client = self.server.client()

    def administrator(self, chance):
        """Rewrites without end, and other modes of freeing, evicting and writing."""
        client = self.server.client()
        frees = [f"lazyfree-lazy-{what}" for what in ("expire", "eviction", "server-del", "user-del", "user-flush")]
        while self.going():
            action = chance.randrange(6)
            if action == 0:
                ask(client, "CONFIG", "SET", chance.choice(frees), chance.choice(["yes", "no"]))
            elif action == 1:
                ask(client, "CONFIG", "SET", "appendfsync", chance.choice(["always", "everysec", "everysec", "no"]))
            elif action == 2:
                ask(client, "CONFIG", "SET", "maxmemory", chance.choice([0, "6mb"]),
                    "maxmemory-policy", chance.choice(["allkeys-lru", "allkeys-lfu", "volatile-ttl", "allkeys-random"]))
            elif action == 3:
                ask(client, "CONFIG", "SET", "appendonly", chance.choice(["yes", "yes", "no"]))
            elif action == 4:
                ask(client, "UNLINK", "big1", "big2", "biglist")
                ask(client, "DEBUG", "POPULATE", 5000, "populated", 100)
            ask(client, "BGREWRITEAOF")
            for section in ("everything", "commandstats", "keysizes"):
                ask(client, "INFO", section)
            time.sleep(chance.random() / 10)

    def waiter(self, chance):
        """Blocks, mostly until the time is over."""
        client = self.server.client()
        while self.going():
            ask(client, chance.choice(["BLPOP", "BRPOP"]), "biglist", "none", chance.choice([0.01, 0.1]))
            ask(client, "BLMOVE", "none", "biglist", "LEFT", "LEFT", 0.01)

    def listener(self, chance):
        """Subscriptions and a monitor of every command, dropped without a farewell."""
        while self.going():
            listener, monitor, talker = (self.server.client() for _ in range(3))
            listener.send(("SUBSCRIBE", "news", "weather"), ("PSUBSCRIBE", "n*"))
            for _ in range(3):
                listener.read()
            monitor.send(("MONITOR",))
            for _ in range(100):
                ask(talker, "PUBLISH", "news", "x" * chance.randrange(20_000))
            for client in (listener, monitor, talker):
                client.close()

    def visitor(self, chance):
        """Comes, leaves requests unfinished, and is killed."""
        host = self.server.client()
        while self.going():
            client = Client(self.server.port)
            client.socket.sendall(b"*3\r\n$3\r\nSET\r\n$10\r\nunfinished\r\n$100000\r\n")
            client.socket.sendall(b"x" * chance.randrange(99_999))
            if chance.random() < 0.5:
                ask(host, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes", "ADDR",
                    "127.0.0.1:%d" % client.socket.getsockname()[1])
            client.close()
            for words in (("SCAN", 0, "COUNT", 1000), ("HSCAN", "big1", 0, "COUNT", 100), ("SLOWLOG", "GET"),
                          ("CLIENT", "LIST"), ("MEMORY", "USAGE", "big2"), ("DEBUG", "DIGEST"), ("KEYS", "small:1*"),
                          ("LRANGE", "biglist", 0, 2000), ("HGETALL", "big1"), ("OBJECT", "ENCODING", "biglist")):
                ask(host, *words)


def empty(server):
    """Takes the last key away and waits until the helper threads have freed everything."""
    client = server.client()
    ask(client, "CONFIG", "SET", "maxmemory", 0)
    client.call("FLUSHALL", "SYNC")
    end = time.time() + 60
    while time.time() < end:
        info = client.call("INFO", "everything").decode()
        if "\nlazyfree_pending_objects:0" in info and "aof_rewrite_in_progress:0" in info:
            return
        time.sleep(0.05)
    sys.exit(f"the helper threads do not come to an end:\n{info}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    chance = seeded(options.seed)
    server = Server("--appendonly", "yes", "--auto-aof-rewrite-percentage", "0", "--snapshot-time-slice", "100",
                    "--snapshot-cpu-share", "5", "--save", "")
    server.start()
    try:
        fill(server.client())
        churn = Churn(server, options.seconds, chance)
        churn.run()
        if not churn.failures:
            empty(server)
    finally:
        server.stop()
    status = server.process.returncode
    if churn.failures or status != 0:
        sys.exit("\n".join([*churn.failures, f"the server ended with status {status}; its log, {server.directory}/log:",
                            server.log()[-6000:]]))
    rewrites = server.log().count("Background AOF rewrite finished successfully")
    shutil.rmtree(server.directory, ignore_errors=True)
    print(f"{churn.commands} changes, {rewrites} rewrites, then an empty server that ended with status 0, "
          f"{os.path.basename(server.binary)}")


if __name__ == "__main__":
    main()
