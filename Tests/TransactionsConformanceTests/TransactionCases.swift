import ConformanceSupport

private let manyKeys = (0..<20).map { "k\($0)" }.joined(separator: " ")

/// MULTI, EXEC, DISCARD, WATCH, UNWATCH: what one client sees. Clients that void one another's transactions are in
/// `WatchTests`.
let transactionCases: [ConformanceCase] = [
  ConformanceCase("MULTI and EXEC", "MULTI", "SET a 1", "INCR a", "GET a", "GET x", "EXEC", "GET a"),
  ConformanceCase("MULTI of nothing", "MULTI", "EXEC", "MULTI", "DISCARD"),
  ConformanceCase("MULTI inside MULTI", "MULTI", "MULTI", "SET a 1", "EXEC", "GET a"),
  ConformanceCase("MULTI errors", "MULTI x", "EXEC", "MULTI", "MULTI x", "EXEC", "EXEC"),
  ConformanceCase("MULTI in any case", "multi", "set a 1", "exec"),

  ConformanceCase("EXEC without MULTI", "EXEC", "EXEC x"),
  ConformanceCase("EXEC with another argument", "MULTI", "SET a 1", "EXEC x", "EXEC", "EXISTS a"),
  ConformanceCase("EXEC goes on after an error", setup: ["SET a text"], "MULTI", "INCR a", "SET b 1", "EXEC", "GET b"),
  ConformanceCase("EXEC after an unknown command", "MULTI", "FOO", "SET a 1", "EXEC", "EXISTS a", "EXEC"),
  ConformanceCase("EXEC after a wrong number of arguments", "MULTI", "SET a", "SET b 1", "EXEC", "EXISTS b"),
  ConformanceCase("EXEC after an unknown subcommand", "MULTI", "OBJECT FOO a", "EXEC"),
  ConformanceCase(
    "EXEC with errors of arguments alone", "MULTI", "SET a 1 FOO", "EXPIRE a x", "SET a 1", "EXEC", "GET a"),
  ConformanceCase(
    "EXEC with SELECT", "MULTI", "SELECT 1", "SET a 1", "SELECT 0", "GET a", "EXEC", "SELECT 1", "GET a", "DEL a",
    "SELECT 0", isPersistent: false),
  ConformanceCase("EXEC leaves the selected database", "MULTI", "SELECT 2", "EXEC", "SET a 1", "SELECT 0", "GET a"),
  ConformanceCase(
    "EXEC with replies of all kinds", setup: ["MSET a 1 b text"], "MULTI", "MGET a b x", "GETRANGE b 1 2", "TYPE a",
    "EXISTS a b x", "LCS a b IDX", "EXEC"),
  ConformanceCase(
    "EXEC removes and expires", setup: ["MSET a 1 b 2 c 3"], "MULTI", "DEL a", "EXPIRE b -1",
    "PEXPIREAT c 33177117420123",
    "EXEC", "KEYS *", "PEXPIRETIME c"),

  ConformanceCase("DISCARD", "MULTI", "SET a 1", "DISCARD", "EXISTS a", "EXEC"),
  ConformanceCase("DISCARD errors", "DISCARD", "DISCARD x", "MULTI", "DISCARD x", "EXEC", "DISCARD"),
  ConformanceCase("DISCARD after an error", "MULTI", "FOO", "DISCARD", "MULTI", "SET a 1", "EXEC"),
  ConformanceCase("DISCARD ends watching", "WATCH a", "SET a 1", "MULTI", "DISCARD", "MULTI", "GET a", "EXEC"),

  ConformanceCase("WATCH of an untouched key", "WATCH a", "GET a", "MULTI", "SET a 1", "EXEC", "GET a"),
  ConformanceCase("WATCH of a changed key", "WATCH a", "SET a 1", "MULTI", "SET a 2", "EXEC", "GET a"),
  ConformanceCase("WATCH of an added key", "WATCH a b", "APPEND b x", "MULTI", "PING", "EXEC"),
  ConformanceCase("WATCH of a removed key", setup: ["SET a 1"], "WATCH a", "DEL a", "MULTI", "EXEC"),
  ConformanceCase("WATCH of a renamed key", setup: ["SET a 1"], "WATCH b", "RENAME a b", "MULTI", "EXEC"),
  ConformanceCase(
    "WATCH of a key that got a time to live", setup: ["SET a 1"], "WATCH a", "EXPIRE a 99", "MULTI", "EXEC"),
  ConformanceCase(
    "WATCH of a key nothing was done to", setup: ["SET a 1"], "WATCH a", "PERSIST a", "DEL b", "MULTI", "EXEC"),
  ConformanceCase(
    "WATCH of an expired key that goes", setup: ["SET a 1 PXAT 1"], "WATCH a", "GET a", "DEL a", "MULTI", "EXEC"),
  ConformanceCase(
    "WATCH of an expired key that is set", setup: ["SET a 1 PXAT 1"], "WATCH a", "SET a 2", "MULTI", "EXEC"),
  ConformanceCase(
    "WATCH of an expired key and FLUSHDB", setup: ["SET a 1 PXAT 1"], "WATCH a", "FLUSHDB", "MULTI", "EXEC"),
  ConformanceCase("WATCH and FLUSHDB", setup: ["SET a 1"], "WATCH a", "FLUSHDB", "MULTI", "PING", "EXEC"),
  ConformanceCase("WATCH of a missing key and FLUSHALL", "WATCH a", "FLUSHALL", "MULTI", "PING", "EXEC"),
  ConformanceCase(
    "WATCH of the key of another database", "WATCH a", "SELECT 1", "SET a 1", "DEL a", "SELECT 0", "MULTI", "EXEC"),
  ConformanceCase("WATCH inside MULTI", "MULTI", "WATCH a", "SET a 1", "EXEC"),
  ConformanceCase("WATCH twice", "WATCH a", "WATCH a a", "UNWATCH", "SET a 1", "MULTI", "EXEC"),
  ConformanceCase("WATCH ends with EXEC", "WATCH a", "MULTI", "SET a 1", "EXEC", "SET a 2", "MULTI", "EXEC"),
  ConformanceCase("WATCH after a refused EXEC", "WATCH a", "SET a 1", "MULTI", "EXEC", "MULTI", "PING", "EXEC"),
  ConformanceCase("WATCH and an unknown command", "WATCH a", "SET a 1", "MULTI", "FOO", "EXEC"),
  ConformanceCase(
    "WATCH of many keys", Command(line: "WATCH \(manyKeys)"), Command(line: "WATCH k3 \(manyKeys) k3"), "SET k19 1",
    "MULTI", "PING", "EXEC", Command(line: "WATCH \(manyKeys) \(manyKeys)"), "SET k20 1", "MULTI", "PING", "EXEC"),
  ConformanceCase(
    "MULTI of much", "MULTI", Command(line: "MSET \(manyKeys)"),
    Command(line: "APPEND k0 \(String(repeating: "x", count: 9000))"), "EXEC", "MULTI", "STRLEN k0", "MGET k1 k2",
    "EXEC", "GET k18"),
  ConformanceCase("WATCH errors", "WATCH", "MULTI", "WATCH", "EXEC"),

  ConformanceCase("UNWATCH", "WATCH a", "SET a 1", "UNWATCH", "MULTI", "SET a 2", "EXEC"),
  ConformanceCase("UNWATCH without WATCH", "UNWATCH", "UNWATCH x"),
  ConformanceCase("UNWATCH inside MULTI", "WATCH a", "SET a 1", "MULTI", "UNWATCH", "EXEC"),
]
