#!/usr/bin/env python3
"""Fuzzes RESTORE: payloads of every type and form, damaged in ways that disks and people have.

A payload is refused with one of two errors, or makes a value that holds together: it has as many elements as it says,
none twice, all in order; it can be read, changed, dumped, restored, saved, loaded and deleted. The server never ends,
hangs, or takes memory that it was only told of. `sanitize-dump-payload` changes with each batch, and so does whether
checksums are put right or not looked at.

  Tests/Crash/payload_fuzz.py                          what Tests/run does
  Tests/Crash/payload_fuzz.py --inputs 1000000         the long form
"""

import argparse
import os
import shutil
import sys

from mutations import damaged, with_checksum
from server import Refused, Server, seeded
from small_values import payloads
from value_use import TYPES, checks, problem, uses

BATCH = 400
REFUSALS = ("ERR Bad data format", "ERR DUMP payload version or checksum are wrong")
# Bytes that the process may come to use; a value of a few hundred bytes takes a few thousand.
MOST_RESIDENT = 1 << 30


class Failure(Exception):
    """What the server did wrong."""


def call_all(client, calls):
    client.send(*calls)
    return [client.read_any() for _ in calls]


class Fuzzer:
    """One server, and the payloads that are damaged."""

    def __init__(self, random):
        self.random = random
        self.server = Server("--appendonly", "no", "--loglevel", "warning")
        self.server.start()
        self.client = self.server.client()
        self.originals = payloads(self.server)
        self.accepted = {}
        self.tried = self.used = self.reloads = 0
        self.trace = []

    def inputs(self, count, checksums):
        """Damaged payloads, with the checksum that belongs to them where those are looked at."""
        for _ in range(count):
            original, other = self.random.choice(self.originals), self.random.choice(self.originals)
            body = damaged(self.random, original[:-10], other[:-10])
            version = original[-10:-8] if self.random.random() < 0.98 else self.random.randbytes(2)
            yield with_checksum(body + version) if checksums else body + version + original[-8:]

    def batch(self, count):
        checksums = self.random.random() < 0.1
        sanitize = self.random.choice(("yes", "no", "clients"))
        call_all(self.client, [("CONFIG", "SET", "sanitize-dump-payload", sanitize),
                               ("DEBUG", "SET-SKIP-CHECKSUM-VALIDATION", 0 if checksums else 1)])
        inputs = list(self.inputs(count, checksums))
        self.client.call("MSET", *(word for number in range(count) for word in (f"k{number}", "before")))
        self.trace = [("RESTORE", f"k{number}", 0, payload, "REPLACE") for number, payload in enumerate(inputs)]
        values, refused = [], []
        for number, reply in enumerate(call_all(self.client, self.trace)):
            if reply == b"OK":
                values.append((f"k{number}", TYPES.get(inputs[number][0]), inputs[number]))
            elif str(reply) in REFUSALS:
                refused.append((f"k{number}", inputs[number]))
            else:
                raise Failure(f"{reply} replies to {inputs[number]!r}")
        self.tried += count
        self.look_at_refused(refused)
        self.use(values)

    def look_at_refused(self, refused):
        """Nothing takes the place of what is there."""
        for (_, payload), found in zip(refused, self.client.call("MGET", *(key for key, _ in refused))):
            if found != b"before":
                raise Failure(f"a refused payload took the place of a value: {payload!r}")
        self.client.call("DEL", *(key for key, _ in refused))

    def use(self, values):
        for _, kind, payload in values:
            if kind is None:
                raise Failure(f"a value of no known type was made of {payload!r}")
            self.accepted[payload[0]] = self.accepted.get(payload[0], 0) + 1
        dumps = self.look(values)
        self.exchange(values, dumps)
        if self.random.random() < 0.05:
            self.reload()
        self.trace = [call for key, kind, _ in values for call in uses(self.random, kind, key)]
        self.used += len(call_all(self.client, self.trace))
        left = {key for key, _, _ in values if self.client.call("EXISTS", key)} if self.random.random() < 0.1 else set()
        if left:
            self.look([value for value in values if value[0] in left])
            self.reload()
        call_all(self.client, [("DEL", key) for key, _, _ in values])
        if self.client.call("DBSIZE") != 0:
            raise Failure(f"{self.client.call('KEYS', '*')} are left")

    def look(self, values):
        """Checks all values; returns their payloads and digests."""
        self.trace = [call for key, kind, _ in values for call in checks(kind, key)]
        replies = call_all(self.client, self.trace)
        found = []
        for (_, kind, payload), start in zip(values, range(0, len(replies), 6)):
            wrong = problem(kind, replies[start:start + 6])
            if wrong:
                raise Failure(f"{wrong}; made of {payload!r}")
            found.append((replies[start + 3], replies[start + 2]))
        return found

    def exchange(self, values, dumps):
        """What is dumped is restored as the same."""
        self.trace = [call for dump, _ in dumps
                      for call in (("RESTORE", "again", 0, dump), ("DEBUG", "DIGEST-VALUE", "again"), ("DEL", "again"))]
        replies = call_all(self.client, self.trace)
        for (_, _, payload), (dump, digest), start in zip(values, dumps, range(0, len(replies), 3)):
            if replies[start] != b"OK" or replies[start + 1] != digest:
                raise Failure(f"{replies[start]} replies to {dump!r}, which is what {payload!r} was dumped as")

    def reload(self):
        """What was made can be saved and loaded."""
        before = self.client.call("DEBUG", "DIGEST")
        self.trace = [("DEBUG", "RELOAD")]
        try:
            self.client.call("DEBUG", "RELOAD")
        except Refused as refusal:
            raise Failure(f"{refusal} replies to DEBUG RELOAD") from None
        if self.client.call("DEBUG", "DIGEST") != before:
            raise Failure("a saved data set is loaded as another")
        self.reloads += 1

    def check_memory(self):
        with open(f"/proc/{self.server.process.pid}/status", encoding="ascii") as status:
            most = next(int(line.split()[1]) << 10 for line in status if line.startswith("VmHWM"))
        if most > MOST_RESIDENT:
            raise Failure(f"{most >> 20} MB were in use at a time")
        return most


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--inputs", type=int, default=25_000)
    arguments = parser.parse_args()
    fuzzer = Fuzzer(seeded(arguments.seed))
    try:
        while fuzzer.tried < arguments.inputs:
            fuzzer.batch(min(BATCH, arguments.inputs - fuzzer.tried))
        most = fuzzer.check_memory()
    except (Failure, OSError) as failure:
        fuzzer.server.stop()
        with open(os.path.join(fuzzer.server.directory, "calls"), "w", encoding="ascii") as calls:
            calls.writelines(f"{call!r}\n" for call in fuzzer.trace)
        said = [line for line in fuzzer.server.log().splitlines() if "that was to be restored" not in line]
        sys.exit("\n".join([f"after {fuzzer.tried} payloads: {failure!r}; the last calls and the log are in "
                            f"{fuzzer.server.directory}", *said[:40]]))
    fuzzer.server.stop()
    shutil.rmtree(fuzzer.server.directory, ignore_errors=True)
    accepted = sum(fuzzer.accepted.values())
    if accepted < arguments.inputs // 50:
        sys.exit(f"only {accepted} payloads of {arguments.inputs} made a value: that tests nothing")
    print(f"{fuzzer.tried} damaged payloads of {len(fuzzer.originals)}: {accepted} made a value of "
          f"{len(fuzzer.accepted)} types, on which {fuzzer.used} commands were called, the others were refused; "
          f"{fuzzer.reloads} reloads, {most >> 20} MB at most")


if __name__ == "__main__":
    main()
