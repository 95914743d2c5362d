import ConformanceSupport

private let sets: [Command] = ["ZADD x 1 a 2 b 3 c", "ZADD y 10 b 20 c 30 d", "ZADD w 5 c", "SET s x", "SADD p b c q"]

/// A call of ZADD with many members, whose scores repeat and come in no order.
private func large(_ key: String, _ members: Range<Int>) -> Command {
  .init(["ZADD", key] + members.flatMap { ["\($0 * 7919 % 500 - 100).25", "member:\($0)"] })
}

private let largeSets: [Command] = [
  large("x", 0..<1500), large("y", 700..<2500), large("w", 1400..<1450),
  .init(["SADD", "p"] + (500..<1200).map { "member:\($0)" }),
]

/// Those of sorted sets that are no longer packed.
let largeCombineCases: [ConformanceCase] = [
  ConformanceCase(
    "combinations of large sorted sets", setup: largeSets, "ZUNIONSTORE r 2 x y", "ZRANGE r 0 -1 WITHSCORES",
    "ZUNIONSTORE r 3 x w y WEIGHTS 1 -1 0.5 AGGREGATE MIN", "ZRANGE r 0 -1 WITHSCORES", "ZUNIONSTORE r 2 p x",
    "ZRANGE r 0 -1 WITHSCORES", "ZINTERSTORE r 2 x y AGGREGATE MAX", "ZRANGE r 0 -1 WITHSCORES",
    "ZINTERSTORE r 3 y x w WEIGHTS 3 2 1", "ZRANGE r 0 -1 WITHSCORES", "ZINTER 2 x p", "ZDIFF 2 x y WITHSCORES",
    "ZDIFFSTORE r 3 y x p", "ZRANGE r 0 -1 WITHSCORES", "ZUNIONSTORE x 2 x x", "ZRANGE x 0 20 WITHSCORES",
    "ZINTERCARD 2 y x", "ZINTERCARD 2 y x LIMIT 9", "ZINTERCARD 2 p y"),
  ConformanceCase(
    "removal of most of a large sorted set", setup: largeSets, "ZREMRANGEBYRANK y 30 -20", "ZRANGE y 0 -1 WITHSCORES",
    "ZADD y 1 new 5 member:700", "ZRANK y new", "ZREMRANGEBYSCORE x (-50 +inf", "ZRANGE x 0 -1 WITHSCORES",
    "OBJECT ENCODING x", "ZREMRANGEBYRANK x 0 -1", "EXISTS x"),
]

/// Unions, intersections and differences.
let combineCases: [ConformanceCase] = [
  ConformanceCase(
    "ZUNION", setup: sets, "ZUNION 2 x y", "ZUNION 2 x y WITHSCORES", "ZUNION 3 x y w WEIGHTS 2 3 -1 WITHSCORES",
    "ZUNION 2 x y AGGREGATE MIN WITHSCORES", "ZUNION 2 x y AGGREGATE max WITHSCORES WEIGHTS 1 0.5", "ZUNION 1 absent",
    "ZUNION 1 absent WITHSCORES", "ZUNION 2 x x WITHSCORES", "ZUNION 2 x absent"),
  ConformanceCase(
    "ZINTER", setup: sets, "ZINTER 2 x y", "ZINTER 2 x y WITHSCORES", "ZINTER 3 x y w WEIGHTS 2 3 -1 WITHSCORES",
    "ZINTER 2 x y AGGREGATE MIN WITHSCORES", "ZINTER 2 x y AGGREGATE MAX WITHSCORES", "ZINTER 2 x absent",
    "ZINTER 1 x WEIGHTS 2 WITHSCORES", "ZINTER 2 x x WITHSCORES", "ZINTER 2 absent x"),
  ConformanceCase(
    "ZDIFF", setup: sets, "ZDIFF 2 x y", "ZDIFF 2 x y WITHSCORES", "ZDIFF 2 y x WITHSCORES", "ZDIFF 3 x y w",
    "ZDIFF 1 x",
    "ZDIFF 2 x x", "ZDIFF 2 x absent WITHSCORES", "ZDIFF 2 absent x"),
  ConformanceCase(
    "ZUNIONSTORE", setup: sets, "ZUNIONSTORE r 2 x y", "ZRANGE r 0 -1 WITHSCORES",
    "ZUNIONSTORE r 2 x y WEIGHTS 2 0.5 AGGREGATE MAX", "ZRANGE r 0 -1 WITHSCORES", "ZUNIONSTORE x 2 x y",
    "ZRANGE x 0 -1 WITHSCORES", "ZUNIONSTORE s 1 x", "TYPE s", "ZUNIONSTORE s 1 absent", "EXISTS s"),
  ConformanceCase(
    "ZINTERSTORE", setup: sets, "ZINTERSTORE r 2 x y", "ZRANGE r 0 -1 WITHSCORES",
    "ZINTERSTORE r 3 y x w AGGREGATE MIN",
    "ZRANGE r 0 -1 WITHSCORES", "ZINTERSTORE r 2 x absent", "EXISTS r", "ZINTERSTORE x 1 x WEIGHTS -1",
    "ZRANGE x 0 -1 WITHSCORES"),
  ConformanceCase(
    "ZDIFFSTORE", setup: sets, "ZDIFFSTORE r 2 x y", "ZRANGE r 0 -1 WITHSCORES", "ZDIFFSTORE r 2 x x", "EXISTS r",
    "ZDIFFSTORE s 1 x", "ZRANGE s 0 -1 WITHSCORES"),
  ConformanceCase(
    "ZINTERCARD", setup: sets, "ZINTERCARD 2 x y", "ZINTERCARD 3 x y w", "ZINTERCARD 2 x absent", "ZINTERCARD 1 x",
    "ZINTERCARD 2 x y LIMIT 1", "ZINTERCARD 2 x y LIMIT 0", "ZINTERCARD 1 x LIMIT 2", "ZINTERCARD 2 x y LIMIT 9"),
  ConformanceCase(
    "infinities and weights", setup: ["ZADD x inf a -inf b 0 c", "ZADD y -inf a -inf b 1 c"],
    "ZUNION 2 x y WITHSCORES", "ZINTER 2 x y WITHSCORES", "ZUNION 2 x y WEIGHTS 0 1 WITHSCORES",
    "ZINTER 2 x y WEIGHTS 1 0 WITHSCORES", "ZINTER 2 x y WEIGHTS 0 0 AGGREGATE MIN WITHSCORES",
    "ZUNION 1 x WEIGHTS inf WITHSCORES", "ZINTER 2 x y WEIGHTS 0 1 AGGREGATE MAX WITHSCORES"),
  ConformanceCase(
    "plain sets have scores of 1", setup: sets, "ZUNION 2 x p WITHSCORES", "ZINTER 2 p x WITHSCORES",
    "ZDIFF 2 p x WITHSCORES", "ZDIFF 2 x p", "ZINTERCARD 2 x p", "ZUNIONSTORE r 2 p x WEIGHTS 5 1",
    "ZRANGE r 0 -1 WITHSCORES", "ZINTERSTORE p 1 p", "TYPE p", "ZUNION 1 p WITHSCORES"),
  ConformanceCase(
    "errors of combining", setup: sets, "ZUNION", "ZUNION 1", "ZUNION 0 x", "ZUNION -1 x", "ZUNION a x", "ZUNION 2 x",
    "ZUNION 1 s", "ZUNION 2 x s FOO", "ZUNION 1 x FOO", "ZUNION 2 x y WEIGHTS 1", "ZUNION 2 x y WEIGHTS 1 a",
    "ZUNION 1 x AGGREGATE", "ZUNION 1 x AGGREGATE FOO", "ZUNION 1 x WITHSCORES x", "ZUNIONSTORE r 0 x",
    "ZUNIONSTORE r 1",
    "ZUNIONSTORE r 1 x WITHSCORES", "ZUNIONSTORE r 2 x s", "ZINTERSTORE r 0 x", "ZINTERSTORE r 1 s", "ZINTER 0 x",
    "ZDIFFSTORE r 0 x", "ZDIFFSTORE r 1 x WEIGHTS 1", "ZDIFF 0 x", "ZDIFF 1 x AGGREGATE SUM", "ZDIFF 1 s",
    "ZDIFFSTORE r",
    "ZINTERSTORE r", "ZINTERCARD 0 x", "ZINTERCARD 1 x LIMIT -1", "ZINTERCARD 1 x LIMIT a", "ZINTERCARD 1 x LIMIT",
    "ZINTERCARD 1 x WITHSCORES", "ZINTERCARD 1 s", "ZINTERCARD 1 x WEIGHTS 1", "ZINTERCARD", "ZINTER", "ZDIFF",
    "ZUNION 9223372036854775807 x", "EXISTS r"),
]
