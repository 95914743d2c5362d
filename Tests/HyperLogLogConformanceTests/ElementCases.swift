import ConformanceSupport

/// PFADD, PFCOUNT and PFMERGE.
let elementCases: [ConformanceCase] = [
  ConformanceCase(
    "PFADD", "PFADD key a b c d", "PFADD key a b", "PFADD key e", "PFCOUNT key", "TYPE key", "OBJECT ENCODING key"),
  ConformanceCase(
    "PFADD without elements", "PFADD key", "GET key", "PFADD key", "PFCOUNT key", "GET key", "STRLEN key"),
  ConformanceCase("PFADD of any bytes", "PFADD key \"\" \"\\x00\" \"\\xff\\xfe\"", "PFCOUNT key", "GET key"),
  ConformanceCase(
    "PFADD of elements of all lengths", "PFADD key 1 12 123 1234 12345 123456 1234567 12345678 123456789 1234567890",
    "PFADD key 12345678901 123456789012 1234567890123 12345678901234 123456789012345 1234567890123456", "GET key",
    "PFADD key 12345678901234567 a123456789012345678901234567890123456789012345678901234567890123456789", "GET key",
    "PFDEBUG DECODE key", "PFCOUNT key"),
  ConformanceCase(
    "PFADD keeps the time to live", setup: ["PFADD key a", "EXPIREAT key 33177117420"], "PFADD key b", "EXPIRETIME key",
    "PFCOUNT key", "EXPIRETIME key"),
  ConformanceCase(
    "PFADD is watched when a register changes", setup: ["PFADD key a", "WATCH key", "PFADD key a", "MULTI", "PING"],
    "EXEC", "WATCH key", "PFADD key b", "MULTI", "PING", "EXEC", "WATCH key", "PFCOUNT key", "MULTI", "PING", "EXEC"),
  ConformanceCase(
    "PFADD beyond hll-sparse-max-bytes", setup: ["CONFIG SET hll-sparse-max-bytes 30"], "PFADD key a b c",
    "PFDEBUG ENCODING key", "PFADD key d e f g h", "PFDEBUG ENCODING key", "STRLEN key", "PFADD key a i", "PFCOUNT key",
    "GETRANGE key 0 15", "BITCOUNT key", "CONFIG SET hll-sparse-max-bytes 3000",
    isPersistent: false),
  ConformanceCase(
    "PFADD with a sparse limit of zero", setup: ["CONFIG SET hll-sparse-max-bytes 0"], "PFADD key",
    "PFDEBUG ENCODING key", "PFADD key a", "PFDEBUG ENCODING key", "PFCOUNT key",
    "CONFIG SET hll-sparse-max-bytes 3000", isPersistent: false),
  ConformanceCase(
    "a dense string", setup: ["PFADD key a b c d e", "PFDEBUG TODENSE key"], "PFADD key f", "STRLEN key",
    "BITCOUNT key", "BITPOS key 1 16", "GETRANGE key 0 40", "PFCOUNT key"),
  ConformanceCase(
    "PFADD to what is none", setup: ["MSET text abc empty \"\" number 1234567890123456789", "RPUSH list a"],
    "PFADD text a", "PFADD empty a", "PFADD number a", "PFADD list a", "PFADD text", "GET empty"),
  ConformanceCase("PFADD errors", "PFADD", "PFCOUNT", "PFMERGE"),

  ConformanceCase(
    "PFCOUNT keeps the cardinality", setup: ["PFADD key a b c"], "GETRANGE key 8 15", "PFCOUNT key",
    "GETRANGE key 8 15",
    "PFCOUNT key", "PFADD key a", "GETRANGE key 8 15", "PFADD key d", "GETRANGE key 8 15", "PFCOUNT key"),
  ConformanceCase(
    "PFCOUNT of several", setup: ["PFADD a 1 2 3", "PFADD b 3 4 5", "PFADD c 6"], "PFCOUNT a b", "PFCOUNT a b c",
    "PFCOUNT a absent", "PFCOUNT absent", "PFCOUNT absent other", "PFCOUNT a a a", "GETRANGE a 8 15",
    "PFDEBUG TODENSE b", "PFCOUNT a b", "PFCOUNT b b"),
  ConformanceCase(
    "PFCOUNT of what is none", setup: ["MSET text abc empty \"\" number 1", "PFADD key a", "RPUSH list a"],
    "PFCOUNT text", "PFCOUNT empty", "PFCOUNT number", "PFCOUNT list", "PFCOUNT key text", "PFCOUNT key list",
    "PFCOUNT list key", "PFCOUNT key absent empty"),
  ConformanceCase(
    "a cardinality that was written", setup: ["PFADD key a"],
    "SETRANGE key 8 \"\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x7f\"",
    "PFCOUNT key", "SETRANGE key 8 \"\\x07\\x00\\x00\\x00\\x00\\x00\\x00\\x00\"", "PFCOUNT key", "PFADD key a",
    "PFCOUNT key", "PFADD key b", "PFCOUNT key"),

  ConformanceCase(
    "PFMERGE", setup: ["PFADD a 1 2 3", "PFADD b 3 4 5", "PFADD c 6"], "PFMERGE to a b c", "PFCOUNT to", "GET to",
    "PFDEBUG ENCODING to", "PFMERGE a b", "PFCOUNT a", "GET a"),
  ConformanceCase(
    "PFMERGE of nothing", "PFMERGE to", "GET to", "PFMERGE to absent", "PFCOUNT to", "GET to", "PFMERGE other absent",
    "EXISTS other", "PFCOUNT other"),
  ConformanceCase(
    "PFMERGE with a dense one", setup: ["PFADD a 1 2 3", "PFADD b 3 4 5", "PFDEBUG TODENSE b"], "PFMERGE to a b",
    "PFDEBUG ENCODING to", "PFCOUNT to", "PFMERGE a b", "PFDEBUG ENCODING a", "PFMERGE b a", "BITCOUNT b",
    "BITCOUNT to",
    "GETRANGE to 0 15"),
  ConformanceCase(
    "PFMERGE beyond hll-sparse-max-bytes",
    setup: ["PFADD a 1 2 3", "PFADD b 3 4 5", "CONFIG SET hll-sparse-max-bytes 27"], "PFMERGE to a b",
    "PFDEBUG ENCODING to", "PFCOUNT to", "BITCOUNT to", "CONFIG SET hll-sparse-max-bytes 3000",
    isPersistent: false),
  ConformanceCase(
    "PFMERGE keeps the time to live", setup: ["PFADD to a", "EXPIREAT to 33177117420", "PFADD a b"], "PFMERGE to a",
    "EXPIRETIME to"),
  ConformanceCase(
    "PFMERGE of what is none", setup: ["MSET text abc number 1", "PFADD key a", "RPUSH list a"], "PFMERGE to text",
    "PFMERGE to key list", "PFMERGE list key", "PFMERGE text key", "PFMERGE to number", "EXISTS to", "LLEN list")
]
