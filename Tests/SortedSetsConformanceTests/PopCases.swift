import ConformanceSupport

private let numbers: Command = "ZADD z 1 a 2 b 3 c 4 d 5 e 6 f"

/// ZPOPMIN, ZPOPMAX and ZMPOP.
let popCases: [ConformanceCase] = [
  ConformanceCase(
    "ZPOPMIN", setup: [numbers, "SET s x"], "ZPOPMIN z", "ZPOPMIN z 2", "ZPOPMIN z 0", "ZPOPMIN z 1", "ZPOPMIN z 9",
    "ZPOPMIN z", "ZPOPMIN z 2", "EXISTS z", "ZPOPMIN s", "ZPOPMIN s 0", "ZPOPMIN z -1", "ZPOPMIN z x", "ZPOPMIN z 1 2",
    "ZPOPMIN", "ZPOPMIN s -1"),
  ConformanceCase(
    "ZPOPMAX", setup: [numbers, "SET s x"], "ZPOPMAX z", "ZPOPMAX z 2", "ZPOPMAX z 0", "ZPOPMAX z 1", "ZPOPMAX z 9",
    "ZPOPMAX z", "ZPOPMAX z 2", "EXISTS z", "ZPOPMAX s", "ZPOPMAX s 0", "ZPOPMAX z -1", "ZPOPMAX z x", "ZPOPMAX z 1 2",
    "ZPOPMAX"),
  ConformanceCase(
    "ZMPOP", setup: [numbers, "SET s x"], "ZMPOP 1 z MIN", "ZMPOP 2 absent z MAX COUNT 2", "ZMPOP 1 z min count 1",
    "ZMPOP 1 absent MIN", "ZMPOP 1 z MAX COUNT 9", "EXISTS z"),
  ConformanceCase(
    "ZMPOP errors", setup: [numbers, "SET s x"], "ZMPOP", "ZMPOP 1 z", "ZMPOP 0 z MIN", "ZMPOP x z MIN",
    "ZMPOP -1 z MIN",
    "ZMPOP 2 z MIN", "ZMPOP 1 z FOO", "ZMPOP 1 z MIN COUNT", "ZMPOP 1 z MIN COUNT 0", "ZMPOP 1 z MIN COUNT x",
    "ZMPOP 1 z MIN COUNT 1 COUNT 1", "ZMPOP 1 z MIN FOO 1", "ZMPOP 1 s MIN", "ZMPOP 2 absent s MIN",
    "ZMPOP 2 z s MIN", "ZMPOP 9223372036854775807 z MIN"),
]

/// What blocking commands do where nothing needs to block, or may.
let unblockedCases: [ConformanceCase] = [
  ConformanceCase(
    "BZPOPMIN", setup: [numbers], "BZPOPMIN z 0", "BZPOPMIN absent z 0.5", "BZPOPMIN z z 0", "BZPOPMIN absent 0.01",
    "ZCARD z"),
  ConformanceCase("BZPOPMAX", setup: [numbers], "BZPOPMAX z 0", "BZPOPMAX absent z 0.5", "BZPOPMAX absent x 0.01"),
  ConformanceCase(
    "BZPOPMIN errors", setup: ["SET s x", numbers], "BZPOPMIN", "BZPOPMIN z", "BZPOPMIN z x", "BZPOPMIN z -1",
    "BZPOPMIN s 0", "BZPOPMIN absent s 0", "BZPOPMIN z s 0", "BZPOPMAX s 0", "BZPOPMAX z", "BZPOPMAX z nan"),
  ConformanceCase(
    "BZMPOP", setup: [numbers], "BZMPOP 0 1 z MIN", "BZMPOP 0 2 absent z MAX COUNT 3", "BZMPOP 0.01 1 absent MIN",
    "BZMPOP 0 1 z MIN COUNT 9"),
  ConformanceCase(
    "BZMPOP errors", setup: ["SET s x", numbers], "BZMPOP", "BZMPOP 0 1 z", "BZMPOP x 1 z MIN", "BZMPOP -1 1 z MIN",
    "BZMPOP 0 0 z MIN", "BZMPOP 0 2 z MIN", "BZMPOP 0 1 z FOO", "BZMPOP 0 1 z MIN COUNT 0", "BZMPOP 0 1 s MIN",
    "BZMPOP x 1 z FOO", "BZMPOP 0 1 z MIN COUNT 1 COUNT 1"),
  ConformanceCase(
    "inside MULTI nothing blocks", setup: [], "MULTI", "BZPOPMIN z 0", "BZPOPMAX z 0", "BZMPOP 0 1 z MIN",
    "ZADD z 1 a 2 b 3 c", "BZPOPMIN z 0", "BZPOPMAX z 0", "BZMPOP 0 1 z MIN", "EXEC"),
]
