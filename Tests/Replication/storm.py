#!/usr/bin/env python3
"""A storm: a primary and three replicas, goredis and redis-server, one of them chained, under writes of all types.

In each round links are cut at random, and servers are killed and started again, or a replica takes the place of the
primary. Then it is calm: once all have the same offset they must have the same data, and a replica that was promoted
must have what it has of each writer's steps as a whole prefix, with nothing missing that WAIT 1 acknowledged.
"""

import argparse
import collections
import contextlib
import random
import sys
import threading
import time

from pair import Refused, digest, goredis, redis, servers, until
from proxy import Proxy

from model import Model, recovered, stored
from server import Client, seeded

WRITERS = 3
# What a writer may hear when its server becomes a replica, or loads.
DEMOTED = ("READONLY", "LOADING", "MASTERDOWN", "UNBLOCKED", "EXECABORT", "NOREPLICAS")
CUTS, REPLICA_DIES, PRIMARY_DIES, PROMOTION = PLOTS = [
    "cuts", "a replica is killed", "the primary is killed", "a replica is promoted"]


class Writer(threading.Thread):
    """Runs the steps of a model, and asks now and then whether a replica has them."""

    def __init__(self, model, port, seed):
        super().__init__(daemon=True)
        self.model, self.port = model, port
        self.chance = random.Random(seed)
        self.sent = self.safe = model.steps
        self.is_over = False
        self.refusal = None

    def run(self):
        try:
            client = Client(self.port)
            while not self.is_over:
                self.step(client)
            client.close()
        except Refused as error:
            if not str(error).startswith(DEMOTED):
                self.refusal = error
        except (OSError, ConnectionError):
            pass

    def step(self, client):
        commands, effect = self.model.next()
        self.sent = self.model.steps + 1
        client.carry_out(commands)
        self.model.apply(effect)
        if self.chance.random() < 0.2 and client.call("WAIT", 1, 100) >= 1:
            self.safe = self.model.steps


class Noise(threading.Thread):
    """Writes at random what no model knows: scripts, transactions, other databases, everything that moves keys."""

    def __init__(self, port, seed):
        super().__init__(daemon=True)
        self.port = port
        self.chance = random.Random(seed)
        self.is_over = False

    def run(self):
        with contextlib.suppress(OSError, ConnectionError):
            client = Client(self.port)
            while not self.is_over:
                client.send(*self.commands())
                # How many replies come is not known where one of them is an error of MULTI: the last one tells.
                mark = str(self.chance.random())
                client.send(("ECHO", mark))
                while client.read_any() != mark.encode():
                    pass
            client.close()

    def commands(self):
        chance = self.chance
        key, other, n = f"n{chance.randrange(30)}", f"n{chance.randrange(30)}", chance.randrange(1000)
        library = f"#!lua name=noise\nredis.register_function('f', function() return {n} end)"
        script = "redis.call('SET', KEYS[1], ARGV[1]) redis.call('INCR', KEYS[2]) redis.call('SPOP', KEYS[3])"
        single = [
            ("SETBIT", key, n, 1), ("PFADD", key, n, n + 1), ("GEOADD", key, n / 10, n / 20, f"m{n}"),
            ("RENAME", key, other), ("COPY", key, other, "REPLACE"), ("MOVE", key, 4), ("SWAPDB", 4, 5),
            ("SPOP", key, 2), ("SADD", key, *range(n % 20 + 1)), ("SET", key, n, "PX", n + 1),
            ("GETEX", key, "EX", 100), ("PEXPIRE", key, n), ("INCRBYFLOAT", key, "0.1"), ("DEL", key, other),
            ("HINCRBYFLOAT", key, "f", "0.1"), ("LPUSH", key, n, "x" * n), ("LMOVE", key, other, "LEFT", "RIGHT"),
            ("XADD", key, "MAXLEN", "~", 50, "*", "f", n), ("XTRIM", key, "MAXLEN", 5), ("BLPOP", key, "0.001"),
            ("BZPOPMIN", key, other, "0.001"), ("SUNIONSTORE", key, other, "n1"), ("UNLINK", key), ("ZPOPMIN", key),
            ("ZUNIONSTORE", key, 2, other, "n2"), ("SORT", other, "BY", "nosort", "STORE", key),
            ("BITFIELD", key, "SET", "u8", n, n % 256), ("SETRANGE", key, n, "y" * n), ("SET", key, "z" * (n * 100)),
            ("PUBLISH", "news", n), ("FUNCTION", "LOAD", "REPLACE", library),
            ("EVAL", script, 3, key, "count", other, n),
        ]
        kind = chance.randrange(20)
        if kind == 0:
            return [("SELECT", chance.choice([0, 3, 4]))]
        if kind == 1 and chance.random() < 0.2:
            return [("SELECT", 3), ("FLUSHDB",)]
        if kind == 2:
            return [("MULTI",), chance.choice(single), ("SELECT", 3), chance.choice(single), ("EXEC",)]
        return [chance.choice(single)]


class Storm:
    """The servers and who follows whom."""

    def __init__(self, options):
        self.options = options
        self.chance = seeded(options.seed)
        wait = ("--repl-diskless-sync-delay", "0", "--repl-timeout", "20")
        self.nodes = [goredis(*wait), goredis(*wait), redis(*wait, "--appendonly", "no"), goredis(*wait)]
        if options.mixed == "redis":
            self.nodes[3] = redis(*wait, "--appendonly", "no")
        self.kinds = ["goredis", "goredis", "redis-server", "redis-server" if options.mixed == "redis" else "goredis"]
        self.proxies = {node: Proxy() for node in self.nodes}
        self.primary = self.nodes[0]
        self.parents = {}
        self.counts = collections.Counter()

    def name(self, node):
        return f"{self.kinds[self.nodes.index(node)]} {self.nodes.index(node)}"

    @property
    def replicas(self):
        return [node for node in self.nodes if node is not self.primary]

    def arrange(self):
        """Everyone follows the primary, one of them by way of another."""
        leaf, *others = self.chance.sample(self.replicas, 3)
        self.parents = {node: self.primary for node in others} | {leaf: self.chance.choice(others)}
        for node in others + [leaf]:
            self.follow(node)

    def follow(self, node):
        proxy = self.proxies[node]
        if proxy.target != self.parents[node].port:
            proxy.target = self.parents[node].port
            proxy.cut()

        def is_told():
            node.call("REPLICAOF", "127.0.0.1", proxy.port)
            return True

        # While it loads it obeys nobody.
        until(is_told, "a replica is told whom to follow", node, seconds=60)

    def configure(self):
        chance = self.chance
        for node in self.nodes:
            with contextlib.suppress(Refused):
                node.call("CONFIG", "SET", "repl-backlog-size", chance.choice([16384, 1 << 20, 16 << 20]))
                node.call("CONFIG", "SET", "repl-diskless-sync", chance.choice(["yes", "no"]))
                node.call("CONFIG", "SET", "repl-diskless-load", chance.choice(["disabled", "on-empty-db", "swapdb"]))

    def cut_for(self, seconds):
        end = time.time() + seconds
        while time.time() < end:
            time.sleep(self.chance.uniform(0, 0.4))
            self.chance.choice(list(self.proxies.values())).cut()
            self.counts["cuts"] += 1

    # What happens in a round.

    def restart(self, node):
        node.kill()
        time.sleep(self.chance.uniform(0, 0.3))
        node.start(port=node.port)
        self.counts["kills"] += 1

    def best(self):
        """The replica that has most of the stream, as Sentinel chooses."""
        found = []
        for node in self.replicas:
            with contextlib.suppress(Refused, OSError):
                info = node.info()
                if info["role"] == "slave":
                    found.append((int(info["slave_repl_offset"]), self.nodes.index(node)))
        if not found:
            sys.exit(f"{self.plot}: no replica answers")
        return self.nodes[max(found)[1]]

    def promote(self, node):
        node.call("REPLICAOF", "NO", "ONE")
        self.counts["promotions"] += 1
        self.primary = node

    # Rounds.

    def run_round(self, number, models):
        """Returns the models as they are behind the round."""
        plot = self.chance.choice(PLOTS) if number else CUTS
        self.plot = f"round {number}: {plot}, primary {self.name(self.primary)}"
        self.configure()
        starts = [model.copy() for model in models]
        writers = [Writer(model, self.primary.port, self.chance.random()) for model in models]
        noise = Noise(self.primary.port, self.chance.random())
        for thread in [*writers, noise]:
            thread.start()
        self.cut_for(self.chance.uniform(0.3, 1.5))
        old = self.primary
        if plot == REPLICA_DIES:
            self.restart(self.chance.choice(self.replicas))
            self.cut_for(self.chance.uniform(0.2, 0.8))
        elif plot == PRIMARY_DIES:
            old.kill()
        for thread in [*writers, noise]:
            thread.is_over = True
        for thread in [*writers, noise]:
            thread.join(30)
            if thread.is_alive():
                sys.exit(f"{self.plot}: a writer hangs")
        for writer in writers:
            if writer.refusal:
                sys.exit(f"{self.plot}: writer {writer.model.writer} was refused: {writer.refusal}")
        is_promoted = plot in (PRIMARY_DIES, PROMOTION)
        if is_promoted:
            self.promote(self.best())
        found = self.examine(starts, writers, is_promoted)
        if plot == PRIMARY_DIES:
            old.start(port=old.port)
            self.counts["kills"] += 1
        self.arrange()
        self.calm()
        return found

    def examine(self, starts, writers, is_promoted):
        """What the primary has must be what each writer did, up to some step."""
        found = []
        for start, writer in zip(starts, writers):
            least = writer.safe if is_promoted else writer.model.steps
            self.counts["steps"] += writer.model.steps - start.steps
            self.counts["acknowledged"] += writer.safe - start.steps
            model = recovered(start, stored(self.primary, writer.model.writer), least, writer.sent)
            if model is None:
                sys.exit(f"{self.plot}: LOST: {self.name(self.primary)} lacks what writer {writer.model.writer} did; "
                         f"steps {start.steps} to {writer.sent}, acknowledged by a replica up to {least}\n"
                         f"{self.primary.log()[-3000:]}")
            found.append(model)
        return found

    def calm(self):
        """All come to have the same."""
        def are_level():
            infos = [node.info() for node in self.nodes]
            if any(info.get("master_link_status", "up") != "up" for info in infos):
                return False
            if len({info["master_repl_offset"] for info in infos}) != 1:
                return False
            return len({digest(node) for node in self.nodes}) == 1

        end = time.time() + 60
        while time.time() < end:
            with contextlib.suppress(Refused, OSError):
                if are_level():
                    return
            time.sleep(0.05)
        self.tell_differences()

    def tell_differences(self):
        lines = [f"{self.plot}: they do not come to have the same"]
        for node in self.nodes:
            with contextlib.suppress(Refused, OSError):
                info = node.info()
                lines.append(f"{self.name(node)}: {info['role']} {info.get('master_link_status')} "
                             f"{info['master_repl_offset']} {digest(node).decode()} {node.directory}")
        for database in range(6):
            states = []
            for node in self.nodes:
                client = node.client()
                client.call("SELECT", database)
                keys = sorted(client.call("KEYS", "*"))
                states.append({key: (client.call("TYPE", key), client.call("DEBUG", "DIGEST-VALUE", key)[0],
                                     client.call("PEXPIRETIME", key)) for key in keys})
                client.close()
            for key in sorted(set().union(*states)):
                if len({state.get(key) for state in states}) > 1:
                    lines.append(f"database {database} {key!r}: {[state.get(key) for state in states]}")
        sys.exit("\n".join(lines[:40]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--mixed", choices=["one", "redis"], default="redis",
                        help="one redis-server among four, or as many as there are goredis")
    options = parser.parse_args()
    storm = Storm(options)
    epoch = storm.chance.randrange(1 << 32)
    models = [Model(f"w{index}", epoch) for index in range(WRITERS)]
    with servers(*storm.nodes):
        storm.arrange()
        storm.calm()
        for number in range(options.rounds):
            models = storm.run_round(number, models)
    for proxy in storm.proxies.values():
        proxy.close()
    counts = storm.counts
    if counts["acknowledged"] < options.rounds:
        sys.exit(f"only {counts['acknowledged']} steps were acknowledged by replicas: this proves nothing")
    print(f"{options.rounds} rounds: {counts['cuts']} cuts, {counts['kills']} kills, {counts['promotions']} "
          f"promotions, {counts['steps']} steps, of which replicas acknowledged {counts['acknowledged']}: "
          "none lost, all alike")


if __name__ == "__main__":
    main()
