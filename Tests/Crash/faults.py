"""Faults of the disk under a running server, made by strace, and what the server did meanwhile."""

import re
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77


def require_strace():
    if not shutil.which("strace"):
        print("skipped: strace is not installed")
        sys.exit(SKIPPED)


class Tracer:
    """Watches some system calls of a server while the block runs, and has something happen to them.

    `faults` are strace's: `fdatasync:error=EIO`. With a path only calls that have to do with that file count.
    """

    def __init__(self, server, *calls, faults=(), path=None):
        self.output = tempfile.NamedTemporaryFile(prefix="goredis-strace-")  # pylint: disable=consider-using-with
        command = ["strace", "-f", "-q", "-y", "-o", self.output.name]
        command += ["-e", "trace=" + ",".join(calls or [fault.split(":")[0] for fault in faults])]
        for fault in faults:
            command += ["-e", f"inject={fault}"]
        if path:
            command += ["-P", path]
        self.tracer = subprocess.Popen(
            [*command, "-p", str(server.process.pid)],
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

    def count(self, pattern):
        """How many of the watched calls were made whose line this regular expression is found in."""
        with open(self.output.name, encoding="utf-8", errors="replace") as lines:
            return sum(1 for line in lines if re.search(pattern, line))


def fault(server, *faults, path=None):
    """Something that happens to system calls of a server while the block runs."""
    return Tracer(server, faults=faults, path=path)


def info(client):
    text = client.call("INFO", "persistence").decode()
    return dict(line.split(":", 1) for line in text.split("\r\n") if ":" in line)


def until(condition, seconds, failure):
    end = time.time() + seconds
    while not condition():
        if time.time() > end:
            sys.exit(failure)
        time.sleep(0.02)
