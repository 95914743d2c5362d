import ConformanceSupport

private let five: [Command] = ["XADD s 1-1 f 1", "XADD s 1-2 f 2", "XADD s 2-1 g 3", "XADD s 3-0 f 4", "XADD s 3-1 f 5"]

/// XRANGE and XREVRANGE.
let rangeCases: [ConformanceCase] = [
  ConformanceCase(
    "XRANGE", setup: five, "XRANGE s - +", "XRANGE s 1 2", "XRANGE s 1-2 3-0", "XRANGE s 3 3", "XRANGE s 4 +",
    "XRANGE s + -", "XRANGE s 2 1", "XRANGE absent - +"),
  ConformanceCase(
    "XREVRANGE", setup: five, "XREVRANGE s + -", "XREVRANGE s 2 1", "XREVRANGE s 3-0 1-2", "XREVRANGE s 3 3",
    "XREVRANGE s - +", "XREVRANGE s 1 2", "XREVRANGE absent + -"),
  ConformanceCase(
    "XRANGE without bounds", setup: five, "XRANGE s (1-1 +", "XRANGE s (1 (3-1", "XRANGE s - (1-1", "XRANGE s (3-1 +",
    "XREVRANGE s (3-1 (1-1", "XREVRANGE s (3 -", "XRANGE s (18446744073709551615-18446744073709551615 +",
    "XRANGE s - (0-0", "XRANGE s (- +", "XRANGE s - (+", "XRANGE s ( +", "XRANGE s (x +",
    "XRANGE s (1-18446744073709551615 +", "XRANGE s - (2-0", "XREVRANGE s (0 -"),
  ConformanceCase(
    "XRANGE COUNT", setup: five, "XRANGE s - + COUNT 2", "XRANGE s - + COUNT 0", "XRANGE s - + COUNT -1",
    "XRANGE s - + count 100", "XREVRANGE s + - COUNT 2", "XREVRANGE s + - COUNT 0", "XRANGE s - + COUNT 1 COUNT 2",
    "XRANGE absent - + COUNT 0"),
  ConformanceCase(
    "XRANGE errors", setup: five + ["SET string x"], "XRANGE", "XRANGE s -", "XRANGE s x +", "XRANGE s - x",
    "XRANGE s - + COUNT", "XRANGE s - + COUNT x", "XRANGE s - + FOO 1", "XRANGE string - +", "XRANGE string x +",
    "XREVRANGE s x -", "XREVRANGE s + x", "XREVRANGE string + -", "XREVRANGE s + - COUNT x", "XREVRANGE s +"),
  ConformanceCase(
    "XRANGE over several nodes",
    setup: (1...250).map { Command(["XADD", "s", "\($0)-0", "field", "value \($0)"]) } + ["XDEL s 100 101 102 250"],
    "XRANGE s 95 110", "XREVRANGE s 110 95", "XRANGE s 199 203", "XREVRANGE s + 240", "XRANGE s (249 +",
    "XRANGE s 1 + COUNT 3", "XINFO STREAM s"),
]

/// XTRIM, and XADD with the options of it.
let trimCases: [ConformanceCase] = [
  ConformanceCase(
    "XTRIM MAXLEN", setup: five, "XTRIM s MAXLEN 4", "XTRIM s MAXLEN = 3", "XTRIM s MAXLEN ~ 1", "XRANGE s - +",
    "XTRIM s MAXLEN 10", "XTRIM s MAXLEN 0", "XLEN s", "EXISTS s", "XINFO STREAM s", "XTRIM absent MAXLEN 0"),
  ConformanceCase(
    "XTRIM MINID", setup: five, "XTRIM s MINID 1-2", "XTRIM s MINID = 2", "XTRIM s MINID ~ 3", "XRANGE s - +",
    "XTRIM s MINID 1", "XTRIM s MINID 99", "XLEN s", "XINFO STREAM s"),
  ConformanceCase(
    "XTRIM behind a deleted entry", setup: five + ["XDEL s 3-1", "XDEL s 1-1"], "XTRIM s MINID 3-1", "XINFO STREAM s",
    "XRANGE s - +", "XADD s 4 f v", "XINFO STREAM s", "XTRIM s MAXLEN 0", "XINFO STREAM s"),
  ConformanceCase(
    "XTRIM ~ at the borders of nodes", setup: ["CONFIG SET stream-node-max-entries 4"]
      + (1...18).map { Command(["XADD", "s", "\($0)-0", "f", "v"]) } + ["XDEL s 2"],
    "XTRIM s MAXLEN ~ 15", "XLEN s", "XTRIM s MAXLEN ~ 12", "XLEN s", "XTRIM s MINID ~ 12", "XLEN s",
    "XTRIM s MINID ~ 13", "XLEN s", "XTRIM s MAXLEN ~ 0 LIMIT 1", "XTRIM s MAXLEN ~ 0 LIMIT 4", "XLEN s",
    "XTRIM s MAXLEN ~ 0 LIMIT 0", "XLEN s", "CONFIG SET stream-node-max-entries 100"),
  ConformanceCase(
    "XTRIM ~ of nodes that are full of bytes", setup: ["CONFIG SET stream-node-max-bytes 100"]
      + (1...40).map { Command(["XADD", "s", "\($0 * 77)-\($0 % 3)", "f", String(repeating: "v", count: $0)]) },
    "XTRIM s MAXLEN ~ 35", "XLEN s", "XTRIM s MAXLEN ~ 30", "XLEN s", "XTRIM s MAXLEN ~ 20", "XLEN s",
    "XINFO STREAM s", "XTRIM s MAXLEN ~ 1", "XLEN s", "CONFIG SET stream-node-max-bytes 4096"),
  ConformanceCase(
    "XTRIM ~ has a limit by itself", setup: ["CONFIG SET stream-node-max-entries 1"]
      + (1...250).map { Command(["XADD", "s", "\($0)-0", "f", "v"]) },
    "XTRIM s MAXLEN ~ 10", "XLEN s", "XTRIM s MAXLEN ~ 10 LIMIT 30", "XLEN s", "XTRIM s MAXLEN ~ 10 LIMIT 0", "XLEN s",
    "CONFIG SET stream-node-max-entries 100"),
  ConformanceCase(
    "XTRIM errors", setup: five + ["SET string x"], "XTRIM", "XTRIM s MAXLEN", "XTRIM s", "XTRIM s MAXLEN x",
    "XTRIM s MAXLEN -1", "XTRIM s MINID x", "XTRIM s MINID -", "XTRIM s FOO 1", "XTRIM s MAXLEN 1 MINID 1",
    "XTRIM s MAXLEN 1 LIMIT 1", "XTRIM s MAXLEN ~ 1 LIMIT -1", "XTRIM s LIMIT 5", "XTRIM s LIMIT 0 LIMIT 0",
    "XTRIM string MAXLEN 1", "XTRIM s MAXLEN ~", "XTRIM s MAXLEN = ~ 1", "XTRIM s MAXLEN 1 *"),
  ConformanceCase(
    "XADD MAXLEN", setup: five, "XADD s MAXLEN 3 4 f v", "XADD s MAXLEN = 2 5 f v", "XADD s MAXLEN ~ 1 6 f v",
    "XRANGE s - +", "XADD s MAXLEN 0 7 f v", "XLEN s", "XADD t MAXLEN 0 1 f v", "EXISTS t", "XINFO STREAM t"),
  ConformanceCase(
    "XADD MINID", setup: five, "XADD s MINID 2 4 f v", "XRANGE s - +", "XADD s MINID ~ 4 5 f v", "XLEN s",
    "XADD s MINID 100 6 f v", "XLEN s", "XADD s maxlen 3 nomkstream limit 0 7 f v"),
]
