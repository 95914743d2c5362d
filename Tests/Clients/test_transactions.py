import pytest
import redis


def test_pipeline(client):
    with client.pipeline(transaction=False) as pipe:
        for i in range(1000):
            pipe.set(f"key:{i}", i).incr(f"key:{i}")
        replies = pipe.execute()
    assert replies[::2] == [True] * 1000
    assert replies[1::2] == list(range(1, 1001))


def test_pipeline_reports_errors_in_place(client):
    pipe = client.pipeline(transaction=False).set("text", "abc").incr("text").get("text")
    replies = pipe.execute(raise_on_error=False)
    assert replies[0] is True
    assert isinstance(replies[1], redis.ResponseError)
    assert replies[2] == "abc"


def test_transaction(client):
    assert client.pipeline().set("a", 1).incr("a").hset("hash", "f", "v").hgetall("hash").execute() == [
        True, 2, 1, {"f": "v"}]


def test_an_error_while_queueing_discards_the_transaction(client):
    pipe = client.pipeline().set("a", 1)
    pipe.execute_command("SET", "b")
    with pytest.raises(redis.ResponseError):
        pipe.execute()
    assert client.exists("a") == 0


def test_watch(client, connect):
    client.set("counter", 1)
    with client.pipeline() as pipe:
        pipe.watch("counter")
        current = int(pipe.get("counter"))
        pipe.multi()
        pipe.set("counter", current + 1)
        assert pipe.execute() == [True]

        pipe.watch("counter")
        connect().set("counter", 100)
        pipe.multi()
        pipe.set("counter", 0)
        with pytest.raises(redis.WatchError):
            pipe.execute()
    assert client.get("counter") == "100"


def test_transaction_helper_retries(client):
    def double(pipe):
        value = int(pipe.get("n") or 1)
        pipe.multi()
        pipe.set("n", value * 2)

    for _ in range(3):
        client.transaction(double, "n")
    assert client.get("n") == "8"
