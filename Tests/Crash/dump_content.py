"""A data set with every type, encoding and size, for tests of dump files and payloads."""

FAR = 4_000_000_000
INTEGERS = [0, 1, -1, 127, -128, 128, -129, 32767, -32768, 32768, 2**31 - 1, -(2**31), 2**31, 2**63 - 1, -(2**63)]


def strings():
    yield from ((f"int:{number}", str(number)) for number in INTEGERS)
    for length in (0, 1, 10, 11, 12, 20, 21, 22, 63, 64, 100, 255, 256, 1000, 16383, 16384, 70000):
        yield f"same:{length}", b"a" * length
        yield f"words:{length}", (b"a word, another, and one more; " * (length // 30 + 1))[:length]
        yield f"mixed:{length}", bytes((n * n * 7 + n // 3) % 251 for n in range(length))
    yield "zero padded", "007"
    yield "minus zero", "-0"
    yield "binary", bytes(range(256)) * 40


def elements(kind, count):
    for number in range(count):
        if kind == "ints":
            yield number * 7 - count
        elif kind == "wide":
            yield (number - count // 2) * 2**40
        elif kind == "text":
            yield f"element {number}"
        elif kind == "long":
            yield f"{number} " + "x" * 200
        else:
            kinds = [f"t{number}", number, f"{number}.5", "y" * (number % 90), -number * 100000]
            yield kinds[number % 5] or f"e{number}"


def scores(count):
    special = [0, -0.0, 1, -1.5, 3.141592653589793, 1e300, -1e-300, float("inf"), float("-inf"), 2**53, 1e17, 0.1]
    for number in range(count):
        yield repr(special[number % len(special)] if number % 3 == 0 else number / 8)


def collections():
    for kind in ("ints", "wide", "text", "long", "various"):
        for count in (1, 2, 5, 63, 64, 127, 128, 129, 512, 513, 3000):
            words = list(elements(kind, count))
            yield ["RPUSH", f"list:{kind}:{count}", *words]
            yield ["SADD", f"set:{kind}:{count}", *words]
            yield ["HSET", f"hash:{kind}:{count}", *[w for n, e in enumerate(words) for w in (f"f{n}:{e}"[:60], e)]]
            yield ["ZADD", f"zset:{kind}:{count}", *[w for s, e in zip(scores(count), words) for w in (s, e)]]
    yield ["RPUSH", "list:huge elements", b"z" * 9000, b"small", b"q" * 100000, b"1", b"w" * 8192]
    yield ["HSET", "hash:huge value", "f", b"v" * 50000, "g", "1"]


def streams():
    """Entries with the fields of those before them and with others, some of them gone; groups with what is pending."""
    for count in (1, 3, 100, 101, 300):
        for fields in (1, 4):
            key = f"stream:{count}:{fields}"
            for number in range(count):
                words = [word for field in range(fields) for word in (f"field {field}", number * field)]
                if number % 10 == 7:
                    words += ["odd", "one"]
                yield ["XADD", key, f"{1000 + number // 3}-{number}", *words]
            for number in range(2, count, 5):
                yield ["XDEL", key, f"{1000 + number // 3}-{number}"]
            yield ["XGROUP", "CREATE", key, "readers", "0"]
            yield ["XGROUP", "CREATE", key, "at the end", "$"]
            for consumer in ("first", "second"):
                yield ["XREADGROUP", "GROUP", "readers", consumer, "COUNT", 20, "STREAMS", key, ">"]
            yield ["XREADGROUP", "GROUP", "readers", "idle", "COUNT", 0, "STREAMS", key, "0"]
            yield ["XACK", key, "readers", "1000-0", "1001-4"]
            # What is pending may be gone.
            yield ["XDEL", key, "1001-3"]
    yield ["XADD", "stream:ids", "0-1", "f", "v"]
    yield ["XADD", "stream:ids", "18446744073709551614-18446744073709551615", "f", "v"]
    yield ["XADD", "stream:emptied", "5-5", "f", "v" * 5000]
    yield ["XGROUP", "CREATE", "stream:emptied", "g", "0"]
    yield ["XDEL", "stream:emptied", "5-5"]


def fill(client, prefix="", databases=(0,)):
    for database in databases:
        client.call("SELECT", database)
        for key, value in strings():
            client.call("SET", f"{prefix}{key}", value)
        for command in collections():
            command[1] = prefix + command[1]
            client.call(*command)
        for command in streams():
            key = next(place for place, word in enumerate(command) if str(word).startswith("stream:"))
            command[key] = prefix + command[key]
            client.call(*command)
        client.call("SET", f"{prefix}expires", "1", "PXAT", FAR * 1000 + 123)
        client.call("PEXPIREAT", f"{prefix}list:text:64", FAR * 1000)
        client.call("EXPIREAT", f"{prefix}zset:text:513", FAR)
        # Written as it became, not as it was made.
        client.call("RPUSH", f"{prefix}shrunk", *range(2000))
        client.call("LTRIM", f"{prefix}shrunk", 5, 9)
        client.call("SADD", f"{prefix}was integers", 1, 2, 3, "x")
        client.call("SREM", f"{prefix}was integers", "x")
    client.call("SELECT", 0)
