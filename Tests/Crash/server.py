"""A goredis process, and a client that speaks just enough RESP, for the crash tests."""

import os
import random
import signal
import socket
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = os.environ.get("GOREDIS_BINARY", os.path.join(ROOT, ".build/release/goredis"))


class Refused(Exception):
    """An error reply."""


class Client:
    """One blocking connection. Any loss of it is a ConnectionError or OSError."""

    def __init__(self, port, timeout=30):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def send(self, *commands):
        parts = []
        for words in commands:
            parts.append(b"*%d\r\n" % len(words))
            for word in words:
                data = word if isinstance(word, bytes) else str(word).encode()
                parts.append(b"$%d\r\n%s\r\n" % (len(data), data))
        self.socket.sendall(b"".join(parts))

    def read(self):
        line = self.file.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError("connection closed")
        mark, text = line[:1], line[1:-2]
        if mark == b"+":
            return text
        if mark == b"-":
            raise Refused(text.decode())
        if mark == b":":
            return int(text)
        if mark == b"$":
            if text == b"-1":
                return None
            data = self.file.read(int(text) + 2)
            if len(data) != int(text) + 2:
                raise ConnectionError("connection closed")
            return data[:-2]
        if mark == b"*":
            return None if text == b"-1" else [self.read_any() for _ in range(int(text))]
        raise ValueError(f"not a reply: {line!r}")

    def read_any(self):
        """The next reply; an error is one of them."""
        try:
            return self.read()
        except Refused as error:
            return error

    def call(self, *words):
        self.send(words)
        return self.read()

    def carry_out(self, commands):
        """Calls one command, or several in a transaction."""
        if len(commands) == 1:
            self.call(*commands[0])
            return
        self.send(("MULTI",), *commands, ("EXEC",))
        for _ in range(len(commands) + 2):
            self.read()

    def close(self):
        self.file.close()
        self.socket.close()


class Server:
    """goredis, or with `binary` any server that takes the same arguments, in a folder of its own."""

    # What servers before Redis 7 do not know.
    debugging = ("--enable-debug-command", "yes")

    def __init__(self, *options, binary=BINARY, directory=None, environment=None):
        self.binary = binary
        self.environment = environment
        self.options = list(options)
        self.directory = directory or tempfile.mkdtemp(prefix="goredis-crash-")
        self.configuration = None
        self.process = None
        self.port = None

    def start(self, wait=True, port=None):
        self.port = port
        if not port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        file = [self.configuration] if self.configuration else []
        with open(os.path.join(self.directory, "log"), "ab") as log:
            self.process = subprocess.Popen(
                [self.binary, *file, "--port", str(self.port), "--dir", self.directory, "--save", "",
                 *self.debugging, *self.options],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, env={**os.environ, **(self.environment or {})})
        if wait:
            self.wait()

    def wait(self, seconds=60):
        """Waits until the data set is loaded."""
        end = time.time() + seconds
        while time.time() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}:\n{self.log()[-3000:]}")
            try:
                client = Client(self.port)
                client.call("PING")
                client.close()
                return
            except (OSError, Refused):
                time.sleep(0.01)
        raise RuntimeError("the server did not become ready")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()

    def client(self):
        return Client(self.port)

    def call(self, *words):
        client = self.client()
        try:
            return client.call(*words)
        finally:
            client.close()

    def log(self):
        with open(os.path.join(self.directory, "log"), errors="replace") as log:
            return log.read()

    def append_only_path(self, name=""):
        return os.path.join(self.directory, "appendonlydir", name)


def seeded(seed):
    """A generator whose seed is printed, so that a failure can be repeated."""
    seed = seed if seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}", flush=True)
    return random.Random(seed)
