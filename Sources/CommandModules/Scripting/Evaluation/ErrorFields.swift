import Containers
import ScriptEngines

/// What a table says that stands for an error.
struct ErrorFields {
  /// The whole text of the reply; nil when the table has none.
  private(set) var text: [UInt8]?
  /// Whether the error has been counted where it arose.
  private(set) var isCounted = false

  init(_ table: borrowing ScriptValue) {
    var pairs = table.pairs
    while !pairs.isAtEnd {
      let key = pairs.next(), value = pairs.next()
      if key.string == Bytes("err") {
        text = value.text
      } else if key.string == Bytes("ignore_error_stats_update") && value.kind == .boolean {
        isCounted = value.isTrue
      }
    }
  }
}
