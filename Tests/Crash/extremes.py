#!/usr/bin/env python3
"""Extreme numbers in every place where a command's own grammar or a directive takes one.

Swift's arithmetic traps, and a trap ends the process, so each call is sent by itself and the one that a server does not
survive is named. What was written is then loaded again, since a number may do its harm at every later start. The calls
are made from COMMAND DOCS: a command that is added is covered by its metadata.

  Tests/Crash/extremes.py [--calls N] [--seed N]
"""

import argparse
import random
import select
import sys
import tempfile
import time

from server import Client, Refused, Server

# Bounds of 32 and 64 bits, of seconds that become milliseconds or microseconds, of doubles, and what lies beside them.
EDGES = [2**31, 2**32, 2**53, 2**62, 2**63, 2**64, 2**63 // 1000, 2**63 // 1_000_000, 1 << 50]
INTEGERS = sorted({sign * edge + step for edge in EDGES for sign in (1, -1) for step in (-1, 0, 1)} | set(range(-2, 4)))
DOUBLES = ["inf", "-inf", "nan", "1e308", "-1e308", "1e-320", "1.7e19", "9.3e18", "-9.3e18", "4.9e15", "0.0000001"]
NUMBERS = [str(number) for number in INTEGERS] + DOUBLES

KEYS = ["string", "integer", "largest", "smallest", "list", "hash", "absent", "expiring", "later"]
LARGEST, SMALLEST = str(2**63 - 1), str(-2**63)
SETUP = [
    ("SET", "string", "hello"), ("SET", "integer", "1"), ("SET", "largest", LARGEST),
    ("SET", "smallest", SMALLEST), ("DEL", "list", "hash", "absent"),
    ("RPUSH", "list", "a", "b", LARGEST), ("HSET", "hash", "a", "1", "b", LARGEST),
    ("SET", "expiring", "x", "PXAT", LARGEST), ("SET", "later", "x", "PXAT", LARGEST),
]

# They end the server or the connection, hold one of them up, or change what replies look like.
SKIPPED = {
    "shutdown", "quit", "monitor", "reset", "hello", "subscribe", "psubscribe", "ssubscribe", "client|kill",
    "replicaof", "slaveof", "failover", "sync", "psync", "replconf",
    "client|reply", "client|pause", "debug", "multi", "exec", "discard", "config|set", "config|rewrite", "auth",
}
# Directives that would cut this test off, or that name files.
SKIPPED_DIRECTIVES = {
    "port", "bind", "dir", "requirepass", "maxclients", "timeout", "logfile", "unixsocket", "pidfile", "tls-port",
    "appendonly", "proto-max-bulk-len", "client-query-buffer-limit", "watchdog-period",
}


def pairs(reply):
    return dict(zip([key.decode() for key in reply[::2]], reply[1::2]))


class Grammar:
    """Makes calls of the commands that a server documents."""

    def __init__(self, client, chance):
        self.chance = chance
        self.commands = {}
        for name, documentation in pairs(client.call("COMMAND", "DOCS")).items():
            document = pairs(documentation)
            subcommands = pairs(document.get("subcommands", []))
            for full, part in subcommands.items():
                self.commands[full] = pairs(part).get("arguments", [])
            if not subcommands:
                self.commands[name] = document.get("arguments", [])

    def call(self, name):
        words = name.split("|")
        for argument in self.commands[name]:
            words += self.words(pairs(argument))
        return words

    def words(self, argument):
        chance, flags = self.chance, {flag.decode() for flag in argument.get("flags", [])}
        if "optional" in flags and chance.random() < 0.4:
            return []
        token = [argument["token"].decode()] if argument.get("token") else []
        words = []
        for count in range(chance.randint(1, 3) if "multiple" in flags else 1):
            if "multiple_token" in flags or count == 0:
                words += token
            words += self.value(argument)
        return words

    def value(self, argument):
        chance, kind = self.chance, argument["type"].decode()
        parts = [pairs(part) for part in argument.get("arguments", [])]
        if kind == "pure-token":
            return []
        if kind == "oneof":
            return self.words(chance.choice(parts))
        if kind == "block":
            return [word for part in parts for word in self.words(part)]
        if kind == "key":
            return [chance.choice(KEYS)]
        if kind in ("integer", "double", "unix-time"):
            # A number of keys is often right, so that what follows it is looked at.
            return [str(chance.randint(1, 3)) if chance.random() < 0.2 else chance.choice(NUMBERS)]
        return [chance.choice(NUMBERS) if chance.random() < 0.5 else chance.choice(["a", "b", "*", "0"])]


class Fuzz:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        # Strings of half a gigabyte and replies without end are bounded elsewhere; here they would only take time.
        self.server = Server(
            "--appendonly", "yes", "--appendfsync", "always", "--proto-max-bulk-len", "1mb",
            "--client-output-buffer-limit", "normal 16mb 0 0", "--enable-debug-command", "yes",
            "--enable-protected-configs", "yes")
        self.failures = []
        self.calls = 0

    def connect(self):
        self.client = Client(self.server.port)
        self.identifier = self.client.call("CLIENT", "ID")
        self.other = Client(self.server.port)

    def setup(self):
        for command in SETUP:
            self.client.call(*command)

    def send(self, *words):
        """Sends one call and reads what it answers; False when the connection was lost with it."""
        self.calls += 1
        marker = b"%d" % self.calls
        try:
            self.client.send(words, ("ECHO", marker))
            while not select.select([self.client.socket], [], [], 0.02)[0]:
                # It blocks, or has paused everyone.
                self.other.call("CLIENT", "UNPAUSE")
                self.other.call("CLIENT", "UNBLOCK", self.identifier)
            while self.client.read_any() != marker:
                pass
            return True
        except (OSError, ConnectionError, ValueError):
            return False

    def is_alive(self):
        return self.server.process.poll() is None

    def probe(self, words):
        """After a call that took the connection: whether it took the server, too."""
        time.sleep(0.1)
        if self.is_alive():
            self.connect()
            return
        self.failures.append(" ".join(words))
        self.server.start()
        self.connect()
        self.setup()

    def commands(self, calls):
        grammar = Grammar(self.client, self.chance)
        names = sorted(name for name in grammar.commands if name not in SKIPPED)
        for turn in range(max(1, calls // len(names))):
            self.setup()
            for name in names:
                words = grammar.call(name)
                if not self.send(*words):
                    self.probe(words)
                # Now and then the same without knowing the command: which keys does it have?
                if turn % 4 == 0 and not self.send("COMMAND", "GETKEYS", *words):
                    self.probe(["COMMAND", "GETKEYS", *words])
            # What was written is read again at each start, and expiry and eviction look at it.
            if turn % 8 == 7:
                self.restart(f"what turn {turn} wrote")

    def restart(self, what):
        self.server.kill()
        try:
            self.server.start()
            time.sleep(0.25)
        except Exception as error:
            self.failures.append(f"restart after {what}: {error}")
        if not self.is_alive():
            self.failures.append(f"restart after {what}: it ended")
            self.server.directory = tempfile.mkdtemp(prefix="goredis-crash-")
            self.server.start()
        self.connect()

    def directives(self):
        """Every directive at the largest and at the smallest number that it takes, by itself, then all at once."""
        values = self.client.call("CONFIG", "GET", "*")
        names = [name.decode() for name in values[::2]]
        old = pairs(values)
        bounds = {}
        for name in names:
            if name in SKIPPED_DIRECTIVES:
                continue
            accepted = []
            for number in INTEGERS:
                words = ("CONFIG", "SET", name, str(number))
                self.calls += 1
                try:
                    self.client.call(*words)
                    accepted.append(str(number))
                except Refused:
                    pass
                except (OSError, ConnectionError):
                    self.probe(words)
            if accepted:
                bounds[name] = accepted[0], accepted[-1]
                self.client.call("CONFIG", "SET", name, old[name])
        for number in NUMBERS:
            if not self.send("DEBUG", "POPULATE", 1, f"populated:{number}", number):
                self.probe(["DEBUG", "POPULATE", "1", "x", number])
            for words in (("CLIENT", "PAUSE", number, "WRITE"), ("CLIENT", "UNPAUSE")):
                if not self.send(*words):
                    self.probe(words)
        for end in (0, 1):
            print(f"{len(bounds)} directives at their {('smallest', 'largest')[end]} numbers")
            for name, numbers in bounds.items():
                words = ("CONFIG", "SET", name, numbers[end])
                if not self.send(*words):
                    self.probe(words)
            for command in SETUP + [("INFO", "everything"), ("MEMORY", "STATS"), ("OBJECT", "FREQ", "string")]:
                if not self.send(*command):
                    self.probe(command)
            time.sleep(0.5)
            if not self.is_alive():
                self.probe(["all directives at an end of their ranges"])
            for name in bounds:
                self.client.call("CONFIG", "SET", name, old[name])

    def run(self, calls):
        self.server.start()
        try:
            self.connect()
            self.commands(calls)
            self.restart("the last commands")
            self.directives()
        finally:
            self.server.kill()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    fuzz = Fuzz(options.seed)
    fuzz.run(options.calls)
    print(f"{fuzz.calls} calls with extreme numbers, {len(fuzz.failures)} ended the server")
    for failure in fuzz.failures:
        print(f"FAILED: {failure}")
    if fuzz.failures:
        print(f"the server's log, with its stack: {fuzz.server.directory}/log")
    sys.exit(1 if fuzz.failures else 0)


if __name__ == "__main__":
    main()
