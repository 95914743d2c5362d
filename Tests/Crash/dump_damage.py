#!/usr/bin/env python3
"""Dump files that are damaged: cut at every byte, with bits flipped, and made to harm.

A file whose checksum is not right is refused, and the log tells at what offset, which is never past the end; one that
says that it has no checksum is refused in that way or loaded, and then can be saved and loaded again. The server
neither ends nor takes memory that it was only told of. A part of the files is what a server starts with.

  Tests/Crash/dump_damage.py                           what Tests/run does
  Tests/Crash/dump_damage.py --inputs 1000000          the long form
"""

import argparse
import os
import re
import shutil
import sys
import time

from mutations import damaged, with_checksum
from server import Refused, Server, seeded
from small_values import FIXTURES, fill

OPTIONS = ("--appendonly", "no", "--databases", "16")
MOST_RESIDENT = 1 << 30


def written(binary, *settings):
    """A dump file of a server with small values."""
    server = Server(*OPTIONS, *settings, **({"binary": binary} if binary else {}))
    server.start()
    client = server.client()
    fill(client)
    client.call("PEXPIREAT", "list", 4_000_000_000_123)
    client.call("SELECT", 9)
    fill(client)
    client.call("FUNCTION", "LOAD", "#!lua name=l\nredis.register_function('f', function() return 1 end)")
    client.call("SAVE")
    server.stop()
    with open(os.path.join(server.directory, "dump.rdb"), "rb") as file:
        content = file.read()
    shutil.rmtree(server.directory, ignore_errors=True)
    return content


def originals():
    files = [written(None), written(None, "--rdbcompression", "no", "--rdb-version", "11", "--maxmemory-policy",
                                    "allkeys-lfu")]
    if shutil.which("redis-server"):
        files.append(written("redis-server", "--maxmemory-policy", "allkeys-lru"))
    return files + [file.read_bytes() for file in sorted(FIXTURES.glob("*.rdb"))]


def has_checksum(file):
    return int(file[6:9]) >= 5 and file[-8:] != bytes(8)


class Reloader:
    """A server that loads one file after another."""

    def __init__(self):
        self.server = Server(*OPTIONS)
        self.server.start()
        self.client = self.server.client()
        self.path = os.path.join(self.server.directory, "dump.rdb")
        self.log = open(os.path.join(self.server.directory, "log"), errors="replace")
        self.tried = self.loaded = 0
        self.content = b""

    def load(self, content):
        """Whether a file was loaded; a refusal has its place in the log."""
        self.content = content
        self.tried += 1
        with open(self.path, "wb") as file:
            file.write(content)
        self.log.read()
        try:
            self.client.call("DEBUG", "RELOAD", "NOSAVE")
        except Refused as refusal:
            said = self.log.read()
            offset = re.search("Bad file format reading the RDB file.* at offset ([0-9]+)", said)
            if not offset or int(offset[1]) > len(content):
                self.fail(f"{refusal}, and the log says {said!r}")
            return False
        self.loaded += 1
        return True

    def digest(self):
        return self.client.call("DEBUG", "DIGEST")

    def save_again(self):
        """What was loaded can be written, and is read as the same."""
        before = self.digest()
        try:
            self.client.call("DEBUG", "RELOAD")
        except Refused as refusal:
            self.fail(f"what was loaded is written, and then {refusal}")
        if self.digest() != before:
            self.fail("what was loaded is saved as something else")

    def fail(self, what):
        kept = os.path.join(self.server.directory, "damaged.rdb")
        with open(kept, "wb") as file:
            file.write(self.content)
        self.server.stop()
        sys.exit(f"after {self.tried} files: {what}; {kept}\n{self.server.log()[-3000:]}")

    def check_memory(self):
        with open(f"/proc/{self.server.process.pid}/status", encoding="ascii") as status:
            most = next(int(line.split()[1]) << 10 for line in status if line.startswith("VmHWM"))
        if most > MOST_RESIDENT:
            self.fail(f"{most >> 20} MB were in use at a time")
        return most


def cut_and_flip(reloader, random, file, step):
    """Cut at every place and with a bit of every byte flipped, or at each `step`th."""
    if not reloader.load(file):
        reloader.fail("a whole file is refused")
    digest = reloader.digest()
    for end in range(random.randrange(step), len(file), step):
        # Until version 4 a file ends with one byte, from then on with a checksum.
        if reloader.load(file[:end]):
            reloader.fail(f"a file that is cut at {end} of {len(file)} is loaded")
    if not has_checksum(file):
        return
    for place in range(random.randrange(step), len(file), step):
        flipped = bytearray(file)
        flipped[place] ^= 1 << random.randrange(8)
        # The number of another version changes nothing, and those before 5 have no checksum.
        if reloader.load(bytes(flipped)) and (reloader.digest() != digest or not 5 <= place < 9):
            reloader.fail(f"a file with a flipped bit in byte {place} is loaded")


def fuzz(reloader, random, files, inputs):
    """Damage that no checksum tells of."""
    for _ in range(inputs):
        file, other = random.choice(files), random.choice(files)
        # The version and the end stay mostly, so that what is between them is read.
        head, body = (file[:9], file[9:]) if random.random() < 0.98 else (b"", file)
        content = head + damaged(random, body[:-9], other[9:-9])
        content = with_checksum(content + b"\xff") if random.random() < 0.5 else content + b"\xff" + bytes(8)
        if reloader.load(content):
            if random.random() < 0.05:
                reloader.save_again()
            else:
                reloader.digest()


def start(random, files, count):
    """Starts from damaged files: the process ends with 1 and tells where, or serves."""
    directory = Server().directory
    served = 0
    for number in range(count):
        file = random.choice(files)
        if number % 2:
            content = file[:random.randrange(len(file))]
        else:
            content = file[:9] + damaged(random, file[9:-9], b"") + b"\xff" + bytes(8)
        with open(os.path.join(directory, "dump.rdb"), "wb") as output:
            output.write(content)
        open(os.path.join(directory, "log"), "w").close()
        server = Server(*OPTIONS, directory=directory)
        server.start(wait=False)
        while "Ready to accept connections" not in server.log() and server.process.poll() is None:
            time.sleep(0.002)
        status = server.process.poll()
        if status is None:
            served += 1
            server.call("DEBUG", "DIGEST")
            server.kill()
        elif status != 1 or not re.search("Bad file format reading the RDB file.* at offset", server.log()):
            sys.exit(f"start {number} from a damaged file ends with {status}; {directory}:\n{server.log()[-2000:]}")
    shutil.rmtree(directory, ignore_errors=True)
    return served


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--inputs", type=int, default=1500)
    parser.add_argument("--starts", type=int, default=20)
    parser.add_argument("--every", type=int, default=97, help="of how many bytes one is cut at and has a bit flipped")
    arguments = parser.parse_args()
    random = seeded(arguments.seed)
    files = originals()
    reloader = Reloader()
    try:
        for file in files:
            cut_and_flip(reloader, random, file, arguments.every)
        certain = reloader.tried
        fuzz(reloader, random, files, arguments.inputs)
        most = reloader.check_memory()
    except OSError as error:
        reloader.fail(f"{error!r}: the server ended")
    reloader.server.stop()
    shutil.rmtree(reloader.server.directory, ignore_errors=True)
    served = start(random, files, arguments.starts)
    print(f"{len(files)} dump files: cut and flipped {certain} times, each refused with its offset; "
          f"{reloader.tried - certain} with damage that no checksum tells of, {reloader.loaded - len(files)} of them "
          f"loaded; {arguments.starts} starts, {served} of which served; {most >> 20} MB at most")


if __name__ == "__main__":
    main()
