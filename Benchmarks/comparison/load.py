"""How long loading an append-only file takes, as the server logs it."""

import os
import random
import re
import shutil
import subprocess
import tempfile
import time

from . import progress
from .resp import Client, ServerError, encode
from .server import free_port

PATTERN = re.compile(r"DB loaded from append only file: ([0-9.]+) seconds")


def _sets(count):
    numbers = random.Random(1)
    for i in range(count):
        yield encode("SET", b"key:%012d" % numbers.randrange(count), b"value:%010d" % i)


def _hashes(count):
    for i in range(count):
        words = ["HSET", b"hash:%011d" % i]
        for field in range(10):
            words += [b"fld:%02d" % field, b"val:%02d" % field]
        yield encode(*words)


def _write(directory, commands):
    folder = os.path.join(directory, "appendonlydir")
    os.mkdir(folder)
    with open(os.path.join(folder, "appendonly.aof.1.incr.aof"), "wb") as file:
        file.writelines(commands)


def _load(binary, directory):
    """Seconds to load the file, with the manifest as it was before any server saw it."""
    folder = os.path.join(directory, "appendonlydir")
    for name in os.listdir(folder):
        if ".base." in name:
            os.remove(os.path.join(folder, name))
    with open(os.path.join(folder, "appendonly.aof.manifest"), "w") as file:
        file.write("file appendonly.aof.1.incr.aof seq 1 type i\n")
    log = os.path.join(directory, "log")
    port = free_port()
    with open(log, "wb") as output:
        process = subprocess.Popen(
            [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", directory,
             "--appendonly", "yes"],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        while process.poll() is None:
            try:
                with Client(port, timeout=60) as client:
                    client.call("PING")
                break
            except (OSError, ServerError):
                time.sleep(0.1)
    finally:
        process.kill()
        process.wait()
    found = PATTERN.search(open(log, errors="replace").read())
    if not found:
        raise SystemExit(f"{binary} did not load {directory}")
    return float(found[1])


def run(binaries, options):
    """Rows of file and seconds by server: the median of the rounds."""
    rows = []
    sets, hashes = options.load_commands, options.load_commands // 10
    for name, commands in ((f"{sets:,} SETs", _sets(sets)), (f"{hashes:,} hashes of 10 fields", _hashes(hashes))):
        directory = tempfile.mkdtemp(prefix="compare-load-")
        try:
            _write(directory, commands)
            seconds = {label: [] for label, _ in binaries}
            for number in range(options.rounds):
                for label, binary in binaries:
                    progress.show(f"load {name}: {label}, round {number + 1}")
                    seconds[label].append(_load(binary, directory))
            rows.append({"file": name, "seconds": {label: sorted(s)[len(s) // 2] for label, s in seconds.items()}})
        finally:
            shutil.rmtree(directory, ignore_errors=True)
    progress.show()
    return {"rows": rows}
