"""What a data set holds, in a form that is the same of every server that has Redis 7's commands."""

# Of streams: how they are stored, and what only newer servers tell.
_LEFT_OUT = {b"radix-tree-keys", b"radix-tree-nodes", b"seen-time", b"active-time"}


def digest(client, key):
    """The type and the value of a key, this as a digest where all servers make the same one of all there is."""
    kind = client.call("TYPE", key)
    if kind in (b"zset", b"stream"):
        return value(client, key)
    return kind, client.call("DEBUG", "DIGEST-VALUE", key)


def value(client, key):
    """The type and the value of a key."""
    kind = client.call("TYPE", key)
    if kind == b"zset":
        # Newer servers write a score with fewer digits into it.
        flat = client.call("ZRANGE", key, 0, -1, "WITHSCORES")
        return kind, [(member, float(score)) for member, score in zip(flat[::2], flat[1::2])]
    if kind == b"stream":
        return kind, stream(client, key)
    if kind == b"list":
        return kind, client.call("LRANGE", key, 0, -1)
    if kind == b"string":
        return kind, client.call("GET", key)
    flat = client.call("HGETALL" if kind == b"hash" else "SMEMBERS", key)
    return kind, sorted(zip(flat[::2], flat[1::2]) if kind == b"hash" else flat)


def content(client, of=value):
    """All keys with their databases: the type, the value, and when they expire."""
    found = {}
    for database in range(16):
        client.call("SELECT", database)
        for key in client.call("KEYS", "*"):
            found[database, key] = (*of(client, key), client.call("PEXPIRETIME", key))
    client.call("SELECT", 0)
    return found


def stream(client, key):
    """Entries, counters, groups, consumers and what is pending."""
    facts = _plain(client.call("XINFO", "STREAM", key, "FULL", "COUNT", 0))
    # redis-server 7.0 says that the first of no entries is the largest there could be, when it read an older form.
    return [fact for fact in facts if fact[0] != b"recorded-first-entry-id" or dict(facts)[b"length"] > 0]


def _plain(reply):
    if not isinstance(reply, list):
        return reply
    if reply and len(reply) % 2 == 0 and all(isinstance(name, bytes) for name in reply[::2]):
        return [(name, _plain(part)) for name, part in zip(reply[::2], reply[1::2]) if name not in _LEFT_OUT]
    return [_plain(part) for part in reply]


def difference(first, second):
    """The first key that is not the same in both; None when all are."""
    for key in sorted(first.keys() | second.keys()):
        if first.get(key) != second.get(key):
            return f"{key}: {str(first.get(key))[:600]} and {str(second.get(key))[:600]}"
    return None
