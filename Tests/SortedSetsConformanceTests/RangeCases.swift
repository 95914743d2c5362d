import ConformanceSupport

private let numbers: Command = "ZADD z 1 a 2 b 3 c 4 d 5 e"
private let words: Command = "ZADD l 0 a 0 b 0 bb 0 c 0 10 0 9"

/// ZRANGE and its relatives.
let rangeCases: [ConformanceCase] = [
  ConformanceCase(
    "ZRANGE by rank", setup: [numbers], "ZRANGE z 0 -1", "ZRANGE z 1 3", "ZRANGE z -2 -1", "ZRANGE z 3 1",
    "ZRANGE z -100 100", "ZRANGE z 5 9", "ZRANGE z 0 0 WITHSCORES", "ZRANGE z 1 2 REV",
    "ZRANGE z -2 100 REV WITHSCORES",
    "ZRANGE absent 0 -1", "ZRANGE absent 0 -1 WITHSCORES", "ZRANGE z 0 -1 LIMIT 2 -1"),
  ConformanceCase(
    "ZRANGE by score", setup: [numbers], "ZRANGE z 2 4 BYSCORE", "ZRANGE z (2 4 BYSCORE WITHSCORES",
    "ZRANGE z 2 (4 byscore", "ZRANGE z -inf +inf BYSCORE LIMIT 1 2", "ZRANGE z 4 2 BYSCORE REV",
    "ZRANGE z +inf (2 BYSCORE REV WITHSCORES LIMIT 1 1", "ZRANGE z 4 2 BYSCORE", "ZRANGE z 2 4 BYSCORE REV",
    "ZRANGE z (3 3 BYSCORE", "ZRANGE z (3 (3 BYSCORE", "ZRANGE z 3 3 BYSCORE", "ZRANGE z 2.5 3.5 BYSCORE"),
  ConformanceCase(
    "ZRANGE by member", setup: [words], "ZRANGE l - + BYLEX", "ZRANGE l [b (c BYLEX", "ZRANGE l (b [c BYLEX",
    "ZRANGE l + - BYLEX", "ZRANGE l + - BYLEX REV", "ZRANGE l [c [b BYLEX REV", "ZRANGE l - [bb BYLEX LIMIT 1 2",
    "ZRANGE l [1 (b BYLEX", .init(["ZRANGE", "l", "[", "(", "BYLEX"]), .init(["ZRANGE", "l", "(", "+", "BYLEX"]),
    "ZRANGE l [b [b BYLEX", "ZRANGE l (b (b BYLEX"),
  ConformanceCase(
    "ZRANGE LIMIT", setup: [numbers, words], "ZRANGE z 1 5 BYSCORE LIMIT 0 0", "ZRANGE z 1 5 BYSCORE LIMIT -1 2",
    "ZRANGE z 1 5 BYSCORE LIMIT 2 -5", "ZRANGE z 1 5 BYSCORE LIMIT 9 1", "ZRANGE z 5 1 BYSCORE REV LIMIT 3 9",
    "ZRANGE l - + BYLEX LIMIT 4 -1", "ZRANGE l + - BYLEX REV LIMIT 1 1",
    "ZRANGE z 1 5 BYSCORE LIMIT 9223372036854775807 9223372036854775807"),
  ConformanceCase(
    "ZRANGE errors", setup: ["SET s x", numbers], "ZRANGE", "ZRANGE z 0", "ZRANGE s 0 -1", "ZRANGE z x 1",
    "ZRANGE z 0 1 FOO", "ZRANGE z 0 1 LIMIT 0 1", "ZRANGE z 0 1 WITHSCORES LIMIT 0", "ZRANGE z 0 1 BYSCORE BYLEX",
    "ZRANGE z 0 1 BYSCORE BYSCORE", "ZRANGE z 0 1 REV REV", "ZRANGE z a b BYSCORE", "ZRANGE z a b BYLEX",
    "ZRANGE z [a [b BYLEX WITHSCORES", "ZRANGE z 0 1 BYSCORE LIMIT x 1", "ZRANGE z 0 1 BYSCORE LIMIT 1 x",
    "ZRANGE absent x 1", "ZRANGE absent a b BYSCORE", "ZRANGE s a b BYLEX", "ZRANGE z nan 1 BYSCORE",
    "ZRANGE z [a b BYLEX WITHSCORES", "ZRANGE z x y LIMIT 1 1"),
  ConformanceCase(
    "ends that strtod reads", setup: [numbers], .init(["ZCOUNT", "z", "", "9"]), .init(["ZCOUNT", "z", "(", "9"]),
    .init(["ZCOUNT", "z", " 2", "9"]), .init(["ZCOUNT", "z", "2 ", "9"]), "ZCOUNT z 1e400 inf", "ZCOUNT z -1e400 0x3",
    "ZCOUNT z 1e-400 2", "ZCOUNT z ((1 2", "ZCOUNT z infinity 2", "ZCOUNT z +1 +2", "ZCOUNT z 1.0e0 .2e1"),

  ConformanceCase(
    "ZREVRANGE", setup: [numbers], "ZREVRANGE z 0 -1", "ZREVRANGE z 1 2 WITHSCORES", "ZREVRANGE z -2 -1",
    "ZREVRANGE absent 0 -1", "ZREVRANGE z 0 1 REV", "ZREVRANGE z 0 1 BYSCORE", "ZREVRANGE z 0", "ZREVRANGE z 0 x"),
  ConformanceCase(
    "ZRANGEBYSCORE", setup: [numbers, "SET s x"], "ZRANGEBYSCORE z 2 4", "ZRANGEBYSCORE z (2 +inf WITHSCORES LIMIT 1 5",
    "ZRANGEBYSCORE z -inf (2 LIMIT 0 -1 WITHSCORES", "ZRANGEBYSCORE absent 1 2", "ZRANGEBYSCORE s 1 2",
    "ZRANGEBYSCORE z 1 x", "ZRANGEBYSCORE z 1 2 REV", "ZRANGEBYSCORE z 1 2 LIMIT 1", "ZRANGEBYSCORE z 1"),
  ConformanceCase(
    "ZREVRANGEBYSCORE", setup: [numbers, "SET s x"], "ZREVRANGEBYSCORE z 4 2", "ZREVRANGEBYSCORE z +inf (2 LIMIT 0 2",
    "ZREVRANGEBYSCORE z 2 4", "ZREVRANGEBYSCORE z (4 1 WITHSCORES LIMIT 2 1", "ZREVRANGEBYSCORE absent 2 1",
    "ZREVRANGEBYSCORE s 2 1", "ZREVRANGEBYSCORE z x 1", "ZREVRANGEBYSCORE z 2 1 BYLEX", "ZREVRANGEBYSCORE z 1"),
  ConformanceCase(
    "ZRANGEBYLEX", setup: [words, "SET s x"], "ZRANGEBYLEX l - +", "ZRANGEBYLEX l [b (c LIMIT 1 1",
    "ZRANGEBYLEX absent - +", "ZRANGEBYLEX s - +", "ZRANGEBYLEX l a b", "ZRANGEBYLEX l - + WITHSCORES",
    "ZRANGEBYLEX l - ++", .init(["ZRANGEBYLEX", "l", "", "+"]), "ZRANGEBYLEX l 1 2", "ZRANGEBYLEX l -"),
  ConformanceCase(
    "ZREVRANGEBYLEX", setup: [words, "SET s x"], "ZREVRANGEBYLEX l + -", "ZREVRANGEBYLEX l (c [b LIMIT 0 1",
    "ZREVRANGEBYLEX l - +", "ZREVRANGEBYLEX absent + -", "ZREVRANGEBYLEX s + -", "ZREVRANGEBYLEX l b a",
    "ZREVRANGEBYLEX l +"),
  ConformanceCase(
    "ZCOUNT", setup: [numbers, "SET s x"], "ZCOUNT z 2 4", "ZCOUNT z (2 (4", "ZCOUNT z -inf inf", "ZCOUNT z 4 2",
    "ZCOUNT absent 1 2", "ZCOUNT s 1 2", "ZCOUNT z x 2", "ZCOUNT s x 2", "ZCOUNT z 1"),
  ConformanceCase(
    "ZLEXCOUNT", setup: [words, "SET s x"], "ZLEXCOUNT l - +", "ZLEXCOUNT l [b [c", "ZLEXCOUNT l (b (c",
    "ZLEXCOUNT l + -", "ZLEXCOUNT absent - +", "ZLEXCOUNT s - +", "ZLEXCOUNT l a b", "ZLEXCOUNT l -"),
]

/// ZRANGESTORE.
let rangeStoreCases: [ConformanceCase] = [
  ConformanceCase(
    "ZRANGESTORE", setup: [numbers, words, "SET s x"], "ZRANGESTORE y z 1 3", "ZRANGE y 0 -1 WITHSCORES",
    "ZRANGESTORE y z 0 1 REV", "ZRANGE y 0 -1 WITHSCORES", "ZRANGESTORE y z (2 inf BYSCORE LIMIT 1 1",
    "ZRANGE y 0 -1 WITHSCORES", "ZRANGESTORE y l [b + BYLEX", "ZRANGE y 0 -1", "ZRANGESTORE s z 0 -1", "TYPE s",
    "ZRANGESTORE z z 1 2", "ZRANGE z 0 -1", "ZRANGESTORE z z + - BYLEX REV", "ZRANGE z 0 -1"),
  ConformanceCase(
    "ZRANGESTORE of nothing", setup: [numbers, "SET s x"], "ZRANGESTORE s z 5 9", "EXISTS s",
    "ZRANGESTORE y absent 0 -1",
    "EXISTS y", "ZRANGESTORE z absent 0 -1", "EXISTS z"),
  ConformanceCase(
    "ZRANGESTORE errors", setup: [numbers, "SET s x"], "ZRANGESTORE", "ZRANGESTORE y z 0", "ZRANGESTORE y s 0 -1",
    "ZRANGESTORE y z 0 1 WITHSCORES", "ZRANGESTORE y z 0 1 LIMIT 0 1", "ZRANGESTORE y z a b BYSCORE",
    "ZRANGESTORE y z x 1", "ZRANGESTORE y z a b BYLEX", "EXISTS y"),
]

/// ZREMRANGEBYRANK, ZREMRANGEBYSCORE and ZREMRANGEBYLEX.
let removalCases: [ConformanceCase] = [
  ConformanceCase(
    "ZREMRANGEBYRANK", setup: [numbers, "SET s x"], "ZREMRANGEBYRANK z 1 2", "ZREMRANGEBYRANK z 9 10",
    "ZREMRANGEBYRANK z 2 1", "ZRANGE z 0 -1", "ZREMRANGEBYRANK z -1 -1", "ZREMRANGEBYRANK z 0 -1", "EXISTS z",
    "ZREMRANGEBYRANK absent 0 -1", "ZREMRANGEBYRANK s 0 -1", "ZREMRANGEBYRANK z x 1", "ZREMRANGEBYRANK z 0"),
  ConformanceCase(
    "ZREMRANGEBYSCORE", setup: [numbers, "SET s x"], "ZREMRANGEBYSCORE z (1 2", "ZREMRANGEBYSCORE z 4 (5",
    "ZREMRANGEBYSCORE z 9 10", "ZRANGE z 0 -1", "ZREMRANGEBYSCORE z -inf +inf", "EXISTS z",
    "ZREMRANGEBYSCORE absent 0 1", "ZREMRANGEBYSCORE s 0 1", "ZREMRANGEBYSCORE z x 1", "ZREMRANGEBYSCORE z 0"),
  ConformanceCase(
    "ZREMRANGEBYLEX", setup: [words, "SET s x"], "ZREMRANGEBYLEX l [b [bb", "ZREMRANGEBYLEX l (c +",
    "ZRANGE l 0 -1", "ZREMRANGEBYLEX l - +", "EXISTS l", "ZREMRANGEBYLEX absent - +", "ZREMRANGEBYLEX s - +",
    "ZREMRANGEBYLEX l a b", "ZREMRANGEBYLEX l -"),
]
