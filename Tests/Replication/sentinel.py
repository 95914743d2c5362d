"""The real redis-sentinel watches a primary and two replicas, and hands the part over when the primary goes."""

import os
import shutil
import socket
import subprocess
import sys
import time

from pair import check, goredis, linked, servers, until
from server import Client, Server


class Sentinel(Server):
    """A redis-sentinel that watches one primary, alone."""

    def __init__(self, primary):
        super().__init__(binary=shutil.which("redis-sentinel"))
        self.primary = primary

    def start(self, wait=True, port=None):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        path = os.path.join(self.directory, "sentinel.conf")
        with open(path, "w") as file:
            file.write(
                f"port {self.port}\nsentinel monitor one 127.0.0.1 {self.primary.port} 1\n"
                "sentinel down-after-milliseconds one 2000\nsentinel failover-timeout one 5000\n"
                "sentinel parallel-syncs one 2\n")
        with open(os.path.join(self.directory, "log"), "ab") as log:
            self.process = subprocess.Popen(
                [self.binary, path], stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.directory)
        self.wait()

    def address(self):
        return int(self.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "one")[1])

    def replicas(self):
        return self.call("SENTINEL", "REPLICAS", "one")


def with_file(*options):
    """A server with a configuration file, which Sentinel has rewritten."""
    node = goredis(*options)
    path = os.path.join(node.directory, "goredis.conf")
    with open(path, "w") as file:
        file.write("repl-diskless-sync-delay 0\n")
    node.configuration = path
    return node


def main():
    if not shutil.which("redis-sentinel"):
        print("redis-sentinel is not installed")
        return 77
    primary, replicas = with_file(), [with_file(), with_file()]
    with servers(primary, *replicas):
        for replica in replicas:
            replica.follow(primary)
            linked(replica)
        sentinel = Sentinel(primary)
        try:
            sentinel.start()
            until(lambda: len(sentinel.replicas()) == 2, "Sentinel finds the replicas", sentinel)
            names = primary.call("CLIENT", "LIST").decode()
            until(lambda: "name=sentinel-" in primary.call("CLIENT", "LIST").decode(), f"its links have names {names}")
            watching = Client(sentinel.port)
            watching.call("SUBSCRIBE", "+switch-master")
            primary.call("SET", "before", 1)
            check(primary.call("WAIT", 2, 5000), 2, "replicas that have what was written")
            start = time.time()
            primary.kill()
            message = watching.read()
            check(message[1], b"+switch-master", "what Sentinel tells")
            print(f"handed over in {time.time() - start:.1f} s", flush=True)
            promoted = next(node for node in replicas if node.port == sentinel.address())
            other = next(node for node in replicas if node is not promoted)
            check(promoted.info()["role"], "master", "the part of the one that took over")
            check(promoted.call("GET", "before"), b"1", "what was written before")
            until(lambda: other.info()["master_port"] == str(promoted.port), "the other follows it", other, 30)
            linked(other)
            promoted.call("SET", "after", 1)
            until(lambda: other.call("GET", "after") == b"1", "the stream goes on", other)
            with open(os.path.join(other.directory, "goredis.conf")) as file:
                check(f"replicaof 127.0.0.1 {promoted.port}" in file.read(), True, "what CONFIG REWRITE wrote")
            # The one that was killed comes back as a replica. Sentinel does nothing for half a minute when its clock
            # has jumped, as that of a machine does that stood still.
            primary.start(port=primary.port)
            until(lambda: primary.info()["role"] == "slave", "the old primary follows", sentinel, 90)
            watching.close()
        finally:
            sentinel.stop()
            shutil.rmtree(sentinel.directory, ignore_errors=True)
    print("passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
