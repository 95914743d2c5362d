import Containers

/// How the words of a directive become a machine word and back.
public struct SettingSyntax: Sendable {
  /// Whether the value may be several words.
  let takesSeveralWords: Bool
  let parse: @Sendable (_ words: [[UInt8]]) throws(ConfigurationError) -> Int
  /// The value as `CONFIG GET` shows it.
  let format: @Sendable (Int) -> [UInt8]
  /// The value as `CONFIG REWRITE` writes it.
  let line: @Sendable (Int) -> [UInt8]

  /// `line` is needed only where files spell the value differently from replies.
  public init(
    takesSeveralWords: Bool = false,
    parse: @escaping @Sendable (_ words: [[UInt8]]) throws(ConfigurationError) -> Int,
    format: @escaping @Sendable (Int) -> [UInt8],
    line: (@Sendable (Int) -> [UInt8])? = nil
  ) {
    self.takesSeveralWords = takesSeveralWords
    self.parse = parse
    self.format = format
    self.line = line ?? format
  }

  /// `yes` or `no`, in either case.
  public static let yesOrNo = SettingSyntax(
    parse: { words throws(ConfigurationError) in
      let word = words[0]
      if word.bytes.equalsIgnoringCase("yes") { return 1 }
      if word.bytes.equalsIgnoringCase("no") { return 0 }
      throw ConfigurationError("argument must be 'yes' or 'no'")
    },
    format: { Array(($0 != 0 ? "yes" : "no").utf8) })

  /// One of `names`, in either case. Of names with the same value the first is shown.
  public static func choice(_ names: [(name: String, value: Int)]) -> SettingSyntax {
    SettingSyntax(
      parse: { words throws(ConfigurationError) in try value(of: words[0], among: names) },
      format: { value in Array((names.first { $0.value == value }?.name ?? "unknown").utf8) })
  }

  /// Any of `names` together; their values are bits, and the one that stands for no bits is shown for none.
  public static func flags(_ names: [(name: String, value: Int)]) -> SettingSyntax {
    SettingSyntax(
      takesSeveralWords: true,
      parse: { words throws(ConfigurationError) in
        if words.isEmpty { throw mustBeOne(of: names) }
        var bits = 0
        for word in words { bits |= try value(of: word, among: names) }
        return bits
      },
      format: { bits in
        let set = names.filter { bits == 0 ? $0.value == 0 : $0.value != 0 && bits & $0.value == $0.value }
        return Array(set.map(\.name).joined(separator: " ").utf8)
      })
  }

  private static func value(
    of word: [UInt8], among names: [(name: String, value: Int)]
  ) throws(ConfigurationError) -> Int {
    let wanted = String(decoding: word, as: UTF8.self).lowercased()
    for (name, value) in names where name == wanted { return value }
    throw mustBeOne(of: names)
  }

  private static func mustBeOne(of names: [(name: String, value: Int)]) -> ConfigurationError {
    let list = names.map(\.name).joined(separator: ", ")
    return ConfigurationError("argument(s) must be one of the following: \(list)")
  }
}
