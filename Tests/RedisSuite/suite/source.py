"""Redis' source, from the distribution's archive, and working copies of it."""

import os
import pathlib
import re
import subprocess
import sys
import tarfile

VERSION = "7.0.15"
TARBALL = f"redis_{VERSION}.orig.tar.gz"

# The releases that carry this version. The machine's own package sources need not have deb-src lines.
ARCHIVES = {
    "debian": ("debian-archive-keyring.gpg", [
        "http://deb.debian.org/debian bookworm main",
        "http://deb.debian.org/debian-security bookworm-security main"]),
    "ubuntu": ("ubuntu-archive-keyring.gpg", ["http://archive.ubuntu.com/ubuntu noble main universe"]),
}


def cache_folder():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return pathlib.Path(os.environ.get("GOREDIS_CACHE") or os.path.join(base, "goredis"))


def _distribution():
    release = pathlib.Path("/etc/os-release").read_text()
    names = re.findall(r'^ID(?:_LIKE)?="?([^"\n]*)', release, re.MULTILINE)
    return next((name for line in names for name in line.split() if name in ARCHIVES), "debian")


def fetch():
    """The path of the source tarball; downloaded on first use, with sources and lists apart from the machine's."""
    folder = cache_folder() / "redis-source"
    if (folder / TARBALL).exists():
        return folder / TARBALL
    for name in ("lists/partial", "archives/partial"):
        (folder / "apt" / name).mkdir(parents=True, exist_ok=True)
    keyring, archives = ARCHIVES[_distribution()]
    keyring = pathlib.Path("/usr/share/keyrings") / keyring
    signed = f"[signed-by={keyring}] " if keyring.exists() else ""
    sources = folder / "apt" / "sources.list"
    sources.write_text("".join(f"deb-src {signed}{archive}\n" for archive in archives))
    options = [f"Dir::Etc::sourcelist={sources}", "Dir::Etc::sourceparts=-",
               f"Dir::State::lists={folder / 'apt' / 'lists'}", f"Dir::Cache={folder / 'apt'}",
               "APT::Sandbox::User=root", "Acquire::Retries=3"]
    apt = ["apt-get", "-q"] + [word for option in options for word in ("-o", option)]
    for command in (apt + ["update"], apt + ["--download-only", "source", "redis"]):
        result = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if result.returncode != 0:
            sys.exit(f"cannot fetch the source of Redis: {' '.join(command)}\n{result.stdout}{result.stderr}")
    if not (folder / TARBALL).exists():
        sys.exit(f"the archive has no {TARBALL}: {os.listdir(folder)}")
    return folder / TARBALL


def _mend(copy):
    """What the suite needs to run to its end against a server with sets as of Redis 7.2.

    Lets `--durable` survive errors outside tests: where the suite starts servers it would end one server twice.
    """
    path = copy / "tests/support/server.tcl"
    text = path.read_text()
    for trace in ("$backtrace", "$::errorInfo"):
        pattern = re.compile(r'set msg \[string range \$error 10 end\]\n\s*lappend details \$msg\n(\s*)'
                             + re.escape(f"lappend details {trace}"))
        text, count = pattern.subn(
            lambda match: f'lappend details "(aborted) in $::curfile" $error\n{match[1]}lappend details {trace}', text)
        if count != 1:
            sys.exit(f"{path} is not as expected")
    report = 'send_data_packet $::test_server_fd err [join $details "\\n"]\n'
    head, found, tail = text.rpartition(report)
    if not found:
        sys.exit(f"{path} is not as expected")
    leave = "                set ::tags [lrange $::tags 0 end-[llength $tags]]\n                return\n"
    text = head + report + leave + tail
    path.write_text(text)
    # Small sets of strings are packed, as Redis has them since 7.2, where this suite expects tables.
    path = copy / "tests/support/test.tcl"
    text = path.read_text()
    compare = "    assert_match $enc $val\n"
    if text.count(compare) != 1:
        sys.exit(f"{path} is not as expected")
    packed = "    if {$enc eq {hashtable} && $val eq {listpack} && [r type $key] eq {set}} return\n"
    path.write_text(text.replace(compare, packed + compare))


def working_copy(folder, server, tools):
    """Unpacks the suite into `folder`, with `server` as src/redis-server and the tools (name: path) beside it."""
    with tarfile.open(fetch()) as archive:
        top = f"redis-{VERSION}/"
        wanted = [member for member in archive.getmembers() if not member.name.startswith((top + "deps", top + "src/"))]
        archive.extractall(folder, members=wanted)
    copy = pathlib.Path(folder) / f"redis-{VERSION}"
    (copy / "src").mkdir(exist_ok=True)
    for name, path in {**tools, "redis-server": server}.items():
        (copy / "src" / name).symlink_to(path)
    _mend(copy)
    return copy
