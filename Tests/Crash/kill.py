#!/usr/bin/env python3
"""Kills the server under load, again and again, and looks for what it lost.

Each writer runs its own sequence of commands over its own keys and waits for every reply, so after a crash its keys
must be in the state that some prefix of its sequence leaves: with appendfsync always, the prefix that was acknowledged,
or one command more (sent, and not answered); with everysec, one that misses nothing older than two seconds.
Transactions are single steps, so half of one is found as well.
"""

import argparse
import random
import shutil
import sys
import threading
import time

from server import Client, Refused, Server, seeded

WRITERS = 4


class Model:
    """What the keys of one writer hold after so many steps."""

    def __init__(self, writer, seed):
        self.writer = writer
        self.seed = seed
        self.steps = 0
        self.keys = {}

    def key(self, name):
        return f"{self.writer}:{name}"

    def next(self):
        """The commands of the next step, in a transaction when there are several, and their effect."""
        number = self.steps + 1
        random_ = random.Random(f"{self.seed}/{self.writer}/{number}")
        kind = random_.randrange(9)
        slot = random_.randrange(20)
        text = f"{number}-" + "x" * random_.choice([0, 5, 40, 300, 3000])
        a, b = self.key("pair-a"), self.key("pair-b")
        string, table = self.key(f"s{slot}"), self.key(f"h{slot % 4}")
        queue = self.key(f"l{slot % 3}")
        if kind <= 1:
            return [("SET", string, text)], {string: text}
        if kind == 2:
            counter = self.key("counter")
            return [("INCR", counter)], {counter: str(int(self.keys.get(counter, "0")) + 1)}
        if kind == 3:
            fields = dict(self.keys.get(table, {}))
            fields[f"f{slot}"] = text
            return [("HSET", table, f"f{slot}", text)], {table: fields}
        if kind == 4:
            fields = dict(self.keys.get(table, {}))
            fields.pop(f"f{slot}", None)
            return [("HDEL", table, f"f{slot}")], {table: fields or None}
        if kind == 5:
            return [("DEL", string)], {string: None}
        if kind == 6:
            return [("APPEND", string, "+")], {string: self.keys.get(string, "") + "+"}
        if kind == 7 and HAS_LISTS:
            items = list(self.keys.get(queue, []))
            if len(items) > 30:
                return [("LPOP", queue)], {queue: items[1:] or None}
            return [("RPUSH", queue, text)], {queue: items + [text]}
        return [("SET", a, number), ("SET", b, number), ("HSET", self.key("pair"), "n", number)], {
            a: str(number), b: str(number), self.key("pair"): {"n": str(number)}}

    def apply(self, effect):
        self.steps += 1
        for key, value in effect.items():
            if value is None:
                self.keys.pop(key, None)
            else:
                self.keys[key] = value


HAS_LISTS = False


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
                if len(commands) > 1:
                    client.send(("MULTI",), *commands, ("EXEC",))
                    for _ in range(len(commands) + 2):
                        client.read()
                else:
                    client.send(*commands)
                    client.read()
                self.model.apply(effect)
                self.acknowledged.append((time.time(), self.model.steps))
        except Refused as error:
            # Not a crash: every command of the model is one that must succeed.
            self.refusal = error
        except (OSError, ConnectionError):
            pass


def stored(server, writer):
    """All keys of a writer, as the model keeps them."""
    client = server.client()
    state = {}
    for key in client.call("KEYS", f"{writer}:*"):
        kind = client.call("TYPE", key)
        name = key.decode()
        if kind == b"string":
            state[name] = client.call("GET", key).decode()
        elif kind == b"hash":
            flat = client.call("HGETALL", key)
            state[name] = {flat[i].decode(): flat[i + 1].decode() for i in range(0, len(flat), 2)}
        else:
            state[name] = [item.decode() for item in client.call("LRANGE", key, 0, -1)]
    client.close()
    return state


def recovered(start, state, earliest, latest):
    """The model after the prefix of steps between the two bounds that leaves exactly `state`; None if none does."""
    model = Model(start.writer, start.seed)
    model.steps, model.keys = start.steps, dict(start.keys)
    while model.steps <= latest:
        if model.steps >= earliest and model.keys == state:
            return model
        _, effect = model.next()
        model.apply(effect)
    return None


def main():
    global HAS_LISTS
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--minutes", type=float, help="run so long instead")
    parser.add_argument("--sync", choices=["always", "everysec"], default="always")
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    chance = seeded(options.seed)
    end = time.time() + options.minutes * 60 if options.minutes else None

    server = Server("--appendonly", "yes", "--appendfsync", options.sync,
                    "--auto-aof-rewrite-percentage", "100", "--auto-aof-rewrite-min-size", "1mb")
    server.start()
    try:
        server.call("LLEN", "x")
        HAS_LISTS = True
    except Refused:
        print("lists are left out: the server does not know them")
    seed = chance.randrange(1 << 32)
    models = [Model(f"w{index}", seed) for index in range(WRITERS)]
    kills = loading_kills = 0
    while (time.time() < end) if end else (kills < options.kills):
        starts = []
        for model in models:
            copy = Model(model.writer, seed)
            copy.steps, copy.keys = model.steps, dict(model.keys)
            starts.append(copy)
        writers = [Writer(model, server.port) for model in models]
        for writer in writers:
            writer.start()
        # Long enough under everysec for something to be older than two seconds.
        time.sleep(chance.uniform(0.05, 1.0) if options.sync == "always" else chance.uniform(0.5, 5))
        if chance.random() < 0.4:
            try:
                server.call("BGREWRITEAOF")
                time.sleep(chance.uniform(0, 0.03))
            except Refused:
                pass
        killed_at = time.time()
        server.kill()
        kills += 1
        for writer in writers:
            writer.join()
            if writer.refusal:
                sys.exit(f"{writer.model.writer} was refused: {writer.refusal}")
        # Some are killed while they load, too.
        while chance.random() < 0.3:
            server.start(wait=False)
            time.sleep(chance.uniform(0, 0.06))
            server.kill()
            loading_kills += 1
        server.start()
        for index, writer in enumerate(writers):
            acknowledged = writer.model.steps
            earliest = acknowledged
            if options.sync == "everysec":
                old = [step for when, step in writer.acknowledged if when < killed_at - 2]
                earliest = max(old, default=starts[index].steps)
            state = stored(server, writer.model.writer)
            found = recovered(starts[index], state, earliest, writer.sent)
            if found is None:
                print(f"LOST after kill {kills}: writer {writer.model.writer}, steps {earliest} to {writer.sent} "
                      f"allowed, acknowledged {acknowledged}; folder {server.directory}")
                sys.exit(1)
            models[index] = found
    total = sum(model.steps for model in models)
    if total < kills * WRITERS:
        sys.exit(f"only {total} steps were made: this proves nothing")
    server.stop()
    shutil.rmtree(server.directory, ignore_errors=True)
    print(f"{kills} kills under load and {loading_kills} while loading, appendfsync {options.sync}: "
          f"{total} steps, none lost")


if __name__ == "__main__":
    main()
