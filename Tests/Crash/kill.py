#!/usr/bin/env python3
"""Kills the server under load, again and again, and looks for what it lost.

Each writer runs its own sequence of commands over its own keys and waits for every reply, so after a crash its keys
must be in the state that some prefix of its sequence leaves: with appendfsync always, the prefix that was acknowledged,
or one command more (sent, and not answered); with everysec, one that misses nothing older than two seconds.
Transactions are single steps, so half of one is found as well.

The server is killed at any moment, and at chosen ones: in the midst of a rewrite, while a rewrite's files take their
places in the manifest, and while it loads. What each kill met is read from the folder it left, and counted.
"""

import argparse
import collections
import os
import random
import shutil
import sys
import threading
import time

from model import Model, recovered, stored
from server import Client, Refused, Server, seeded

WRITERS = 4
PHASES = ["under load", "rewriting", "replacing the manifest", "loading"]


class Writer(threading.Thread):
    """Runs the model's steps against the server until the connection is lost."""

    def __init__(self, model, port):
        super().__init__(daemon=True)
        self.model = model
        self.port = port
        self.sent = model.steps
        # When each step was acknowledged, for everysec.
        self.acknowledged = []
        self.refusal = None

    def run(self):
        try:
            client = Client(self.port)
            while True:
                commands, effect = self.model.next()
                self.sent = self.model.steps + 1
                client.carry_out(commands)
                self.model.apply(effect)
                self.acknowledged.append((time.time(), self.model.steps))
        except Refused as error:
            # Not a crash: every command of the model is one that must succeed.
            self.refusal = error
        except (OSError, ConnectionError):
            pass


def files(server):
    """What is in the folder of the append-only file, the manifest's own lines, and the working directory."""
    folder = server.append_only_path()
    names = set(os.listdir(folder))
    with open(os.path.join(folder, "appendonly.aof.manifest"), encoding="utf-8") as manifest:
        lines = [line.split() for line in manifest]
    return names, {line[1] for line in lines}, {line[5] for line in lines}, os.listdir(server.directory)


def phase(server):
    """What a server that was killed under load was doing, by what it left."""
    names, listed, kinds, beside = files(server)
    unlisted = {name for name in names - listed if name.startswith("appendonly.aof.") and name.endswith(".aof")}
    # A manifest half written, a file that it is about to name, or one that it names as history.
    if "temp-appendonly.aof.manifest" in names or unlisted or "h" in kinds:
        return "replacing the manifest"
    return "rewriting" if f"temp-rewriteaof-bg-{server.process.pid}.aof" in beside else "under load"


def wait_for(condition, seconds=2.0):
    """Spins until the condition holds or time is over."""
    end = time.time() + seconds
    while time.time() < end and not condition():
        pass


def aim(chance, server, options):
    """Waits for the moment to kill the server at."""
    # Long enough under everysec for something to be older than two seconds.
    time.sleep(chance.uniform(0.05, 1.0) if options.sync == "always" else chance.uniform(0.5, 5))
    target = chance.choice(PHASES[:3])
    if target == "under load":
        return
    folder = server.append_only_path()
    names = set(os.listdir(folder))
    try:
        server.call("BGREWRITEAOF")
    except Refused:
        # One runs already, because the file has grown.
        pass
    if target == "rewriting":
        time.sleep(chance.uniform(0, 0.02))
        return
    # The folder changes at the rewrite's beginning and at its end.
    if chance.random() < 0.5:
        wait_for(lambda: any(".base." in name for name in set(os.listdir(folder)) - names))
    else:
        wait_for(lambda: "temp-appendonly.aof.manifest" in os.listdir(folder))
    time.sleep(chance.choice([0, 0, chance.uniform(0, 0.002)]))


def kill_while_loading(chance, server):
    """Starts the server and kills it while the file is mapped into its memory; true when it had not loaded yet."""
    before = server.log().count("DB loaded from append only file")
    server.start(wait=False)

    def is_reading():
        try:
            with open(f"/proc/{server.process.pid}/maps", encoding="utf-8", errors="replace") as maps:
                return "appendonly.aof" in maps.read()
        except FileNotFoundError:
            return True
    wait_for(is_reading)
    time.sleep(chance.uniform(0, 0.004))
    server.kill()
    return server.log().count("DB loaded from append only file") == before


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=10, help="under load; those while loading come on top")
    parser.add_argument("--minutes", type=float, help="run so long instead")
    parser.add_argument("--sync", choices=["always", "everysec"], default="always")
    parser.add_argument("--commands", action="store_true", help="bases of rewrites are commands, not dump files")
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    chance = seeded(options.seed)
    end = time.time() + options.minutes * 60 if options.minutes else None

    server = Server("--appendonly", "yes", "--appendfsync", options.sync,
                    "--auto-aof-rewrite-percentage", "100", "--auto-aof-rewrite-min-size", "1mb",
                    "--aof-use-rdb-preamble", "no" if options.commands else "yes")
    server.start()
    # Something to rewrite and to load for longer than it takes to aim.
    client = server.client()
    for base in range(0, 200_000, 1000):
        client.call("MSET", *[word for number in range(base, base + 1000) for word in (f"ballast:{number}", number)])
    client.close()
    seed = chance.randrange(1 << 32)
    models = [Model(f"w{index}", seed) for index in range(WRITERS)]
    kills = 0
    counts = collections.Counter()
    while (time.time() < end) if end else (kills < options.kills):
        starts = [model.copy() for model in models]
        writers = [Writer(model, server.port) for model in models]
        for writer in writers:
            writer.start()
        aim(chance, server, options)
        killed_at = time.time()
        server.kill()
        kills += 1
        for writer in writers:
            writer.join()
            if writer.refusal:
                sys.exit(f"{writer.model.writer} was refused: {writer.refusal}; folder {server.directory}")
        counts[phase(server)] += 1
        for name in os.listdir(server.directory):
            if name.startswith("temp-rewriteaof-bg-"):
                os.remove(os.path.join(server.directory, name))
        while chance.random() < 0.4:
            if kill_while_loading(chance, server):
                counts["loading"] += 1
        server.start()
        if server.call("GET", "ballast:77777") != b"77777":
            sys.exit(f"LOST after kill {kills}: a key that was never changed; folder {server.directory}")
        for index, writer in enumerate(writers):
            acknowledged = writer.model.steps
            earliest = acknowledged
            if options.sync == "everysec":
                old = [step for when, step in writer.acknowledged if when < killed_at - 2]
                earliest = max(old, default=starts[index].steps)
            found = recovered(starts[index], stored(server, writer.model.writer), earliest, writer.sent)
            if found is None:
                sys.exit(f"LOST after kill {kills}: writer {writer.model.writer}, steps {earliest} to {writer.sent} "
                         f"allowed, acknowledged {acknowledged}; folder {server.directory}")
            models[index] = found
    total = sum(model.steps for model in models)
    if total < kills * WRITERS:
        sys.exit(f"only {total} steps were made: this proves nothing")
    server.stop()
    shutil.rmtree(server.directory, ignore_errors=True)
    met = ", ".join(f"{counts[name]} {name}" for name in PHASES)
    print(f"{sum(counts.values())} kills ({met}), appendfsync {options.sync}: {total} steps, none lost")


if __name__ == "__main__":
    main()
