import ConformanceSupport

/// SET, GET and their relatives.
let setAndGetCases: [ConformanceCase] = [
  ConformanceCase("SET and GET", "SET key value", "GET key", "SET key \"\"", "GET key", "GET absent"),
  ConformanceCase(
    "SET keeps any bytes", "SET \"a\\x00b\" \"\\xff\\r\\n\\x00\"", "GET \"a\\x00b\"", "STRLEN \"a\\x00b\""),
  ConformanceCase("SET NX and XX", "SET key one XX", "SET key one NX", "SET key two NX", "SET key three XX", "GET key"),
  ConformanceCase(
    "SET GET returns the old value", "SET key one GET", "SET key two GET", "SET key three NX GET", "GET key"),
  ConformanceCase(
    "SET GET with XX and a time to live", "SET key one XX GET", "SET key one", "SET key two XX GET EX 100", "TTL key",
    comparing: .number(tolerance: 1)),
  ConformanceCase("SET GET against a hash", setup: ["HSET hash field a"], "SET hash x GET", "TYPE hash"),
  ConformanceCase("SET replaces any type", setup: ["HSET hash field a"], "SET hash x", "TYPE hash", "GET hash"),
  ConformanceCase(
    "SET with a time to live", "SET key value EX 100", "TTL key", "SET key value PX 100000", "TTL key",
    "SET key value EXAT 33177117420", "EXPIRETIME key", "SET key value PXAT 33177117420123", "PEXPIRETIME key",
    comparing: .number(tolerance: 1)),
  ConformanceCase(
    "SET KEEPTTL keeps, SET alone clears", setup: ["SET key value EX 100"], "SET key other KEEPTTL", "TTL key",
    "SET key other", "TTL key", comparing: .number(tolerance: 1)),
  ConformanceCase("SET with a time in the past deletes", "SET key value", "SET key value EXAT 1", "EXISTS key"),
  ConformanceCase(
    "SET options in any case and order", "set key value px 100000 nx", "SeT key other xX gEt KeepTTL", "GET key"),
  ConformanceCase(
    "SET syntax errors", "SET key", "SET", "SET key value NX XX", "SET key value EX 10 PX 10", "SET key value EX",
    "SET key value KEEPTTL EX 10", "SET key value EX 10 KEEPTTL", "SET key value foo", "SET key value NX NX",
    "SET key value EX 10 EX 20", "SET key value GET GET"),
  ConformanceCase(
    "SET invalid times", "SET key value EX 0", "SET key value EX -1", "SET key value PX 0", "SET key value EX abc",
    "SET key value EX 9223372036854775807", "SET key value PX 9223372036854775807", "SET key value EXAT 0",
    "SET key value PXAT -5", "SET key value EX 1.5", "EXISTS key"),

  ConformanceCase("GET errors", setup: ["HSET hash field a"], "GET", "GET a b", "GET hash"),
  ConformanceCase("GET of a number", "SET key 12345", "GET key", "SET key -0", "GET key", "SET key 007", "GET key"),
  ConformanceCase("GET of a long value", "SETRANGE key 5000 x", "GET key"),
  ConformanceCase("GET in any case", setup: ["SET key value"], "get key", "GeT key", "GET KEY"),
  ConformanceCase("an unknown command", "GETT key", "GETT", "GETT a b c \"d e\""),

  ConformanceCase("SETNX", "SETNX key one", "SETNX key two", "GET key"),
  ConformanceCase("SETNX against a hash", setup: ["HSET hash field a"], "SETNX hash x", "TYPE hash"),
  ConformanceCase(
    "SETNX keeps the time to live", setup: ["SET key v EXAT 33177117420"], "SETNX key x", "EXPIRETIME key"),
  ConformanceCase("SETNX errors", "SETNX", "SETNX key", "SETNX key a b"),
  ConformanceCase("SETNX of an empty value", "SETNX key \"\"", "SETNX key x", "STRLEN key"),

  ConformanceCase("SETEX", "SETEX key 100 value", "GET key", "TTL key", comparing: .number(tolerance: 1)),
  ConformanceCase("SETEX replaces any type", setup: ["HSET hash field a"], "SETEX hash 100 x", "GET hash"),
  ConformanceCase(
    "SETEX replaces the time to live", setup: ["SET key v EX 5000"], "SETEX key 100 v", "TTL key",
    comparing: .number(tolerance: 1)),
  ConformanceCase(
    "SETEX invalid times", "SETEX key 0 value", "SETEX key -10 value", "SETEX key abc value", "SETEX key 1.5 value",
    "SETEX key 9223372036854775807 value", "EXISTS key"),
  ConformanceCase("SETEX errors", "SETEX", "SETEX key", "SETEX key 10", "SETEX key 10 value more"),

  ConformanceCase("PSETEX", "PSETEX key 100000 value", "GET key", "TTL key", comparing: .number(tolerance: 1)),
  ConformanceCase("PSETEX replaces any type", setup: ["HSET hash field a"], "PSETEX hash 100000 x", "GET hash"),
  ConformanceCase(
    "PSETEX replaces the time to live", setup: ["SET key v EX 5000"], "PSETEX key 100000 v", "TTL key",
    comparing: .number(tolerance: 1)),
  ConformanceCase(
    "PSETEX invalid times", "PSETEX key 0 value", "PSETEX key -10 value", "PSETEX key abc value",
    "PSETEX key 9223372036854775807 value", "EXISTS key"),
  ConformanceCase("PSETEX errors", "PSETEX", "PSETEX key", "PSETEX key 10", "PSETEX key 10 value more"),

  ConformanceCase("GETSET", "GETSET key one", "GETSET key two", "GET key"),
  ConformanceCase("GETSET clears the time to live", setup: ["SET key v EX 100"], "GETSET key x", "TTL key"),
  ConformanceCase("GETSET against a hash", setup: ["HSET hash field a"], "GETSET hash x", "TYPE hash"),
  ConformanceCase("GETSET of a number", setup: ["SET key 17"], "GETSET key 18", "INCR key"),
  ConformanceCase("GETSET errors", "GETSET", "GETSET key", "GETSET key a b"),

  ConformanceCase("GETDEL", setup: ["SET key value"], "GETDEL key", "EXISTS key", "GETDEL key"),
  ConformanceCase("GETDEL of a number", setup: ["SET key 10"], "GETDEL key", "GET key"),
  ConformanceCase("GETDEL with a time to live", setup: ["SET key value EX 100"], "GETDEL key", "TTL key"),
  ConformanceCase("GETDEL against a hash", setup: ["HSET hash field a"], "GETDEL hash", "EXISTS hash"),
  ConformanceCase("GETDEL errors", "GETDEL", "GETDEL a b"),

  ConformanceCase(
    "GETEX without options", setup: ["SET key value EXAT 33177117420"], "GETEX key", "EXPIRETIME key", "GETEX absent"),
  ConformanceCase(
    "GETEX PERSIST", setup: ["SET key value EX 100"], "GETEX key PERSIST", "TTL key", "GETEX key PERSIST"),
  ConformanceCase(
    "GETEX with a time to live", setup: ["SET key value"], "GETEX key EX 100", "TTL key", "GETEX key PX 200000",
    "TTL key",
    "GETEX key EXAT 33177117420", "EXPIRETIME key", "GETEX key PXAT 33177117420123", "PEXPIRETIME key",
    comparing: .number(tolerance: 1)),
  ConformanceCase("GETEX with a time in the past deletes", setup: ["SET key value"], "GETEX key EXAT 1", "EXISTS key"),
  ConformanceCase("GETEX against a hash", setup: ["HSET hash field a"], "GETEX hash", "GETEX hash EX 10", "TTL hash"),
  ConformanceCase(
    "GETEX errors", setup: ["SET key value"], "GETEX", "GETEX key EX", "GETEX key EX 10 PX 10",
    "GETEX key PERSIST EX 10",
    "GETEX key NX", "GETEX key KEEPTTL", "GETEX key EX 0", "GETEX key EX -1", "GETEX key EX abc", "GETEX key PXAT 0",
    "GETEX key EX 9223372036854775807", "TTL key"),
]
