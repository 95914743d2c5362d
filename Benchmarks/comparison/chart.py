"""A bar chart of the ratios to the first of the other servers as SVG, readable on light and dark pages."""

from xml.sax.saxutils import escape

from .ratios import by_pipeline, counts, mean_ratio, ratio

STYLE = """
    text { font: 13px system-ui, sans-serif; fill: #1f2328; }
    .title { font-weight: 600; font-size: 15px; }
    .group { font-weight: 600; }
    .small { font-size: 11px; fill: #59636e; }
    .work { fill: #d9480f; }
    .throughput { fill: #f0a27a; }
    .grid { stroke: #59636e; stroke-opacity: 0.25; }
    .one { stroke: #59636e; stroke-dasharray: 4 3; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .small { fill: #9198a1; }
      .work { fill: #ff8f5a; }
      .throughput { fill: #8f4a28; }
      .grid, .one { stroke: #9198a1; }
    }
"""
LEFT, PLOT, BAR, GAP = 150, 560, 9, 8


def _bars(result, labels):
    """(pipeline, [(name, throughput ratio, work ratio)]), the mean last."""
    for pipeline, rows in by_pipeline(result["rows"]).items():
        rows = sorted(rows, key=lambda row: not counts(row["test"]))
        bars = [(row["test"].upper(), ratio(row, "throughput", labels), ratio(row, "work", labels)) for row in rows]
        bars.append(("geometric mean*", mean_ratio(rows, "throughput", labels), mean_ratio(rows, "work", labels)))
        yield pipeline, [bar for bar in bars if None not in bar]


def svg(results):
    labels = results["labels"][:2]
    groups = list(_bars(results["throughput"], labels))
    top = max([value for _, bars in groups for _, *values in bars for value in values] + [1.0])
    step = 0.5 if top <= 4 else 1.0 if top <= 8 else 5.0
    limit = (int(top / step) + 1) * step
    def x(value):
        return LEFT + PLOT * value / limit

    body, y = [], 74
    for pipeline, bars in groups:
        heading = "no pipelining" if pipeline == 1 else f"pipeline {pipeline}"
        body.append(f'<text class="group" x="16" y="{y + 12}">{heading}</text>')
        y += 24
        for name, throughput, work in bars:
            body.append(f'<text x="{LEFT - 8}" y="{y + BAR + 4}" text-anchor="end">{escape(name)}</text>')
            for offset, kind, value in ((0, "work", work), (BAR, "throughput", throughput)):
                body.append(f'<rect class="{kind}" x="{LEFT}" y="{y + offset}" width="{x(value) - LEFT:.1f}" '
                            f'height="{BAR - 1}" rx="1.5"/>')
            furthest = x(max(work, throughput))
            body.append(f'<text class="small" x="{furthest + 5:.1f}" y="{y + BAR + 3}">'
                        f'{work:.2f} / {throughput:.2f}</text>')
            y += 2 * BAR + GAP
        y += 12
    bottom, height, width = y - 8, y + 44, LEFT + PLOT + 90
    grid, ticks = [], int(round(limit / step))
    for tick in range(ticks + 1):
        value = tick * step
        grid.append(f'<line class="{"one" if value == 1 else "grid"}" x1="{x(value):.1f}" y1="66" '
                    f'x2="{x(value):.1f}" y2="{bottom}"/>')
        grid.append(f'<text class="small" x="{x(value):.1f}" y="{bottom + 15}" text-anchor="middle">{value:g}x</text>')
    ours, theirs = labels
    head = [f'<text class="title" x="16" y="26">{escape(ours)} relative to {escape(theirs)}</text>',
            '<rect class="work" x="16" y="40" width="12" height="9" rx="1.5"/>',
            '<text class="small" x="33" y="49">requests per CPU second</text>',
            '<rect class="throughput" x="190" y="40" width="12" height="9" rx="1.5"/>',
            '<text class="small" x="207" y="49">requests per second</text>']
    foot = [f'<text class="small" x="16" y="{bottom + 36}">* of the tests that touch data; PING is not counted.</text>']
    return "\n".join(
        [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
         f'role="img" aria-label="{escape(ours)} relative to {escape(theirs)}">', f"  <style>{STYLE}  </style>"]
        + ["  " + line for line in head + grid + body + foot] + ["</svg>", ""])
