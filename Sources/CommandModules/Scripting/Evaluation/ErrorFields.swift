import Containers
import ScriptEngines

/// What an error of a script says.
struct ErrorFields {
  /// The whole text of the reply.
  private(set) var text = Array("ERR unknown error".utf8)
  /// Whether the error has been counted where it arose.
  private(set) var isCounted = false

  /// The error that a script ended with: a table that stands for one, or a text.
  init(_ outcome: borrowing ScriptOutcome) {
    self.init(table: outcome.value)
    if outcome.value.kind != .table { text = Array("ERR ".utf8) + (outcome.value.text ?? []) }
  }

  /// The error that a table stands for; of anything else there is none to read.
  init(table: borrowing ScriptValue) {
    var pairs = table.pairs
    while !pairs.isAtEnd {
      let key = pairs.next(), value = pairs.next()
      if key.string == Bytes("err") {
        text = value.text ?? text
      } else if key.string == Bytes("ignore_error_stats_update") && value.kind == .boolean {
        isCounted = value.isTrue
      }
    }
  }
}
