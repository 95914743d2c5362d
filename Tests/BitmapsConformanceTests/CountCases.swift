import ConformanceSupport

/// BITCOUNT and BITPOS.
let countCases: [ConformanceCase] = [
  ConformanceCase(
    "BITCOUNT", setup: ["SET key foobar"], "BITCOUNT key", "BITCOUNT key 0 0", "BITCOUNT key 1 1", "BITCOUNT key 0 -1",
    "BITCOUNT key -2 -1", "BITCOUNT key -1 -2", "BITCOUNT key 4 2", "BITCOUNT key -100 100", "BITCOUNT key 6 9",
    "BITCOUNT absent", "BITCOUNT absent 0 -1"),
  ConformanceCase(
    "BITCOUNT of bits", setup: ["SET key foobar"], "BITCOUNT key 0 -1 BIT", "BITCOUNT key 5 30 bit",
    "BITCOUNT key 1 1 BIT", "BITCOUNT key -9 -1 Bit", "BITCOUNT key 13 10 BIT", "BITCOUNT key -5 -10 BIT",
    "BITCOUNT key 1 1 BYTE", "BITCOUNT key 47 47 BIT", "BITCOUNT key 48 100 BIT", "BITCOUNT key -100 -48 BIT",
    "BITCOUNT key 3 4 BIT", "BITCOUNT key 7 8 BIT"),
  ConformanceCase(
    "BITCOUNT of numbers and nothing", setup: ["SET key 12345", "SET empty \"\""], "BITCOUNT key", "BITCOUNT key 1 3",
    "BITCOUNT empty", "BITCOUNT empty 0 -1", "BITCOUNT empty 0 0 BIT", "BITCOUNT empty -1 -1"),
  ConformanceCase(
    "BITCOUNT of a long string", setup: ["SETRANGE key 3000 \"\\xff\\xfe\\x01\""], "BITCOUNT key",
    "BITCOUNT key 3001 -1", "BITCOUNT key 100 24007 BIT", "BITCOUNT key 0 2999"),
  ConformanceCase(
    "BITCOUNT at the limits", setup: ["SET key abc"], "BITCOUNT key -9223372036854775808 9223372036854775807",
    "BITCOUNT key -9223372036854775808 -1 BIT", "BITCOUNT key 9223372036854775807 -9223372036854775808",
    "BITCOUNT key 0 9223372036854775807 BIT"),
  ConformanceCase(
    "BITCOUNT errors", setup: ["SET key foobar", "RPUSH list a"], "BITCOUNT", "BITCOUNT key 0", "BITCOUNT key a b",
    "BITCOUNT key 0 b", "BITCOUNT key 0 1 hello", "BITCOUNT key 0 1 BIT x", "BITCOUNT list", "BITCOUNT list 0",
    "BITCOUNT absent 0", "BITCOUNT absent a b", "BITCOUNT absent 0 1 hello", "BITCOUNT key -1 -2 hello",
    "BITCOUNT key 9223372036854775808 1"),

  ConformanceCase(
    "BITPOS", setup: ["SET key \"\\x00\\x0f\\x00\"", "SET ones \"\\xff\\xff\\xff\""], "BITPOS key 1", "BITPOS key 0",
    "BITPOS ones 0", "BITPOS ones 1", "BITPOS absent 0", "BITPOS absent 1"),
  ConformanceCase(
    "BITPOS with a range", setup: ["SET key \"\\xff\\xf0\\x00\""], "BITPOS key 0 0", "BITPOS key 0 2",
    "BITPOS key 0 0 0",
    "BITPOS key 0 0 1", "BITPOS key 1 2", "BITPOS key 1 2 -1", "BITPOS key 1 -3", "BITPOS key 1 -3 -2",
    "BITPOS key 0 3", "BITPOS key 0 3 5", "BITPOS key 0 2 1", "BITPOS key 1 -100 100", "BITPOS key 0 0 0 BYTE"),
  ConformanceCase(
    "BITPOS 0 past the end", setup: ["SET key \"\\xff\\xff\\xff\""], "BITPOS key 0", "BITPOS key 0 0",
    "BITPOS key 0 -1",
    "BITPOS key 0 0 -1", "BITPOS key 0 0 100", "BITPOS key 0 3", "BITPOS key 0 0 -1 BIT", "BITPOS key 0 0 23 BIT"),
  ConformanceCase(
    "BITPOS of bits", setup: ["SET key \"\\x10\\xf8\\x00\""], "BITPOS key 1 0 -1 BIT", "BITPOS key 1 4 -1 BIT",
    "BITPOS key 1 3 3 BIT", "BITPOS key 1 4 7 BIT", "BITPOS key 0 3 3 BIT", "BITPOS key 0 8 12 BIT",
    "BITPOS key 0 8 13 BIT", "BITPOS key 1 -16 -1 bit", "BITPOS key 1 13 20 BIT", "BITPOS key 0 9 8 BIT",
    "BITPOS key 1 -100 100 BIT", "BITPOS key 0 24 30 BIT"),
  ConformanceCase(
    "BITPOS of numbers and nothing", setup: ["SET key 1", "SET empty \"\""], "BITPOS key 1", "BITPOS key 0",
    "BITPOS empty 0", "BITPOS empty 1", "BITPOS empty 0 0", "BITPOS empty 0 0 -1"),
  ConformanceCase(
    "BITPOS of a long string", setup: ["SETRANGE key 3000 \"\\x01\""], "BITPOS key 1", "BITPOS key 1 100 -2",
    "BITPOS key 0 3000", "BITPOS key 1 24007 24007 BIT", "BITPOS key 1 5 24006 BIT"),
  ConformanceCase(
    "BITPOS errors", setup: ["SET key foobar", "RPUSH list a"], "BITPOS", "BITPOS key", "BITPOS key 2", "BITPOS key -1",
    "BITPOS key x", "BITPOS key 1 a", "BITPOS key 1 0 b", "BITPOS key 1 0 1 hello", "BITPOS key 1 0 1 BIT x",
    "BITPOS list 1", "BITPOS list 2", "BITPOS absent 1 a", "BITPOS absent 0 0 1 hello x", "BITPOS key 1 a 1 hello")
]
