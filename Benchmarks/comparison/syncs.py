"""How many writes share a sync under `appendfsync always`, counted with strace in a run of its own."""

import os
import shutil
import signal
import subprocess
import tempfile
import time

from . import throughput

REQUESTS = 20_000


def _count(server, options, pipeline):
    """Calls of fsync and fdatasync while redis-benchmark sends SETs."""
    with tempfile.NamedTemporaryFile("r", prefix="compare-syncs-") as summary:
        tracer = subprocess.Popen(
            ["strace", "-f", "-q", "-c", "-e", "trace=fsync,fdatasync", "-o", summary.name, "-p",
             str(server.process.pid)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(1)
        throughput.benchmark(server, options.connections, pipeline, REQUESTS, "SET key:__rand_int__ xxx")
        tracer.send_signal(signal.SIGINT)
        tracer.wait()
        calls = [line.split() for line in summary if line.rstrip().endswith(("fsync", "fdatasync"))]
        return sum(int(words[3]) for words in calls)


def run(servers, options):
    """Rows of pipeline and syncs per write by server, or a note."""
    if not shutil.which("strace") or os.geteuid() != 0:
        return {"rows": [], "notes": ["syncs per write: skipped, strace is not installed or may not trace"]}
    rows = [{"pipeline": pipeline,
             "syncs": {server.label: _count(server, options, pipeline) / REQUESTS for server in servers}}
            for pipeline in options.pipelines]
    return {"rows": rows, "notes": []}
