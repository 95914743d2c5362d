import ConformanceSupport

/// SLOWLOG and LATENCY.
let monitoringCases: [ConformanceCase] = [
  ConformanceCase("SLOWLOG errors", "SLOWLOG", "SLOWLOG FOO", "SLOWLOG LEN a", "SLOWLOG RESET a"),
  ConformanceCase("SLOWLOG without entries", "SLOWLOG RESET", "SLOWLOG LEN", "SLOWLOG GET", "SLOWLOG GET -1"),
  ConformanceCase(
    "SLOWLOG GET errors", "SLOWLOG GET a", "SLOWLOG GET -2", "SLOWLOG GET 1 2", "SLOWLOG GET 9223372036854775808"),
  ConformanceCase(
    "SLOWLOG counts entries", "SLOWLOG RESET", "CONFIG SET slowlog-log-slower-than 0", "PING", "GET a", "SLOWLOG LEN",
    "CONFIG SET slowlog-log-slower-than 10000", "SLOWLOG LEN", "SLOWLOG RESET", "SLOWLOG LEN"),
  ConformanceCase("SLOWLOG HELP", "SLOWLOG HELP", "SLOWLOG HELP a"),
  ConformanceCase("LATENCY errors", "LATENCY", "LATENCY FOO", "LATENCY GRAPH", "LATENCY HISTORY", "LATENCY LATEST a"),
  ConformanceCase(
    "LATENCY without samples", "LATENCY RESET", "LATENCY LATEST", "LATENCY HISTORY command", "LATENCY GRAPH command",
    "LATENCY DOCTOR", "LATENCY RESET command", "LATENCY HISTOGRAM foo"),
  ConformanceCase(
    "LATENCY with a sample", "CONFIG SET latency-monitor-threshold 30", "DEBUG SLEEP 0.05",
    "CONFIG SET latency-monitor-threshold 0", "LATENCY RESET fast-command", "LATENCY RESET", "LATENCY LATEST"),
  ConformanceCase("LATENCY HISTOGRAM", "SET a 1", "LATENCY HISTOGRAM", "LATENCY HISTOGRAM set", comparing: .typeOnly),
  ConformanceCase("LATENCY HELP", "LATENCY HELP", "LATENCY HELP a"),
]
