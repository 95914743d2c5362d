import ConformanceSupport

/// ZADD and ZINCRBY: options, scores, and the order that comes of them.
let addCases: [ConformanceCase] = [
  ConformanceCase(
    "ZADD", "ZADD z 1 a 2 b 3 c", "ZADD z 4 a 2 b 5 d", "ZRANGE z 0 -1 WITHSCORES", "ZADD z 1 a 2 a 3 a", "ZSCORE z a"),
  ConformanceCase(
    "ZADD NX and XX", setup: ["ZADD z 1 a"], "ZADD z NX 5 a 6 b", "ZADD z XX 7 a 8 c", "ZADD z XX CH 9 a 8 c",
    "ZADD absent XX 1 a", "EXISTS absent", "ZRANGE z 0 -1 WITHSCORES"),
  ConformanceCase(
    "ZADD GT and LT", setup: ["ZADD z 5 a 5 b"], "ZADD z GT 4 a 6 b 1 c", "ZADD z LT 4 a 7 b 2 d",
    "ZADD z GT CH 9 a 5 b", "ZADD z XX LT CH 1 a 1 e", "ZADD z GT XX INCR -1 a", "ZADD z LT INCR -1 a",
    "ZRANGE z 0 -1 WITHSCORES"),
  ConformanceCase(
    "ZADD CH", setup: ["ZADD z 1 a 2 b"], "ZADD z CH 1 a 3 b 4 c", "ZADD z ch 1 a", "ZADD z 1 a 5 b"),
  ConformanceCase(
    "ZADD INCR", "ZADD z INCR 5 a", "ZADD z INCR 2.5 a", "ZADD z NX INCR 1 a", "ZADD z NX INCR 1 b",
    "ZADD z XX INCR 1 c", "ZADD absent XX INCR 1 c", "ZADD z CH INCR 1 a", "ZADD z incr gt 0 a",
    "ZRANGE z 0 -1 WITHSCORES", "EXISTS absent"),
  ConformanceCase(
    "ZADD of scores", "ZADD z inf a -inf b +inf c 1e5 d -0 e 0x10 f 1e400 g", "ZADD z 1e308 a 1.5e-7 b .5 c 5. d -0 e",
    "ZRANGE z 0 -1 WITHSCORES", "ZADD z 17179869184.25 a 0.1 b 3.0000000000000004 c 9007199254740993 d 1e17 e 1e16 f",
    "ZRANGE z 0 -1 WITHSCORES", "ZMSCORE z a b c d e f", "ZADD z 4611686018427387904 a 4611686018427387905 b",
    "ZSCORE z a"),
  ConformanceCase(
    "ZADD of minus zero", "ZADD z -0 a", "ZSCORE z a", "ZADD z CH 0 a", "ZSCORE z a", "ZADD z 0 b", "ZADD z CH -0 b",
    "ZRANGE z 0 -1 WITHSCORES", "ZCOUNT z 0 0", "ZINCRBY z -0 c", "ZADD z -1e-320 d", "ZRANGE z 0 -1 WITHSCORES"),
  ConformanceCase(
    "ZADD orders by score, then by bytes",
    "ZADD z 1 b 1 a 1 B 1 aa 1 10 1 9 0 z -1 y 1 -5 2 2", .init(["ZADD", "z", "1", "", "1", "\u{e9}"]),
    "ZRANGE z 0 -1", "ZADD z 1 z", "ZRANGE z 0 -1 REV"),
  ConformanceCase(
    "ZADD of scores that differ in the last bit", "ZADD z 0.1 c 0.10000000000000002 b 0.1000000000000001 a",
    "ZRANGE z 0 -1 WITHSCORES", "ZRANGEBYSCORE z (0.1 0.10000000000000002", "ZRANK z b"),
  ConformanceCase(
    "ZADD of long members", .init(["ZADD", "z", "1", String(repeating: "m", count: 300), "1", "m"]),
    .init(["ZADD", "z", "2", String(repeating: "m", count: 20_000)]), "ZRANGE z 0 -1 WITHSCORES", "ZCARD z"),
  ConformanceCase(
    "ZADD errors", setup: ["SET s x", "ZADD z 1 a"], "ZADD", "ZADD z", "ZADD z 1", "ZADD z x a", "ZADD z 1 a 2",
    "ZADD z nan a", "ZADD z NX XX 1 a", "ZADD z GT LT 1 a", "ZADD z GT NX 1 a", "ZADD z LT NX 1 a",
    "ZADD z INCR 1 a 2 b", "ZADD z NX", "ZADD z NX a", "ZADD z NX XX GT", "ZADD s 1 a", "ZADD s x a", "ZADD z 1 a x b",
    "ZADD z FOO 1 a", .init(["ZADD", "z", "", "a"]), "ZADD s XX 1 a", "ZRANGE z 0 -1 WITHSCORES"),

  ConformanceCase(
    "ZINCRBY", "ZINCRBY z 1 a", "ZINCRBY z 2.5 a", "ZINCRBY z -10 a", "ZINCRBY z 0 a", "ZINCRBY z 0 b",
    "ZINCRBY z 1e308 c", "ZINCRBY z 1e308 c", "ZRANGE z 0 -1 WITHSCORES"),
  ConformanceCase(
    "ZINCRBY of infinities", "ZINCRBY z inf a", "ZINCRBY z 5 a", "ZINCRBY z -inf a", "ZADD z INCR -inf a",
    "ZINCRBY z -inf b", "ZINCRBY z +inf b", "ZRANGE z 0 -1 WITHSCORES"),
  ConformanceCase("ZINCRBY rounds as doubles do", "ZINCRBY z 0.1 a", "ZINCRBY z 0.2 a", "ZINCRBY z 1e16 a"),
  ConformanceCase(
    "ZINCRBY errors", setup: ["SET s x"], "ZINCRBY", "ZINCRBY z 1", "ZINCRBY z x a", "ZINCRBY z 1 a b",
    "ZINCRBY s 1 a", "ZINCRBY z nan a", "ZINCRBY z NX a", "ZINCRBY z XX XX", "EXISTS z"),
]
