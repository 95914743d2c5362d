import ConformanceSupport

private let many = Command(["RPUSH", "l"] + (0..<3000).map { "element number \($0)" })

/// LRANGE, LINDEX, LSET, LTRIM.
let rangeCases: [ConformanceCase] = [
  ConformanceCase(
    "LRANGE", setup: ["RPUSH l a b c d"], "LRANGE l 0 -1", "LRANGE l 1 2", "LRANGE l -3 2", "LRANGE l 5 6",
    "LRANGE l 2 1", "LRANGE l -100 100",
    "LRANGE l -1 -1", "LRANGE l 3 3", "LRANGE l -5 -5", "LRANGE absent 0 -1"),
  ConformanceCase(
    "LRANGE of many", setup: [many], "LRANGE l 100 130", "LRANGE l -130 -100", "LRANGE l 1490 1510",
    "LRANGE l 2999 5000"),
  ConformanceCase(
    "LRANGE at the limits", setup: ["RPUSH l a b"], "LRANGE l -9223372036854775808 9223372036854775807",
    "LRANGE l 9223372036854775807 -9223372036854775808", "LRANGE l 4294967296 -1"),
  ConformanceCase("LRANGE of an expired list", setup: ["RPUSH l a", "PEXPIREAT l 1"], "LRANGE l 0 -1"),
  ConformanceCase(
    "LRANGE errors", setup: ["SET s x"], "LRANGE", "LRANGE l 0", "LRANGE l 0 1 2", "LRANGE l a 1", "LRANGE l 0 b",
    "LRANGE s 0 1", "LRANGE s a 1", "LRANGE l 1.5 2"),

  ConformanceCase(
    "LINDEX", setup: ["RPUSH l a b c"], "LINDEX l 0", "LINDEX l 2", "LINDEX l 3", "LINDEX l -1", "LINDEX l -3",
    "LINDEX l -4", "LINDEX absent 0"),
  ConformanceCase("LINDEX of many", setup: [many], "LINDEX l 999", "LINDEX l -999", "LINDEX l 2999", "LINDEX l 3000"),
  ConformanceCase(
    "LINDEX at the limits", setup: ["RPUSH l a"], "LINDEX l 9223372036854775807", "LINDEX l -9223372036854775808"),
  ConformanceCase("LINDEX of numbers", setup: ["RPUSH l 1 -5 007"], "LINDEX l 0", "LINDEX l 1", "LINDEX l 2"),
  ConformanceCase(
    "LINDEX errors", setup: ["SET s x", "RPUSH l a"], "LINDEX", "LINDEX l", "LINDEX l 0 1", "LINDEX l x", "LINDEX s 0",
    "LINDEX s x", "LINDEX absent x"),

  ConformanceCase("LSET", setup: ["RPUSH l a b c"], "LSET l 0 x", "LSET l -1 z", "LSET l 1 12345", "LRANGE l 0 -1"),
  ConformanceCase(
    "LSET of many", setup: [many], "LSET l 1000 x", "LSET l -1000 y", "LINDEX l 1000", "LINDEX l 999", "LINDEX l -1000",
    "LLEN l"),
  ConformanceCase(
    "LSET of a large element", setup: ["RPUSH l a b c"],
    .init(["LSET", "l", "1", String(repeating: "x", count: 20000)]), "LINDEX l 0", "LINDEX l 2",
    "LSET l 1 small", "LRANGE l 0 -1"),
  ConformanceCase(
    "LSET keeps the time to live", setup: ["RPUSH l a", "EXPIREAT l 33177117420"], "LSET l 0 b", "EXPIRETIME l"),
  ConformanceCase(
    "LSET errors", setup: ["SET s x", "RPUSH l a"], "LSET", "LSET l 0", "LSET l 1 x", "LSET l -2 x", "LSET l x y",
    "LSET absent 0 x", "LSET absent x y", "LSET s 0 x", "LSET s x y"),

  ConformanceCase(
    "LTRIM", setup: ["RPUSH l a b c d e"], "LTRIM l 1 -2", "LRANGE l 0 -1", "LTRIM l 0 100", "LTRIM l -2 -1",
    "LRANGE l 0 -1", "LTRIM l 5 10", "EXISTS l"),
  ConformanceCase(
    "LTRIM to nothing", setup: ["RPUSH l a b", "RPUSH m a b"], "LTRIM l 1 0", "EXISTS l", "LTRIM m -1 -2", "EXISTS m",
    "LTRIM absent 0 1"),
  ConformanceCase(
    "LTRIM of many", setup: [many], "LTRIM l 10 -11", "LLEN l", "LINDEX l 0", "LINDEX l -1", "LTRIM l 1000 1010",
    "LRANGE l 0 -1"),
  ConformanceCase(
    "LTRIM at the limits", setup: ["RPUSH l a b"], "LTRIM l -9223372036854775808 9223372036854775807", "LRANGE l 0 -1"),
  ConformanceCase(
    "LTRIM errors", setup: ["SET s x"], "LTRIM", "LTRIM l 0", "LTRIM l 0 1 2", "LTRIM l a 1", "LTRIM l 0 b",
    "LTRIM s 0 1", "LTRIM s a 1"),
]
