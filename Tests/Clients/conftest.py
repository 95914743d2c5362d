"""A server for the whole session, and redis-py connections to it in every combination of protocol and parser.

The server is GOREDIS_BINARY, or the release build of this package.
"""

import os
import pathlib
import socket
import subprocess
import tempfile
import time

import pytest
import redis
from redis._parsers import _HiredisParser, _RESP2Parser, _RESP3Parser

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("GOREDIS_BINARY") or str(ROOT / ".build/release/goredis")


@pytest.fixture(scope="session")
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="goredis-clients-") as folder:
        process = subprocess.Popen([BINARY, "--port", str(number), "--bind", "127.0.0.1", "--save", "",
                                    "--dir", folder, "--logfile", f"{folder}/log"], stdin=subprocess.DEVNULL)
        try:
            for _ in range(200):
                try:
                    redis.Redis(port=number, socket_timeout=5).ping()
                    break
                except redis.ConnectionError:
                    assert process.poll() is None, f"{BINARY} has ended"
                    time.sleep(0.05)
            yield number
        finally:
            process.kill()
            process.wait()


COMBINATIONS = [(2, "python"), (2, "hiredis"), (3, "python"), (3, "hiredis")]


@pytest.fixture(params=COMBINATIONS, ids=lambda pair: f"RESP{pair[0]}-{pair[1]}")
def connect(request, port, monkeypatch):
    """Makes clients; each option of redis-py may be given."""
    version, parser = request.param
    # redis-py hands pub/sub messages over in another way where it believes that hiredis parses.
    for module in ("redis.client", "redis.connection"):
        monkeypatch.setattr(f"{module}.HIREDIS_AVAILABLE", parser == "hiredis")
    parser_class = _HiredisParser if parser == "hiredis" else {2: _RESP2Parser, 3: _RESP3Parser}[version]
    clients = []

    def make(**options):
        pool = redis.ConnectionPool(host="127.0.0.1", port=port, protocol=version, parser_class=parser_class,
                                    socket_timeout=10, **options)
        clients.append(redis.Redis(connection_pool=pool))
        return clients[-1]

    yield make
    for client in clients:
        client.close()
        client.connection_pool.disconnect()


@pytest.fixture
def client(connect):
    """A client of an empty server that decodes replies."""
    client = connect(decode_responses=True)
    client.flushall()
    return client
