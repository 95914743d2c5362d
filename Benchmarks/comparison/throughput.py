"""redis-benchmark against both servers in turn."""

import csv
import io
import statistics
import subprocess

from . import progress
from .resp import encode, fill

KEYS = 1_000_000

# One command of each test, to find out that a server does not know it: redis-benchmark counts errors as replies.
PROBES = {
    "ping_mbulk": ["PING"], "ping_inline": ["PING"],
    "set": ["SET", "probe", "xxx"], "get": ["GET", "probe"], "incr": ["INCR", "probe:counter"],
    "mset": ["MSET", "probe", "xxx"], "hset": ["HSET", "probe:hash", "field", "xxx"],
    "lpush": ["LPUSH", "probe:list", "xxx"], "rpush": ["RPUSH", "probe:list", "xxx"],
    "lpop": ["LPOP", "probe:list"], "rpop": ["RPOP", "probe:list"],
    "sadd": ["SADD", "probe:set", "xxx"], "spop": ["SPOP", "probe:set"],
    "zadd": ["ZADD", "probe:zset", "0", "xxx"], "zpopmin": ["ZPOPMIN", "probe:zset"],
}
LRANGE_TESTS = {"lrange_100": 99, "lrange_300": 299, "lrange_500": 499, "lrange_600": 599}

# Tests that take out what another puts in: filled, unmeasured, before each run.
FILLED_BY = {"lpop": "lpush", "rpop": "rpush", "spop": "sadd", "zpopmin": "zadd"}
FILLED_KEYS = ["mylist", "myset", "myzset"]


# Requests that do the work of many: so many times fewer of them are sent.
HEAVY = {"mset": 8, "lrange_100": 10, "lrange_300": 25, "lrange_500": 40, "lrange_600": 50}


def default_requests(test, pipeline):
    """Enough for a run of a second or more without making pipeline 1 last forever."""
    return max(100_000, 150_000 * min(pipeline, 20) // HEAVY.get(test, 1))


def load_keys(server):
    """The million keys redis-benchmark draws from, so that every GET finds one."""
    fill(server.port, (encode("SET", b"key:%012d" % i, b"xxx") for i in range(KEYS)))


def benchmark(server, options, pipeline, requests, selection):
    """One run of redis-benchmark; its last line by column."""
    command = ["redis-benchmark", "-h", "127.0.0.1", "-p", str(server.port), "-c", str(options.connections),
               "-r", str(KEYS), "-d", "3", "-n", str(requests), "-P", str(pipeline), "--csv"] + selection
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{result.stdout}{result.stderr}")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    if not rows:
        raise SystemExit(f"no result from {' '.join(command)}\n{result.stderr}")
    return rows[-1]


def _prepare(server, options, test, requests):
    """Leaves the lists and sets as the test expects them, and returns redis-benchmark's selection."""
    if test in FILLED_BY or test in LRANGE_TESTS or test in FILLED_BY.values():
        with server.client() as client:
            client.call("DEL", *FILLED_KEYS)
    if test in FILLED_BY:
        benchmark(server, options, 100, requests, ["-t", FILLED_BY[test]])
    if test in LRANGE_TESTS:
        fill(server.port, (encode("LPUSH", "mylist", "xxx") for _ in range(1000)))
        return ["LRANGE", "mylist", "0", str(LRANGE_TESTS[test])]
    return ["-t", test]


def measure_once(server, options, test, pipeline):
    requests = options.requests or default_requests(test, pipeline)
    selection = _prepare(server, options, test, requests)
    before = server.cpu_seconds()
    row = benchmark(server, options, pipeline, requests, selection)
    cpu = server.cpu_seconds() - before
    return {"throughput": float(row["rps"]), "work": requests / cpu if cpu else 0.0,
            "p50": float(row["p50_latency_ms"]), "p99": float(row["p99_latency_ms"])}


def unsupported(servers, test):
    """Why a test cannot be run on both servers, or None."""
    probe = ["LRANGE", "mylist", "0", "1"] if test in LRANGE_TESTS else PROBES[test]
    for server in servers:
        refusal = server.refusal(*probe)
        if refusal:
            return f"{server.label} answers: {refusal}"
    return None


def run(servers, options):
    """All rounds of all tests: a list of rows, each with every server's rounds and medians, and notes."""
    rows, notes = [], []
    for server in servers:
        load_keys(server)
    tests = []
    for test in options.tests:
        reason = unsupported(servers, test)
        if reason:
            notes.append(f"{test}: skipped, {reason}")
        else:
            tests.append(test)
    samples = {}
    for number in range(options.rounds):
        # Whoever goes first finds the cooler machine: take turns in that, too.
        order = servers if number % 2 == 0 else list(reversed(servers))
        for pipeline in options.pipelines:
            for test in tests:
                for server in order:
                    progress.show(f"round {number + 1}/{options.rounds}  pipeline {pipeline}  {test}  {server.label}")
                    sample = measure_once(server, options, test, pipeline)
                    samples.setdefault((test, pipeline), {}).setdefault(server.label, []).append(sample)
    progress.show()
    for (test, pipeline), by_server in samples.items():
        medians = {label: {figure: statistics.median(s[figure] for s in rounds) for figure in rounds[0]}
                   for label, rounds in by_server.items()}
        rows.append({"test": test, "pipeline": pipeline, "medians": medians, "rounds": by_server})
    return {"rows": rows, "notes": notes}
