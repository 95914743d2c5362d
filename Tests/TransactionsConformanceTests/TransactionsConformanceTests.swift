import ConformanceSupport
import Testing

/// MULTI and what belongs to it against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct TransactionsConformanceTests {
  static let module = ModuleConformance(
    groups: ["transactions"], cases: transactionCases, grammar: transactionsGrammar)

  @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
    for difference in try check.differences() { Issue.record("\(difference)") }
  }
}

/// Random sequences with transactions; a client that watches a key may change it itself.
let transactionsGrammar = CommandGrammar(
  keys: ["a", "b", "c"], values: ["", "1", "text"],
  templates: [
    "MULTI", "MULTI", "EXEC", "EXEC", "EXEC", "EXEC x", "DISCARD", "WATCH {some key}", "UNWATCH", "SET {key} {value}",
    "INCR {key}", "APPEND {key} {value}", "GET {key}", "DEL {key}", "RENAME {key} {key}", "SELECT {pick 0|1|x}", "FOO",
    "GET", "EXPIRE {key} -1", "FLUSHDB", "COPY {key} {key} DB {pick 0|1}",
  ])
