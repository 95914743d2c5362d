"""Tests of throughput on scripts and functions: what they cost that do little, and what the interpreter does alone."""

import hashlib
import json
import random

from .resp import encode
from .test import KEYS, Test

_SCRIPTS = {
    "one": "return 1",
    "get": "return redis.call('GET', KEYS[1])",
    # Ten calls in a window of a thousand.
    "limit": """
        redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, ARGV[1] - 1000)
        local count = redis.call('ZCARD', KEYS[1])
        if count < 10 then redis.call('ZADD', KEYS[1], ARGV[1], ARGV[1]) end
        redis.call('PEXPIRE', KEYS[1], 100000)
        return count < 10""",
    "release": "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end",
    "incr_1000": "for _ = 1, 1000 do redis.call('INCR', KEYS[1]) end",
    "json_10kb": "return #cjson.encode(cjson.decode(redis.call('GET', KEYS[1])))",
    # The primes up to ten thousand.
    "compute": """
        local composite, count = {}, 0
        for number = 2, 10000 do
          if not composite[number] then
            count = count + 1
            for multiple = number * number, 10000, number do composite[multiple] = true end
          end
        end
        return count""",
    "take_locks": f"""
        for number = 0, {KEYS - 1} do redis.call('SET', string.format('lock:%012d', number), 'token') end"""
}
_NAMES = {name: hashlib.sha1(source.encode()).hexdigest() for name, source in _SCRIPTS.items()}
_FUNCTIONS = ("one", "get", "limit", "release")
_LIBRARY = "#!lua name=compared\n" + "\n".join(
    f"redis.register_function('{name}', function(KEYS, ARGV) {_SCRIPTS[name]} end)" for name in _FUNCTIONS)


def _document():
    """Some 10 KB of what applications keep: objects, numbers, texts and lists."""
    source = random.Random(1)
    people = []
    while len(json.dumps(people)) < 10_000:
        number = len(people)
        people.append({"id": number, "name": f"Person {number}", "email": f"person{number}@example.com",
                       "active": number % 3 > 0, "balance": round(source.uniform(0, 10_000), 2),
                       "tags": source.sample(["red", "green", "blue", "black"], 2),
                       "address": {"street": f"{number} Long Street", "zip": f"{source.randrange(100_000):05}"}})
    return json.dumps(people).encode()


def _loaded():
    for source in _SCRIPTS.values():
        yield encode("SCRIPT", "LOAD", source.encode())
    yield encode("FUNCTION", "LOAD", "REPLACE", _LIBRARY.encode())
    yield encode("SET", "document", _document())


DATA = {"scripts": _loaded}

# What a script is called with.
_CALLS = {
    "one": "0",
    "get": "1 key:__rand_int__",
    "limit": "1 window:__rand_int__ __rand_int__",
    "release": "1 lock:__rand_int__ token",
    "incr_1000": "1 number",
    "json_10kb": "1 document",
    "compute": "0",
}
_COSTS = {"get": 2, "limit": 15, "release": 4, "incr_1000": 800, "json_10kb": 1_500, "compute": 3_000}


def _test(prefix, name, command):
    # Locks are taken before each run, and are all released by it or not.
    before = (f"EVALSHA {_NAMES['take_locks']} 0",) if name == "release" else ()
    return Test(f"{prefix}_{name}", f"{command} {_CALLS[name]}", "scripts", cost=_COSTS.get(name, 1), before=before,
                keys=100_000 if name == "limit" else KEYS)


TESTS = [_test("evalsha", name, f"EVALSHA {_NAMES[name]}") for name in _CALLS]
TESTS += [_test("fcall", name, f"FCALL {name}") for name in _FUNCTIONS]
