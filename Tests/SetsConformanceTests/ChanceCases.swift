import ConformanceSupport

/// SPOP and SRANDMEMBER. What is drawn is compared where there is no choice, or all are drawn.
let chanceCases: [ConformanceCase] = [
  ConformanceCase("SPOP of the last member", setup: ["SADD s a", "SADD i 1"], "SPOP s", "EXISTS s", "SPOP i", "SPOP s"),
  ConformanceCase(
    "SPOP of all", setup: ["SADD i 1 2 3", "SADD s a", .init(["SADD", "t", long])], "SPOP i 3", "EXISTS i", "SPOP s 1",
    "SPOP t 9223372036854775807", "EXISTS s t"),
  ConformanceCase(
    "SPOP of all strings", setup: ["SADD s a b c"], "SPOP s 10", "EXISTS s", comparing: .unordered),
  ConformanceCase(
    "SPOP of some", setup: ["SADD s a b c d e", "SADD i 1 2 3 4"], "SPOP s", "SPOP s 2", "SPOP i 3", "SPOP i",
    comparing: .typeOnly, isPersistent: false),
  ConformanceCase(
    "SPOP leaves the rest",
    setup: [.init(["SADD", "t"] + (0..<1000).map { "m\($0)" }), .init(["SADD", "i"] + (0..<400).map { "\($0)" })]
      + ["SPOP t 990", "SPOP i 390", "SPOP i", "SPOP t"], "SCARD t", "SCARD i", "SPOP t 0", "SPOP i 0", "SCARD t",
    isPersistent: false),
  ConformanceCase("SPOP of none", setup: ["SADD s a"], "SPOP s 0", "SPOP absent", "SPOP absent 3", "SPOP absent 0"),
  ConformanceCase(
    "SPOP errors", setup: ["SADD s a", "SET x x"], "SPOP", "SPOP x", "SPOP x 1", "SPOP x 0", "SPOP s -1", "SPOP s a",
    "SPOP s 1 2", "SPOP s 9223372036854775808", "SPOP x -1", "SPOP x 1 2", "SPOP absent -1", "SCARD s"),

  ConformanceCase(
    "SRANDMEMBER of one member", setup: ["SADD s a", "SADD i 7", .init(["SADD", "t", long])], "SRANDMEMBER s",
    "SRANDMEMBER s 1", "SRANDMEMBER s 5", "SRANDMEMBER s -3", "SRANDMEMBER i", "SRANDMEMBER i 2", "SRANDMEMBER i -2",
    "SRANDMEMBER t", "SRANDMEMBER t 3", "SRANDMEMBER t -2"),
  ConformanceCase(
    "SRANDMEMBER of all", setup: ["SADD s a b c", "SADD i 3 1 2"], "SRANDMEMBER s 3", "SRANDMEMBER i 10",
    "SRANDMEMBER s 9223372036854775807", comparing: .unordered),
  ConformanceCase(
    "SRANDMEMBER of some", setup: ["SADD s a b c", .init(["SADD", "t"] + (0..<500).map { "m\($0)" })], "SRANDMEMBER s",
    "SRANDMEMBER s 2", "SRANDMEMBER s -5", "SRANDMEMBER t 10", "SRANDMEMBER t 450", comparing: .typeOnly),
  ConformanceCase(
    "SRANDMEMBER of none", setup: ["SADD s a"], "SRANDMEMBER s 0", "SRANDMEMBER s -0", "SRANDMEMBER absent",
    "SRANDMEMBER absent 3", "SRANDMEMBER absent -3", "SRANDMEMBER absent 0"),
  ConformanceCase(
    "SRANDMEMBER errors", setup: ["SADD s a", "SET x x"], "SRANDMEMBER", "SRANDMEMBER x", "SRANDMEMBER x 1",
    "SRANDMEMBER s x", "SRANDMEMBER s 1 2", "SRANDMEMBER s -9223372036854775808", "SRANDMEMBER s 9223372036854775808",
    "SRANDMEMBER x a", "SRANDMEMBER x 1 2", "SRANDMEMBER absent a"),
]
