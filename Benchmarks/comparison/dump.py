"""Dump files: seconds to save and to load one, its size, a save in the background under load; and payloads."""

import os
import pathlib
import re
import shutil
import statistics
import tempfile
import time

from . import progress, rewrite
from .commands import big, each, key
from .resp import Client, encode, fill
from .server import Server

LOADED = re.compile(r"DB loaded from disk: ([0-9.]+) seconds")
FILE = "dump.rdb"
# Payloads are asked for and sent in so many pipelines.
PIPELINE, BATCHES = 16, 3000
FIELDS = 100


def _ten(number, *parts):
    """Ten elements of the collection of this number, of these parts each."""
    return [part(element) for element in range(number * 10, number * 10 + 10) for part in parts]


def data_sets(count):
    """What is saved and loaded, and the commands that make it: so many keys or members, or elements in tens."""
    def name(number):
        return b"member:%09d" % number
    def score(number):
        return b"%d" % (number * 7919 % count)
    def value(number):
        return b"value:%010d" % number
    tens = count // 10
    return {
        f"{count:,} strings": each(count, lambda i: ("SET", key(i), value(i))),
        f"{tens:,} hashes of 10": each(tens, lambda i: ("HSET", key(i), *_ten(i, name, value))),
        f"{tens:,} sets of 10": each(tens, lambda i: ("SADD", key(i), *_ten(i, name))),
        f"{tens:,} sorted sets of 10": each(tens, lambda i: ("ZADD", key(i), *_ten(i, score, name))),
        f"a sorted set of {count:,}": big("ZADD", "big", count, lambda i: (score(i), name(i))),
    }


def _load(label, binary, directory):
    """A server with a dump file, and how many seconds it says that it took to load that."""
    server = Server(label, binary, directory=directory)
    found = LOADED.search(pathlib.Path(server.log).read_text(errors="replace"))
    if not found:
        server.stop()
        raise SystemExit(f"{binary} did not load its dump file")
    return server, float(found[1])


def _save(server):
    """Seconds that SAVE takes."""
    with server.client() as client:
        start = time.perf_counter()
        client.call("SAVE")
        return time.perf_counter() - start


def _save_and_load(chosen, options, commands):
    """The figures of each server. The first one's file brings the data set to all; then each saves, and loads what it
    saved."""
    rounds = {label: [] for label, _ in chosen}
    with tempfile.TemporaryDirectory(prefix="compare-dump-") as directory:
        with Server(*chosen[0], directory=directory) as server:
            fill(server.port, commands())
            _save(server)
        for label, binary in chosen:
            with tempfile.TemporaryDirectory(prefix="compare-dump-") as own:
                shutil.copy(os.path.join(directory, FILE), own)
                for number in range(options.rounds):
                    progress.show(f"dump: {label}, round {number + 1}/{options.rounds}")
                    server, seconds = _load(label, binary, own)
                    with server:
                        found = {"load": seconds} if number else {}
                        found["save"] = _save(server)
                        rounds[label].append(found | {"bytes": os.path.getsize(os.path.join(own, FILE))})
                server, seconds = _load(label, binary, own)
                server.stop()
                rounds[label].append({"load": seconds})
    return {label: {figure: statistics.median(found[figure] for found in of_one if figure in found)
                    for figure in ("load", "save", "bytes")} for label, of_one in rounds.items()}


def _rate(server, command, reply_size):
    """Commands per CPU second of the server, sent through a pipeline."""
    pipeline, size = command * PIPELINE, reply_size * PIPELINE
    with Client(server.port) as client:
        before = server.cpu_seconds()
        for _ in range(BATCHES):
            client.socket.sendall(pipeline)
            left = size
            while left:
                left -= len(client.socket.recv(left))
        return PIPELINE * BATCHES / (server.cpu_seconds() - before)


def _payloads(label, binary):
    with Server(label, binary) as server, server.client() as client:
        client.call("HSET", "hash", *(word for field in range(FIELDS) for word in (f"field:{field}", f"value:{field}")))
        payload = client.call("DUMP", "hash")
        reply = len(b"$%d\r\n\r\n" % len(payload)) + len(payload)
        return {"DUMP": _rate(server, encode("DUMP", "hash"), reply),
                "RESTORE": _rate(server, encode("RESTORE", "copy", 0, payload, "REPLACE"), len(b"+OK\r\n"))}


def _files(chosen, options):
    rows = []
    for name, commands in data_sets(options.keys).items():
        if any(part in name for part in options.data_sets or [""]):
            found = _save_and_load(chosen, options, commands)
            for figure, unit, form in (("load", "load, seconds", ".2f"), ("save", "SAVE, seconds", ".2f"),
                                       ("bytes", "its file, bytes", ",.0f")):
                rows.append([f"{name}: {unit}", form, {label: found[label][figure] for label, _ in chosen}])
    return rows


def _background(chosen, options):
    found = rewrite.run(chosen, options, rewrite.SAVE)["servers"]
    def row(title, form, figure):
        return [title, form, {label: figure(found[label]["quiet"], found[label]["busy"]) for label in found}]
    return [row("BGSAVE: p99.9 before, ms", ".2f", lambda quiet, busy: quiet["latency"]["p99.9"]),
            row("BGSAVE: p99.9 meanwhile, ms", ".2f", lambda quiet, busy: busy["latency"]["p99.9"]),
            row("BGSAVE: extra memory", ".1%", lambda quiet, busy: busy["extra"] / busy["resident"]),
            row("BGSAVE: seconds", ".1f", lambda quiet, busy: busy["seconds"])]


def _of_payloads(chosen, options):
    rounds = {label: [] for label, _ in chosen}
    for number in range(options.rounds):
        for label, binary in chosen:
            progress.show(f"payloads: {label}, round {number + 1}/{options.rounds}")
            rounds[label].append(_payloads(label, binary))
    return [[f"{name} of a hash of {FIELDS}, per CPU second", ",.0f",
             {label: statistics.median(found[name] for found in rounds[label]) for label in rounds}]
            for name in ("DUMP", "RESTORE")]


MEASUREMENTS = {"files": _files, "background": _background, "payloads": _of_payloads}


def run(chosen, options):
    """Rows: what it is, how it is written, and the figure of each server."""
    rows = [row for name in options.only or MEASUREMENTS for row in MEASUREMENTS[name](chosen, options)]
    progress.show()
    return rows


def table(rows, labels):
    """In Markdown."""
    lines = ["| | " + " | ".join(labels) + " |", "|---" + "|---:" * len(labels) + "|"]
    return "\n".join(lines + ["| " + " | ".join([title] + [format(figures[label], form) for label in labels]) + " |"
                              for title, form, figures in rows])
