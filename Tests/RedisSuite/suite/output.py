"""Reads what test_helper.tcl prints."""

import re
from dataclasses import dataclass, field

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_EVENT = re.compile(r"^\[(ok|err|skip|ignore|exception|testing|TIMEOUT)\]: ?(.*)$")
_DONE = re.compile(r"^\[\d+/\d+ done\]: ")


@dataclass
class Outcome:
    """What one suite file did in one way."""
    passed: list = field(default_factory=list)
    failed: dict = field(default_factory=dict)  # test name: what the suite says about it
    skipped: int = 0
    seconds: float = 0.0
    log: str = ""


def parse(text, timed_out, exit_status):
    outcome, last, done, ended = Outcome(), None, False, False
    for line in _ANSI.sub("", text).splitlines():
        if line.strip() == "The End":
            # The suite repeats its failures below.
            ended = True
        if ended:
            continue
        if _DONE.match(line):
            done, last = True, None
            continue
        event = _EVENT.match(line)
        if not event:
            if last and len(outcome.failed[last]) < 12:
                outcome.failed[last].append(line)
            continue
        kind, rest = event.groups()
        last = None
        if kind == "ok":
            outcome.passed.append(re.sub(r" \(\d+ ms\)$", "", rest))
        elif kind == "err":
            last = re.sub(r" in tests/\S+\.tcl$", "", rest)
            outcome.failed.setdefault(last, [])
        elif kind in ("skip", "ignore"):
            outcome.skipped += 1
        elif kind == "exception":
            last = "(aborted)"
            outcome.failed.setdefault(last, []).append(rest)
    if timed_out:
        outcome.failed["(timeout)"] = [f"after: {outcome.passed[-1]}" if outcome.passed else "before any test ended"]
    elif not done and "(aborted)" not in outcome.failed:
        outcome.failed["(aborted)"] = [f"the suite ended with status {exit_status}"] + text.splitlines()[-5:]
    return outcome
