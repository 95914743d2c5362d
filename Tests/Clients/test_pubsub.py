def next_message(subscriber, kind):
    for _ in range(20):
        message = subscriber.get_message(timeout=1)
        if message and message["type"] == kind:
            return message
    raise AssertionError(f"no {kind} has come")


def test_channels_and_patterns(client, connect):
    subscriber = connect(decode_responses=True).pubsub()
    subscriber.subscribe("news")
    assert next_message(subscriber, "subscribe")["data"] == 1
    subscriber.psubscribe("new?")
    assert next_message(subscriber, "psubscribe")["data"] == 2

    assert client.publish("news", "hello") == 2
    message = next_message(subscriber, "message")
    assert (message["channel"], message["data"]) == ("news", "hello")
    message = next_message(subscriber, "pmessage")
    assert (message["pattern"], message["channel"], message["data"]) == ("new?", "news", "hello")

    assert client.pubsub_channels() == ["news"]
    assert client.pubsub_numsub("news", "other") == [("news", 1), ("other", 0)]
    assert client.pubsub_numpat() == 1

    subscriber.unsubscribe("news")
    assert next_message(subscriber, "unsubscribe")["data"] == 1
    assert client.publish("news", "again") == 1
    subscriber.close()


def test_ping_while_subscribed(client, connect):
    subscriber = connect(decode_responses=True).pubsub()
    subscriber.subscribe("news")
    next_message(subscriber, "subscribe")
    subscriber.ping()
    client.publish("news", "after the ping")
    assert next_message(subscriber, "message")["data"] == "after the ping"
    subscriber.close()


def test_keyspace_events(client, connect):
    client.config_set("notify-keyspace-events", "KEA")
    subscriber = connect(decode_responses=True).pubsub()
    subscriber.psubscribe("__key*__:*")
    next_message(subscriber, "psubscribe")
    client.set("key", "value")
    events = {(m["channel"], m["data"]) for m in (next_message(subscriber, "pmessage") for _ in range(2))}
    assert events == {("__keyspace@0__:key", "set"), ("__keyevent@0__:set", "key")}
    client.config_set("notify-keyspace-events", "")
    subscriber.close()
