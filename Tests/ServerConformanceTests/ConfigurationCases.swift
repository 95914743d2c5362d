import ConformanceSupport

/// CONFIG.
let configurationCases: [ConformanceCase] = [
  ConformanceCase("CONFIG errors", "CONFIG", "CONFIG FOO", "CONFIG FOO BAR", "CONFIG HELP a"),
  ConformanceCase(
    "CONFIG GET", "CONFIG GET maxmemory", "CONFIG GET foo", "CONFIG GET MAXMEMORY", "CONFIG GET bind-source-addr",
    "CONFIG GET"),
  ConformanceCase(
    "CONFIG GET by patterns", "CONFIG GET slowlog-*", "CONFIG GET maxmemory-s* lfu-*", "CONFIG GET hz hz h?",
    "CONFIG GET lazyfree*", comparing: .unorderedPairs),
  ConformanceCase(
    "CONFIG SET", "CONFIG SET slowlog-max-len 77", "CONFIG GET slowlog-max-len", "CONFIG SET slowlog-max-len 128",
    "CONFIG SET maxmemory-samples 6 hz 20", "CONFIG GET maxmemory-samples", "CONFIG SET maxmemory-samples 5 hz 10"),
  ConformanceCase(
    "CONFIG SET errors", "CONFIG SET", "CONFIG SET foo", "CONFIG SET foo bar", "CONFIG SET maxmemory abc",
    "CONFIG SET maxmemory 1 hz", "CONFIG SET databases 5", "CONFIG SET hz 1 hz 2", "CONFIG SET maxmemory-policy foo",
    "CONFIG SET slowlog-max-len -1", "CONFIG SET appendfsync foo", "CONFIG SET maxmemory-samples 6 foo bar",
    "CONFIG GET maxmemory-samples", "CONFIG SET notify-keyspace-events Q",
    "CONFIG SET cluster-announce-hostname a_b", "CONFIG SET cluster-announce-hostname \"\\xff\"",
    Command(["CONFIG", "SET", "cluster-announce-hostname", String(repeating: "a", count: 256)])),
  ConformanceCase("CONFIG REWRITE without a file", "CONFIG REWRITE", "CONFIG REWRITE a"),
  ConformanceCase("CONFIG RESETSTAT", "GET a", "CONFIG RESETSTAT", "CONFIG RESETSTAT a"),
  ConformanceCase("CONFIG HELP", "CONFIG HELP"),
]
