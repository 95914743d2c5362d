#!/usr/bin/env python3
"""Loads append-only files that were cut at every byte of their end, and files with flipped bits.

A cut file must load to what a prefix of its commands leaves (nothing but the last one may be missing, a transaction is
there as a whole or not at all), whatever its values hold, and be refused under aof-load-truncated no. A file with a
flipped bit must load to exactly its commands, the flipped value among them, or be refused with its name and an offset;
it must never crash the server, and never load without what follows the damage.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile

from server import BINARY, Client, Refused, Server, seeded

PINGS = "x" + "\r\n*1\r\n$4\r\nPING" * 5 + "\r\n"
COMMANDS = [
    b"#TS:1700000000\r\n",
    [("SET", "a", "1")], [("HSET", "h", "f", "v1", "g", "v2")], [("SET", "b", "x" * 100)], [("INCR", "n")],
    [("APPEND", "b", "tail")], [("SET", "c", "\r\n*1\r\n$4\r\nPING\r\n")], [("DEL", "a")], [("HDEL", "h", "f")],
    [("SET", "d", PINGS)],
    [("MULTI",), ("SET", "p", "1"), ("SET", "q", "1"), ("EXEC",)], [("SET", "last", "0123456789")],
]


def encode(words):
    parts = [word if isinstance(word, bytes) else str(word).encode() for word in words]
    return b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)


def run(content, *options):
    """Starts a server on one incremental file of this content; returns its digest and size, or None and its log."""
    folder = tempfile.mkdtemp(prefix="goredis-torn-")
    try:
        os.mkdir(f"{folder}/appendonlydir")
        with open(f"{folder}/appendonlydir/appendonly.aof.1.incr.aof", "wb") as file:
            file.write(content)
        with open(f"{folder}/appendonlydir/appendonly.aof.manifest", "w") as file:
            file.write("file appendonly.aof.1.incr.aof seq 1 type i\n")
        server = Server("--appendonly", "yes", *options, directory=folder)
        try:
            server.start()
        except RuntimeError:
            status = server.process.returncode
            if status is None:
                server.kill()
                sys.exit("the server hangs while it loads")
            # Ended by a signal: a crash.
            return None, server.log(), status
        digest = server.call("DEBUG", "DIGEST")
        server.stop()
        size = os.path.getsize(f"{folder}/appendonlydir/appendonly.aof.1.incr.aof")
        return digest, size, 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def values():
    """Values of four megabytes that are the text of commands, cut in their midst."""
    key = encode(("SET", "key", "1"))
    commands = encode(("SET", "counter", "12345678")) * 110_000
    # From each line that could begin a command, arguments follow to the end.
    nested = b"\r\n" + b"$9\r\n\r\n*999999\r\n" * 300_000
    expected, _, _ = run(key)
    for value in (b"\r\n" + commands, nested):
        whole = key + encode(("SET", "value", value))
        for cut in (len(whole) - 3, len(whole) - 1_000_000, len(key) + 100):
            digest, size, _ = run(whole[:cut])
            if digest != expected or size != len(key):
                sys.exit(f"a value of commands, cut at {cut}: {digest}, {size}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=7, help="cut at every so many bytes (1: all)")
    parser.add_argument("--flips", type=int, default=40)
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    chance = seeded(options.seed)

    values()
    chunks = [step if isinstance(step, bytes) else b"".join(encode(command) for command in step) for step in COMMANDS]
    whole = b"".join(chunks)
    ends = [0]
    for chunk in chunks:
        ends.append(ends[-1] + len(chunk))
    digests = {}
    for end in ends:
        digest, _, _ = run(whole[:end])
        digests[end] = digest

    cuts = list(range(0, len(whole), options.every)) + [end - 1 for end in ends[1:]]
    for cut in sorted(set(cuts)):
        end = max(e for e in ends if e <= cut)
        digest, size, _ = run(whole[:cut])
        if digest != digests[end] or not isinstance(size, int) or size < end:
            sys.exit(f"cut at {cut}: not the state that {end} bytes leave ({digest}, {size})")
        if cut not in ends:
            digest, log, status = run(whole[:cut], "--aof-load-truncated", "no")
            if digest is not None or status != 1 or "Unexpected end of file" not in log:
                sys.exit(f"cut at {cut}: loaded although aof-load-truncated is no, or ended otherwise ({status}):\n"
                         f"{log}")

    refused = 0
    for _ in range(options.flips):
        at = chance.randrange(ends[-2])
        content = bytearray(whole)
        content[at] ^= 1 << chance.randrange(8)
        digest, detail, status = run(bytes(content))
        if digest is None:
            if status != 1 or "appendonly.aof.1.incr.aof" not in detail or "offset" not in detail:
                sys.exit(f"flip at {at}: ended with {status}, and without file and offset:\n{detail}")
            refused += 1
        elif detail < len(content):
            sys.exit(f"flip at {at}: {len(content) - detail} bytes behind the damage were thrown away")
    print(f"{len(set(cuts))} cuts loaded to a prefix; of {options.flips} flipped bits {refused} were refused with the "
          "offset, the others are in values and loaded as they are")


if __name__ == "__main__":
    main()
