#!/usr/bin/env python3
"""Primaries that lie: whatever they send, the replica stays up, bounded, and says what is wrong in its log."""

import socket
import sys
import threading
import time

from pair import check, goredis, servers, until

ID = "a" * 40
MARK = "m" * 40


class Primary:
    """A primary made of a script: what it answers to PSYNC and sends from then on, to each replica that comes."""

    def __init__(self, body, greeting=b"+PONG\r\n"):
        self.body = body
        self.greeting = greeting
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.visits = 0
        self.isOver = False
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while not self.isOver:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.visits += 1
            threading.Thread(target=self.greet, args=[connection], daemon=True).start()

    def greet(self, connection):
        with connection:
            try:
                connection.settimeout(20)
                received = b""
                answered = False
                while b"PSYNC" not in received and b"SYNC\r\n" not in received:
                    part = connection.recv(4096)
                    if not part:
                        return
                    received += part
                    if b"PING" in received and not answered:
                        connection.sendall(self.greeting)
                        answered = True
                    connection.sendall(b"+OK\r\n" * (part.count(b"REPLCONF") + part.count(b"AUTH")))
                self.body(connection)
            except OSError:
                pass

    def close(self):
        self.isOver = True
        self.listener.close()


def full(text):
    return f"+FULLRESYNC {ID} 100\r\n".encode() + text


def sends(data, then_waits=0.0):
    def body(connection):
        connection.sendall(data)
        time.sleep(then_waits)
    return body


def endless(first, piece, limit=64 << 20):
    """A piece again and again, until the replica has had enough, or the test has."""
    def body(connection):
        connection.sendall(first)
        sent = 0
        while sent < limit:
            connection.sendall(piece)
            sent += len(piece)
    return body


# An empty dump file of version 9 whose checksum is not looked at.
EMPTY = b"REDIS0009\xff" + bytes(8)


def dump(data):
    return full(b"$%d\r\n" % len(data)) + data


STREAM = dump(EMPTY)


def command(*words):
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)


# What the primary does, and what the log says of it.
LIES = [
    ("no answer to PING but an error", sends(b""), "Error reply to PING from master", b"-ERR no\r\n"),
    ("an endless line to PING", sends(b""), "endless line", b"x" * 5000),
    ("a wrong full resynchronisation", sends(b"+FULLRESYNC abc 1\r\n"), "wrong +FULLRESYNC syntax"),
    ("an offset that is none", sends(f"+FULLRESYNC {ID} 99999999999999999999999\r\n".encode()), "wrong +FULLRESYNC"),
    ("a negative offset", sends(f"+FULLRESYNC {ID} -5\r\n".encode()), "wrong +FULLRESYNC syntax"),
    ("nonsense to PSYNC", sends(b"hello\r\n"), "Unexpected reply to PSYNC"),
    ("a state in which it cannot", sends(b"-NOMASTERLINK wait\r\n"), "currently unable to PSYNC"),
    ("no length", sends(full(b"hello\r\n")), "Bad protocol from MASTER"),
    ("a negative length", sends(full(b"$-1\r\n")), "Bad protocol from MASTER"),
    ("a length of no number", sends(full(b"$99999999999999999999\r\n")), "Bad protocol from MASTER"),
    ("an error in place of the length", sends(full(b"-no memory\r\n")), "MASTER aborted replication with an error"),
    ("an endless length", endless(full(b""), b"1" * 4096), "an endless line"),
    ("half a transfer", sends(full(b"$1000\r\nREDIS0009")), "I/O error trying to sync with MASTER"),
    ("a huge length and the end", sends(full(b"$9000000000000000000\r\nREDIS")), "I/O error trying to sync"),
    ("nothing behind a mark", sends(full(f"$EOF:{MARK}\r\n".encode() + b"REDIS")), "I/O error trying to sync"),
    ("no dump file", sends(dump(b"hello"), 5), "Bad file format"),
    ("an empty one with a mark", sends(full(f"$EOF:{MARK}\r\n{MARK}".encode()), 5), "Bad file format"),
    ("a type of a newer version", sends(dump(b"REDIS0012\xfe\0\x18\x01a\x01b\xff"), 5), "type 24"),
    ("a version from the future", sends(dump(b"REDIS9999\xff" + bytes(8)), 5), "format version 9999"),
    ("inline commands", sends(STREAM + b"SET a 1\r\n", 5), "Master using the inline protocol"),
    ("no command", sends(STREAM + b"*1\r\n+OK\r\n", 5), "Protocol error"),
    ("an unknown command", sends(STREAM + command(b"NOSUCH", b"x"), 5), "== CRITICAL =="),
    ("a wrong number of arguments", sends(STREAM + command(b"SET", b"x"), 5), "== CRITICAL =="),
    ("a command that blocks", sends(STREAM + command(b"BLPOP", b"x", b"0") + command(b"NOSUCH"), 5), "NOSUCH"),
    ("a subscription", sends(STREAM + command(b"SUBSCRIBE", b"x") + command(b"NOSUCH"), 5), "== CRITICAL =="),
    ("the order to follow nobody", sends(STREAM + command(b"REPLICAOF", b"NO", b"ONE"), 5), "MASTER MODE enabled"),
    ("an end without a transaction", sends(STREAM + command(b"EXEC"), 5), "EXEC without MULTI"),
    ("half a transaction", sends(STREAM + command(b"MULTI") + command(b"SET", b"half", b"1")), "with master lost"),
]


def memory(node):
    with open(f"/proc/{node.process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) * 1024


def main():
    for load in ("disabled", "swapdb"):
        for what, body, text, *greeting in LIES:
            replica = goredis("--repl-diskless-load", load, "--repl-timeout", "10")
            primary = Primary(body, *greeting)
            with servers(replica):
                before = memory(replica)
                replica.call("SET", "key", "value")
                replica.follow(primary)
                # What is loaded as it comes is never a file.
                said = [text, text.replace("Bad file format", "Internal error in RDB")]
                until(lambda: any(text in replica.log() for text in said), f"{what}: the log says '{text}'", replica)
                # It tries again and again, and says LOADING while it does.
                until(lambda: replica.call("PING") == b"PONG", f"{what}: PING", replica)
                if "half" in what:
                    until(lambda: replica.call("EXISTS", "half") == 0, f"{what}: half a transaction", replica)
                if memory(replica) > before + (200 << 20):
                    sys.exit(f"{what}: the replica takes {memory(replica) >> 20} MB")
                until(lambda: replica.call("REPLICAOF", "NO", "ONE") == b"OK", f"{what}: REPLICAOF NO ONE", replica)
                replica.call("SET", "key", "other")
            primary.close()
    print(f"{len(LIES)} lies, told twice: well")


main()
