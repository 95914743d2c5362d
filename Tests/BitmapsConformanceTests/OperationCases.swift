import ConformanceSupport

/// BITOP.
let operationCases: [ConformanceCase] = [
  ConformanceCase(
    "BITOP AND, OR and XOR", setup: ["MSET a \"\\x01\\x02\\xff\" b \"\\x01\\xff\\xf0\""], "BITOP AND to a b", "GET to",
    "BITOP OR to a b", "GET to", "BITOP XOR to a b", "GET to", "BITOP and to a", "GET to", "OBJECT ENCODING to"),
  ConformanceCase(
    "BITOP of strings of different lengths", setup: ["MSET a \"\\x01\\x02\\xff\" b \"\\x01\" c 1234567890"],
    "BITOP AND to a b", "GET to", "BITOP OR to b a c", "GET to", "BITOP XOR to c b a", "GET to",
    "BITOP AND to c absent",
    "GET to", "BITOP OR to absent a", "GET to"),
  ConformanceCase(
    "BITOP NOT", setup: ["MSET a \"\\xaa\\x00\\xff\\x55\" n 17"], "BITOP NOT to a", "GET to", "BITOP NOT to to",
    "GET to",
    "BITOP NOT to n", "GET to", "BITOP NOT to absent", "EXISTS to"),
  ConformanceCase(
    "BITOP into one of its sources", setup: ["MSET a \"\\x0f\\x0f\" b \"\\xff\""], "BITOP XOR a a b", "GET a",
    "BITOP AND b b a b", "GET b"),
  ConformanceCase(
    "BITOP of nothing removes the key", setup: ["MSET to x empty \"\""], "BITOP OR to absent empty", "EXISTS to",
    "BITOP AND to absent", "SET to x", "BITOP XOR to empty empty", "EXISTS to"),
  ConformanceCase(
    "BITOP replaces any type and clears the time to live", setup: ["SET a abc", "RPUSH list x", "SET to x EX 100"],
    "BITOP OR list a", "TYPE list", "GET list", "BITOP OR to a", "TTL to"),
  ConformanceCase(
    "BITOP that leaves digits", setup: ["SET a 12"], "BITOP OR to a", "GET to", "OBJECT ENCODING to", "INCR to"),
  ConformanceCase(
    "BITOP of long strings", setup: ["SETRANGE a 40000 abc", "SETRANGE b 20000 xyz", "SETRANGE a 9 defghijklmnop"],
    "BITOP OR to a b", "BITCOUNT to", "BITOP AND to a b", "BITCOUNT to", "BITOP NOT to a", "BITCOUNT to",
    "BITOP XOR to a b a", "BITCOUNT to", "GETRANGE to 20000 20002"),
  ConformanceCase(
    "BITOP errors", setup: ["MSET a abc b abd", "RPUSH list x"], "BITOP", "BITOP AND", "BITOP AND to", "BITOP FOO to a",
    "BITOP NOT to a b", "BITOP NOT to list", "BITOP AND to a list", "BITOP FOO to list", "BITOP AND list a list",
    "EXISTS to", "LLEN list"),
  ConformanceCase(
    "BITOP DIFF", setup: ["MSET a \"\\xff\\x0f\" b \"\\x0f\" c \"\\x81\\x01\\x01\""],
    "BITOP DIFF to a b c", "GET to", comparing: newerOperation([0x70, 0x0e, 0]), isPersistent: false),
  ConformanceCase(
    "BITOP DIFF1",
    setup: ["MSET a \"\\xff\\x0f\" b \"\\x0f\" c \"\\x81\\x11\\x01\""],
    "BITOP diff1 to a b c", "GET to", comparing: newerOperation([0, 0x10, 1]), isPersistent: false),
  ConformanceCase(
    "BITOP ANDOR",
    setup: ["MSET a \"\\xff\\x0f\" b \"\\x0f\" c \"\\x81\\x11\\x01\""],
    "BITOP ANDOR to a b c", "GET to", comparing: newerOperation([0x8f, 1, 0]), isPersistent: false),
  ConformanceCase(
    "BITOP ONE", setup: ["MSET a \"\\xff\\x0f\" b \"\\x0f\" c \"\\x81\\x11\\x01\""],
    "BITOP ONE to a b c", "GET to", comparing: newerOperation([0x70, 0x1e, 1]), isPersistent: false),
  ConformanceCase(
    "BITOP ONE of one", setup: ["SET a \"\\xf1\""],
    "BITOP ONE to a", "GET to", comparing: newerOperation([0xf1]), isPersistent: false),
  ConformanceCase(
    "BITOP DIFF of one", setup: ["SET a x"], "BITOP DIFF to a", comparing: lackOfSources("DIFF")),
  ConformanceCase(
    "BITOP DIFF1 of one", setup: ["SET a x"], "BITOP DIFF1 to a", comparing: lackOfSources("DIFF1")),
  ConformanceCase(
    "BITOP ANDOR of one", setup: ["SET a x"], "BITOP ANDOR to a", comparing: lackOfSources("ANDOR"))
]

/// Replies with the length of the result, which are these bytes: those of redis-server 8.2.3.
private func newerOperation(_ result: [UInt8]) -> Comparison {
  .deviation(reason: "Redis 8.2 has it, Redis 7.0 does not") {
    $0.value == .integer(Int64(result.count)) || $0.value == .bulk(result)
  }
}

private func lackOfSources(_ name: String) -> Comparison {
  .deviation(reason: "Redis 8.2 has it, Redis 7.0 does not") {
    $0.value.isError && $0.description.contains("BITOP \(name) must be called with at least two source keys.")
  }
}
