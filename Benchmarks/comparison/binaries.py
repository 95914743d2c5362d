"""Which servers are compared: the names and paths of the command line, as labels and binaries."""

import os
import shutil

from .peers import PEERS

NAMES = "redis, " + ", ".join(PEERS)


def _found(given):
    """The path of a server's binary; the program ends where there is none."""
    if given in PEERS:
        path, advice = str(PEERS[given].path), f"Benchmarks/peers {given} fetches it"
    elif given == "redis":
        path, advice = "redis-server", "install it (Debian: redis-server)"
    else:
        path, advice = given, f"it is none of {NAMES}, and no binary"
    binary = shutil.which(path)
    if not binary:
        raise SystemExit(f"{given} is not there: {advice}")
    return os.path.abspath(binary)


def servers(ours, against):
    """(label, binary) of goredis, and of each that is given as NAME, PATH or LABEL=PATH."""
    chosen = {"goredis": shutil.which(ours)}
    if not chosen["goredis"]:
        raise SystemExit(f"{ours} is not there; build it, or name it with --goredis PATH")
    for given in against:
        label, _, place = given.rpartition("=")
        label = base = label or os.path.basename(given)
        number = 2
        while label in chosen:
            label, number = f"{base}-{number}", number + 1
        chosen[label] = _found(place)
    return [(label, os.path.abspath(binary)) for label, binary in chosen.items()]
