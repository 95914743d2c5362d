"""redis-benchmark against all servers in turn."""

import contextlib
import csv
import io
import statistics
import subprocess

from . import crowd, goals, progress
from .resp import ServerError, fill
from .server import allow_open_files
from .test import KEYS
from .tests import DATA, TESTS

# Members that are put in only to be taken out are all different.
MANY = 10**9


def benchmark(server, connections, pipeline, requests, command, keys=KEYS, value=0, unix=False):
    """One run of redis-benchmark; its last line by column."""
    place = ["-s", server.unix_socket] if unix else ["-h", "127.0.0.1", "-p", str(server.port)]
    arguments = ["redis-benchmark", *place, "-c", str(connections), "-r", str(keys), "-d", "3", "-n", str(requests),
                 "-P", str(pipeline), "--csv"]
    words = command.split()
    # What it has no command line for, it knows by name.
    arguments += ["-x"] + words if value else words if words[0].isupper() else ["-t", command]
    result = subprocess.run(arguments, input="x" * value, capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(arguments)[:300]}\n{result.stdout}{result.stderr}")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    if not rows:
        raise SystemExit(f"no result from {' '.join(arguments)[:300]}\n{result.stderr}")
    return rows[-1]


def requests_of(test, pipeline, options):
    return min(test.requests(pipeline), options.requests or MANY)


def _load(server, options, test, pipeline, requests):
    """One run of a test."""
    connections = test.connections or options.connections
    if test.sequence:
        return crowd.send_sequences(server, test, connections, requests)
    with crowd.subscribers(server, test.subscribers) if test.subscribers else contextlib.nullcontext():
        return benchmark(server, connections, pipeline, requests, test.command, test.keys, test.value, test.unix)


def measure_once(server, options, test, pipeline):
    requests = requests_of(test, pipeline, options)
    if test.clears:
        with server.client() as client:
            client.call("DEL", test.clears)
    if test.fill:
        # What is taken out at random is found in part; of what is taken out in order all is to be there.
        keys = test.keys if "__rand_int__" in test.command else MANY
        benchmark(server, options.connections, 100, requests, test.fill, keys)
    with server.client() as client:
        for command in test.before:
            client.call(*command.split())
    before = server.cpu_seconds()
    row = _load(server, options, test, pipeline, requests)
    cpu = server.cpu_seconds() - before
    return {"throughput": float(row["rps"]), "work": requests / cpu if cpu else 0.0,
            "p50": float(row["p50_latency_ms"]), "p99": float(row["p99_latency_ms"])}


def error_of(server, test, loaded):
    """Loads what the test finds unless it is there, and returns the error that a server answers with, or None.

    redis-benchmark does not look: it counts errors as replies.
    """
    if problem := allow_open_files(test.connections + 200):
        return problem
    try:
        if test.needs and test.needs not in loaded:
            progress.show(f"{test.needs}: {server.label}")
            fill(server.port, DATA[test.needs]())
            loaded.add(test.needs)
        with server.client() as client:
            for command in test.before:
                client.call(*command.split())
    except ServerError as error:
        return str(error)
    words = ["PING"] if test.command == test.name else test.command.replace("__rand_int__", "0" * 12).split()
    return server.refusal(*words, *["x"] * bool(test.value))


def _runnable(servers, tests):
    """Which servers can run each test, by its name, and how the others answer."""
    loaded = {server.label: set() for server in servers}
    for server in servers:
        # Everything is measured among the million keys that redis-benchmark draws from.
        fill(server.port, DATA["keys"]())
    able, errors = {}, {}
    for test in tests:
        answers = {server.label: error_of(server, test, loaded[server.label]) for server in servers}
        able[test.name] = [server for server in servers if not answers[server.label]]
        errors[test.name] = {label: error for label, error in answers.items() if error}
    return able, errors


def runs(options):
    """The tests to do, each with a depth of pipelining: those that were named, of which goals are set, if any."""
    if options.goals:
        return [(TESTS[name], pipeline) for name, pipeline in goals.of_tests(options.goals)
                if name in options.tests and pipeline in options.pipelines]
    return [(TESTS[name], pipeline) for pipeline in options.pipelines for name in options.tests
            if pipeline <= TESTS[name].deepest]


def run(servers, options):
    """All rounds of all tests: a list of rows, each with every server's rounds and medians, and notes."""
    planned = runs(options)
    tests = list(dict.fromkeys(test for test, _ in planned))
    able, errors = _runnable(servers, tests)
    notes = [f"{name}: {label} answers: {error}" for name in errors for label, error in errors[name].items()]
    notes += [f"{test.name}: not sent in pipelines deeper than {test.deepest}" for test in tests
              if test.deepest < max(options.pipelines) and not options.goals]
    samples = {}
    try:
        for number in range(options.rounds):
            for test, pipeline in planned:
                # Whoever goes first finds the cooler machine: take turns in that, too.
                for server in able[test.name] if number % 2 == 0 else reversed(able[test.name]):
                    progress.show(
                        f"round {number + 1}/{options.rounds}  pipeline {pipeline}  {test.name}  {server.label}")
                    sample = measure_once(server, options, test, pipeline)
                    samples.setdefault((test, pipeline), {}).setdefault(server.label, []).append(sample)
    except KeyboardInterrupt:
        notes.append("interrupted: medians are of the rounds before")
    progress.show()
    rows = []
    for (test, pipeline), by_server in samples.items():
        # The last one may be there for some servers only.
        if set(by_server) != {server.label for server in able[test.name]}:
            continue
        medians = {label: {figure: statistics.median(s[figure] for s in rounds) for figure in rounds[0]}
                   for label, rounds in by_server.items()}
        rows.append({"test": test.name, "pipeline": pipeline, "medians": medians, "rounds": by_server,
                     "errors": errors[test.name]})
    return {"rows": rows, "notes": notes}
