import Containers

/// The command line of the server: `goredis [configuration file] [options] [-]`.
public struct ServerArguments: Equatable, Sendable {
  /// What the command line asks for.
  public enum Request: Equatable, Sendable {
    /// Start the server.
    case run
    /// Load the configuration, say whether it is right, and end.
    case checkConfiguration
    /// Print a text on standard output or standard error, and end with a status.
    case show(text: String, onStandardError: Bool, status: Int32)
  }

  /// What to do.
  public var request = Request.run
  /// The configuration file as an absolute path.
  public var configurationFile: [UInt8]?
  /// Whether more configuration comes from standard input.
  public var readsStandardInput = false
  /// The options as lines of a configuration file, which are loaded last; nil when there were no arguments at all.
  public var options: [UInt8]?

  /// Takes apart the arguments that follow the program's name.
  ///
  /// - Parameters:
  ///   - words: the arguments.
  ///   - directory: the working directory, against which the configuration file is resolved.
  public init(_ words: [[UInt8]], directory: [UInt8]) {
    var words = words[...]
    guard let first = words.first else { return }
    if let text = Self.request(for: words) { request = text }
    if case .show = request { return }
    if String(decoding: first, as: UTF8.self) == "--check-config" {
      request = .checkConfiguration
      words = words.dropFirst()
    }
    if let file = words.first, file.first != UInt8(ascii: "-") {
      configurationFile = Self.absolutePath(file, in: directory)
      words = words.dropFirst()
    }
    (options, readsStandardInput) = Self.options(Array(words), followFile: configurationFile != nil)
  }

  /// Requests that stand alone, as the first argument.
  private static func request(for words: ArraySlice<[UInt8]>) -> Request? {
    switch words.first.map({ String(decoding: $0, as: UTF8.self) }) {
    case "-v", "--version": .show(text: ServerTexts.version, onStandardError: false, status: 0)
    case "-h", "--help": .show(text: ServerTexts.usage, onStandardError: true, status: 1)
    case "--test-memory": .show(text: ServerTexts.noMemoryTest, onStandardError: true, status: 1)
    case "--check-system": .show(text: ServerTexts.noSystemCheck, onStandardError: true, status: 1)
    default: nil
    }
  }

  /// The options as configuration lines: `--port 7777` becomes `port "7777"`.
  ///
  /// A word that begins with `--` starts a directive unless the directive before it still lacks a value, so values
  /// may begin with `--` as well. `--save` alone means `save ""`.
  private static func options(_ words: [[UInt8]], followFile: Bool) -> (lines: [UInt8], readsStandardInput: Bool) {
    var lines: [UInt8] = []
    var readsStandardInput = false
    var hasValue = true
    for (index, word) in words.enumerated() {
      let isFirst = index == 0 && !followFile, isLast = index == words.count - 1
      if word == [UInt8(ascii: "-")], isFirst || isLast {
        readsStandardInput = true
      } else if hasValue, startsDirective(word) {
        if !lines.isEmpty { lines.append(0x0a) }
        lines += word.dropFirst(2) + [UInt8(ascii: " ")]
        // "--port 7777" in one word has its value.
        hasValue = splitArguments(word)?.count != 1
        if !hasValue, word.bytes.string.lowercased() == "--save", isLast || startsDirective(words[index + 1]) {
          lines += Array("\"\"".utf8)
          hasValue = true
        }
      } else {
        lines += quotedArgument(word) + [UInt8(ascii: " ")]
        hasValue = true
      }
    }
    return (lines, readsStandardInput)
  }

  private static func startsDirective(_ word: [UInt8]) -> Bool {
    word.count >= 2 && word[0] == UInt8(ascii: "-") && word[1] == UInt8(ascii: "-")
  }

  /// `path` resolved against `directory`, leading `../` taken off.
  static func absolutePath(_ path: [UInt8], in directory: [UInt8]) -> [UInt8] {
    if path.first == UInt8(ascii: "/") { return path }
    var components = directory.split(separator: UInt8(ascii: "/"))
    var rest = path[...]
    while rest.starts(with: Array("../".utf8)) {
      rest = rest.dropFirst(3)
      _ = components.popLast()
    }
    return [UInt8(ascii: "/")] + components.flatMap { $0 + [UInt8(ascii: "/")] } + rest
  }
}
