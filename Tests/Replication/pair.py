"""A primary and its replicas, for the tests of replication: goredis and redis-server in any part."""

import contextlib
import os
import pathlib
import shutil
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Crash"))

from server import BINARY, Refused, Server  # noqa: E402

ORACLE = os.environ.get("REDIS_SERVER", "redis-server")


class Node(Server):
    """A server, with what a test of replication asks of it."""

    def info(self, section="replication"):
        text = self.call("INFO", section).decode()
        return dict(line.split(":", 1) for line in text.split("\r\n") if ":" in line)

    def follow(self, primary):
        self.call("REPLICAOF", "127.0.0.1", primary.port)

    def offset(self):
        return int(self.info()["master_repl_offset"])

    def count_in_log(self, text):
        return self.log().count(text)


def until(condition, what, node=None, seconds=20):
    """Waits for a condition, and fails the test when it does not come about."""
    end = time.time() + seconds
    while time.time() < end:
        with contextlib.suppress(Refused, OSError):
            if condition():
                return
        time.sleep(0.02)
    sys.exit(f"never: {what}" + (f"\n{node.log()[-3000:]}" if node else ""))


def linked(replica):
    until(lambda: replica.info()["master_link_status"] == "up", "the link is up", replica)


def caught_up(primary, *replicas):
    """Waits until replicas have all of the stream, and compares the data sets."""
    for replica in replicas:
        linked(replica)
        # Keys whose time is over go in between.
        until(lambda: replica.offset() == primary.offset() and digest(replica) == digest(primary),
              "the replica has caught up and has the same data", replica)


def digest(node):
    return node.call("DEBUG", "DIGEST")


def check(found, expected, what):
    if found != expected:
        sys.exit(f"{what}: {found!r} where {expected!r} was expected")


def refused(node, *command):
    """The error that a command is answered with, the empty string when it is not."""
    try:
        node.call(*command)
    except Refused as error:
        return str(error)
    return ""


@contextlib.contextmanager
def servers(*nodes):
    """Starts servers and at the end stops them and removes what they wrote."""
    try:
        for node in nodes:
            node.start()
        yield
    finally:
        for node in nodes:
            node.stop()
            shutil.rmtree(node.directory, ignore_errors=True)


def goredis(*options):
    return Node("--appendonly", "no", *options)


def redis(*options):
    return Node("--repl-diskless-sync-delay", "0", *options, binary=ORACLE)


__all__ = ["BINARY", "ORACLE", "Node", "caught_up", "check", "goredis", "linked", "redis", "refused", "servers",
           "until"]
