import ConformanceSupport

/// WAIT where there is no replica to wait for.
let waitCases: [ConformanceCase] = [
  ConformanceCase("WAIT", "SET a 1", "WAIT 0 0", "WAIT 0 10", "WAIT -1 0", "WAIT 1 1", "MULTI", "WAIT 1 0", "EXEC"),
  ConformanceCase("WAIT errors", "WAIT", "WAIT 1", "WAIT a 0", "WAIT 0 a", "WAIT 1 -1", "WAIT 1 1.5", "WAIT 1 1 1"),
]
