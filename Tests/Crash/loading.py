#!/usr/bin/env python3
"""Looks at a server while it loads, and at what it refuses to load.

While a large file is read, clients are served with -LOADING and INFO tells how far it is. All of it is loaded, whatever
limits hold for clients, and commands that do not belong into a file are passed over. Loading anew takes no memory. A
folder that cannot be loaded stops the start with the reason in the log, and nothing in it is changed.
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
                if len(loaded) == 2:
                    # Nothing is loaded anew in the midst of loading.
                    client.call("DEBUG", "LOADAOF")
                    sys.exit("the file was loaded anew in the midst of loading")
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


def small_steps():
    """A small dump file of which each key takes its time: clients are answered as often as they were told to be."""
    server = Server("--appendonly", "no", "--loading-process-events-interval-bytes", "1024")
    server.start()
    keys = 4000
    for number in range(keys):
        server.call("SET", f"key:{number}", number)
    server.call("SAVE")
    server.kill()
    server.options += ["--key-load-delay", "250"]
    server.start(wait=False)
    client, answers = None, 0
    while True:
        try:
            client = client or Client(server.port)
            client.call("PING")
            break
        except Refused as error:
            answers += str(error).startswith("LOADING")
        except OSError:
            client = None
    # The file has some sixty thousand bytes.
    if answers < 20:
        sys.exit(f"{answers} answers while a file of {keys} slow keys was loaded")
    if server.call("DBSIZE") != keys:
        sys.exit("not everything was loaded")
    server.kill()
    shutil.rmtree(server.directory)


def limits():
    """No key is refused or evicted before all are there."""
    keys = 60_000
    increments = b"".join(encode("INCR", f"key:{number}") for number in range(keys))
    for policy in ("noeviction", "allkeys-lru"):
        directory = folder(MANIFEST, **{"1_base_aof": increments, "2_incr_aof": increments})
        server = Server("--appendonly", "yes", "--maxmemory", "2mb", "--maxmemory-policy", policy, directory=directory)
        server.start()
        size = server.call("DBSIZE")
        if (size == keys) != (policy == "noeviction"):
            sys.exit(f"{size} of {keys} keys under {policy}")
        left = server.call("KEYS", "*")
        if set(server.call("MGET", "absent", *left)) - {b"2", None}:
            sys.exit(f"keys went in the midst of loading under {policy}")
        if policy == "noeviction":
            try:
                server.call("SET", "new", "1")
                sys.exit("maxmemory does not hold after loading")
            except Refused:
                pass
        server.kill()
        shutil.rmtree(directory)


def foreign_commands():
    """What does not act on the data set is passed over, as are commands that fail."""
    commands = [
        ("SHUTDOWN",), ("SHUTDOWN", "NOW"), ("SHUTDOWN", "NOSAVE", "FORCE"), ("DEBUG", "SEGFAULT"),
        ("DEBUG", "RESTART"), ("DEBUG", "RELOAD"), ("DEBUG", "LOADAOF"), ("DEBUG", "SLEEP", "1000"), ("BGREWRITEAOF",),
        ("CLIENT", "PAUSE", "100000000"), ("CLIENT", "KILL", "TYPE", "normal"), ("CLIENT", "REPLY", "OFF"),
        ("MONITOR",), ("SUBSCRIBE", "channel"), ("PSUBSCRIBE", "*"), ("BLPOP", "list", "0"), ("WATCH", "key"),
        ("CONFIG", "SET", "appendonly", "no"), ("CONFIG", "SET", "maxmemory", "1"), ("QUIT",), ("RESET",),
        ("HELLO", "3"), ("AUTH", "wrong"), ("DISCARD",), ("EXEC",), ("GET", "key"), ("PUBLISH", "channel", "text"),
        ("SELECT", "99"), ("SET", "key"), ("SETRANGE", "long", str((1 << 63) - 1), "x"),
    ]
    content, keys = b"", 0
    for command in commands:
        content += encode(*command) + encode("SET", f"key:{keys}", "1")
        content += encode("MULTI") + encode("SET", f"key:{keys + 1}", "1")
        if command[0] not in ("EXEC", "SET"):
            content += encode(*command)
        content += encode("EXEC")
        keys += 2
    directory = folder(MANIFEST, **{"1_base_aof": b"", "2_incr_aof": content})
    server = Server("--appendonly", "yes", directory=directory)
    server.start()
    if server.call("DBSIZE") != keys or server.call("SET", "key:0", "2") != b"OK":
        sys.exit(f"{server.call('DBSIZE')} of {keys} keys were loaded among commands that do not belong there")
    if server.call("CONFIG", "GET", "maxmemory") != [b"maxmemory", b"0"]:
        sys.exit("a file changed the configuration")
    server.kill()
    shutil.rmtree(directory)
    return len(commands)


def reloads():
    """Loading anew, again and again, takes no memory."""
    server = Server("--appendonly", "yes")
    server.start()
    client = server.client()
    client.call("SET", "key", "1")

    def used():
        return next(int(line[12:]) for line in client.call("INFO", "memory").decode().split("\r\n")
                    if line.startswith("used_memory:"))

    for words in (("DEBUG", "RELOAD"), ("DEBUG", "LOADAOF")):
        for _ in range(10):
            client.call(*words)
        before = used()
        for _ in range(200):
            client.call(*words)
        if used() - before > 1 << 20:
            sys.exit(f"two hundred {' '.join(words)} take {used() - before} bytes")
    server.kill()
    shutil.rmtree(server.directory)


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
    limits()
    passed = foreign_commands()
    reloads()
    small_steps()
    looks = progress()
    print(f"loading was seen {looks} times; {passed} commands were passed over; {refusals()} folders were refused and "
          "left as they were")


if __name__ == "__main__":
    main()
