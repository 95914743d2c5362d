"""What I/O threads take off the command thread: CPU time of each thread for a request, with and without them.

The thread that is busiest bounds what a server can do that has a core for each. On a machine with fewer cores than
threads that bound is what can be told: throughput shows what the cores leave.
"""

import pathlib
import statistics

from . import crowd, progress
from .server import Server, allow_open_files
from .throughput import benchmark

VALUE = 512
KEYS = 100_000
# What is sent, by how many connections, in pipelines of how many, how often, and to how many subscribers.
LOADS = [(command, connections, pipeline, 300_000 * (1 if pipeline == 1 else 6), 0)
         for pipeline in (1, 10) for connections in (50, 500) for command in ("GET", "SET")]
LOADS.append(("PUBLISH", 1, 1, 500, 1_000))
_COMMANDS = {"GET": "GET key:__rand_int__", "SET": f"SET key:__rand_int__ {'x' * VALUE}",
             "PUBLISH": f"PUBLISH crowd {'x' * 100}"}


def _cpu(server):
    """CPU time of the threads so far, by name, in nanoseconds; the command thread is called `main`."""
    times = {}
    for folder in pathlib.Path(f"/proc/{server.process.pid}/task").iterdir():
        name = "main" if folder.name == str(server.process.pid) else (folder / "comm").read_text().strip()
        if name == "main" or name.startswith("io_thd"):
            times[name] = int((folder / "schedstat").read_text().split()[0])
    return times


def _measure(server, command, connections, pipeline, requests, subscribers):
    before = _cpu(server)
    if subscribers:
        with crowd.subscribers(server, subscribers):
            row = benchmark(server, connections, pipeline, requests, _COMMANDS[command], KEYS)
    else:
        row = benchmark(server, connections, pipeline, requests, _COMMANDS[command], KEYS)
    after = _cpu(server)
    return {"throughput": float(row["rps"]),
            "cpu": {name: (time - before.get(name, 0)) / 1000 / requests for name, time in after.items()}}


def run(label, binary, options):
    """Medians of the rounds, each load with one thread and with as many as are asked for."""
    if problem := allow_open_files(2_000):
        raise SystemExit(problem)
    counts = [1, options.io_threads]
    samples = {}
    for number in range(options.rounds):
        for count in counts if number % 2 == 0 else reversed(counts):
            with Server(label, binary, extra=["--io-threads", str(count)]) as server:
                benchmark(server, 50, 100, 10 * KEYS, _COMMANDS["SET"], KEYS)
                for load in LOADS:
                    progress.show(f"I/O threads, round {number + 1}/{options.rounds}: {count}, {load[0]}")
                    samples.setdefault((load, count), []).append(_measure(server, *load))
    progress.show()
    return {"threads": options.io_threads, "rows": [_row(load, counts, samples) for load in LOADS]}


def _row(load, counts, samples):
    command, connections, pipeline, _, subscribers = load
    title = f"{command}, {connections} connections, P={pipeline}"
    if subscribers:
        title = f"{command} to {subscribers:,} subscribers"
    figures = {}
    for count in counts:
        of_count = samples[load, count]
        cpu = {name: statistics.median(sample["cpu"][name] for sample in of_count) for name in of_count[0]["cpu"]}
        figures[str(count)] = {"throughput": statistics.median(sample["throughput"] for sample in of_count), "cpu": cpu}
    return {"title": title, "figures": figures}


def table(results):
    """The table: a head, and a row for each load."""
    count = results["threads"]
    threads = [f"thread {number}" for number in range(1, count)]
    head = ["us of CPU for a request", "alone", "command thread", *threads, "of alone", "all, of alone",
            "throughput, of alone", "bound, requests/s"]
    rows = []
    for row in results["rows"]:
        alone, shared = row["figures"]["1"], row["figures"][str(count)]
        cpu, before = shared["cpu"], alone["cpu"]["main"]
        helpers = [cpu.get(f"io_thd_{number}", 0) for number in range(1, count)]
        rows.append([row["title"], f"{before:.2f}", f"{cpu['main']:.2f}", *(f"{time:.2f}" for time in helpers),
                     f"{cpu['main'] / before:.2f}", f"{sum(cpu.values()) / before:.2f}",
                     f"{shared['throughput'] / alone['throughput']:.2f}", f"{1e6 / max(cpu.values()):,.0f}"])
    return head, rows
