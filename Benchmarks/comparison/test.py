"""What a test of throughput is."""

import typing

KEYS = 1_000_000
ANY_DEPTH = 1_000_000


class Test(typing.NamedTuple):
    """One test."""

    name: str
    # What is sent. The name alone where redis-benchmark alone can send it.
    command: str
    # What must be there, of `DATA`; it is made once.
    needs: str = ""
    # Keys that are removed before each run, and a command that fills them again, as often as the test takes out.
    clears: str = ""
    fill: str = ""
    # How much more than a GET it costs a server. Fewer requests are sent.
    cost: int = 1
    # The deepest pipeline it is sent in: replies or values of all connections have to fit into memory.
    deepest: int = ANY_DEPTH
    # What random numbers are below.
    keys: int = KEYS
    # Bytes of a last argument that is too long for a command line.
    value: int = 0
    # Commands that are sent before each run.
    before: tuple = ()
    # Connections, where it takes so many and not those of the other tests.
    connections: int = 0
    # Whether it goes through a Unix socket.
    unix: bool = False
    # How many subscribers the channel `crowd` has meanwhile.
    subscribers: int = 0
    # Commands that a connection sends together, waiting for all replies, where the test is not of one command.
    sequence: tuple = ()

    def requests(self, pipeline):
        """Enough for a run of a second or more: a trip through the network costs as much as twenty GETs."""
        return max(20, round(3_000_000 / (20 / min(pipeline, 20) + self.cost - 1)))
