"""What the keys of a writer of the kill test must hold after so many of its steps."""

import random
import time

# Times to live that are far away, in milliseconds since 1970.
FAR = 4_000_000_000_000


class Model:
    """The keys of one writer. A step's commands follow from the seed, the writer and the step's number alone."""

    def __init__(self, writer, seed, epoch=None):
        self.writer = writer
        self.seed = seed
        # Short times to live count from here.
        self.epoch = epoch or int(time.time() * 1000)
        self.steps = 0
        self.keys = {}

    def copy(self):
        copy = Model(self.writer, self.seed, self.epoch)
        copy.steps, copy.keys = self.steps, dict(self.keys)
        return copy

    def key(self, name):
        return f"{self.writer}:{name}"

    def next(self):
        """The commands of the next step, in a transaction when there are several, and their effect.

        A string's time to live is kept under its name and `@`; what expires soon, as a pair of its value and time.
        """
        number = self.steps + 1
        random_ = random.Random(f"{self.seed}/{self.writer}/{number}")
        kind = random_.randrange(21)
        slot = random_.randrange(20)
        text = f"{number}-" + "x" * random_.choice([0, 5, 40, 300, 3000])
        string, table = self.key(f"s{slot}"), self.key(f"h{slot % 4}")
        queue = self.key(f"l{slot % 3}")
        if kind <= 1:
            return [("SET", string, text)], {string: text, f"{string}@": None}
        if kind == 2:
            counter = self.key("counter")
            return [("INCR", counter)], {counter: str(int(self.keys.get(counter, "0")) + 1)}
        if kind == 3:
            return [("HSET", table, f"f{slot}", text)], {table: self.keys.get(table, {}) | {f"f{slot}": text}}
        if kind == 4:
            fields = {name: value for name, value in self.keys.get(table, {}).items() if name != f"f{slot}"}
            return [("HDEL", table, f"f{slot}")], {table: fields or None}
        if kind == 5:
            return [("DEL", string)], {string: None, f"{string}@": None}
        if kind == 6:
            return [("APPEND", string, "+")], {string: self.keys.get(string, "") + "+"}
        if kind <= 8:
            return self.change_list(random_, queue, text)
        if kind == 9:
            return [("SET", string, text, "PXAT", FAR + number)], {string: text, f"{string}@": FAR + number}
        if kind == 10:
            known = string in self.keys
            return [("PEXPIREAT", string, FAR + number)], {f"{string}@": FAR + number} if known else {}
        if kind == 11:
            return [("PERSIST", string)], {f"{string}@": None}
        if kind == 12:
            brief, end = self.key(f"e{slot}"), self.epoch + 3 * number
            return [("SET", brief, text, "PXAT", end)], {brief: (text, end)}
        if kind <= 14:
            return self.change_set(random_, self.key(f"u{slot % 3}"), text)
        if kind <= 16:
            return self.change_sorted_set(random_, self.key(f"z{slot % 3}"), text)
        if kind <= 19:
            return self.change_stream(random_, self.key(f"x{slot % 3}"), text)
        a, b = self.key("pair-a"), self.key("pair-b")
        return [("SET", a, number), ("SET", b, number), ("HSET", self.key("pair"), "n", number),
                ("RPUSH", queue, text), ("PEXPIREAT", a, FAR + number)], {
            a: str(number), f"{a}@": FAR + number, b: str(number), self.key("pair"): {"n": str(number)},
            queue: self.keys.get(queue, []) + [text]}

    def change_list(self, random_, queue, text):
        items = self.keys.get(queue, [])
        if len(items) > 30 or items and random_.random() < 0.3:
            if random_.random() < 0.5:
                return [("LPOP", queue)], {queue: items[1:] or None}
            return [("RPOP", queue)], {queue: items[:-1] or None}
        if random_.random() < 0.3:
            return [("LPUSH", queue, text)], {queue: [text] + items}
        if items and random_.random() < 0.3:
            return [("LSET", queue, 0, text)], {queue: [text] + items[1:]}
        return [("RPUSH", queue, text)], {queue: items + [text]}

    def change_set(self, random_, name, text):
        members = self.keys.get(name, frozenset())
        if len(members) > 30:
            return [("SPOP", name, 1000)], {name: None}
        if members and random_.random() < 0.4:
            gone = random_.choice(sorted(members))
            return [("SREM", name, gone)], {name: members - {gone} or None}
        member = random_.choice([str(self.steps), text])
        return [("SADD", name, member)], {name: members | {member}}

    def change_sorted_set(self, random_, name, text):
        scores = self.keys.get(name, {})
        if len(scores) > 30:
            return [("ZREMRANGEBYRANK", name, 0, -1)], {name: None}
        if scores and random_.random() < 0.3:
            gone = random_.choice(sorted(scores))
            left = {member: score for member, score in scores.items() if member != gone}
            return [("ZREM", name, gone)], {name: left or None}
        if scores and random_.random() < 0.4:
            member, step = random_.choice(sorted(scores)), random_.random()
            return [("ZINCRBY", name, repr(step), member)], {name: scores | {member: scores[member] + step}}
        member, score = random_.choice([str(self.steps), text]), random_.random()
        return [("ZADD", name, repr(score), member)], {name: scores | {member: score}}

    def change_stream(self, random_, name, text):
        """A queue with a group: what it holds, how far it was read, and which entries are pending for whom."""
        queue = self.keys.get(name)
        identifier = f"{self.steps + 1}-0"
        if queue is None:
            return [("XADD", name, identifier, "f", text), ("XGROUP", "CREATE", name, "g", 0)], {
                name: {"entries": ((identifier, text),), "read": 0, "pending": {}}}
        entries, pending = queue["entries"], queue["pending"]
        if len(entries) > 30:
            return [("XTRIM", name, "MAXLEN", 10)], {name: queue | {"entries": entries[-10:], "pending": {
                entry: consumer for entry, consumer in pending.items() if entry in dict(entries[-10:])}}}
        if pending and random_.random() < 0.3:
            done = random_.choice(sorted(pending))
            return [("XACK", name, "g", done)], {
                name: queue | {"pending": {entry: pending[entry] for entry in pending if entry != done}}}
        if pending and random_.random() < 0.2:
            taken = random_.choice(sorted(pending))
            return [("XCLAIM", name, "g", "other", 0, taken)], {name: queue | {"pending": pending | {taken: "other"}}}
        if random_.random() < 0.5:
            consumer = f"c{random_.randrange(3)}"
            new = [entry for entry, _ in entries if int(entry[:-2]) > queue["read"]][:2]
            return [("XREADGROUP", "GROUP", "g", consumer, "COUNT", 2, "STREAMS", name, ">")], {
                name: queue | {"read": int(new[-1][:-2]) if new else queue["read"],
                               "pending": pending | {entry: consumer for entry in new}}}
        return [("XADD", name, identifier, "f", text)], {name: queue | {"entries": entries + ((identifier, text),)}}

    def apply(self, effect):
        self.steps += 1
        for key, value in effect.items():
            if value is None:
                self.keys.pop(key, None)
            else:
                self.keys[key] = value

    def allows(self, state, then):
        """Whether the keys may look so at `then`, milliseconds; what expires soon may be there or not only before."""
        for key in self.keys.keys() | state.keys():
            expected, found = self.keys.get(key), state.get(key)
            if isinstance(expected, tuple):
                text, end = expected
                if found is None and end > then or found is not None and found != text:
                    return False
            elif expected != found:
                return False
        return True


def stored(server, writer):
    """All keys of a writer, as the model keeps them, and when they were looked at, milliseconds."""
    client = server.client()
    state = {}
    for key in client.call("KEYS", f"{writer}:*"):
        kind = client.call("TYPE", key)
        name = key.decode()
        if kind == b"string":
            value, time_ = client.call("GET", key), client.call("PEXPIRETIME", key)
            if value is None:
                continue
            state[name] = value.decode()
            if time_ > FAR:
                state[f"{name}@"] = time_
        elif kind == b"hash":
            flat = client.call("HGETALL", key)
            state[name] = {flat[i].decode(): flat[i + 1].decode() for i in range(0, len(flat), 2)}
        elif kind == b"list":
            state[name] = [item.decode() for item in client.call("LRANGE", key, 0, -1)]
        elif kind == b"zset":
            flat = client.call("ZRANGE", key, 0, -1, "WITHSCORES")
            state[name] = {flat[i].decode(): float(flat[i + 1]) for i in range(0, len(flat), 2)}
        elif kind == b"stream":
            state[name] = stored_stream(client, key)
        elif kind == b"set":
            state[name] = frozenset(member.decode() for member in client.call("SMEMBERS", key))
    client.close()
    return state, int(time.time() * 1000)


def stored_stream(client, key):
    """A queue as the model keeps it; an entry that is gone is pending for nobody after a rewrite."""
    entries = tuple((entry.decode(), fields[1].decode()) for entry, fields in client.call("XRANGE", key, "-", "+"))
    groups = client.call("XINFO", "GROUPS", key)
    if not groups:
        return {"entries": entries}
    pending = client.call("XPENDING", key, "g", "-", "+", 1000)
    return {"entries": entries, "read": int(groups[0][groups[0].index(b"last-delivered-id") + 1].split(b"-")[0]),
            "pending": {row[0].decode(): row[1].decode() for row in pending if row[0].decode() in dict(entries)}}


def recovered(start, seen, earliest, latest):
    """The model after the prefix of steps between the two bounds that allows what was seen; None if none does."""
    model = start.copy()
    while model.steps <= latest:
        if model.steps >= earliest and model.allows(*seen):
            return model
        _, effect = model.next()
        model.apply(effect)
    return None
