#!/usr/bin/env python3
"""Looks at the files that a server takes, makes and removes, under hostile manifests.

What holds anything and is not named by the manifest stays as it is, whatever its name, through starts, rewrites and
switches. Sequence numbers and sizes at the end of their range are refused with an error. Rewrites leave neither threads
nor files behind.
"""

import os
import shutil
import sys
import tempfile
import time

from loading import content, encode, folder
from server import Refused, Server

LARGEST = (1 << 63) - 1
BASE = "file appendonly.aof.{}.base.aof seq {} type b\n"
INCREMENTAL = "file appendonly.aof.{}.incr.aof seq {} type i\n"


def manifest(base, incremental):
    return (BASE.format(base, base) + INCREMENTAL.format(incremental, incremental)).encode()


def wait_for_rewrites(server):
    end = time.time() + 30
    while time.time() < end:
        info = server.call("INFO", "persistence").decode()
        if "aof_rewrite_in_progress:0" in info and "aof_rewrite_scheduled:0" in info:
            return info
        time.sleep(0.01)
    sys.exit(f"a rewrite does not end; {server.directory}")


def strangers():
    """Files that no manifest names, and what the data set must be beside them."""
    text = encode("SET", "stranger", "1")
    kept = {f"{number}_{kind}_aof": text for number in (1, 2, 4) for kind in ("base", "incr")}
    own = encode("SET", "own", "1")
    cases = {
        "no manifest": (None, kept, []),
        "a manifest of others": (manifest(7, 7), {**kept, "7_base_aof": own, "7_incr_aof": b""}, [b"own"]),
        "the next ones": (manifest(1, 1), {**kept, "1_base_aof": own, "1_incr_aof": b""}, [b"own"]),
        "a base alone": (BASE.format(1, 1).encode(), {**kept, "1_base_aof": own}, [b"own"]),
        "history that is in use": (
            manifest(1, 3) + b"file appendonly.aof.1.base.aof seq 1 type h\n",
            {**kept, "1_base_aof": own, "3_incr_aof": b""}, [b"own"]),
    }
    for name, (listed, files, keys) in cases.items():
        directory = folder(listed, **files)
        before = {file: digest for file, digest in content(directory).items()
                  if file != "appendonly.aof.manifest" and (listed or b"").find(file.encode()) < 0}
        for first in ("yes", "no"):
            server = Server("--appendonly", first, "--auto-aof-rewrite-percentage", "0", directory=directory)
            server.start()
            if first == "yes" and sorted(server.call("KEYS", "*")) != keys:
                sys.exit(f"{name}: {server.call('KEYS', '*')} was loaded, not {keys}; {directory}")
            for words in (("SET", "new", "1"), ("BGREWRITEAOF",), ("CONFIG", "SET", "appendonly", "no"),
                          ("BGREWRITEAOF",), ("CONFIG", "SET", "appendonly", "yes"), ("BGREWRITEAOF",)):
                server.call(*words)
                wait_for_rewrites(server)
            keys = sorted(server.call("KEYS", "*"))
            server.kill()
            found = content(directory)
            changed = [file for file in before if found.get(file) != before[file]]
            if changed:
                sys.exit(f"{name}: {changed} were overwritten or removed; {directory}")
            server.options[1] = "yes"
            server.start()
            if sorted(server.call("KEYS", "*")) != keys:
                sys.exit(f"{name}: {server.call('KEYS', '*')} after a restart, not {keys}; {directory}")
            server.kill()
        shutil.rmtree(directory)
    return len(cases)


def old_file():
    """A file of before Redis 7 does not take the place of another of its name."""
    directory = folder(None)
    paths = [f"{directory}/appendonly.aof", f"{directory}/appendonlydir/appendonly.aof"]
    for number, path in enumerate(paths):
        with open(path, "wb") as file:
            file.write(encode("SET", f"key:{number}", "1"))
    server = Server("--appendonly", "yes", directory=directory)
    for _ in range(2):
        try:
            server.start()
            sys.exit(f"one of two old files was chosen; {directory}")
        except RuntimeError:
            if "Move the other away" not in server.log():
                sys.exit(f"no word of two old files; {directory}")
    os.remove(paths[1])
    server.start()
    if server.call("KEYS", "*") != [b"key:0"]:
        sys.exit(f"the old file was not taken over; {directory}")
    server.kill()
    shutil.rmtree(directory)


def numbers():
    """Sequence numbers at the end of their range: the server starts and refuses what would come behind."""
    for base, incremental in ((LARGEST, 1), (1, LARGEST), (LARGEST, LARGEST)):
        directory = folder(manifest(base, incremental),
                           **{f"{base}_base_aof": encode("SET", "key", "1"), f"{incremental}_incr_aof": b""})
        server = Server("--appendonly", "yes", "--auto-aof-rewrite-min-size", "0", "--auto-aof-rewrite-percentage",
                        "2147483647", directory=directory)
        server.start()
        for words in (("BGREWRITEAOF",), ("CONFIG", "SET", "appendonly", "no"), ("CONFIG", "SET", "appendonly", "yes")):
            try:
                server.call(*words)
                refused = ""
            except Refused as error:
                refused = str(error)
            if (words[-1] != "no") != refused.startswith(("ERR Can't execute an AOF", "ERR CONFIG SET failed")):
                sys.exit(f"{words} behind {base}, {incremental}: {refused}; {directory}")
        if server.call("GET", "key") != b"1":
            sys.exit(f"the data set is lost; {directory}")
        server.kill()
        shutil.rmtree(directory)


def sizes():
    """Files that claim to be as large as can be are refused."""
    directory = folder(manifest(1, 2), **{"1_base_aof": b"", "2_incr_aof": b""})
    for name in ("1.base", "2.incr"):
        for bits in range(63, 30, -1):
            try:
                os.truncate(f"{directory}/appendonlydir/appendonly.aof.{name}.aof", (1 << bits) - 1)
                break
            except OSError:
                pass
    server = Server("--appendonly", "yes", directory=directory)
    for largest in ("1.base", "manifest"):
        try:
            server.start()
            sys.exit(f"a file of zeros was loaded; {directory}")
        except RuntimeError:
            if server.process.returncode != 1 or f"appendonly.aof.{largest}" not in server.log():
                sys.exit(f"ended with {server.process.returncode}:\n{server.log()[-2000:]}")
        os.truncate(f"{directory}/appendonlydir/appendonly.aof.manifest", 1 << 40)
    shutil.rmtree(directory)


def threads():
    """Every rewrite uses the threads that were there at start, also one that is given up, and leaves no file."""
    server = Server("--appendonly", "yes", "--auto-aof-rewrite-percentage", "0", "--snapshot-time-slice", "10")
    server.start()
    client = server.client()
    client.call("MSET", *[word for number in range(3000) for word in (f"key:{number}", "x" * 100)])
    tasks = f"/proc/{server.process.pid}/task"
    before = len(os.listdir(tasks))
    for number in range(30):
        if number % 3:
            client.call("BGREWRITEAOF")
        else:
            client.call("CONFIG", "SET", "appendonly", "no")
            client.call("CONFIG", "SET", "appendonly", "yes")
        if number % 3 < 2:
            info = wait_for_rewrites(server)
            if "aof_last_bgrewrite_status:ok" not in info:
                sys.exit(f"a rewrite failed; {server.directory}")
    wait_for_rewrites(server)
    if len(os.listdir(tasks)) != before:
        sys.exit(f"{before} threads at start, {len(os.listdir(tasks))} after thirty rewrites")
    left = [name for name in os.listdir(server.directory) + os.listdir(f"{server.directory}/appendonlydir")
            if name.startswith("temp-")]
    if left:
        sys.exit(f"rewrites have left {left}; {server.directory}")
    server.kill()
    shutil.rmtree(server.directory)


def main():
    kept = strangers()
    old_file()
    numbers()
    sizes()
    threads()
    print(f"in {kept} folders no file of others was touched; numbers and sizes out of range were refused; rewrites "
          "leave no thread and no file")


if __name__ == "__main__":
    main()
