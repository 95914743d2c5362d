"""Ordinary use of a value that came from a damaged payload, and what must hold of it."""

# Types by the number that a payload begins with.
TYPES = {0: "string", 1: "list", 10: "list", 14: "list", 18: "list", 2: "set", 11: "set", 20: "set",
         4: "hash", 9: "hash", 13: "hash", 16: "hash", 3: "zset", 5: "zset", 12: "zset", 17: "zset",
         15: "stream", 19: "stream", 21: "stream"}

# Of each type: how many elements there are, and all of them, two words to an element or one.
COUNTS = {
    "list": (("LLEN",), ("LRANGE", 0, -1), 1),
    "set": (("SCARD",), ("SMEMBERS",), 1),
    "hash": (("HLEN",), ("HGETALL",), 2),
    "zset": (("ZCARD",), ("ZRANGE", 0, -1, "WITHSCORES"), 2),
    "stream": (("XLEN",), ("XRANGE", "-", "+"), 1),
    "string": (("STRLEN",), ("GETRANGE", 0, -1), 1),
}

READS = {
    "string": [("GET",), ("BITCOUNT",), ("PFCOUNT",)],
    "list": [("LINDEX", 0), ("LINDEX", -1), ("LPOS", "1"), ("SORT", "ALPHA", "LIMIT", 0, 10)],
    "set": [("SISMEMBER", 1), ("SRANDMEMBER", 3), ("SRANDMEMBER", -3), ("SSCAN", 0, "COUNT", 100), ("SUNION",)],
    "hash": [("HGET", "f"), ("HKEYS",), ("HRANDFIELD", -3, "WITHVALUES"), ("HSCAN", 0, "COUNT", 100)],
    "zset": [("ZRANGE", 0, -1, "REV"), ("ZRANK", "1"), ("ZRANGE", "-inf", "(5", "BYSCORE"), ("ZLEXCOUNT", "-", "+"),
             ("ZRANDMEMBER", -3), ("ZSCAN", 0, "COUNT", 100)],
    "stream": [("XREVRANGE", "+", "-", "COUNT", 5), ("XINFO STREAM", "FULL"), ("XINFO STREAM",), ("XINFO GROUPS",),
               ("XINFO CONSUMERS", "g"), ("XPENDING", "g"), ("XPENDING", "g", "-", "+", 10), ("XRANGE", "5", "7-1")],
}

CHANGES = {
    "string": [("APPEND", "x"), ("SETRANGE", 3, "xyz"), ("SETBIT", 100, 1), ("PFADD", "x"), ("INCR",)],
    "list": [("LPUSH", "new"), ("LINSERT", "AFTER", "1", "x"), ("LSET", 0, "y"), ("LSET", -1, "12"), ("LREM", 0, "1"),
             ("LPOP",), ("RPOP", 2), ("LTRIM", 1, -2), ("RPUSH", *range(20)), ("LPUSH", "z" * 9000)],
    "set": [("SADD", "new"), ("SADD", 12345678901), ("SREM", "1"), ("SPOP",), ("SADD", *range(20)), ("SPOP", 2),
            ("SADD", "w" * 70)],
    "hash": [("HSET", "f", "new"), ("HSET", *range(20)), ("HDEL", "f", "1"), ("HINCRBY", "0", 1), ("HDEL", "2"),
             ("HINCRBYFLOAT", "n", "1.5"), ("HSET", "long", "v" * 70)],
    "zset": [("ZADD", 1.5, "new"), ("ZINCRBY", "1e308", "1"), ("ZREM", "1"), ("ZPOPMIN",), ("ZPOPMAX", 2),
             ("ZADD", *(number for number in range(40))), ("ZREMRANGEBYSCORE", "(2", 3), ("ZREMRANGEBYRANK", 0, 1)],
    "stream": [("XADD", "*", "f", "v"), ("XADD", "MAXLEN", "~", 50, "*", "f", "v", "g", 12), ("XDEL", "5-1", "7-0"),
               ("XREADGROUP", "g", ">"), ("XREADGROUP", "g", "0"), ("XCLAIM", "g", "me", 0, "5-1", "6-1", "7-0"),
               ("XCLAIM", "g", "me", 0, "8-0", "JUSTID"), ("XCLAIM", "g", "you", 1, "6-1", "RETRYCOUNT", 3),
               ("XAUTOCLAIM", "g", "you", 0, "0", "COUNT", 10), ("XACK", "g", "5-1"), ("XTRIM", "MAXLEN", 3),
               ("XGROUP CREATE", "other", "0", "ENTRIESREAD", 2**63 - 1), ("XREADGROUP", "other", ">"),
               ("XGROUP SETID", "g", "0"),
               ("XREADGROUP", "g", ">"), ("XSETID", "18446744073709551615-1"), ("XADD", "*", "f", "v"),
               ("XGROUP DELCONSUMER", "g", "c"), ("XGROUP CREATECONSUMER", "g", "late"), ("XGROUP DESTROY", "g"),
               ("XTRIM", "MINID", "7")],
}


def command(words, key):
    """A command's words, with the key where it belongs."""
    name, *arguments = words
    if name == "XREADGROUP":
        return ("XREADGROUP", "GROUP", arguments[0], "c", "COUNT", 10, "STREAMS", key, arguments[1])
    if name == "ZADD" and len(arguments) == 2:
        return (name, key, *arguments)
    return (*name.split(), key, *arguments)


def checks(kind, key):
    """What a value is looked at with: the length, all of it, and a copy by DUMP, as `problem` wants the replies."""
    count, everything, _ = COUNTS[kind]
    return [command(count, key), command(everything, key), ("DEBUG", "DIGEST-VALUE", key), ("DUMP", key),
            ("MEMORY", "USAGE", key, "SAMPLES", 0), ("OBJECT", "ENCODING", key)]


def problem(kind, replies):
    """What is wrong with the replies to `checks`; None when nothing is."""
    count, everything, digest, dump, memory, encoding = replies
    for reply in replies:
        if isinstance(reply, Exception):
            return f"an error: {reply}"
    if dump is None or memory is None or encoding is None:
        return "it is not there"
    if len(everything) != count * COUNTS[kind][2]:
        return f"{count} elements, and {len(everything)} words are read"
    words = everything[::COUNTS[kind][2]]
    if kind in ("set", "hash", "zset") and len(set(words)) != len(words):
        return "the same element twice"
    if kind == "zset":
        scores = [float(score) for score in everything[1::2]]
        if any(not first <= second for first, second in zip(scores, scores[1:])):
            return f"scores out of order: {scores}"
    if kind == "stream":
        ids = [tuple(map(int, entry[0].split(b"-"))) for entry in everything]
        if any(first >= second for first, second in zip(ids, ids[1:])):
            return f"identifiers out of order: {ids}"
    return None


def uses(random, kind, key):
    """Reads and changes in any order, a copy, a turn into another database and back, and the end."""
    calls = [command(words, key) for words in random.sample(READS[kind], min(3, len(READS[kind])))]
    changes = [command(words, key) for words in CHANGES[kind]]
    if random.random() < 0.5:
        random.shuffle(changes)
    calls += changes[:random.randrange(1, len(changes) + 1)]
    if random.random() < 0.2:
        calls += [("COPY", key, f"{key}:copy", "REPLACE"), ("RENAME", f"{key}:copy", key)]
    return calls
