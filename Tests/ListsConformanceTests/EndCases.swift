import ConformanceSupport

/// LPUSH, RPUSH, LPUSHX, RPUSHX, LPOP, RPOP, LMPOP and LLEN.
let endCases: [ConformanceCase] = [
  ConformanceCase("LPUSH", "LPUSH l a", "LPUSH l b c", "LRANGE l 0 -1", "TYPE l", "OBJECT ENCODING l"),
  ConformanceCase(
    "LPUSH of numbers", "LPUSH l 1 -1 01 9223372036854775807 -9223372036854775808 1e3 \"\"", "LRANGE l 0 -1"),
  ConformanceCase("LPUSH of bytes", "LPUSH l \"\\x00\\xff\\r\\n\"", "LINDEX l 0"),
  ConformanceCase(
    "LPUSH of a large element", .init(["LPUSH", "l", "a", String(repeating: "x", count: 20000), "b"]), "LRANGE l 0 -1",
    "RPOP l",
    "RPOP l", "LLEN l"),
  ConformanceCase(
    "LPUSH keeps the time to live", setup: ["LPUSH l a", "EXPIREAT l 33177117420"], "LPUSH l b", "EXPIRETIME l"),
  ConformanceCase("LPUSH errors", setup: ["SET s x"], "LPUSH", "LPUSH l", "LPUSH s a", "EXISTS l"),

  ConformanceCase("RPUSH", "RPUSH l a", "RPUSH l b c", "LRANGE l 0 -1", "TYPE l"),
  ConformanceCase(
    "RPUSH of many", .init(["RPUSH", "l"] + (0..<3000).map { "element number \($0)" }), "LLEN l", "LINDEX l 1500",
    "LRANGE l 2990 -1", "LRANGE l 600 610", "LINDEX l -3000"),
  ConformanceCase(
    "RPUSH of numbers", "RPUSH l 0 127 128 -128 4095 4096 -4096 -4097 32767 32768 8388607 2147483648", "LRANGE l 0 -1"),
  ConformanceCase("RPUSH and LPUSH", "RPUSH l a", "LPUSH l b", "RPUSH l c", "LPUSH l d", "LRANGE l 0 -1"),
  ConformanceCase("RPUSH errors", setup: ["SET s x"], "RPUSH", "RPUSH l", "RPUSH s a", "EXISTS l"),

  ConformanceCase(
    "LPUSHX", setup: ["RPUSH l a"], "LPUSHX l b", "LPUSHX l c d", "LRANGE l 0 -1", "LPUSHX absent x", "EXISTS absent"),
  ConformanceCase("LPUSHX after the last element", setup: ["RPUSH l a"], "LPOP l", "LPUSHX l b"),
  ConformanceCase("LPUSHX of numbers", setup: ["RPUSH l a"], "LPUSHX l 1 2", "LRANGE l 0 -1"),
  ConformanceCase(
    "LPUSHX keeps the time to live", setup: ["LPUSH l a", "EXPIREAT l 33177117420"], "LPUSHX l b", "EXPIRETIME l"),
  ConformanceCase("LPUSHX errors", setup: ["SET s x"], "LPUSHX", "LPUSHX l", "LPUSHX s a"),

  ConformanceCase(
    "RPUSHX", setup: ["RPUSH l a"], "RPUSHX l b", "RPUSHX l c d", "LRANGE l 0 -1", "RPUSHX absent x", "EXISTS absent"),
  ConformanceCase("RPUSHX after the last element", setup: ["RPUSH l a"], "RPOP l", "RPUSHX l b"),
  ConformanceCase("RPUSHX of numbers", setup: ["RPUSH l a"], "RPUSHX l 1 2", "LRANGE l 0 -1"),
  ConformanceCase(
    "RPUSHX keeps the time to live", setup: ["LPUSH l a", "EXPIREAT l 33177117420"], "RPUSHX l b", "EXPIRETIME l"),
  ConformanceCase("RPUSHX errors", setup: ["SET s x"], "RPUSHX", "RPUSHX l", "RPUSHX s a"),

  ConformanceCase("LPOP", setup: ["RPUSH l a 2 c"], "LPOP l", "LPOP l", "LPOP l", "LPOP l", "EXISTS l"),
  ConformanceCase(
    "LPOP with a count", setup: ["RPUSH l a b c d e"], "LPOP l 2", "LPOP l 0", "LPOP l 1", "LPOP l 9", "EXISTS l",
    "LPOP l 1", "LPOP l 0"),
  ConformanceCase(
    "LPOP of many", setup: [.init(["RPUSH", "l"] + (0..<2000).map { "element number \($0)" })], "LPOP l 1900", "LLEN l",
    "LINDEX l 0"),
  ConformanceCase(
    "LPOP keeps the time to live", setup: ["RPUSH l a b", "EXPIREAT l 33177117420"], "LPOP l", "EXPIRETIME l"),
  ConformanceCase("LPOP of an expired list", setup: ["RPUSH l a b", "PEXPIREAT l 1"], "LPOP l", "LPOP l 1"),
  ConformanceCase(
    "LPOP errors", setup: ["SET s x", "RPUSH l a"], "LPOP", "LPOP l 1 2", "LPOP l -1", "LPOP l x", "LPOP l 1.5",
    "LPOP l 9223372036854775808", "LPOP s", "LPOP s 0", "LPOP s 1", "LPOP absent x", "LPOP l \"\""),

  ConformanceCase("RPOP", setup: ["RPUSH l a 2 c"], "RPOP l", "RPOP l", "RPOP l", "RPOP l", "EXISTS l"),
  ConformanceCase(
    "RPOP with a count", setup: ["RPUSH l a b c d e"], "RPOP l 2", "RPOP l 0", "RPOP l 1", "RPOP l 9", "EXISTS l",
    "RPOP l 1"),
  ConformanceCase(
    "RPOP of many", setup: [.init(["RPUSH", "l"] + (0..<2000).map { "element number \($0)" })], "RPOP l 1900", "LLEN l",
    "LINDEX l -1"),
  ConformanceCase(
    "RPOP keeps the time to live", setup: ["RPUSH l a b", "EXPIREAT l 33177117420"], "RPOP l", "EXPIRETIME l"),
  ConformanceCase(
    "RPOP errors", setup: ["SET s x", "RPUSH l a"],
    "RPOP", "RPOP l 1 2", "RPOP l -1", "RPOP l x", "RPOP s", "RPOP s 1"),

  ConformanceCase(
    "LMPOP", setup: ["RPUSH l a b c", "RPUSH m d"], "LMPOP 1 l LEFT", "LMPOP 2 x l RIGHT", "LMPOP 3 x l m left count 5",
    "LMPOP 2 l m LEFT COUNT 1", "LMPOP 2 l m LEFT", "EXISTS l m"),
  ConformanceCase(
    "LMPOP with a count", setup: ["RPUSH l a b c d e"], "LMPOP 1 l RIGHT COUNT 2", "LMPOP 1 l LEFT COUNT 2",
    "LMPOP 1 l LEFT COUNT 9223372036854775807"),
  ConformanceCase(
    "LMPOP of another type", setup: ["SET s x", "RPUSH l a"], "LMPOP 2 l s LEFT", "LMPOP 2 l s LEFT", "LMPOP 2 s l LEFT"
  ),
  ConformanceCase("LMPOP of the same key twice", setup: ["RPUSH l a b"], "LMPOP 2 l l LEFT", "LRANGE l 0 -1"),
  ConformanceCase(
    "LMPOP errors", setup: ["RPUSH l a"], "LMPOP", "LMPOP 1", "LMPOP 1 l", "LMPOP 0 l LEFT", "LMPOP -1 l LEFT",
    "LMPOP x l LEFT",
    "LMPOP 2 l LEFT", "LMPOP 9223372036854775807 l LEFT", "LMPOP 1 l MIDDLE", "LMPOP 1 l LEFT COUNT",
    "LMPOP 1 l LEFT COUNT 0",
    "LMPOP 1 l LEFT COUNT x", "LMPOP 1 l LEFT COUNT -1", "LMPOP 1 l LEFT COUNT 1 COUNT 1", "LMPOP 1 l LEFT FOO 1",
    "LMPOP 1 l LEFT 1", "LLEN l"),

  ConformanceCase("LLEN", setup: ["RPUSH l a b"], "LLEN l", "LLEN absent"),
  ConformanceCase("LLEN after LPOP", setup: ["RPUSH l a b"], "LPOP l", "LLEN l"),
  ConformanceCase("LLEN of an expired list", setup: ["RPUSH l a b", "PEXPIREAT l 1"], "LLEN l"),
  ConformanceCase("LLEN of many", setup: [.init(["RPUSH", "l"] + (0..<5000).map { "\($0)" })], "LLEN l"),
  ConformanceCase("LLEN errors", setup: ["SET s x"], "LLEN", "LLEN l x", "LLEN s"),
]
