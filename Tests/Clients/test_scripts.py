"""Programs whose work is done by scripts do their ordinary work: locks, rate limits and queues."""

import asyncio
import operator

import bullmq
import celery
import limits
import pytest
import redis
import redis_lock
import rq
from celery.contrib.testing.worker import start_worker


@pytest.fixture
def url(port):
    """The address of an empty server."""
    with redis.Redis(port=port) as client:
        client.flushall()
    return f"redis://127.0.0.1:{port}/0"


def test_script_of_redis_py(client):
    script = client.register_script("return {KEYS[1], ARGV[1], redis.call('INCRBY', KEYS[1], ARGV[1])}")
    assert script(keys=["n"], args=[5]) == ["n", "5", 5]
    # It is loaded again where it is not known any more.
    client.script_flush()
    assert script(keys=["n"], args=[5]) == ["n", "5", 10]


def test_function_of_redis_py(client):
    client.function_flush()
    client.function_load("#!lua name=lib\nredis.register_function('add', function(keys, args) "
                         "return redis.call('INCRBY', keys[1], args[1]) end)")
    assert client.fcall("add", 1, "n", 7) == 7


def test_lock_of_redis_py(client):
    first, second = (client.lock("lock", timeout=30, blocking=False) for _ in range(2))
    assert first.acquire() and not second.acquire()
    assert first.extend(30) and first.owned()
    assert client.pttl("lock") > 30_000
    first.release()
    with pytest.raises(redis.exceptions.LockError):
        first.release()
    assert second.acquire()


def test_python_redis_lock(connect):
    client = connect()
    client.flushall()
    first, second = (redis_lock.Lock(client, "job", expire=60, id=name) for name in ("first", "second"))
    assert first.acquire(blocking=False)
    assert not second.acquire(blocking=False)
    assert second.get_owner_id() == "first"
    first.extend(120)
    assert client.ttl("lock:job") > 60
    with pytest.raises(redis_lock.NotAcquired):
        second.release()
    first.release()
    # Whoever waits is woken by the script that releases.
    assert second.acquire(timeout=5)
    second.reset()
    assert first.acquire(blocking=False)


@pytest.mark.parametrize("strategy", ["FixedWindowRateLimiter", "MovingWindowRateLimiter",
                                      "SlidingWindowCounterRateLimiter"])
def test_limits(url, strategy):
    limiter = getattr(limits.strategies, strategy)(limits.storage.storage_from_string(url))
    limit = limits.parse("5/hour")
    assert [limiter.hit(limit, "user") for _ in range(7)] == [True] * 5 + [False] * 2
    assert limiter.hit(limit, "another") and not limiter.test(limit, "user")
    assert limiter.get_window_stats(limit, "user").remaining == 0
    limiter.clear(limit, "user")
    assert limiter.hit(limit, "user")


def test_rq(url):
    connection = redis.Redis.from_url(url)
    queue = rq.Queue(connection=connection)
    first = queue.enqueue(operator.add, 1, 2)
    after = queue.enqueue(operator.mul, 3, 4, depends_on=first)
    fails = queue.enqueue(operator.truediv, 1, 0, retry=rq.Retry(max=1))
    rq.SimpleWorker([queue], connection=connection).work(burst=True)
    assert first.return_value() == 3 and after.return_value() == 12
    assert fails.is_failed and queue.failed_job_registry.get_job_ids() == [fails.id]
    assert queue.finished_job_registry.count == 2 and queue.count == 0


def test_celery(url):
    app = celery.Celery("tests", broker=url, backend=url)

    @app.task(name="tests.add")
    def add(left, right):
        return left + right

    @app.task(name="tests.total")
    def total(numbers):
        return sum(numbers)

    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        assert add.delay(2, 3).get(timeout=30) == 5
        assert celery.chain(add.s(1, 2), add.s(10))().get(timeout=30) == 13
        assert celery.chord([add.s(i, i) for i in range(5)])(total.s()).get(timeout=30) == 20


def test_bullmq(url):
    async def work():
        done, seen = asyncio.Event(), []

        async def process(job, token):
            seen.append(job.name)
            if job.name == "again" and seen.count("again") == 1:
                raise ValueError("once more")
            if len(seen) == 5:
                done.set()
            return job.data["n"] * 2

        queue = bullmq.Queue("work", {"connection": url})
        await queue.add("plain", {"n": 1}, {})
        await queue.add("later", {"n": 2}, {"delay": 100})
        await queue.add("first", {"n": 3}, {"priority": 1})
        again = await queue.add("again", {"n": 4}, {"attempts": 2, "backoff": {"type": "fixed", "delay": 50}})
        worker = bullmq.Worker("work", process, {"connection": url})
        try:
            await asyncio.wait_for(done.wait(), 30)
            for _ in range(100):
                counts = await queue.getJobCounts("completed", "wait", "active", "delayed", "failed")
                if counts["completed"] == 4:
                    break
                await asyncio.sleep(0.05)
            assert counts == {"completed": 4, "wait": 0, "active": 0, "delayed": 0, "failed": 0}
            job = await bullmq.Job.fromId(queue, again.id)
            assert job.returnvalue == 8 and sorted(seen) == ["again", "again", "first", "later", "plain"]
        finally:
            await worker.close(force=True)
            await queue.close()

    asyncio.run(work())
