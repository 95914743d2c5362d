"""The lists of expected failures and of skipped tests."""

import sys
from typing import NamedTuple

WAYS = ("external", "own")
# How `run-sentinel` runs its units.
SENTINEL = "sentinel"


class Entry(NamedTuple):
    way: str
    file: str
    test: str
    reason: str


def read(path):
    """The entries of a list; `both` becomes an entry for either way."""
    entries = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        # A test name may contain the separator, the other columns may not.
        head, _, reason = line.rpartition(" | ")
        columns = [column.strip() for column in head.split(" | ", 2)]
        if len(columns) != 3 or not reason.strip() or columns[0] not in WAYS + ("both", SENTINEL):
            sys.exit(f"{path}:{number}: expected `way | file | test | reason`")
        for way in WAYS if columns[0] == "both" else columns[:1]:
            entries.append(Entry(way, columns[1], columns[2], reason.strip()))
    return entries
