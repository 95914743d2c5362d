#!/usr/bin/env python3
"""Has syncs of the append-only file hang or fail, and looks at what clients, INFO and the log are told.

strace delays the system calls of a running server, or has them fail. A sync that hangs under everysec holds writes up
for two seconds and no longer, and is counted; a rewrite begins without waiting for it. One that fails has writes
refused until one succeeds, and the file rewritten then, since what it was to write may be lost; under always it ends
the server, which acknowledges nothing that is not on disk. With no-appendfsync-on-rewrite nothing is synced while a
rewrite runs, and all of it afterwards.
"""

import os
import re
import shutil
import sys
import time

from faults import Tracer, fault, info, require_strace, until
from server import Client, Refused, Server


def started(sync, *options):
    server = Server("--appendonly", "yes", "--appendfsync", sync, "--auto-aof-rewrite-percentage", "0", *options)
    server.start()
    return server, server.client()


def finish(server):
    """A kill and a restart change nothing, once what a sync that hangs held up is written."""
    client = server.client()
    until(lambda: info(client)["aof_buffer_length"] == "0", 10, "what was held up is not written")
    digest = server.call("DEBUG", "DIGEST")
    server.kill()
    server.start()
    if server.call("DEBUG", "DIGEST") != digest:
        sys.exit(f"the data set changed over the restart; folder {server.directory}")
    server.stop()
    shutil.rmtree(server.directory, ignore_errors=True)


def hangs():
    server, client = started("everysec")
    pending = delayed = 0
    with fault(server, "fdatasync:delay_enter=5000000"):
        end = time.time() + 8
        while time.time() < end and not delayed:
            client.call("INCR", "n")
            seen = info(client)
            pending = max(pending, int(seen["aof_pending_bio_fsync"]))
            delayed = int(seen["aof_delayed_fsync"])
            time.sleep(0.02)
    if not pending or not delayed or "Asynchronous AOF fsync is taking too long" not in server.log():
        sys.exit(f"a sync that hangs is not told of: pending {pending}, delayed {delayed}\n{server.log()[-1000:]}")
    finish(server)


def fails(policy_afterwards):
    server, client = started("everysec")
    refused = []

    def is_refused():
        try:
            client.call("INCR", "n")
        except Refused as error:
            refused.append(str(error))
        return bool(refused)
    with fault(server, "fdatasync:error=EIO"):
        until(is_refused, 10, "a sync that fails goes unnoticed")
        if refused != ["MISCONF Errors writing to the AOF file: Input/output error"]:
            sys.exit(f"writes are refused with {refused}")
        if client.call("GET", "n") is None or info(client)["aof_last_write_status"] != "err":
            sys.exit("reads are not served, or INFO does not tell of the failure")
        if "Fail to fsync the AOF file: Input/output error" not in server.log():
            sys.exit("the log does not tell of the failure")
        time.sleep(1.5)
        refused.clear()
        if not is_refused():
            sys.exit("writes are allowed although syncs still fail")

    client.call("CONFIG", "SET", "appendfsync", policy_afterwards)

    def goes_on():
        refused.clear()
        return not is_refused()
    until(goes_on, 10, "writes are refused although syncs succeed again")
    if info(client)["aof_last_write_status"] != "ok":
        sys.exit("INFO does not tell that all is well again")
    until(lambda: info(client)["aof_rewrites"] != "0", 10, "what the failed sync was to write is not rewritten")
    finish(server)


def switched_off():
    """Without the file its trouble is over, and stays over when it is on again."""
    server, client = started("everysec")
    client.call("SET", "n", "1")

    def is_refused():
        try:
            client.call("INCR", "n")
        except Refused:
            return True
        return False
    with fault(server, "fdatasync:error=EIO"):
        until(is_refused, 10, "a sync that fails goes unnoticed")
        client.call("CONFIG", "SET", "appendonly", "no")
        end = time.time() + 1
        while time.time() < end:
            if is_refused():
                sys.exit("writes are refused although the file is off")
            time.sleep(0.05)
    client.call("CONFIG", "SET", "appendonly", "yes")
    until(lambda: info(client)["aof_rewrites"] == "1", 10, "the file cannot be switched on again")
    if is_refused():
        sys.exit("writes are refused although the file is new")
    finish(server)


def fails_always():
    server, client = started("always")
    client.call("SET", "k", "1")
    with fault(server, "fdatasync:error=EIO"):
        try:
            client.call("SET", "k", "2")
            sys.exit("a write was acknowledged that was not synced")
        except ConnectionError:
            pass
        if server.process.wait(10) != 1:
            sys.exit(f"the server ended with {server.process.returncode}")
    if "Can't persist AOF for fsync error" not in server.log():
        sys.exit("the log does not tell why the server ended")
    server.start()
    if Client(server.port).call("GET", "k") not in (b"1", b"2"):
        sys.exit("what was acknowledged before is lost")
    finish(server)


def hangs_at_rewrite():
    """The file that a rewrite leaves behind is synced while commands go on."""
    server, client = started("everysec")
    old = server.append_only_path("appendonly.aof.1.incr.aof")
    with fault(server, "fdatasync:delay_enter=5000000", path=old) as trace:
        def hangs_now():
            client.call("INCR", "n")
            return info(client)["aof_pending_bio_fsync"] != "0"
        until(hangs_now, 10, "nothing is synced")
        client.call("BGREWRITEAOF")
        client.call("INCR", "n")
        if trace.count("= 0"):
            sys.exit("a rewrite begins only when the sync that hangs has come back")
        until(lambda: info(client)["aof_rewrites"] == "1", 10, f"the rewrite does not end:\n{server.log()[-1000:]}")
    finish(server)


def directory_fails():
    """Files that are in the way are kept while a crash may bring the manifest back that needs them."""
    server, client = started("everysec")
    old = server.append_only_path("appendonly.aof.1.base.rdb")
    client.call("SET", "k", "1")
    with fault(server, "fsync:error=EIO"):
        client.call("BGREWRITEAOF")
        until(lambda: info(client)["aof_rewrites"] == "1", 10, f"the rewrite does not end:\n{server.log()[-1000:]}")
        if not os.path.exists(old):
            sys.exit("the old base is deleted although the directory that lists the new one is not on disk")
        if "Fail to fsync AOF directory appendonlydir: Input/output error" not in server.log():
            sys.exit("the log does not tell of the failure")
    client.call("BGREWRITEAOF")
    until(lambda: len(os.listdir(server.append_only_path())) == 3 and not os.path.exists(old), 10, "history is kept")
    finish(server)


def skips_while_rewriting():
    for skips in ("no", "yes"):
        server, client = started("always", "--no-appendfsync-on-rewrite", skips, "--snapshot-time-slice", "10",
                                 "--snapshot-cpu-share", "1")
        client.call("DEBUG", "POPULATE", 200_000)
        client.call("BGREWRITEAOF")
        until(lambda: info(client)["aof_rewrite_in_progress"] == "0", 30, "a rewrite does not end")
        with Tracer(server, "fdatasync") as trace:
            client.call("BGREWRITEAOF")
            with open(server.append_only_path("appendonly.aof.manifest"), encoding="utf-8") as manifest:
                name = re.escape(manifest.read().split("\n")[-2].split()[1])
            for _ in range(20):
                client.call("INCR", "n")
            syncs = trace.count(name)
            if info(client)["aof_rewrite_in_progress"] != "1":
                sys.exit("the rewrite ended too early")
            if syncs != (20 if skips == "no" else 0):
                sys.exit(f"no-appendfsync-on-rewrite {skips}: {syncs} syncs for 20 writes during a rewrite")
            until(lambda: info(client)["aof_rewrite_in_progress"] == "0", 30, "a rewrite does not end")
            until(lambda: trace.count(name) > 0, 10, "what was written during the rewrite is not synced behind it")
            syncs = trace.count(name)
            client.call("INCR", "n")
            if trace.count(name) != syncs + 1:
                sys.exit("a write after the rewrite is not synced")
        finish(server)


def main():
    require_strace()
    hangs()
    hangs_at_rewrite()
    for policy in ("everysec", "no", "always"):
        fails(policy)
    switched_off()
    fails_always()
    directory_fails()
    skips_while_rewriting()
    print("a sync that hangs is waited for and counted, one that fails has writes refused, or ends the server; "
          "none is made during a rewrite if it is not wanted")


if __name__ == "__main__":
    main()
