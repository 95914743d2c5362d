"""A small RESP client and a mass inserter on plain sockets."""

import socket


def encode(*words):
    """One command as RESP bytes."""
    parts = [b"*%d\r\n" % len(words)]
    for word in words:
        if not isinstance(word, bytes):
            word = str(word).encode()
        parts.append(b"$%d\r\n%s\r\n" % (len(word), word))
    return b"".join(parts)


def connect(port, timeout=None):
    """A socket that sends at once what it is given."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=timeout)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


class ServerError(Exception):
    """An error reply, without the arguments that the one for unknown commands repeats."""

    def __init__(self, line):
        super().__init__(line.lstrip("-").split("\r\n")[0].split(", with args beginning")[0])


class Client:
    """One blocking connection."""

    def __init__(self, port, timeout=120):
        self.socket = connect(port, timeout)
        self.reader = self.socket.makefile("rb")

    def close(self):
        self.reader.close()
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def call(self, *words):
        """Sends one command and returns its reply; an error reply is raised."""
        self.socket.sendall(encode(*words))
        return self.read()

    def read(self):
        line = self.reader.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError("the server closed the connection")
        kind, rest = line[:1], line[1:-2]
        if kind == b"+":
            return rest
        if kind == b"-":
            raise ServerError(rest.decode())
        if kind == b":":
            return int(rest)
        if kind == b"$":
            return None if rest == b"-1" else self.reader.read(int(rest) + 2)[:-2]
        if kind == b"*":
            return None if rest == b"-1" else [self.read() for _ in range(int(rest))]
        raise ConnectionError(f"unexpected reply {line!r}")

    def insert(self, payload, count):
        """Sends `count` commands whose replies are one line each, and waits for all of those."""
        self.socket.sendall(payload)
        seen, at_line_start = 0, True
        while seen < count:
            chunk = self.socket.recv(1 << 16)
            if not chunk:
                raise ConnectionError("the server closed the connection")
            if (at_line_start and chunk[:1] == b"-") or b"\n-" in chunk:
                raise ServerError(chunk[:200].decode(errors="replace"))
            seen += chunk.count(b"\n")
            at_line_start = chunk.endswith(b"\n")


def fill(port, commands, batch=1000, batch_bytes=1 << 20):
    """Inserts every command of an iterable of encoded ones, at most `batch` or so many bytes at a time."""
    with Client(port) as client:
        pending, size = [], 0
        for command in commands:
            pending.append(command)
            size += len(command)
            if len(pending) == batch or size >= batch_bytes:
                client.insert(b"".join(pending), len(pending))
                pending, size = [], 0
        if pending:
            client.insert(b"".join(pending), len(pending))
