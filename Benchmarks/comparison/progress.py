"""One line that tells what is being measured, where somebody is looking."""

import sys


def show(text=""):
    if sys.stderr.isatty():
        print(f"\r{text}\x1b[K", end="", file=sys.stderr, flush=True)
