#!/usr/bin/env python3
"""Fills the disk under the append-only file, frees it, and looks whether anything was lost.

The disk is a small tmpfs. While it is full, writes must be refused with MISCONF and reads served; when there is room
again, writes must go on without a restart; and after a restart the data set must be what it was. Under appendfsync
always the server must end, as redis-server does, rather than acknowledge what is not on disk.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time

from server import Refused, Server

SKIPPED = 77


def always(folder, ballast):
    """Writes until the disk is full, and looks for all that was acknowledged."""
    server = Server("--appendonly", "yes", "--appendfsync", "always", directory=folder)
    server.start()
    client = server.client()
    with open(ballast, "wb") as file:
        file.write(b"x" * (1 << 20))
    acknowledged = 0
    try:
        for number in range(4000):
            client.call("SET", f"key:{number}", "v" * 1000)
            acknowledged += 1
    except (OSError, ConnectionError, Refused):
        pass
    status = server.process.wait(10)
    if status != 1 or "Can't recover from AOF write error" not in server.log():
        sys.exit(f"under always the server ended with {status} after {acknowledged} writes:\n{server.log()[-2000:]}")
    os.remove(ballast)
    server.start()
    found = server.call("DBSIZE")
    if not acknowledged <= found <= acknowledged + 1 or server.call("GET", f"key:{acknowledged - 1}") != b"v" * 1000:
        sys.exit(f"under always {acknowledged} writes were acknowledged, and {found} are there")
    server.stop()
    return acknowledged


def switching_on(folder, ballast):
    """The disk is full during the first rewrite; writes go on when there is room again."""
    # A rewrite takes a second, so that it goes on when the writes come, however busy the machine is.
    server = Server("--appendonly", "no", "--snapshot-time-slice", "10", "--snapshot-cpu-share", "1",
                    "--rdb-key-save-delay", "100", directory=folder)
    server.start()
    client = server.client()
    client.call("DEBUG", "POPULATE", 10_000)
    try:
        with open(ballast, "wb", buffering=0) as file:
            while file.write(b"x" * 4096):
                pass
    except OSError:
        pass
    client.call("CONFIG", "SET", "appendonly", "yes")
    try:
        client.call("SET", "k", "1")
        client.call("SET", "k", "2")
        sys.exit("the full disk was not noticed during the first rewrite")
    except Refused:
        pass
    end = time.time() + 20
    while b"aof_last_bgrewrite_status:ok" in client.call("INFO", "persistence"):
        if time.time() > end:
            sys.exit("a rewrite to a full disk does not fail")
        time.sleep(0.05)
    os.remove(ballast)
    while True:
        try:
            client.call("BGREWRITEAOF")
            break
        except Refused:
            # One that failed is being cleared away.
            time.sleep(0.05)
    while b"aof_last_bgrewrite_status:err" in client.call("INFO", "persistence"):
        if time.time() > end:
            sys.exit(f"a rewrite fails although there is room:\n{server.log()[-2000:]}")
        time.sleep(0.05)
    try:
        client.call("SET", "k", "3")
    except Refused as error:
        sys.exit(f"writes are refused although there is room: {error}")
    digest = client.call("DEBUG", "DIGEST")
    server.kill()
    server.options[1] = "yes"
    server.start()
    if server.call("DEBUG", "DIGEST") != digest:
        sys.exit("the data set changed over the restart")
    server.stop()
    shutil.rmtree(os.path.join(folder, "appendonlydir"))


def main():
    folder = tempfile.mkdtemp(prefix="goredis-full-")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True)
    if mounted.returncode != 0:
        shutil.rmtree(folder)
        print("skipped: a tmpfs cannot be mounted here")
        sys.exit(SKIPPED)
    try:
        server = Server("--appendonly", "yes", "--appendfsync", "everysec", directory=folder)
        server.start()
        client = server.client()
        client.call("SET", "before", "there")
        ballast = os.path.join(folder, "ballast")
        with open(ballast, "wb") as file:
            file.write(b"x" * (1 << 20))
        refusal = None
        written = 0
        for number in range(4000):
            try:
                client.call("SET", f"key:{number}", "v" * 1000)
                written += 1
            except Refused as error:
                refusal = str(error)
                break
        if not refusal or not refusal.startswith("MISCONF Errors writing to the AOF file"):
            sys.exit(f"the full disk was not noticed after {written} writes: {refusal}")
        if client.call("GET", "before") != b"there":
            sys.exit("reads are not served while the disk is full")
        info = client.call("INFO", "persistence").decode()
        if "aof_last_write_status:err" not in info:
            sys.exit("INFO does not tell of the trouble")
        os.remove(ballast)
        end = time.time() + 10
        while True:
            try:
                client.call("SET", "after", "there too")
                break
            except Refused:
                if time.time() > end:
                    sys.exit("writes are still refused although there is room")
                time.sleep(0.1)
        digest = client.call("DEBUG", "DIGEST")
        server.stop()
        server.start()
        if server.call("DEBUG", "DIGEST") != digest:
            sys.exit("the data set changed over the restart")
        server.stop()
        shutil.rmtree(os.path.join(folder, "appendonlydir"))
        switching_on(folder, ballast)
        acknowledged = always(folder, ballast)
        print(f"full after {written} writes, refused, went on, and nothing was lost; under always ended after "
              f"{acknowledged}, all of them there")
    finally:
        subprocess.run(["umount", "-l", folder])
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
