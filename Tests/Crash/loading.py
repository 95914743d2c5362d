#!/usr/bin/env python3
"""Looks at a server while it loads, and at what it refuses to load.

While a large file is read, clients are served with -LOADING and INFO tells how far it is. A folder that cannot be
loaded stops the start with the reason in the log, and nothing in it is changed.
"""

import hashlib
import os
import shutil
import sys
import tempfile
import time

from server import Client, Refused, Server

SETS = 700_000
MANIFEST = b"file appendonly.aof.1.base.aof seq 1 type b\nfile appendonly.aof.2.incr.aof seq 2 type i\n"


def encode(*words):
    parts = [word.encode() for word in words]
    return b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)


def folder(manifest, **files):
    """A working directory with these files of the append-only folder."""
    directory = tempfile.mkdtemp(prefix="goredis-load-")
    os.mkdir(f"{directory}/appendonlydir")
    if manifest is not None:
        files["manifest"] = manifest
    for name, content in files.items():
        with open(f"{directory}/appendonlydir/appendonly.aof.{name.replace('_', '.')}", "wb") as file:
            file.write(content)
    return directory


def content(directory):
    """Every file of the append-only folder, with a digest."""
    found = {}
    for name in os.listdir(f"{directory}/appendonlydir"):
        with open(f"{directory}/appendonlydir/{name}", "rb") as file:
            found[name] = hashlib.sha256(file.read()).hexdigest()
    return found


def progress():
    """What clients see of a long load."""
    big = b"".join(encode("SET", f"key:{number}", "x" * 400) for number in range(SETS))
    directory = folder(MANIFEST, **{"1_base_aof": b"", "2_incr_aof": big})
    server = Server("--appendonly", "yes", directory=directory)
    server.start(wait=False)
    refusals, loaded = set(), set()
    while True:
        try:
            client = Client(server.port)
            seen = dict(line.split(":", 1) for line in client.call("INFO", "persistence").decode().split("\r\n")
                        if ":" in line)
            if seen["loading"] == "1":
                loaded.add(int(seen["loading_loaded_bytes"]))
                if int(seen["loading_total_bytes"]) != len(big):
                    sys.exit(f"INFO tells of {seen['loading_total_bytes']} bytes of {len(big)}")
            client.call("GET", "key:1")
            break
        except Refused as error:
            refusals.add(str(error))
        except OSError:
            pass
        time.sleep(0.002)
    if refusals != {"LOADING Redis is loading the dataset in memory"} or len(loaded) < 2:
        sys.exit(f"while it loads the server answers {refusals}, and INFO shows {sorted(loaded)[:5]}")
    if client.call("DBSIZE") != SETS:
        sys.exit("not everything was loaded")
    if "Loading the append only file appendonly.aof.2.incr.aof: 256 of" not in server.log():
        sys.exit("the log has no line of progress")
    server.kill()
    shutil.rmtree(directory)
    return len(loaded)


def refusals():
    """Folders that must not load: what is in them, and what the log must say."""
    whole = encode("SET", "a", "1") * 20
    unknown = whole + encode("NOSUCHCOMMAND", "a") + whole
    damaged = bytearray(whole * 2)
    damaged[len(whole)] = ord("x")
    cases = {
        "an unknown command": (MANIFEST, whole, unknown, ["NOSUCHCOMMAND", "2.incr.aof", f"offset {len(whole)}"]),
        "damage": (MANIFEST, whole, bytes(damaged), ["2.incr.aof", f"offset {len(whole)}", "redis-check-aof --fix"]),
        "damage in the base": (MANIFEST, bytes(damaged), whole, ["1.base.aof", f"offset {len(whole)}"]),
        "a base that is cut": (MANIFEST, whole[:-3], whole, ["1.base.aof", f"offset {len(whole) - len(whole) // 20}"]),
        "a missing file": (MANIFEST, whole, None, ["2.incr.aof"]),
        "a manifest of nonsense": (b"nonsense\n", whole, whole, ["Invalid AOF manifest file format"]),
        "an empty manifest": (b"", whole, whole, ["Found an empty AOF manifest"]),
        "two bases": (MANIFEST.replace(b"type i", b"type b"), whole, whole, ["Found duplicate base file information"]),
        "sequence numbers that fall": (MANIFEST.replace(b"type b", b"type i").replace(b"seq 1", b"seq 3"), whole, whole,
                                       ["Found a non-monotonic sequence number"]),
    }
    for name, (manifest, base, incremental, expected) in cases.items():
        files = {"1_base_aof": base, "2_incr_aof": incremental}
        directory = folder(manifest, **{key: value for key, value in files.items() if value is not None})
        before = content(directory)
        server = Server("--appendonly", "yes", directory=directory)
        try:
            server.start()
            sys.exit(f"{name}: loaded")
        except RuntimeError:
            pass
        log = server.log()
        missing = [words for words in expected if words not in log]
        if server.process.returncode != 1 or missing:
            sys.exit(f"{name}: ended with {server.process.returncode}, and without {missing}:\n{log}")
        if content(directory) != before:
            sys.exit(f"{name}: the folder was changed; {directory}")
        shutil.rmtree(directory)
    return len(cases)


def left_over():
    """A file that a crash left behind before a manifest named it is no part of a new data set."""
    directory = folder(None, **{"1_incr_aof": encode("SET", "old", "1")})
    server = Server("--appendonly", "yes", directory=directory)
    for _ in range(2):
        server.start()
        server.call("SET", "new", "1")
        if server.call("KEYS", "*") != [b"new"]:
            sys.exit(f"a file without a manifest was taken over; {directory}")
        server.kill()
    shutil.rmtree(directory)


def main():
    left_over()
    looks = progress()
    print(f"loading was seen {looks} times; {refusals()} folders were refused and left as they were")


if __name__ == "__main__":
    main()
