import Containers
import ServerKernel

/// What a library says of itself in its first line: `#!lua name=mylib`.
struct LibraryHeader {
  private(set) var name: [UInt8] = []
  /// Bytes of the line, without its end, so that lines keep their numbers.
  private(set) var length = 0

  init(_ source: borrowing Bytes) throws(CommandError) {
    guard source.count >= 2, source[0] == UInt8(ascii: "#"), source[1] == UInt8(ascii: "!") else {
      throw .literal("ERR Missing library metadata")
    }
    guard let end = source.firstIndex(of: 10), let words = splitArguments(source[0..<end].array),
      let engine = words.first?.dropFirst(2)
    else { throw .literal("ERR Invalid library metadata") }
    length = end
    var given: [UInt8]?
    for word in words.dropFirst() {
      let prefix = Array("name=".utf8)
      guard word.prefix(prefix.count).map(asciiLowercase) == prefix else {
        throw .text("ERR Invalid metadata value given: \(word.bytes)")
      }
      if given != nil { throw .literal("ERR Invalid metadata value, name argument was given multiple times") }
      given = Array(word.dropFirst(prefix.count))
    }
    guard let given else { throw .literal("ERR Library name was not given") }
    guard FunctionLibrary.isName(given) else { throw .literal(FunctionLibrary.badName) }
    guard engine.map(asciiLowercase) == Array("lua".utf8) else {
      throw .text("ERR Engine '\(Array(engine).bytes)' not found")
    }
    name = given
  }
}
