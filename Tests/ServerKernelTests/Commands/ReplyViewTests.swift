import Containers
import Testing

@testable import ServerKernel

/// A reply as a command reads it that called another.
@Suite struct ReplyViewTests {
  /// What a view of a reply tells, as text.
  private static func describe(_ reply: borrowing ReplyView) -> String {
    switch reply.kind {
    case .array: return elements(of: reply)
    case .null: return "nil"
    case .integer: return "\(reply.integer ?? 0)"
    case .simple: return "+" + text(of: reply)
    case .error: return "-" + text(of: reply)
    case .bulk: return "'" + text(of: reply) + "'"
    }
  }

  private static func text(_ bytes: Bytes?) -> String { bytes?.string ?? "no text" }
  private static func text(of reply: borrowing ReplyView) -> String { text(reply.text) }

  private static func elements(of reply: borrowing ReplyView) -> String {
    var text = ""
    do throws(CommandError) {
      try reply.forEach { element throws(CommandError) in text += describe(element) + " " }
    } catch {
      return "an error"
    }
    return "[\(text)]"
  }

  @Test(arguments: [
    ("+OK\r\n", "+OK"), ("-ERR no\r\n", "-ERR no"), (":-12\r\n", "-12"), ("$-1\r\n", "nil"), ("*-1\r\n", "nil"),
    ("$0\r\n\r\n", "''"), ("$4\r\na\r\nb\r\n", "'a\r\nb'"), ("*0\r\n", "[]"),
    ("*3\r\n:1\r\n*2\r\n$1\r\nx\r\n*0\r\n+last\r\n", "[1 ['x' [] ] +last ]"),
    ("*2\r\n$-1\r\n$2\r\nab\r\n", "[nil 'ab' ]"),
  ])
  func repliesAreReadWhereTheyLie(_ bytes: String, _ expected: String) {
    let array = Array(bytes.utf8)
    let text = Self.describe(ReplyView(array.bytes))
    #expect(text == expected)
  }

  @Test func numbersComeAsIntegersOrAsText() {
    let cases: [(String, Int64?)] = [(":7\r\n", 7), ("$2\r\n42\r\n", 42), ("$1\r\nx\r\n", nil), ("+7\r\n", nil)]
    for (bytes, expected) in cases {
      let array = Array(bytes.utf8)
      let integer = ReplyView(array.bytes).integer
      #expect(integer == expected)
    }
  }
}
