#!/usr/bin/env python3
"""Has syncs of the append-only file hang or fail, and looks at what clients, INFO and the log are told.

strace delays the system calls of a running server, or has them fail. A sync that hangs under everysec holds writes up
for two seconds and no longer, and is counted; one that fails has writes refused until one succeeds; under always it
ends the server, which acknowledges nothing that is not on disk.
"""

import shutil
import subprocess
import sys
import tempfile
import time

from server import Client, Refused, Server

SKIPPED = 77


class Fault:
    """Something that happens to a server's syncs while the block runs."""

    def __init__(self, server, fault):
        self.output = tempfile.NamedTemporaryFile(prefix="goredis-strace-")  # pylint: disable=consider-using-with
        self.tracer = subprocess.Popen(
            ["strace", "-f", "-q", "-o", self.output.name, "-e", "trace=fdatasync", "-e", f"inject=fdatasync:{fault}",
             "-p", str(server.process.pid)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.server = server

    def __enter__(self):
        end = time.time() + 5
        while time.time() < end and self.tracer.poll() is None:
            with open(f"/proc/{self.server.process.pid}/status", encoding="utf-8") as status:
                if f"TracerPid:\t{self.tracer.pid}\n" in status.read():
                    return self
            time.sleep(0.01)
        self.tracer.kill()
        self.tracer.wait()
        print("skipped: strace may not trace here")
        sys.exit(SKIPPED)

    def __exit__(self, *_):
        self.tracer.terminate()
        self.tracer.wait()


def info(client):
    text = client.call("INFO", "persistence").decode()
    return dict(line.split(":", 1) for line in text.split("\r\n") if ":" in line)


def until(condition, seconds, failure):
    end = time.time() + seconds
    while not condition():
        if time.time() > end:
            sys.exit(failure)
        time.sleep(0.05)


def started(sync):
    server = Server("--appendonly", "yes", "--appendfsync", sync)
    server.start()
    return server, server.client()


def finish(server):
    """A kill and a restart change nothing."""
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
    with Fault(server, "delay_enter=5000000"):
        end = time.time() + 8
        while time.time() < end and not delayed:
            client.call("INCR", "n")
            seen = info(client)
            pending = max(pending, int(seen["aof_pending_bio_fsync"]))
            delayed = int(seen["aof_delayed_fsync"])
            time.sleep(0.02)
    if not pending or not delayed or "Asynchronous AOF fsync is taking too long" not in server.log():
        sys.exit(f"a sync that hangs is not told of: pending {pending}, delayed {delayed}\n{server.log()[-1000:]}")
    until(lambda: info(client)["aof_buffer_length"] == "0", 10, "what was held up is not written")
    finish(server)


def fails():
    server, client = started("everysec")
    refused = []

    def is_refused():
        try:
            client.call("INCR", "n")
        except Refused as error:
            refused.append(str(error))
        return bool(refused)
    with Fault(server, "error=EIO"):
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

    def goes_on():
        refused.clear()
        return not is_refused()
    until(goes_on, 10, "writes are refused although syncs succeed again")
    if info(client)["aof_last_write_status"] != "ok":
        sys.exit("INFO does not tell that all is well again")
    finish(server)


def fails_always():
    server, client = started("always")
    client.call("SET", "k", "1")
    with Fault(server, "error=EIO"):
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


def main():
    if not shutil.which("strace"):
        print("skipped: strace is not installed")
        sys.exit(SKIPPED)
    hangs()
    fails()
    fails_always()
    print("a sync that hangs is waited for and counted, one that fails has writes refused, or ends the server")


if __name__ == "__main__":
    main()
