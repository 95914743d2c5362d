#!/usr/bin/env python3
"""A server that runs out of descriptors rests until there are some, and says what it cannot do."""

import resource
import socket
import sys
import time

from faults import until
from server import Refused, Server


def processor_time(server):
    """Seconds."""
    with open(f"/proc/{server.process.pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().split()
    return (int(fields[13]) + int(fields[14])) / 100


def limit_descriptors(server, count):
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (count, count))


def connections_wait_for_descriptors():
    server = Server()
    server.start()
    witness = server.client()
    limit_descriptors(server, 40)
    waiting = []
    for _ in range(60):
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        connection.sendall(b"PING\r\n")
        waiting.append(connection)
    until(lambda: "Accepting client connection" in server.log(), 20, "descriptors do not run out")
    before, lines, began = processor_time(server), server.log().count("\n"), time.time()
    time.sleep(1)
    spent, logged = processor_time(server) - before, server.log().count("\n") - lines
    seconds = time.time() - began
    if spent > 0.4 * seconds:
        sys.exit(f"a server without descriptors takes {spent:.2f} s of processor time in {seconds:.2f} s")
    if logged > 20 * seconds + 20:
        sys.exit(f"a server without descriptors writes {logged} lines of log in {seconds:.2f} s")
    if witness.call("PING") != b"PONG":
        sys.exit("who is connected is not served")
    for connection in waiting[:40]:
        connection.close()
    for connection in waiting[40:]:
        if connection.recv(100) != b"+PONG\r\n":
            sys.exit("who waited for a descriptor is not served")
    server.stop()


def more_clients_than_descriptors_are_refused():
    server = Server()
    server.start()
    witness = server.client()
    limit_descriptors(server, 80)
    try:
        witness.call("CONFIG", "SET", "maxclients", 4_000_000_000)
        sys.exit("more clients are promised than there can be descriptors")
    except Refused as error:
        expected = ("ERR CONFIG SET failed (possibly related to argument 'maxclients') - The operating system is not "
                    "able to handle the specified number of clients, try with ")
        if not str(error).startswith(expected):
            sys.exit(f"the refusal is: {error}")
        possible = int(str(error)[len(expected):])
    if possible < 48 or witness.call("CONFIG", "GET", "maxclients")[1] == b"4000000000":
        sys.exit(f"it says to be able to serve {possible}")
    if witness.call("CONFIG", "SET", "maxclients", 48) != b"OK":
        sys.exit("what it says to be able to do is refused")
    server.stop()


connections_wait_for_descriptors()
more_clients_than_descriptors_are_refused()
print("descriptors: run out, waited for and refused")
