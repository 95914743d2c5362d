"""Starts a server in a directory of its own, and reads its CPU time and memory from /proc."""

import os
import pathlib
import resource
import shutil
import socket
import subprocess
import tempfile
import time

from .resp import Client, ServerError


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def allow_open_files(wanted):
    """Lets this process, and what it starts, have so many files open; why that cannot be, or None."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        return f"the limit of open files is {hard}"
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    return None


class Server:
    """One running server; use it as a context manager. `aof` is an appendfsync policy, or nothing for no file. A
    directory that is given is kept."""

    def __init__(self, label, binary, aof=None, extra=(), directory=None):
        self.label, self.binary = label, binary
        self.port = free_port()
        self.is_kept = directory is not None
        self.directory = directory or tempfile.mkdtemp(prefix=f"compare-{label}-")
        self.log = os.path.join(self.directory, "log")
        self.unix_socket = os.path.join(self.directory, "socket")
        arguments = [binary, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
                     "--dir", self.directory, "--appendonly", "yes" if aof else "no",
                     "--unixsocket", self.unix_socket]
        if aof:
            arguments += ["--appendfsync", aof]
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(arguments + list(extra), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self._wait_until_ready()

    def _wait_until_ready(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with Client(self.port, timeout=5) as client:
                    client.call("PING")
                return
            except (OSError, ServerError):
                time.sleep(0.05)
        log = pathlib.Path(self.log).read_text(errors="replace")
        self.stop()
        raise SystemExit(f"{self.binary} did not start:\n{log}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.kill()
        self.process.wait()
        if not self.is_kept:
            shutil.rmtree(self.directory, ignore_errors=True)

    def client(self):
        return Client(self.port)

    def refusal(self, *words):
        """The error a command is answered with, or None when the server accepts it."""
        with self.client() as client:
            try:
                client.call(*words)
            except ServerError as error:
                return str(error)
        return None

    def cpu_seconds(self):
        """CPU time so far, user and system, of all threads there are and were."""
        # The kernel's name of another process' CPU clock (clock_getcpuclockid(3)).
        return time.clock_gettime(~self.process.pid << 3 | 2)

    def resident_bytes(self):
        pages = pathlib.Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def used_memory(self):
        """Bytes that the server counts as its data."""
        with self.client() as client:
            info = client.call("INFO", "memory").decode()
        return int(info.partition("used_memory:")[2].split()[0])

    def settled_resident_bytes(self):
        """Resident bytes once they stopped changing: tables rehashed, freed pages returned."""
        last, unchanged = self.resident_bytes(), 0
        for _ in range(60):
            time.sleep(0.25)
            now = self.resident_bytes()
            unchanged = unchanged + 1 if abs(now - last) < 65536 else 0
            last = now
            if unchanged == 8:
                break
        return last


def version(binary):
    """What the binary calls itself, e.g. `7.0.15`."""
    answer = subprocess.run([binary, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    for word in answer.stdout.split():
        if word.startswith("v="):
            return word[2:]
    return answer.stdout.strip() or "unknown"
