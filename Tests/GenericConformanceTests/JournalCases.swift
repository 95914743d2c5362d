import ConformanceSupport

/// Keys that go because their time is over or for lack of memory, which reaches the append-only file as commands.
let journalCases: [ConformanceCase] = [
  ConformanceCase(
    "an expired key is removed when it is read", setup: ["SET a 1 PX 1", "SET b 1 PX 1", "DEBUG SLEEP 0.01"], "GET a",
    "EXISTS b", "TTL a"),
  ConformanceCase(
    "an expired key is unlinked where that is set",
    setup: ["CONFIG SET lazyfree-lazy-expire yes", "SET a 1 PX 1", "DEBUG SLEEP 0.01"], "GET a", "SET b 1",
    "EXPIRE b -1", "SET c 1", "PEXPIREAT c 1", "CONFIG SET lazyfree-lazy-expire no"),
  ConformanceCase(
    "an expired key is removed before it is written", setup: ["SET a 1 PX 1", "SET b 1 PX 1", "DEBUG SLEEP 0.01"],
    "INCR a", "SET b 2", "SET b 3 KEEPTTL"),
  ConformanceCase(
    "an expired key in a transaction", setup: ["SET a 1 PX 1", "DEBUG SLEEP 0.01"], "MULTI", "GET a", "SET b 1",
    "EXEC"),
  ConformanceCase(
    "an expired key in a transaction that only reads", setup: ["SET a 1 PX 1", "DEBUG SLEEP 0.01"], "MULTI", "GET a",
    "EXEC"),
  ConformanceCase(
    "several expired keys of one command",
    setup: ["MSET a 1 b 2 c 3", "PEXPIRE a 1", "PEXPIRE b 1", "DEBUG SLEEP 0.01"], "MGET a b c", "DEL a b c"),
  ConformanceCase(
    "a key is evicted", setup: ["CONFIG SET maxmemory-policy allkeys-lru", "SET a 1", "CONFIG SET maxmemory 1"],
    "GET a", "DBSIZE", "CONFIG SET maxmemory 0", "CONFIG SET maxmemory-policy noeviction", "SET c 1"),
  ConformanceCase(
    "a key is evicted and unlinked",
    setup: [
      "CONFIG SET maxmemory-policy allkeys-random lazyfree-lazy-eviction yes", "SET a 1", "CONFIG SET maxmemory 1",
    ],
    "GET a", "CONFIG SET maxmemory 0 lazyfree-lazy-eviction no maxmemory-policy noeviction", "DBSIZE"),
  ConformanceCase(
    "transactions across databases", "MULTI", "SET a 1", "SELECT 1", "SET b 1", "SELECT 0", "GET a", "EXEC", "MULTI",
    "GET a", "EXEC", "MULTI", "SELECT 2", "EXEC", "SET c 1", "MULTI", "EXPIRE c 100 NX", "EXEC", "MOVE c 1"),
]
