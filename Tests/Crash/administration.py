#!/usr/bin/env python3
"""Rewrites, switches and shuts down at awkward moments, on goredis and on redis-server, and compares what they answer.

Every scenario ends with a kill and a restart, after which the data set must be what it was.
"""

import os
import shutil
import sys
import time

from server import Refused, Server

KEYS = 20_000
OURS = ["--snapshot-time-slice", "10", "--snapshot-cpu-share", "1"]
# redis-server's child waits so many microseconds at each key.
THEIRS = ["--rdb-key-save-delay", "20", "--aof-use-rdb-preamble", "no"]


class Subject:
    """A server with enough keys that a rewrite takes a while, and what it was seen to do."""

    def __init__(self, binary, *options):
        defaults = ["--appendfsync", "always", "--auto-aof-rewrite-percentage", "0"]
        self.server = (Server(*defaults, *THEIRS, *options, binary=binary) if binary
                       else Server(*defaults, *OURS, *options))
        self.server.start()
        self.seen = []
        client = self.server.client()
        for base in range(0, KEYS, 1000):
            client.call("MSET", *[word for n in range(base, base + 1000) for word in (f"key:{n}", n)])
        client.close()

    def replies(self, *commands):
        """Sends the commands at once, so that they are executed one right behind another."""
        client = self.server.client()
        client.send(*commands)
        found = []
        for _ in commands:
            try:
                found.append(self.plain(client.read()))
            except Refused as error:
                found.append(f"-{error}")
            except (OSError, ConnectionError):
                found.append("connection closed")
        client.close()
        return found

    def plain(self, reply):
        if isinstance(reply, bytes):
            return "INFO" if reply.startswith(b"# ") else reply.decode()
        return [self.plain(item) for item in reply] if isinstance(reply, list) else reply

    def see(self, *commands):
        self.seen.append(self.replies(*commands))

    def info(self):
        text = self.server.call("INFO", "persistence").decode()
        return dict(line.split(":", 1) for line in text.split("\r\n") if ":" in line)

    def see_fields(self, *names):
        info = self.info()
        self.seen.append({name: info.get(name) for name in names})

    def settle(self):
        """Waits until no rewrite runs or is scheduled."""
        end = time.time() + 120
        while time.time() < end:
            info = self.info()
            if info["aof_rewrite_in_progress"] == "0" and info["aof_rewrite_scheduled"] == "0":
                return
            time.sleep(0.02)
        sys.exit(f"a rewrite does not end:\n{self.server.log()[-2000:]}")

    def file(self, switch):
        """Has the file on or off at the next start."""
        options = self.server.options
        options[options.index("--appendonly") + 1] = switch

    def settle_and_crash(self):
        """What stands after whatever rewrite was begun, and after a change more."""
        time.sleep(0.3)
        self.settle()
        self.see(("INCR", "n"))
        self.see_fields("aof_enabled", "aof_last_bgrewrite_status")
        self.crash()

    def crash(self):
        """Kills the server, starts it with the file on, and looks whether anything changed."""
        digest = self.server.call("DEBUG", "DIGEST")
        self.server.kill()
        self.start_on_file(digest)

    def start_on_file(self, digest):
        self.file("yes")
        self.server.start()
        if self.server.call("DEBUG", "DIGEST") != digest:
            sys.exit(f"the data set changed over the restart; folder {self.server.directory}")


def while_one_runs(subject):
    """A second rewrite, and INFO, during one."""
    subject.see(("BGREWRITEAOF",), ("BGREWRITEAOF",), ("INCR", "n"), ("INFO", "persistence"))
    subject.settle()
    subject.see_fields("aof_enabled", "aof_last_bgrewrite_status", "aof_rewrites", "aof_rewrites_consecutive_failures",
                       "aof_last_write_status", "aof_current_rewrite_time_sec")
    subject.seen.append(sorted(subject.info()))
    subject.crash()


def in_transaction(subject):
    """A rewrite that has to wait for the end of its transaction."""
    subject.see(("MULTI",), ("INCR", "n"), ("BGREWRITEAOF",), ("INCR", "n"), ("EXEC",))
    time.sleep(0.3)
    subject.settle()
    subject.see_fields("aof_rewrites", "aof_last_bgrewrite_status")
    subject.crash()


def off_and_on(subject):
    """Off at run time, on again with changes at the same moment, and again."""
    for _ in range(2):
        subject.see(("CONFIG", "SET", "appendonly", "no"), ("INCR", "n"), ("DEL", "key:1"))
        subject.see_fields("aof_enabled", "aof_current_size", "aof_buffer_length")
        subject.see(("INCR", "n"), ("CONFIG", "SET", "appendonly", "yes"), ("INCR", "n"), ("RPUSH", "l", 1))
        subject.settle()
        subject.see_fields("aof_enabled", "aof_last_bgrewrite_status")
        subject.see(("INCR", "n"), ("RPUSH", "l", 2))
    subject.crash()


def on_in_transaction(subject):
    """On in the midst of a transaction: what it does before and behind must come once."""
    subject.see(("MULTI",), ("INCR", "n"), ("CONFIG", "SET", "appendonly", "yes"), ("INCR", "n"), ("EXEC",),
                ("INCR", "n"))
    time.sleep(0.3)
    subject.settle()
    subject.see(("INCR", "n"))
    subject.crash()


def off_in_transaction(subject):
    """Off in the midst of a transaction: nothing of it is in the file, which ends with what was before."""
    subject.see(("INCR", "n"))
    digest = subject.server.call("DEBUG", "DIGEST")
    subject.see(("MULTI",), ("INCR", "n"), ("INCR", "n"), ("CONFIG", "SET", "appendonly", "no"), ("INCR", "n"),
                ("INFO", "persistence"), ("INCR", "n"), ("EXEC",))
    subject.see_fields("aof_enabled")
    subject.see(("INCR", "n"))
    subject.server.kill()
    subject.start_on_file(digest)
    if "short read" in subject.server.log():
        sys.exit(f"the file ends in the midst of a transaction; folder {subject.server.directory}")


def off_and_on_in_transaction(subject):
    subject.see(("MULTI",), ("INCR", "n"), ("INCR", "n"), ("CONFIG", "SET", "appendonly", "no"), ("INCR", "n"),
                ("CONFIG", "SET", "appendonly", "yes"), ("INCR", "n"), ("EXEC",))
    subject.see(("INCR", "n"))
    subject.settle_and_crash()


def on_while_rewriting(subject):
    """On while a rewrite runs that was begun with the file off: it is given up for another."""
    subject.see(("BGREWRITEAOF",), ("INCR", "n"), ("CONFIG", "SET", "appendonly", "yes"), ("INCR", "n"))
    subject.see(("INCR", "n"))
    subject.settle_and_crash()


def rewrite_while_off(subject):
    """A rewrite with the file off, over a folder that was there before."""
    subject.see(("CONFIG", "SET", "appendonly", "no"), ("INCR", "n"))
    subject.server.kill()
    subject.file("no")
    subject.server.start()
    subject.see(("SET", "only", "this"), ("BGREWRITEAOF",))
    subject.settle()
    digest = subject.server.call("DEBUG", "DIGEST")
    subject.server.kill()
    subject.start_on_file(digest)


def shutdown_while_rewriting(subject):
    """A shutdown gives a rewrite up and loses nothing."""
    digest = subject.server.call("DEBUG", "DIGEST")
    # redis-server ends without sending the first reply.
    subject.replies(("BGREWRITEAOF",), ("SHUTDOWN",))
    subject.seen.append(subject.server.process.wait(20))
    subject.start_on_file(digest)


def shutdown_while_switching_on(subject):
    """A shutdown during the first rewrite is refused: nothing is on disk yet."""
    subject.see(("CONFIG", "SET", "appendonly", "yes"), ("SHUTDOWN",), ("INCR", "n"))
    subject.settle()
    subject.crash()


def automatic(subject):
    """Growth by the percentage, past the least size, starts one; with a percentage of 0 nothing does."""
    def grows():
        before = int(subject.info()["aof_rewrites"])
        for number in range(200):
            subject.server.call("SET", "large", f"{number}" * 500)
        time.sleep(1.2)
        subject.settle()
        return int(subject.info()["aof_rewrites"]) > before
    subject.seen.append(grows())
    subject.see(("CONFIG", "SET", "auto-aof-rewrite-percentage", 10, "auto-aof-rewrite-min-size", "1gb"))
    subject.seen.append(grows())
    subject.see(("CONFIG", "SET", "auto-aof-rewrite-min-size", "1kb"))
    subject.seen.append(grows())
    info = subject.info()
    subject.seen.append(int(info["aof_base_size"]) <= int(info["aof_current_size"]))
    subject.crash()


ON = ["--appendonly", "yes"]
OFF = ["--appendonly", "no"]
SCENARIOS = [(while_one_runs, ON), (in_transaction, ON), (off_and_on, ON), (on_in_transaction, OFF),
             (off_in_transaction, ON), (off_and_on_in_transaction, ON),
             (on_while_rewriting, OFF), (rewrite_while_off, ON), (shutdown_while_rewriting, ON),
             (shutdown_while_switching_on, OFF), (automatic, ON)]


def back_off():
    """Rewrites that cannot begin are counted and, the automatic ones, put off; one that succeeds ends that."""
    subject = Subject(None, *ON, "--auto-aof-rewrite-percentage", "1", "--auto-aof-rewrite-min-size", "1kb")
    obstacle = os.path.join(subject.server.directory, f"temp-rewriteaof-bg-{subject.server.process.pid}.aof")
    subject.settle()
    os.mkdir(obstacle)
    for number in range(100):
        subject.server.call("SET", "large", f"{number}" * 5000)
    time.sleep(1)
    info = subject.info()
    if info["aof_rewrites_consecutive_failures"] != "3" or info["aof_last_bgrewrite_status"] != "err":
        sys.exit(f"automatic rewrites that fail go on without end: {info}")
    if "will retry in 1 minutes" not in subject.server.log():
        sys.exit("the log does not tell when it is tried again")
    refused = subject.replies(("BGREWRITEAOF",))[0]
    if "Can't execute an AOF background rewriting" not in refused:
        sys.exit(f"a rewrite that cannot begin is answered with {refused}")
    os.rmdir(obstacle)
    subject.replies(("BGREWRITEAOF",))
    subject.settle()
    info = subject.info()
    if info["aof_rewrites_consecutive_failures"] != "0" or info["aof_last_bgrewrite_status"] != "ok":
        sys.exit(f"a rewrite that succeeds does not end the failures: {info}")
    subject.crash()
    finish(subject)


def manifest_fails():
    """A manifest that cannot be written leaves no file behind that none names, and nothing changed."""
    subject = Subject(None, *ON)
    before = set(os.listdir(subject.server.append_only_path()))
    obstacle = subject.server.append_only_path("temp-appendonly.aof.manifest")

    def look(when):
        os.rmdir(obstacle)
        left = set(os.listdir(subject.server.append_only_path())) - before
        if left:
            sys.exit(f"a manifest that cannot be written at the {when} of a rewrite leaves {left}")
        subject.replies(("INCR", "n"))
    os.mkdir(obstacle)
    refused = subject.replies(("BGREWRITEAOF",))[0]
    if "Can't execute an AOF background rewriting" not in refused:
        sys.exit(f"a rewrite that cannot begin is answered with {refused}")
    look("beginning")
    subject.replies(("BGREWRITEAOF",))
    before |= set(os.listdir(subject.server.append_only_path()))
    os.mkdir(obstacle)
    subject.settle()
    if subject.info()["aof_last_bgrewrite_status"] != "err":
        sys.exit("a rewrite succeeds without a manifest")
    look("end")
    subject.crash()
    finish(subject)


def switch_fails():
    """A file that cannot be switched on is off, and nothing is rewritten later on."""
    subject = Subject(None, *OFF)
    folder = subject.server.append_only_path()
    obstacle = subject.server.append_only_path("temp-appendonly.aof.incr")
    os.makedirs(obstacle)
    refused = subject.replies(("CONFIG", "SET", "appendonly", "yes"))[0]
    if "Unable to turn on AOF" not in refused:
        sys.exit(f"a file that cannot be switched on is answered with {refused}")
    os.rmdir(obstacle)
    time.sleep(0.5)
    subject.settle()
    if subject.info()["aof_rewrites"] != "0" or os.listdir(folder):
        sys.exit("a rewrite was made that nobody asked for")
    if subject.replies(("CONFIG", "SET", "appendonly", "yes")) != ["OK"]:
        sys.exit("the file cannot be switched on when nothing is in the way")
    subject.settle()
    subject.crash()
    finish(subject)


def finish(subject):
    subject.server.stop()
    shutil.rmtree(subject.server.directory, ignore_errors=True)


def main():
    has_oracle = shutil.which("redis-server") is not None
    if not has_oracle:
        print("redis-server is not installed: answers are not compared")
    for scenario, options in SCENARIOS:
        seen = []
        for binary in [None, "redis-server"] if has_oracle else [None]:
            subject = Subject(binary, *options)
            scenario(subject)
            seen.append(subject.seen)
            finish(subject)
        if has_oracle and seen[0] != seen[1]:
            sys.exit(f"{scenario.__name__}:\n  goredis      {seen[0]}\n  redis-server {seen[1]}")
    back_off()
    manifest_fails()
    switch_fails()
    print(f"{len(SCENARIOS)} scenarios answered alike, restarts without a change; rewrites that fail are put off")


if __name__ == "__main__":
    main()
