import pytest
import redis


def test_set_and_get(client):
    assert client.set("key", "value") is True
    assert client.get("key") == "value"
    assert client.get("absent") is None
    assert client.set("key", "other", nx=True) is None
    assert client.set("key", "other", get=True) == "value"
    assert client.mset({"a": 1, "b": 2}) is True
    assert client.mget("a", "absent", "b") == ["1", None, "2"]


def test_any_bytes(connect):
    client = connect()
    value = bytes(range(256)) + b"\r\n$-1\r\n" * 3
    client.set(b"\x00key\xff", value)
    assert client.get(b"\x00key\xff") == value
    large = b"x" * 3_000_000
    client.set("large", large)
    assert client.get("large") == large
    assert client.strlen("large") == len(large)


def test_counters(client):
    assert client.incr("counter") == 1
    assert client.incrby("counter", 41) == 42
    assert client.decr("counter", 2) == 40
    assert client.incrbyfloat("counter", "2.5") == 42.5


def test_times_to_live(client):
    client.set("key", "value", ex=100)
    assert 98 <= client.ttl("key") <= 100
    assert client.persist("key") is True
    assert client.ttl("key") == -1
    assert client.ttl("absent") == -2
    assert client.getex("key", px=50_000) == "value"
    assert 49_000 <= client.pttl("key") <= 50_000
    assert client.expire("absent", 10) is False


def test_errors(client):
    client.set("text", "abc")
    with pytest.raises(redis.ResponseError, match="not an integer or out of range"):
        client.incr("text")
    with pytest.raises(redis.ResponseError, match="WRONGTYPE"):
        client.hget("text", "field")
    with pytest.raises(redis.ResponseError, match="unknown command"):
        client.execute_command("NOSUCHCOMMAND")


def test_scan(client):
    client.mset({f"key:{i}": i for i in range(500)})
    assert set(client.scan_iter(match="key:*", count=50)) == {f"key:{i}" for i in range(500)}
    assert sorted(client.keys("key:49*")) == sorted(["key:49"] + [f"key:49{i}" for i in range(10)])
    assert client.delete("key:1", "key:2", "absent") == 2
    assert client.dbsize() == 498
