import ConformanceSupport

/// WAIT where there is no replica to wait for.
let waitCases: [ConformanceCase] = [
  ConformanceCase("WAIT", "SET a 1", "WAIT 0 0", "WAIT 0 10", "WAIT -1 0", "WAIT 1 1", "MULTI", "WAIT 1 0", "EXEC"),
  ConformanceCase("WAIT errors", "WAIT", "WAIT 1", "WAIT a 0", "WAIT 0 a", "WAIT 1 -1", "WAIT 1 1.5", "WAIT 1 1 1"),
  ConformanceCase(
    "WAITAOF", setup: ["SET a 1"], "WAITAOF 0 0 0", "WAITAOF 0 1 1", "WAITAOF", "WAITAOF 2 0 0", "WAITAOF -1 0 0",
    "WAITAOF a 0 0", "WAITAOF 0 -1 0", "WAITAOF 0 a 0", "WAITAOF 0 0 -1", "WAITAOF 0 0 a",
    comparing: .deviation(reason: "Redis 7.2 has it, Redis 7.0 does not; Tests/Replication compares it with 8.2.3") {
      $0.description.contains("0") || $0.description.contains("ERR")
    }),
]
