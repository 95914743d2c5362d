/// A command as it is sent: its name and arguments.
///
/// Written as a string literal it is split at spaces; double quotes hold an argument together, and inside them `\xHH`,
/// `\r`, `\n`, `\"` and `\\` stand for the bytes they do in redis-cli: `"SET key \"two words\""`.
public struct Command: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  public var words: [[UInt8]]

  public init(_ words: [[UInt8]]) { self.words = words }
  public init(_ words: [String]) { self.words = words.map { Array($0.utf8) } }
  public init(arrayLiteral words: String...) { self.init(words) }
  public init(stringLiteral line: String) { self.init(line: line) }

  /// Splits a line as a string literal is split; a trap when a quote is left open.
  public init(line: String) {
    words = []
    var word: [UInt8] = []
    var isQuoted = false
    var isEscaped = false
    var isWord = false
    func end() -> [UInt8] {
      guard let bytes = bytes(fromPrintable: String(decoding: word, as: UTF8.self)) else {
        preconditionFailure("bad escape in the command \(line)")
      }
      return bytes
    }
    for byte in line.utf8 {
      switch byte {
      case UInt8(ascii: "\"") where !isEscaped:
        isQuoted.toggle()
        isWord = true
      case UInt8(ascii: " ") where !isQuoted:
        if isWord { words.append(end()) }
        word = []
        isWord = false
      default:
        word.append(byte)
        isWord = true
      }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    precondition(!isQuoted, "open quote in the command \(line)")
    if isWord { words.append(end()) }
  }

  /// The name in lower case, as `set`; for `CONFIG GET` it is `config`.
  public var name: String { words.first.map { String(decoding: $0, as: UTF8.self).lowercased() } ?? "" }

  /// The name together with the first argument, as the server names subcommands: `config|get`.
  public var subcommandName: String? {
    words.count > 1 ? name + "|" + String(decoding: words[1], as: UTF8.self).lowercased() : nil
  }

  /// The command as RESP: an array of bulk strings.
  public var encoded: [UInt8] {
    words.reduce(into: Array("*\(words.count)\r\n".utf8)) { bytes, word in
      bytes += Array("$\(word.count)\r\n".utf8) + word + Array("\r\n".utf8)
    }
  }
}

extension Command: CustomStringConvertible {
  /// The command as one would write it as a literal.
  public var description: String {
    words.map { word in
      let text = printable(word)
      let isPlain = !text.isEmpty && !text.contains { $0 == " " || $0 == "\"" }
      return isPlain
        ? text : "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"") + "\""
    }.joined(separator: " ")
  }
}
