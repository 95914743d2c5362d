"""A TCP proxy whose links can be cut, for the tests of replication."""

import contextlib
import socket
import threading


class Proxy:
    """Passes connections on to a port of this machine, which may change; what is there is cut when one says so."""

    def __init__(self, target=None):
        self.target = target
        self.links = set()
        self.lock = threading.Lock()
        self.is_open = True
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            try:
                if not self.is_open or not self.target:
                    raise OSError("cut")
                far = socket.create_connection(("127.0.0.1", self.target), timeout=5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.lock:
                self.links.add((near, far))
            for source, drain in ((near, far), (far, near)):
                threading.Thread(target=self.copy, args=[source, drain, (near, far)], daemon=True).start()

    def copy(self, source, drain, link):
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                drain.sendall(data)
        self.end(link)

    def end(self, link):
        with self.lock:
            self.links.discard(link)
        for side in link:
            # Whoever waits in recv on it learns of the end, too.
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)
            side.close()

    def cut(self):
        """Ends what is there; new connections are passed on."""
        for link in list(self.links):
            self.end(link)

    def close(self):
        self.is_open = False
        self.cut()
        self.listener.close()
