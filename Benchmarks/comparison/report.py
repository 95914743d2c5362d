"""Renders results as text and as Markdown tables."""

import math


def geometric_mean(values):
    values = [value for value in values if value > 0]
    return math.exp(sum(map(math.log, values)) / len(values)) if values else 0.0


def ratio(medians, figure, labels):
    ours, theirs = (medians[label][figure] for label in labels)
    return ours / theirs if theirs else 0.0


def by_pipeline(rows):
    pipelines = {}
    for row in rows:
        pipelines.setdefault(row["pipeline"], []).append(row)
    return pipelines


def mean_ratios(rows, labels):
    """Geometric means of throughput and work over the tests that touch data; PING does not count."""
    counted = [row for row in rows if not row["test"].startswith("ping")]
    return [geometric_mean([ratio(row["medians"], figure, labels) for row in counted])
            for figure in ("throughput", "work")] if counted else None


def thousands(value):
    return f"{value / 1000:,.0f}k"


def _throughput_table(result, labels):
    ours, theirs = labels
    header = ["test", "pipeline", f"{ours} req/s", f"{theirs} req/s", "ratio",
              f"{ours} req/CPU s", f"{theirs} req/CPU s", "ratio", f"{ours} p50/p99 ms", f"{theirs} p50/p99 ms"]
    body = []
    for pipeline, rows in by_pipeline(result["rows"]).items():
        for row in sorted(rows, key=lambda row: row["test"].startswith("ping")):
            medians = row["medians"]
            line = [row["test"], str(pipeline)]
            for figure in ("throughput", "work"):
                line += [thousands(medians[label][figure]) for label in labels]
                line.append(f"{ratio(medians, figure, labels):.2f}")
            line += [f"{medians[label]['p50']:.2f} / {medians[label]['p99']:.2f}" for label in labels]
            body.append(line)
        means = mean_ratios(rows, labels)
        if means:
            body.append(["geometric mean, PING apart", str(pipeline), "", "", f"{means[0]:.2f}",
                         "", "", f"{means[1]:.2f}", "", ""])
    return header, body


def _memory_table(result, labels):
    header = ["data set"] + [f"{label}, bytes" for label in labels] + ["ratio"]
    body = []
    for row in result["rows"]:
        figures = [row["bytes"][label] for label in labels]
        known = None not in figures and figures[1]
        body.append([row["set"]] + ["-" if f is None else f"{f:,.0f}" for f in figures]
                    + [f"{figures[0] / figures[1]:.2f}" if known else "-"])
    return header, body


def _load_table(result, labels):
    header = ["append-only file of"] + [f"{label}, seconds" for label in labels] + ["ratio"]
    body = []
    for row in result["rows"]:
        figures = [row["seconds"][label] for label in labels]
        body.append([row["file"]] + [f"{figure:.2f}" for figure in figures] + [f"{figures[1] / figures[0]:.2f}"])
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
        quiet, during = (result["servers"][label][phase] for phase in ("quiet", "rewriting"))
        without, within = quiet["latency"]["p99.9"], during["latency"]["p99.9"]
        body.append([label, f"{without:.2f}", f"{within:.2f}", f"{within / without:.2f}",
                     f"{during['latency']['max']:.2f}", f"{during['resident'] / 2**20:,.0f}",
                     f"{during['extra'] / during['resident']:.1%}", f"{during['seconds']:.1f}"])
    return header, body


def _sections(results):
    labels = results["labels"]
    if "throughput" in results:
        yield "Throughput, work per CPU second and latency", _throughput_table(results["throughput"], labels), \
            results["throughput"]["notes"]
    if "memory" in results:
        yield f"Resident bytes per element ({results['memory']['elements']:,} elements)", \
            _memory_table(results["memory"], labels), results["memory"]["notes"]
    if "load" in results:
        yield "Loading an append-only file", _load_table(results["load"], labels), []
    if "syncs" in results:
        yield "Group commit: SET under appendfsync always", _syncs_table(results["syncs"], labels), \
            results["syncs"]["notes"]
    if "rewrite" in results:
        rewrite = results["rewrite"]
        yield (f"Rewriting the append-only file of {rewrite['keys']:,} keys under {rewrite['rate']:,.0f} SET/s"), \
            _rewrite_table(rewrite, labels), []
    if "pause" in results:
        pause = results["pause"]
        yield (f"Latency of {pause['rate']:,} GET/s while {pause['keys']:,} keys are inserted at "
               f"{pause['insert_rate']:,}/s and {pause['expiring']:,} expire at once; "
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


def machine_line(results):
    machine = results["machine"]
    versions = ", ".join(f"{label} {version}" for label, version in machine["versions"].items())
    settings = "; ".join(results["settings"])
    return (f"{versions} on {machine['cpu']}, {machine['cores']} cores, {machine['memory']}, "
            f"Linux {machine['kernel']}; {settings}.")
