import ConformanceSupport

/// Single members: looking up, removing, choosing at random, scanning.
let elementCases: [ConformanceCase] = [
  ConformanceCase("ZCARD", setup: ["ZADD z 1 a 2 b", "SET s x"], "ZCARD z", "ZCARD absent", "ZCARD s", "ZCARD"),
  ConformanceCase(
    "ZSCORE", setup: ["ZADD z 1 a 2.5 b -inf c", "SET s x"], "ZSCORE z a", "ZSCORE z b", "ZSCORE z c", "ZSCORE z d",
    "ZSCORE absent a", "ZSCORE s a", "ZSCORE z"),
  ConformanceCase(
    "ZMSCORE", setup: ["ZADD z 1 a 2.5 b", "SET s x"], "ZMSCORE z a x b", "ZMSCORE absent a b", "ZMSCORE s a",
    "ZMSCORE z"),
  ConformanceCase(
    "ZREM", setup: ["ZADD z 1 a 2 b 3 c 4 17", "SET s x"], "ZREM z b", "ZREM z b x", "ZREM z 17 a a", "ZREM z c d",
    "EXISTS z", "ZREM absent a", "ZREM s a", "ZREM z"),

  ConformanceCase(
    "ZRANDMEMBER of one", setup: ["ZADD z 1 a", "SET s x"], "ZRANDMEMBER z", "ZRANDMEMBER z 1", "ZRANDMEMBER z -3",
    "ZRANDMEMBER z 5 WITHSCORES", "ZRANDMEMBER z -2 WITHSCORES", "ZRANDMEMBER z 0", "ZRANDMEMBER absent",
    "ZRANDMEMBER absent 3", "ZRANDMEMBER absent -3 WITHSCORES"),
  ConformanceCase(
    "ZRANDMEMBER of all", setup: ["ZADD z 1 a 2 b 3 c 4 d"], "ZRANDMEMBER z 4 WITHSCORES", "ZRANDMEMBER z 10",
    comparing: .unordered),
  ConformanceCase("ZRANDMEMBER at random", setup: ["ZADD z 1 a 2 b 3 c 4 d"], "ZRANDMEMBER z", comparing: .typeOnly),
  ConformanceCase(
    "ZRANDMEMBER errors", setup: ["SET s x", "ZADD z 1 a"], "ZRANDMEMBER", "ZRANDMEMBER s", "ZRANDMEMBER s 1",
    "ZRANDMEMBER z x", "ZRANDMEMBER z 1 FOO", "ZRANDMEMBER z 1 WITHSCORES x", "ZRANDMEMBER z -9223372036854775808",
    "ZRANDMEMBER z -9223372036854775807 WITHSCORES", "ZRANDMEMBER z 9223372036854775807 withscores"),

  ConformanceCase(
    "ZSCAN", setup: ["ZADD z 1 a 2.5 b 1e17 c inf d -0 e 4611686018427387904 f 3 10"], "ZSCAN z 0", "ZSCAN z 0 COUNT 1",
    "ZSCAN z 0 MATCH [a-c]", "ZSCAN z 0 MATCH 1*", "ZSCAN absent 0", "ZSCAN z 5"),
  ConformanceCase(
    "ZSCAN of a table", setup: ["CONFIG SET zset-max-listpack-entries 0",
    "ZADD z 1 a 2.5 b 1e17 c inf d -0 e 0.1 f 3 10"],
    "ZSCAN z 0 COUNT 100", "ZSCAN z 0 COUNT 100 MATCH [a-c]",
    "CONFIG SET zset-max-listpack-entries 128", comparing: .unorderedScan),
  ConformanceCase(
    "ZSCAN errors", setup: ["SET s x", "ZADD z 1 a"], "ZSCAN", "ZSCAN z", "ZSCAN z x", "ZSCAN s 0", "ZSCAN z 0 COUNT 0",
    "ZSCAN z 0 COUNT x", "ZSCAN z 0 MATCH", "ZSCAN z 0 FOO", "ZSCAN absent 0 FOO"),
]

/// ZRANK and ZREVRANK.
let rankCases: [ConformanceCase] = [
  ConformanceCase(
    "ZRANK", setup: ["ZADD z 1 a 2 b 2 bb 3 c", "SET s x"], "ZRANK z a", "ZRANK z bb", "ZRANK z c", "ZRANK z x",
    "ZRANK absent a", "ZRANK s a", "ZRANK z"),
  ConformanceCase(
    "ZREVRANK", setup: ["ZADD z 1 a 2 b 2 bb 3 c", "SET s x"], "ZREVRANK z a", "ZREVRANK z bb", "ZREVRANK z c",
    "ZREVRANK z x", "ZREVRANK absent a", "ZREVRANK s a", "ZREVRANK z"),
  ConformanceCase(
    "ZRANK WITHSCORE", setup: ["ZADD z 1 a 2.5 b"], "ZRANK z b WITHSCORE", "ZREVRANK z a withscore",
    comparing: .deviation(reason: "an option of Redis 7.2: a pair of rank and score") {
      $0.value.elements?.count == 2
    }
  ).replyingAs(.valkey),
  ConformanceCase(
    "ZRANK WITHSCORE of nothing", setup: ["ZADD z 1 a"], "ZRANK z x WITHSCORE", "ZREVRANK absent x WITHSCORE",
    comparing: .deviation(reason: "an option of Redis 7.2: a null array") { ["*-1\r\n",
    "_\r\n"].map { Array($0.utf8) }.contains($0.raw) }
  ).replyingAs(.valkey),
  ConformanceCase(
    "ZRANK with another word", setup: ["ZADD z 1 a"], "ZRANK z a FOO", "ZREVRANK z a FOO",
    comparing: .deviation(reason: "Redis 7.2 takes an option there") { $0.raw == Array("-ERR syntax error\r\n".utf8) }
  ).replyingAs(.valkey),
  ConformanceCase("ZRANK with too many words", setup: ["ZADD z 1 a"], "ZRANK z a WITHSCORE x", "ZREVRANK z a x y"),
]

/// Limits of the encodings, and what is asked of all values.
let encodingCases: [ConformanceCase] = [
  ConformanceCase(
    "the encoding by the number of members", setup: ["CONFIG SET zset-max-listpack-entries 3"], "ZADD z 1 a 2 b 3 c",
    "OBJECT ENCODING z", "ZADD z 4 a", "OBJECT ENCODING z", "ZADD z 4 d", "OBJECT ENCODING z", "ZREM z d a b",
    "OBJECT ENCODING z", "ZADD y 1 a 2 b 3 c 4 d", "OBJECT ENCODING y", "ZRANGESTORE x y 0 2", "OBJECT ENCODING x",
    "ZUNIONSTORE w 1 y", "OBJECT ENCODING w", "ZUNIONSTORE v 1 x", "OBJECT ENCODING v",
    "CONFIG SET zset-max-listpack-entries 128"),
  ConformanceCase(
    "the encoding by the length of members", setup: ["CONFIG SET zset-max-ziplist-value 4"], "ZADD z 1 abcd",
    "OBJECT ENCODING z", "ZADD z 1 abcde", "OBJECT ENCODING z", "ZADD y 1 abcde", "OBJECT ENCODING y",
    "ZRANGESTORE x z 0 0", "OBJECT ENCODING x", "ZINTERSTORE w 2 x z", "OBJECT ENCODING w", "ZDIFFSTORE v 1 z",
    "OBJECT ENCODING v", "CONFIG GET zset-max-ziplist-value",
    "CONFIG SET zset-max-listpack-value 64"),
  ConformanceCase(
    "the encoding when nothing may be packed", setup: ["CONFIG SET zset-max-listpack-entries 0"], "ZADD z 1 a",
    "OBJECT ENCODING z", "ZINCRBY y 1 a", "OBJECT ENCODING y",
    "CONFIG SET zset-max-listpack-entries 128"),
  ConformanceCase(
    "TYPE, COPY, RENAME and digests", setup: ["ZADD z 1 a 0.1 b 1e17 c -0 d", "COPY z y"], "TYPE z",
    "ZRANGE y 0 -1 WITHSCORES", "DEBUG DIGEST-VALUE z y", "RENAME y x", "ZCARD x", "ZADD x 5 e", "ZCARD z",
    "CONFIG SET zset-max-listpack-entries 0", "ZADD w 1 a 0.1 b 1e17 c -0 d", "COPY w v", "DEBUG DIGEST-VALUE w v",
    "CONFIG SET zset-max-listpack-entries 128"),
  ConformanceCase(
    "DEBUG RELOAD", setup: ["ZADD z 1 a 0.1 b 1e17 c -0 d inf e 3.0000000000000004 f"], "DEBUG RELOAD",
    "ZRANGE z 0 -1 WITHSCORES", "DEBUG DIGEST-VALUE z", "OBJECT ENCODING z", "CONFIG SET zset-max-listpack-entries 2",
    "DEBUG RELOAD", "ZRANGE z 0 -1 WITHSCORES",
    "CONFIG SET zset-max-listpack-entries 128"),
  ConformanceCase(
    "a time to live", setup: ["ZADD z 1 a", "EXPIREAT z 33177117420"], "ZADD z 2 b", "EXPIRETIME z", "ZPOPMIN z",
    "EXPIRETIME z", "ZUNIONSTORE z 1 z", "EXPIRETIME z"),
]
