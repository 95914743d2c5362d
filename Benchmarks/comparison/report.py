"""Renders results as text, as Markdown tables and as comma-separated values."""

from . import goals, io_threads
from .ratios import by_pipeline, counts, mean_ratio, ratio, worst

FIGURES = ("throughput", "work")


def amount(value):
    """A rate, in thousands where it has so many."""
    return f"{value / 1000:,.0f}k" if value >= 10_000 else f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _shown(value, form=".2f"):
    return "-" if value is None else format(value, form)


def _throughput_line(row, labels):
    medians = [row["medians"].get(label) for label in labels]
    line = [row["test"], str(row["pipeline"])]
    for figure in FIGURES:
        line += [amount(median[figure]) if median else "-" for median in medians]
        line.append(_shown(ratio(row, figure, labels)))
    return line + [f"{median['p50']:.2f} / {median['p99']:.2f}" if median else "-" for median in medians]


def _throughput_table(result, labels):
    """Two servers beside each other; the ratios are medians over the rounds."""
    ours, theirs = labels
    header = ["test", "pipeline", f"{ours} req/s", f"{theirs} req/s", "ratio",
              f"{ours} req/CPU s", f"{theirs} req/CPU s", "ratio", f"{ours} p50/p99 ms", f"{theirs} p50/p99 ms"]
    body = []
    for pipeline, rows in by_pipeline(result["rows"]).items():
        body += [_throughput_line(row, labels) for row in sorted(rows, key=lambda row: not counts(row["test"]))]
        means = [_shown(mean_ratio(rows, figure, labels)) for figure in FIGURES]
        lowest = [worst(rows, figure, labels) for figure in FIGURES]
        if None not in lowest:
            lowest = [f"{value:.2f} {test}" for value, test in lowest]
            for name, (throughput, work) in (("geometric mean, PING apart", means), ("worst, PING apart", lowest)):
                body.append([name, str(pipeline), "", "", throughput, "", "", work, "", ""])
    return header, body


def _goals_table(result, name, labels):
    """Work of all servers beside each other, and the ratio to the best of the others."""
    ours, *others = labels
    wanted = goals.of_tests(name)
    header = ["test", "pipeline"] + [f"{label}, req/CPU s" for label in labels] + ["ratio to the best", "goal"]
    body = []
    for row in result["rows"]:
        medians = [row["medians"].get(label) for label in labels]
        ratios = [ratio(row, "work", (ours, other)) for other in others]
        least = min((value for value in ratios if value is not None), default=None)
        body.append([row["test"], str(row["pipeline"])]
                    + [amount(median["work"]) if median else "-" for median in medians]
                    + [_shown(least), _shown(wanted.get((row["test"], row["pipeline"])), ".1f")])
    return header, body


def _figures_table(rows, title, figure, labels, unit, form, more_is_better=False):
    """A figure of each server, and the ratios of the first to the others."""
    others = labels[1:]
    header = [title] + [f"{label}, {unit}" for label in labels]
    header += ["ratio"] if len(others) == 1 else [f"ratio to {label}" for label in others]
    body = []
    for row in rows:
        figures = row[figure]
        line = [row[title]] + [_shown(figures[label], form) for label in labels]
        for label in others:
            ours, theirs = figures[labels[0]], figures[label]
            if more_is_better:
                ours, theirs = theirs, ours
            line.append(_shown(ours / theirs if ours is not None and theirs else None))
        body.append(line)
    return header, body


def _pause_table(result, labels):
    header = ["server", "while", "p50 ms", "p99 ms", "p99.9 ms", "max ms"]
    body = []
    for label in labels:
        for phase, figures in result["phases"].get(label, {}).items():
            body.append([label, phase] + [f"{figures[name]:.2f}" for name in ("p50", "p99", "p99.9", "max")])
    return header, body


def _syncs_table(result, labels):
    header = ["pipeline"] + [f"{label}, syncs per write" for label in labels]
    return header, [[str(row["pipeline"])] + [f"{row['syncs'][label]:.3f}" for label in labels]
                    for row in result["rows"]]


def _rewrite_table(result, labels):
    header = ["server", "p99.9 ms without", "p99.9 ms during it", "ratio", "max ms during it", "resident MB",
              "extra memory", "seconds"]
    body = []
    for label in labels:
        quiet, during = (result["servers"][label][phase] for phase in ("quiet", "busy"))
        without, within = quiet["latency"]["p99.9"], during["latency"]["p99.9"]
        body.append([label, f"{without:.2f}", f"{within:.2f}", f"{within / without:.2f}",
                     f"{during['latency']['max']:.2f}", f"{during['resident'] / 2**20:,.0f}",
                     f"{during['extra'] / during['resident']:.1%}", f"{during['seconds']:.1f}"])
    return header, body


def _queue_section(queue, labels):
    rows = [{"entries": title, "figure": {label: queue["medians"][label][figure] for label in labels}}
            for figure, title in (("work", "per CPU second of the server"), ("throughput", "per second"))]
    header, body = _figures_table(rows, "entries", "figure", labels, "", ",.0f")
    return f"A queue: {queue['entries']:,} entries through {queue['producers']} producers and {queue['consumers']} " \
        "consumers of a group, each entry acknowledged by itself", ([word.rstrip(", ") for word in header], body), []


def _eviction_sections(eviction, labels):
    forms = (("sets", "SETs per CPU second, each of which evicts", ",.0f"),
             ("lookups", "Lookups of a cache per CPU second", ",.0f"), ("hits", "Hit rate of a cache", ".3f"),
             ("keys", "Keys that it keeps", ",.0f"), ("hits with as many keys", "Hit rate of a cache that fits", ".3f"),
             ("as many keys", "Keys that it keeps then", ",.0f"))
    for figure, title, form in forms:
        rows = [{"policy": row["policy"], figure: {label: row["figures"][label][figure] for label in labels}}
                for row in eviction["rows"]]
        header, body = _figures_table(rows, "policy", figure, labels, "", form)
        yield f"{title}: {eviction['memory'] >> 20} MB, {eviction['keys']:,} keys", \
            ([word.rstrip(", ") for word in header], body), []


def _memory_sections(memory, labels, name):
    rows = [dict(row, **{"data set": row["set"]}) for row in memory["rows"]]
    for figure, title, notes in (("bytes", "Resident bytes", memory["notes"]), ("used", "Bytes of used_memory", [])):
        if all(figure in row for row in rows):
            header, body = _figures_table(rows, "data set", figure, labels, "bytes", ",.0f")
            if name:
                most = goals.GOALS[name].most_bytes
                header, body = header + ["goal"], [line + [_shown(most.get(line[0]), ",.0f")] for line in body]
            yield f"{title} per element ({memory['elements']:,} elements)", (header, body), notes


def _sections(results):
    labels = results["labels"]
    if "throughput" in results and results.get("goals"):
        yield "Work per CPU second", _goals_table(results["throughput"], results["goals"], labels), \
            results["throughput"]["notes"]
    elif "throughput" in results:
        for other in labels[1:]:
            beside = f", beside {other}" if len(labels) > 2 else ""
            yield f"Throughput, work per CPU second and latency{beside}", \
                _throughput_table(results["throughput"], [labels[0], other]), \
                results["throughput"]["notes"] if other == labels[-1] else []
    if "memory" in results:
        yield from _memory_sections(results["memory"], labels, results.get("goals"))
    if "eviction" in results:
        yield from _eviction_sections(results["eviction"], labels)
    if "queue" in results:
        yield _queue_section(results["queue"], labels)
    if "io_threads" in results:
        yield f"{results['io_threads']['threads']} I/O threads, values of {io_threads.VALUE} bytes", \
            io_threads.table(results["io_threads"]), []
    if "load" in results:
        rows = [dict(row, **{"append-only file of": row["file"]}) for row in results["load"]["rows"]]
        yield "Loading an append-only file", \
            _figures_table(rows, "append-only file of", "seconds", labels, "seconds", ".2f", more_is_better=True), []
    if "syncs" in results:
        yield "Group commit: SET under appendfsync always", _syncs_table(results["syncs"], labels), \
            results["syncs"]["notes"]
    if "rewrite" in results:
        rewrite = results["rewrite"]
        yield (f"Rewriting the append-only file of {rewrite['keys']:,} keys under {rewrite['rate']:,.0f} SET/s"), \
            _rewrite_table(rewrite, labels), []
    if "pause" in results:
        pause = results["pause"]
        yield (f"Latency of {pause['rate']:,} GET/s while {pause['keys']:,} keys, and as many members of a sorted set, "
               f"are inserted at {pause['insert_rate']:,}/s and {pause['expiring']:,} keys expire at once; "
               f"lowest of {pause['rounds']} rounds"), _pause_table(pause, labels), []


def _numeric(cell):
    return cell[:1].isdigit() or cell in ("", "-")


def text(results):
    lines = [machine_line(results), ""]
    for title, (header, body), notes in _sections(results):
        widths = [max(len(line[i]) for line in [header] + body) for i in range(len(header))]
        lines += [title, ""]
        for line in [header, ["-" * width for width in widths]] + body:
            lines.append("  ".join(cell.rjust(width) if i and _numeric(cell) else cell.ljust(width)
                                   for i, (cell, width) in enumerate(zip(line, widths))).rstrip())
        lines += [f"  ({note})" for note in notes] + [""]
    return "\n".join(lines)


def markdown(results):
    lines = []
    for title, (header, body), notes in _sections(results):
        right = [all(_numeric(line[i]) for line in body) for i in range(len(header))]
        lines += [f"**{title}**", "", "| " + " | ".join(header) + " |",
                  "|" + "|".join("---:" if r else "---" for r in right) + "|"]
        lines += ["| " + " | ".join(line) + " |" for line in body] + [""]
        lines += [f"- {note}" for note in notes] + ([""] if notes else [])
    return "\n".join(lines + [machine_line(results)])


def csv(results):
    """Every round on a line."""
    lines = ["test,pipeline,server,round,requests_per_second,requests_per_cpu_second,p50_ms,p99_ms"]
    for row in results.get("throughput", {}).get("rows", []):
        for label, rounds in row["rounds"].items():
            for number, sample in enumerate(rounds, 1):
                figures = ",".join(f"{sample[name]:.3f}" for name in ("throughput", "work", "p50", "p99"))
                lines.append(f"{row['test']},{row['pipeline']},{label},{number},{figures}")
    for row in results.get("memory", {}).get("rows", []):
        lines += [f"\"{row['set']}\",memory,{label},1,{value},,," for label, value in row["bytes"].items()]
    return "\n".join(lines)


def machine_line(results):
    machine = results["machine"]
    versions = ", ".join(f"{label} {version}" for label, version in machine["versions"].items())
    settings = "; ".join(results["settings"])
    return (f"{versions} on {machine['cpu']}, {machine['cores']} cores, {machine['memory']}, "
            f"Linux {machine['kernel']}; {settings}.")
