import Containers
import ServerKernel

/// What a script says of itself in its first line: `#!lua flags=no-writes,allow-stale`.
struct Shebang {
  private(set) var flags: ScriptFlags = []
  /// Whether there is such a line: what a script without one does is found out while it runs.
  private(set) var isPresent = false
  /// Bytes of it, without the line break, so that lines keep their numbers.
  private(set) var length = 0

  init(_ source: borrowing Bytes) throws(CommandError) {
    guard source.count >= 2, source[0] == UInt8(ascii: "#"), source[1] == UInt8(ascii: "!") else { return }
    guard let end = source.firstIndex(of: 10) else { throw .literal("ERR Invalid script shebang") }
    isPresent = true
    length = end
    let line = source[0..<end].array
    let words = line.split(whereSeparator: isASCIISpace).map(Array.init)
    guard let engine = words.first, engine.elementsEqual("#!lua".utf8) else {
      throw .text("ERR Unexpected engine in script shebang: \(ErrorText(words.first ?? []))")
    }
    for option in words.dropFirst() {
      let prefix = Array("flags=".utf8)
      guard option.starts(with: prefix) else { throw .text("ERR Unknown lua shebang option: \(ErrorText(option))") }
      for word in option.dropFirst(prefix.count).split(separator: UInt8(ascii: ",")) {
        let name = Array(word)
        guard let flag = ScriptFlags.names.first(where: { name.bytes == Bytes($0.name) })?.flag else {
          throw .text("ERR Unexpected flag in script shebang: \(ErrorText(name))")
        }
        flags.insert(flag)
      }
    }
  }
}
