def test_fields(client):
    assert client.hset("hash", mapping={"a": 1, "b": "two"}) == 2
    assert client.hset("hash", "a", 3) == 0
    assert client.hget("hash", "a") == "3"
    assert client.hget("hash", "absent") is None
    assert client.hmget("hash", "a", "absent", "b") == ["3", None, "two"]
    assert client.hgetall("hash") == {"a": "3", "b": "two"}
    assert client.hgetall("absent") == {}
    assert client.hexists("hash", "a") is True
    assert client.hlen("hash") == 2
    assert client.hstrlen("hash", "b") == 3
    assert sorted(client.hkeys("hash")) == ["a", "b"]
    assert sorted(client.hvals("hash")) == ["3", "two"]


def test_counters(client):
    assert client.hincrby("hash", "n", 5) == 5
    assert client.hincrbyfloat("hash", "n", 0.5) == 5.5
    assert client.hsetnx("hash", "n", 1) == 0


def test_deleting_the_last_field_deletes_the_hash(client):
    client.hset("hash", mapping={"a": 1, "b": 2})
    assert client.hdel("hash", "a", "absent") == 1
    assert client.hdel("hash", "b") == 1
    assert client.exists("hash") == 0


def test_large_hash(client):
    fields = {f"field:{i}": str(i) for i in range(2000)}
    client.hset("hash", mapping=fields)
    assert client.hgetall("hash") == fields
    assert dict(client.hscan_iter("hash", count=100)) == fields
    assert client.type("hash") == "hash"


def test_random_fields(client):
    client.hset("hash", mapping={"a": 1, "b": 2, "c": 3})
    assert client.hrandfield("hash") in {"a", "b", "c"}
    assert set(client.hrandfield("hash", 10)) == {"a", "b", "c"}
    assert len(client.hrandfield("hash", -10)) == 10
