import ConformanceSupport

private func members(_ range: some Sequence<Int>, _ prefix: String = "") -> [String] { range.map { "\(prefix)\($0)" } }

/// Sets of all encodings: integers, few strings, many strings, many integers.
private let some: [Command] = [
  "SADD i 1 2 3 4 100000", "SADD j 3 4 5 -7", "SADD p a b 3 4", "SADD q b c 4",
  .init(["SADD", "t", "a", "b", "3"] + members(0..<300, "m")), .init(["SADD", "u", "b", "4"] + members(100..<500, "m")),
  .init(["SADD", "n"] + members(stride(from: 0, to: 3000, by: 3))), "SET x x",
]

/// SINTER, SINTERCARD, SUNION, SDIFF and what stores their results.
let algebraCases: [ConformanceCase] = [
  ConformanceCase(
    "SINTER", setup: some, "SINTER i j", "SINTER i p", "SINTER p q", "SINTER t p", "SINTER t u", "SINTER u t p",
    "SINTER n i", "SINTER i n j", "SINTER i", "SINTER t", "SINTER i i", "SINTER p p q", comparing: .unordered),
  ConformanceCase("SINTER of integers in their order", setup: some, "SINTER i j", "SINTER j i", "SINTER i"),
  ConformanceCase(
    "SINTER of integers few and many",
    setup: [.init(["SADD", "a"] + members(0..<500)), "SADD b 7 400 499 500 -1 8000", "SADD c 70000 7 8"],
    "SINTER a b", "SINTER b a", "SINTER a b c", "SINTER a c", "SINTERCARD 2 a b", "SINTERCARD 2 a a LIMIT 100"),
  ConformanceCase(
    "SINTER of nothing", setup: some, "SINTER i absent", "SINTER absent i", "SINTER absent absent", "SINTER p j n"),
  ConformanceCase(
    "SINTER errors", setup: some, "SINTER", "SINTER x", "SINTER i x", "SINTER absent x", "SINTER x absent"),

  ConformanceCase(
    "SINTERCARD", setup: some, "SINTERCARD 2 i j", "SINTERCARD 1 t", "SINTERCARD 2 t u", "SINTERCARD 3 t u p",
    "SINTERCARD 2 i absent", "SINTERCARD 2 t u LIMIT 5", "SINTERCARD 2 t u LIMIT 0", "SINTERCARD 2 t u LIMIT 1000000",
    "SINTERCARD 1 i limit 2", "SINTERCARD 1 t LIMIT 7", "SINTERCARD 1 n LIMIT 1 LIMIT 3", "SINTERCARD 2 i i"),
  ConformanceCase(
    "SINTERCARD errors", setup: some, "SINTERCARD", "SINTERCARD 1", "SINTERCARD 0 i", "SINTERCARD a i",
    "SINTERCARD -1 i", "SINTERCARD 3 i j", "SINTERCARD 9223372036854775807 i j",
    "SINTERCARD 9223372036854775808 i", "SINTERCARD 1 i j",
    "SINTERCARD 1 i LIMIT", "SINTERCARD 1 i LIMIT -1", "SINTERCARD 1 i LIMIT a", "SINTERCARD 1 i FOO 1",
    "SINTERCARD 2 i x", "SINTERCARD 2 absent x", "SINTERCARD 1 x LIMIT -1", "SINTERCARD 1 x LIMIT 1"),

  ConformanceCase(
    "SUNION", setup: some, "SUNION i j", "SUNION i p", "SUNION p q", "SUNION t p u", "SUNION n i", "SUNION absent i",
    "SUNION i", "SUNION t absent", "SUNION j i p absent q", "SUNION absent", comparing: .unordered),
  ConformanceCase("SUNION of integers in their order", setup: some, "SUNION i j", "SUNION j i", "SUNION i i absent"),
  ConformanceCase("SUNION errors", setup: some, "SUNION", "SUNION x", "SUNION i x", "SUNION absent x"),

  ConformanceCase(
    "SDIFF", setup: some, "SDIFF i j", "SDIFF j i", "SDIFF i p", "SDIFF p q", "SDIFF t p u", "SDIFF u t", "SDIFF n i j",
    "SDIFF absent i", "SDIFF i absent", "SDIFF i", "SDIFF i i", "SDIFF i j i", "SDIFF p i j q absent", "SDIFF absent",
    comparing: .unordered),
  ConformanceCase(
    "SDIFF of many small sets", setup: some + members(0..<10).map { .init(["SADD", "s\($0)", "m\($0)", $0]) },
    "SDIFF t s0 s1 s2 s3 s4 s5 s6 s7 s8 s9", "SDIFF i s0 s1 s2 s3", "SDIFF s5 t", "SDIFF s5 i s1 p",
    comparing: .unordered),
  ConformanceCase("SDIFF errors", setup: some, "SDIFF", "SDIFF x", "SDIFF i x", "SDIFF absent x"),

  ConformanceCase(
    "SINTERSTORE", setup: some, "SINTERSTORE d i j", "SMEMBERS d", "SINTERSTORE d t u", "SCARD d", "SINTERSTORE i i p",
    "SMEMBERS i", "SINTERSTORE x i j", "TYPE x"),
  ConformanceCase(
    "SINTERSTORE of nothing", setup: some, "SINTERSTORE i p absent", "EXISTS i", "SINTERSTORE x p absent", "EXISTS x",
    "SINTERSTORE d absent absent", "SINTERSTORE p j n", "EXISTS p"),
  ConformanceCase(
    "SINTERSTORE drops the time to live", setup: some + ["EXPIREAT j 33177117420"], "SINTERSTORE j i j", "TTL j"),
  ConformanceCase(
    "SINTERSTORE errors", setup: some, "SINTERSTORE", "SINTERSTORE d", "SINTERSTORE d x", "SINTERSTORE i i x",
    "SINTERSTORE d absent x", "EXISTS d", "SCARD i"),
  ConformanceCase(
    "SUNIONSTORE", setup: some, "SUNIONSTORE d i j", "SMEMBERS d", "SUNIONSTORE d t u", "SCARD d", "SUNIONSTORE i i j",
    "SMEMBERS i", "SUNIONSTORE x i j", "TYPE x"),
  ConformanceCase(
    "SUNIONSTORE of nothing", setup: some, "SUNIONSTORE i absent", "EXISTS i", "SUNIONSTORE x absent absent",
    "EXISTS x", "SUNIONSTORE d absent"),
  ConformanceCase(
    "SUNIONSTORE errors", setup: some, "SUNIONSTORE", "SUNIONSTORE d", "SUNIONSTORE d x", "SUNIONSTORE i i x",
    "EXISTS d", "SCARD i"),
  ConformanceCase(
    "SDIFFSTORE", setup: some, "SDIFFSTORE d i j", "SMEMBERS d", "SDIFFSTORE d t u", "SCARD d", "SDIFFSTORE i i j",
    "SMEMBERS i", "SDIFFSTORE x i absent", "TYPE x"),
  ConformanceCase(
    "SDIFFSTORE of nothing", setup: some, "SDIFFSTORE i absent i", "EXISTS i", "SDIFFSTORE x p p", "EXISTS x",
    "SDIFFSTORE d absent"),
  ConformanceCase(
    "SDIFFSTORE errors", setup: some, "SDIFFSTORE", "SDIFFSTORE d", "SDIFFSTORE d x", "SDIFFSTORE i i x",
    "SDIFFSTORE i absent x", "EXISTS d", "SCARD i"),
]
