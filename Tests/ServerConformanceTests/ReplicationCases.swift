import ConformanceSupport

/// What replicas and their administrators are told by a server that has neither replicas nor a primary.
let replicationCases: [ConformanceCase] = [
  ConformanceCase("ROLE", "ROLE", "ROLE a"),
  ConformanceCase(
    "REPLICAOF", "REPLICAOF", "REPLICAOF a", "REPLICAOF a b", "REPLICAOF a 70000", "REPLICAOF a -1", "REPLICAOF a 1 c",
    "REPLICAOF NO ONE", "SLAVEOF no one", "SLAVEOF a b", "SLAVEOF a"),
  ConformanceCase(
    "FAILOVER", "FAILOVER", "FAILOVER ABORT", "FAILOVER ABORT x", "FAILOVER TO", "FAILOVER TO a", "FAILOVER TO a b",
    "FAILOVER TO a 1", "FAILOVER TO a 1 FORCE", "FAILOVER FORCE", "FAILOVER TIMEOUT", "FAILOVER TIMEOUT 0",
    "FAILOVER TIMEOUT x", "FAILOVER TIMEOUT 10", "FAILOVER TO a 1 FORCE TIMEOUT 10", "FAILOVER TIMEOUT 1 TIMEOUT 1"),
  ConformanceCase(
    "REPLCONF", "REPLCONF", "REPLCONF a", "REPLCONF a b", "REPLCONF capa eof", "REPLCONF capa nonsense",
    "REPLCONF listening-port x", "REPLCONF listening-port 1 ip-address a", "REPLCONF rdb-only 2", "REPLCONF rdb-only x",
    "REPLCONF rdb-filter-only x", "REPLCONF rdb-filter-only \"\"", "REPLCONF rdb-filter-only functions"),
  ConformanceCase(
    "PSYNC and SYNC", "PSYNC", "PSYNC a", "PSYNC a x", "SYNC a", "PSYNC a 1 FAILOVER", "MULTI", "PSYNC a 1", "SYNC",
    "EXEC"),
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
