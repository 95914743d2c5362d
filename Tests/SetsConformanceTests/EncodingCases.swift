import ConformanceSupport

/// A small set of strings: `listpack` as of Redis 7.2, where 7.0 says `hashtable`.
private func packed(_ name: String, setup: [Command]) -> ConformanceCase {
  ConformanceCase(
    name, setup: setup, "OBJECT ENCODING s",
    comparing: .deviation(
      reason: "small sets of strings are packed, as Redis does since 7.2", accepts: { $0.value.text == "listpack" })
  ).replyingAs(.valkey)
}

/// How sets are kept, as OBJECT ENCODING and the directives tell.
let encodingCases: [ConformanceCase] = [
  ConformanceCase(
    "integers are kept as such", "SADD s 1 2 3", "OBJECT ENCODING s", "SADD s -9223372036854775808",
    "OBJECT ENCODING s", "SREM s 1", "OBJECT ENCODING s"),
  packed("strings are packed", setup: ["SADD s a b 1"]),
  packed("a string among integers", setup: ["SADD s 1 2", "SADD s a"]),
  packed("packed they stay without their strings", setup: ["SADD s 1 2 a", "SREM s a"]),
  packed("members up to the limit of length are packed", setup: [.init(["SADD", "s", String(long.dropLast())])]),
  packed(
    "members up to the limit of their number are packed", setup: [.init(["SADD", "s"] + (0..<128).map { "m\($0)" })]),
  ConformanceCase(
    "a long member makes a table", .init(["SADD", "s", long]), "OBJECT ENCODING s", .init(["SADD", "i", "1", long]),
    "OBJECT ENCODING i", .init(["SREM", "i", long]), "OBJECT ENCODING i", "SADD p a", .init(["SADD", "p", long]),
    "OBJECT ENCODING p"),
  ConformanceCase(
    "many members make a table", .init(["SADD", "s"] + (0..<129).map { "m\($0)" }), "OBJECT ENCODING s",
    "SREM s m1 m2 m3", "OBJECT ENCODING s", .init(["SADD", "i"] + (0..<130).map { "\($0)" }), "OBJECT ENCODING i",
    "SADD i a", "OBJECT ENCODING i", "SCARD i", "SISMEMBER i 129"),
  ConformanceCase(
    "many integers make a table", .init(["SADD", "s"] + (0..<512).map { "\($0 * 3)" }), "OBJECT ENCODING s",
    "SADD s 0", "OBJECT ENCODING s", "SADD s 1", "OBJECT ENCODING s", "SCARD s", "SISMEMBER s 1533", "SREM s 1 0 3",
    "OBJECT ENCODING s"),
  ConformanceCase(
    "another limit for integers", setup: ["CONFIG SET set-max-intset-entries 2"], "SADD s 1 2", "OBJECT ENCODING s",
    "SADD s 3", "OBJECT ENCODING s", "CONFIG SET set-max-intset-entries 0", "SADD t 1", "OBJECT ENCODING t",
    "CONFIG GET set-max-intset-entries", "CONFIG SET set-max-intset-entries 512",
    "CONFIG SET set-max-intset-entries -1", "CONFIG SET set-max-intset-entries x"),
  ConformanceCase(
    "what is made of sets", setup: ["SADD a 1 2 3", "SADD b 2 3 4", .init(["SADD", "c", "2", long])],
    "SUNIONSTORE d a b", "OBJECT ENCODING d", "SINTERSTORE d a c", "OBJECT ENCODING d", "SDIFFSTORE d c b",
    "OBJECT ENCODING d", "SUNIONSTORE d a c", "OBJECT ENCODING d", "COPY a e", "OBJECT ENCODING e"),
]
