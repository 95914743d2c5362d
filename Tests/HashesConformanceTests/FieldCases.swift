import ConformanceSupport

/// A value longer than what is packed.
let long = String(repeating: "x", count: 65)

/// HSET, HMSET, HSETNX, HGET, HMGET, HDEL, HEXISTS, HLEN and HSTRLEN.
let fieldCases: [ConformanceCase] = [
  ConformanceCase(
    "HSET", "HSET h a 1", "HSET h a 2", "HSET h a 3 b 4 c 5", "HGET h a", "HLEN h", "TYPE h"),
  ConformanceCase("HSET with equal fields", "HSET h a 1 a 2 b 3", "HGET h a", "HLEN h"),
  ConformanceCase(
    "HSET of nothing", "HSET h \"\" \"\"", "HGET h \"\"", "HEXISTS h \"\"", "HSTRLEN h \"\"",
    "HLEN h"),
  ConformanceCase(
    "HSET of bytes", "HSET h \"\\x00\\xff\" \"\\r\\n\"", "HGET h \"\\x00\\xff\"", "HGETALL h"),
  ConformanceCase(
    "HSET of numbers",
    "HSET h 1 01 01 1 -0 0 9223372036854775807 -9223372036854775808 9223372036854775808 1e3",
    "HGETALL h", "HGET h 01", "HGET h -0", "HGET h 0"),
  ConformanceCase(
    "HSET keeps the time to live", setup: ["HSET h a 1", "EXPIREAT h 33177117420"], "HSET h b 2",
    "EXPIRETIME h"),
  ConformanceCase(
    "HSET of a long value makes a table", "HSET h a 1", "OBJECT ENCODING h",
    .init(["HSET", "h", "b", long]),
    "OBJECT ENCODING h", "HGET h a", "HGET h b", "HSET h b 1", "OBJECT ENCODING h", "HLEN h"),
  ConformanceCase(
    "HSET of a long field makes a table", .init(["HSET", "h", "a", "1", long, "2"]),
    "OBJECT ENCODING h",
    .init(["HGET", "h", long]), .init(["HEXISTS", "h", long]), .init(["HDEL", "h", long]),
    "OBJECT ENCODING h"),
  ConformanceCase(
    "HSET up to the limit stays packed", .init(["HSET", "h", "a", String(long.dropLast())]),
    "OBJECT ENCODING h"),
  ConformanceCase(
    "HSET of many fields makes a table", setup: ["CONFIG SET hash-max-listpack-entries 3"],
    "HSET h a 1 b 2 c 3",
    "OBJECT ENCODING h", "HSET h c 4", "OBJECT ENCODING h", "HSET h d 1", "OBJECT ENCODING h",
    "HDEL h d c b",
    "OBJECT ENCODING h", "CONFIG SET hash-max-ziplist-entries 512", "CONFIG GET hash-max-ziplist-entries"),
  ConformanceCase(
    "HSET with a limit of zero", setup: ["CONFIG SET hash-max-listpack-entries 0"], "HSET h a 1",
    "OBJECT ENCODING h",
    "CONFIG SET hash-max-listpack-entries 512"),
  ConformanceCase(
    "HSET with another limit of length", setup: ["CONFIG SET hash-max-ziplist-value 3"],
    "HSET h abc def",
    "OBJECT ENCODING h", "HSETNX h abcd 1", "OBJECT ENCODING h",
    "CONFIG SET hash-max-listpack-value 64",
    "CONFIG GET hash-max-listpack-value", "HGETALL h", comparing: .unorderedPairs),
  ConformanceCase(
    "HSET errors", setup: ["SET s x"], "HSET", "HSET h", "HSET h a", "HSET h a 1 b", "HSET s a 1",
    "HSET s a 1 b", "EXISTS h"),

  ConformanceCase("HMSET", "HMSET h a 1 b 2", "HMSET h b 3", "HGETALL h"),
  ConformanceCase(
    "HMSET of a long value", .init(["HMSET", "h", "a", long]), "OBJECT ENCODING h", "HSTRLEN h a"),
  ConformanceCase(
    "HMSET keeps the time to live", setup: ["HSET h a 1", "EXPIREAT h 33177117420"], "HMSET h b 2",
    "EXPIRETIME h"),
  ConformanceCase("HMSET in upper case", "hMsEt h a 1", "HLEN h"),
  ConformanceCase(
    "HMSET errors", setup: ["SET s x"], "HMSET", "HMSET h a", "HMSET h a 1 b", "HMSET s a 1",
    "EXISTS h"),

  ConformanceCase("HSETNX", "HSETNX h a 1", "HSETNX h a 2", "HSETNX h b 3", "HGETALL h"),
  ConformanceCase(
    "HSETNX of a long value", "HSETNX h a 1", .init(["HSETNX", "h", "a", long]),
    "OBJECT ENCODING h", .init(["HSETNX", "h", "b", long]), "OBJECT ENCODING h"),
  ConformanceCase("HSETNX of nothing", "HSETNX h \"\" \"\"", "HSETNX h \"\" 1", "HGET h \"\""),
  ConformanceCase(
    "HSETNX keeps the time to live", setup: ["HSET h a 1", "EXPIREAT h 33177117420"],
    "HSETNX h a 2", "HSETNX h b 2", "EXPIRETIME h"),
  ConformanceCase(
    "HSETNX errors", setup: ["SET s x"], "HSETNX", "HSETNX h a", "HSETNX h a 1 b", "HSETNX s a 1",
    "EXISTS h"),

  ConformanceCase(
    "HGET", setup: ["HSET h a 1 b two"], "HGET h a", "HGET h b", "HGET h c", "HGET absent a"),
  ConformanceCase(
    "HGET of a table", setup: [.init(["HSET", "h", "a", long, "b", "12"])], "HGET h a", "HGET h b",
    "HGET h c"),
  ConformanceCase(
    "HGET takes no value for a field", setup: ["HSET h a b"], "HGET h b", "HEXISTS h b"),
  ConformanceCase(
    "HGET of an expired hash", setup: ["HSET h a 1", "PEXPIREAT h 1"], "HGET h a", "EXISTS h"),
  ConformanceCase("HGET errors", setup: ["SET s x"], "HGET", "HGET h", "HGET h a b", "HGET s a"),

  ConformanceCase(
    "HMGET", setup: ["HSET h a 1 b two"], "HMGET h a b c a", "HMGET h c", "HMGET absent a b"),
  ConformanceCase(
    "HMGET of a table", setup: [.init(["HSET", "h", "a", long, "b", "12"])], "HMGET h a b c"),
  ConformanceCase(
    "HMGET of many",
    setup: [.init(["HSET", "h"] + (0..<100).flatMap { ["f\($0)", "\($0 * 1000)"] })],
    .init(["HMGET", "h"] + (0..<60).map { "f\($0 * 2)" })),
  ConformanceCase(
    "HMGET of bytes", setup: ["HSET h \"\\x00\" \"\\r\\n\""], "HMGET h \"\\x00\" \"\""),
  ConformanceCase("HMGET errors", setup: ["SET s x"], "HMGET", "HMGET h", "HMGET s a"),

  ConformanceCase(
    "HDEL", setup: ["HSET h a 1 b 2 c 3 d 4"], "HDEL h b", "HDEL h b", "HDEL h a x c c", "HGETALL h"
  ),
  ConformanceCase(
    "HDEL of all fields", setup: ["HSET h a 1 b 2"], "HDEL h a b c", "EXISTS h", "HDEL h a"),
  ConformanceCase(
    "HDEL of a table", setup: [.init(["HSET", "h", "a", long, "b", "1"])], "HDEL h a",
    "OBJECT ENCODING h", "HDEL h b", "EXISTS h"),
  ConformanceCase(
    "HDEL takes no value for a field", setup: ["HSET h a b b c"], "HDEL h c", "HDEL h b",
    "HGETALL h"),
  ConformanceCase("HDEL of nothing", setup: ["HSET h a 1"], "HDEL h x", "HDEL absent a", "HLEN h"),
  ConformanceCase("HDEL errors", setup: ["SET s x"], "HDEL", "HDEL h", "HDEL s a"),

  ConformanceCase(
    "HEXISTS", setup: ["HSET h a 1"], "HEXISTS h a", "HEXISTS h b", "HEXISTS absent a",
    "HEXISTS h 1"),
  ConformanceCase(
    "HEXISTS of a table", setup: [.init(["HSET", "h", "a", long])], "HEXISTS h a", "HEXISTS h b"),
  ConformanceCase(
    "HEXISTS of a number", setup: ["HSET h 10 a"], "HEXISTS h 10", "HEXISTS h 010", "HEXISTS h 1"),
  ConformanceCase("HEXISTS after HDEL", setup: ["HSET h a 1 b 2"], "HDEL h a", "HEXISTS h a"),
  ConformanceCase(
    "HEXISTS errors", setup: ["SET s x"], "HEXISTS", "HEXISTS h", "HEXISTS h a b", "HEXISTS s a"),

  ConformanceCase("HLEN", setup: ["HSET h a 1 b 2"], "HLEN h", "HLEN absent"),
  ConformanceCase(
    "HLEN of a table", setup: [.init(["HSET", "h", "a", long, "b", "1", "c", "2"])], "HLEN h"),
  ConformanceCase("HLEN after HDEL", setup: ["HSET h a 1 b 2"], "HDEL h a", "HLEN h"),
  ConformanceCase(
    "HLEN after HSET of the same field", setup: ["HSET h a 1"], "HSET h a 2", "HLEN h"),
  ConformanceCase("HLEN errors", setup: ["SET s x"], "HLEN", "HLEN h a", "HLEN s"),

  ConformanceCase(
    "HSTRLEN", setup: ["HSET h a hello b \"\""], "HSTRLEN h a", "HSTRLEN h b", "HSTRLEN h c",
    "HSTRLEN absent a"),
  ConformanceCase(
    "HSTRLEN of numbers", setup: ["HSET h a -1 b 0 c 9223372036854775807 d -9223372036854775808"],
    "HSTRLEN h a", "HSTRLEN h b", "HSTRLEN h c", "HSTRLEN h d"),
  ConformanceCase(
    "HSTRLEN of a table", setup: [.init(["HSET", "h", "a", long, "b", "-1"])], "HSTRLEN h a",
    "HSTRLEN h b"),
  ConformanceCase("HSTRLEN of bytes", setup: ["HSET h a \"\\x00\\xff\""], "HSTRLEN h a"),
  ConformanceCase(
    "HSTRLEN errors", setup: ["SET s x"], "HSTRLEN", "HSTRLEN h", "HSTRLEN h a b", "HSTRLEN s a"),
]
