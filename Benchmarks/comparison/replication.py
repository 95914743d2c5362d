"""A primary and a replica of the same kind: work per CPU second, full synchronisation, links that are gone on with."""

import contextlib
import os
import statistics
import time

from proxy import Proxy

from . import progress
from .pause import LOADED_KEYS, PacedReader, Writer
from .resp import ServerError, encode, fill
from .server import Server
from .throughput import benchmark

# GETs per second whose latency is taken.
READS = 2000
# Seconds that a link is cut for, and that latency is taken for before a synchronisation.
CUT = 5
BEFORE = 5
BACKLOG = 1 << 30


def _info(client, section="replication"):
    text = client.call("INFO", section).decode()
    return dict(line.split(":", 1) for line in text.split("\r\n") if ":" in line)


@contextlib.contextmanager
def _pair(label, binary):
    """Two servers, and a client of each."""
    extra = ["--repl-diskless-sync-delay", "0", "--repl-backlog-size", str(BACKLOG), "--client-output-buffer-limit",
             "replica 0 0 0"]
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(Server(label, binary, extra=extra)) for _ in range(2)]
        clients = [stack.enter_context(server.client()) for server in servers]
        yield *servers, *clients


def _is_up(client):
    try:
        return _info(client)["master_link_status"] == "up"
    except ServerError:
        # It loads.
        return False


def _wait(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit("a replica does not come to have what its primary has")
        time.sleep(0.01)


def _follow(client, port):
    client.call("REPLICAOF", "127.0.0.1", port)
    _wait(lambda: _is_up(client))


def _level(primary, replica):
    return _info(primary)["master_repl_offset"] == _info(replica)["master_repl_offset"]


def _work(label, binary, options):
    with _pair(label, binary) as (primary, replica, on_primary, on_replica):
        _follow(on_replica, primary.port)
        benchmark(primary, options.connections, 16, options.requests // 4, "set")
        _wait(lambda: _level(on_primary, on_replica))
        before = [server.cpu_seconds() for server in (primary, replica)]
        benchmark(primary, options.connections, 16, options.requests, "set")
        _wait(lambda: _level(on_primary, on_replica))
        used = [server.cpu_seconds() - start for server, start in zip((primary, replica), before)]
        return {"work per CPU second, primary": options.requests / used[0],
                "work per CPU second, replica": options.requests / used[1]}


def _threads(process):
    return [int(thread) for thread in os.listdir(f"/proc/{process.pid}/task")]


@contextlib.contextmanager
def _undisturbed(primary, replica):
    """Has the load run on one core and the replica beside it when there is nothing better to do, as it would be on
    another machine: what is measured is how long the primary takes. All of them, where this process may decide that,
    come before what else the machine does."""
    cores = os.sched_getaffinity(0)
    load = {max(cores)}
    for thread in _threads(replica.process):
        os.sched_setaffinity(thread, load)
    os.sched_setaffinity(0, load)
    with contextlib.suppress(PermissionError):
        for server, priority in ((replica, 5), (primary, 10)):
            for thread in _threads(server.process):
                os.sched_setscheduler(thread, os.SCHED_FIFO, os.sched_param(priority))
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(20))
    try:
        yield
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
        os.sched_setaffinity(0, cores)


def _full(label, binary, options):
    with _pair(label, binary) as (primary, replica, on_primary, on_replica), _undisturbed(primary, replica):
        fill(primary.port, (encode("SET", b"key:%012d" % number, b"xxx") for number in range(options.keys)))

        def writer():
            return Writer(primary.port, 1 << 60, options.rate, LOADED_KEYS)

        before = PacedReader(primary.port, READS).run(lambda seconds: seconds < BEFORE, writer())
        memory = peak = primary.settled_resident_bytes()
        on_replica.call("REPLICAOF", "127.0.0.1", primary.port)
        start = time.monotonic()
        took = None

        def goes_on(_):
            nonlocal peak, took
            peak = max(peak, primary.resident_bytes())
            if took is None and "state=online" in _info(on_primary).get("slave0", ""):
                took = time.monotonic() - start
            return took is None

        during = PacedReader(primary.port, READS).run(goes_on, writer())
        _wait(lambda: _is_up(on_replica))
        kept = int(_info(on_primary)["repl_backlog_histlen"])
        return {"seconds until online": took, "p99.9 before, ms": before["p99.9"],
                "p99.9 meanwhile, ms": during["p99.9"], "p99.9 meanwhile / before": during["p99.9"] / before["p99.9"],
                "longest meanwhile, ms": during["max"],
                "memory beyond the stream's, %": (peak - memory - kept) / memory * 100}


def _partial(label, binary, options):
    with _pair(label, binary) as (primary, replica, on_primary, on_replica):
        fill(primary.port, (encode("SET", b"key:%012d" % number, b"xxx") for number in range(LOADED_KEYS)))
        proxy = Proxy(primary.port)
        _follow(on_replica, proxy.port)
        back = level = None

        def goes_on(seconds):
            nonlocal back, level
            if proxy.is_open and seconds < CUT:
                proxy.is_open = False
                proxy.cut()
            if not proxy.is_open and seconds >= CUT:
                proxy.is_open = True
            if back is None and proxy.is_open and _is_up(on_replica):
                back = seconds
            if back is not None:
                # A tenth of a second's writes are on their way at any time.
                distance = int(_info(on_primary)["master_repl_offset"]) - int(_info(on_replica)["master_repl_offset"])
                if distance < options.rate / 10 * len(encode("SET", b"k" * 16, b"xxx")):
                    level = seconds
            return level is None and seconds < 60

        PacedReader(primary.port, READS).run(goes_on, Writer(primary.port, 1 << 60, options.rate, LOADED_KEYS))
        proxy.close()
        if level is None:
            raise SystemExit(f"{label}: the link does not come to be level")
        return {"full ones after the cut": int(_info(on_primary, "stats")["sync_full"]) - 1,
                "seconds from the link's return until level": level - back}


MEASUREMENTS = {"work": _work, "full": _full, "partial": _partial}


def run(chosen, options):
    """Rounds by measurement and server."""
    results = {}
    for name in options.only or MEASUREMENTS:
        for number in range(options.rounds):
            for label, binary in chosen:
                progress.show(f"{name}: round {number + 1}/{options.rounds}  {label}")
                found = MEASUREMENTS[name](label, binary, options)
                results.setdefault(name, {}).setdefault(label, []).append(found)
    progress.show()
    return results


def table(results, labels):
    """Medians, in Markdown."""
    lines = ["| | " + " | ".join(labels) + " |", "|---" * (len(labels) + 1) + "|"]
    for rounds in results.values():
        for figure in rounds[labels[0]][0]:
            medians = [statistics.median(found[figure] for found in rounds[label]) for label in labels]
            shown = [f"{median:,.0f}" if median >= 1000 else f"{median:.2f}" for median in medians]
            lines.append(f"| {figure} | " + " | ".join(shown) + " |")
    return "\n".join(lines)
