import ConformanceSupport

/// REPLICAOF and SLAVEOF, as far as they go without a primary.
let replicationCases: [ConformanceCase] = [
  ConformanceCase("REPLICAOF NO ONE", "REPLICAOF NO ONE", "replicaof no one", "SLAVEOF NO ONE", "ROLE"),
  ConformanceCase(
    "REPLICAOF errors", "REPLICAOF", "REPLICAOF a", "REPLICAOF a b", "REPLICAOF a 65536", "REPLICAOF a -1",
    "REPLICAOF NO TWO", "SLAVEOF a", "SLAVEOF a b", "SLAVEOF NO 1x"),
  ConformanceCase(
    "REPLICAOF without a primary", setup: ["SET a 1"], "REPLICAOF 127.0.0.1 1", "REPLICAOF 127.0.0.1 1",
    "SLAVEOF 127.0.0.1 1", "CONFIG GET replicaof", "SET a 2", "GET a", "EVAL \"return redis.call('SET', 'a', 1)\" 0",
    "MULTI", "SET a 2", "EXEC", "REPLICAOF NO ONE", "SET a 3", "CONFIG GET replicaof"),
  ConformanceCase(
    "old data", setup: ["SET a 1"], "CONFIG SET replica-serve-stale-data no", "SLAVEOF 127.0.0.1 1", "GET a", "PING",
    "MULTI", "GET a", "EXEC", "CONFIG SET replica-serve-stale-data yes", "GET a", "SLAVEOF NO ONE"),
  ConformanceCase(
    "writable replicas", setup: ["SET a 1"], "CONFIG SET replica-read-only no", "SLAVEOF 127.0.0.1 1", "SET a 2",
    "EXPIRE a 100", "PEXPIREAT a 1", "GET a", "EXISTS a", "SET a 3", "GET a", "SLAVEOF NO ONE",
    "CONFIG SET replica-read-only yes", "GET a"),
]
