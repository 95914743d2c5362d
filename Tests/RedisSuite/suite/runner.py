"""Runs one suite file in one of two ways."""

import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import time

from . import output


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


MOST_WORKERS = 4
PORTS_PER_WORKER = 150


def base_port(worker):
    """Ports for the servers and the control socket of one worker, by process id.

    They lie below the ephemeral ones, also with the 10,000 added that the suite keeps free for the bus of a cluster.
    """
    return 11100 + PORTS_PER_WORKER * (MOST_WORKERS * (os.getpid() % 19) + worker)


class ExternalServer:
    """A running server for the suite to talk to."""

    def __init__(self, binary):
        self.directory = tempfile.TemporaryDirectory(prefix="goredis-suite-", ignore_cleanup_errors=True)
        self.port = free_port()
        self.log = pathlib.Path(self.directory.name) / "log"
        arguments = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", self.directory.name, "--save", "",
                     "--logfile", str(self.log), "--enable-debug-command", "yes",
                     "--enable-protected-configs", "yes", "--enable-module-command", "yes"]
        self.output = pathlib.Path(self.directory.name) / "output"
        with self.output.open("wb") as output_file:
            self.process = subprocess.Popen([binary] + arguments, stdin=subprocess.DEVNULL, stdout=output_file,
                                            stderr=output_file, start_new_session=True)

    def __enter__(self):
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as probe:
                    probe.sendall(b"PING\r\n")
                    if probe.recv(16):
                        return self
            except OSError:
                time.sleep(0.05)
        print(f"the server does not answer PING:\n{self.log_text()[-1000:]}")
        return self

    def __exit__(self, *_):
        end_group(self.process)
        self.directory.cleanup()

    def log_text(self):
        return "".join(path.read_text(errors="replace") for path in (self.log, self.output) if path.exists())


def end_group(process):
    """Kills a process that leads a group of its own, and whatever it left behind there."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def _run_helper(copy, arguments, timeout):
    """test_helper.tcl with its output in a file: pipes would be held open by servers that outlive it."""
    with tempfile.TemporaryFile() as captured:
        process = subprocess.Popen(["tclsh", "tests/test_helper.tcl"] + arguments, cwd=copy,
                                   stdin=subprocess.DEVNULL, stdout=captured, stderr=subprocess.STDOUT,
                                   start_new_session=True, env={**os.environ, "TERM": "dumb"})
        try:
            process.wait(timeout)
            timed_out = False
        except subprocess.TimeoutExpired:
            timed_out = True
        status = process.returncode
        end_group(process)
        captured.seek(0)
        return captured.read().decode(errors="replace"), timed_out, status


def run(copy, binary, worker, way, file, skips, options):
    """Runs one file and tells what came of it."""
    start = time.monotonic()
    timeout = options.timeout
    arguments = ["--single", file, "--clients", "1", "--durable", "--timeout", str(timeout),
                 "--baseport", str(base_port(worker)), "--portcount", str(PORTS_PER_WORKER)]
    if way == "own":
        arguments.append("--dont-clean")
    for test in skips:
        arguments += ["--skiptest", test]
    for test in options.only:
        arguments += ["--only", test]
    if way == "external":
        with ExternalServer(binary) as server:
            result = _run_helper(copy, ["--host", "127.0.0.1", "--port", str(server.port)] + arguments, timeout)
            log = server.log_text()
    else:
        result = _run_helper(copy, arguments, timeout)
        log = ""
        for stdout in sorted(copy.glob("tests/tmp/server.*/std*")):
            log += f"==== {stdout.parent.name}/{stdout.name}\n{stdout.read_text(errors='replace')}"
    outcome = output.parse(*result)
    outcome.seconds = time.monotonic() - start
    outcome.log = f"{result[0]}\n==== server log\n{log}"
    return outcome
