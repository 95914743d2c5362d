"""What results of throughput come to: ratios of one server to another, their means and the worst of them.

`labels` are those of the two servers. PING does not count in what sums up: it touches no data.
"""

import math
import statistics


def counts(test):
    """Whether a test counts in what sums up."""
    return not test.startswith("ping")


def geometric_mean(values):
    return math.exp(statistics.fmean(map(math.log, values)))


def ratio(row, figure, labels):
    """The median over the rounds, each of which measured both within seconds; None where one of them has no figure."""
    ours, theirs = (row["rounds"].get(label, []) for label in labels)
    ratios = [one[figure] / other[figure] for one, other in zip(ours, theirs) if other[figure]]
    return statistics.median(ratios) if ratios else None


def by_pipeline(rows):
    pipelines = {}
    for row in rows:
        pipelines.setdefault(row["pipeline"], []).append(row)
    return pipelines


def _counted(rows, figure, labels):
    ratios = [(ratio(row, figure, labels), row["test"]) for row in rows if counts(row["test"])]
    return [(value, test) for value, test in ratios if value]


def mean_ratio(rows, figure, labels):
    """The geometric mean over tests, or None."""
    counted = _counted(rows, figure, labels)
    return geometric_mean([value for value, _ in counted]) if counted else None


def worst(rows, figure, labels):
    """(ratio, test) of the lowest, or None."""
    return min(_counted(rows, figure, labels), default=None)
