"""The session in README.md, typed into redis-cli: the replies are those that the README shows."""

import pathlib
import shutil
import subprocess
import time

import pytest
import redis

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"


def session():
    """The commands after redis-cli's prompt, and what stands between and below them."""
    text = README.read_text().split("```\n$ redis-cli\n")[1].split("```")[0]
    commands, replies = [], []
    for line in text.splitlines():
        if line.startswith("127.0.0.1:6379"):
            commands.append(line.split("> ", 1)[1])
        else:
            replies.append(line)
    return commands, replies


@pytest.mark.skipif(not shutil.which("redis-cli"), reason="redis-cli is not installed")
def test_session(port):
    commands, replies = session()
    assert len(commands) > 5
    with redis.Redis(port=port) as client:
        client.flushall()
        # The tests before may have made the file grow so much that it is still being rewritten.
        deadline = time.monotonic() + 60
        while client.info("persistence")["aof_rewrite_in_progress"] and time.monotonic() < deadline:
            time.sleep(0.05)
    shown = subprocess.run(["redis-cli", "--no-raw", "-p", str(port)], input="\n".join(commands) + "\n", check=True,
                           capture_output=True, text=True).stdout
    assert shown.splitlines() == replies
