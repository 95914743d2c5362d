/// Parses replies out of a buffer that may end in the middle of one.
struct RESPParser {
  private let buffer: [UInt8]
  private var position: Int

  /// What keeps a reply from being read.
  enum Failure: Error {
    /// More bytes are needed.
    case incomplete
    /// These bytes are no RESP.
    case malformed(String)
  }

  /// The first reply in `buffer` and the number of its bytes; nil when it has not arrived in full.
  static func parse(_ buffer: [UInt8]) throws(ConformanceError) -> (value: RESPValue, length: Int)? {
    var parser = RESPParser(buffer: buffer, position: 0)
    do throws(Failure) {
      let value = try parser.value()
      return (value, parser.position)
    } catch {
      switch error {
      case .incomplete: return nil
      case .malformed(let why): throw ConformanceError("\(why) in the reply \(printable(Array(buffer.prefix(200))))")
      }
    }
  }

  private mutating func value() throws(Failure) -> RESPValue {
    guard position < buffer.count else { throw .incomplete }
    let kind = buffer[position]
    position += 1
    switch kind {
    case UInt8(ascii: "+"): return .simpleString(try line())
    case UInt8(ascii: "-"): return .error(try line())
    case UInt8(ascii: ":"): return .integer(Int64(try integer()))
    case UInt8(ascii: ","): return .double(try line())
    case UInt8(ascii: "("): return .bigNumber(try line())
    case UInt8(ascii: "#"): return .boolean(try line() == [UInt8(ascii: "t")])
    case UInt8(ascii: "_"):
      _ = try line()
      return .null
    case UInt8(ascii: "$"):
      guard let bytes = try counted() else { return .null }
      return .bulk(bytes)
    case UInt8(ascii: "!"):
      return .bulkError(try counted() ?? [])
    case UInt8(ascii: "="):
      guard let bytes = try counted(), bytes.count >= 4 else { throw .malformed("a verbatim string without format") }
      return .verbatim(format: Array(bytes[..<3]), text: Array(bytes[4...]))
    case UInt8(ascii: "*"):
      let count = try integer()
      return count < 0 ? .null : .array(try values(count))
    case UInt8(ascii: "~"): return .set(try values(try integer()))
    case UInt8(ascii: ">"): return .push(try values(try integer()))
    case UInt8(ascii: "%"): return .map(try pairs(try integer()))
    case UInt8(ascii: "|"):
      let attributes = try pairs(try integer())
      return .attributed(attributes, try value())
    default: throw .malformed("an unknown type \(printable([kind]))")
    }
  }

  private mutating func values(_ count: Int) throws(Failure) -> [RESPValue] {
    var result: [RESPValue] = []
    for _ in 0..<max(count, 0) { result.append(try value()) }
    return result
  }

  private mutating func pairs(_ count: Int) throws(Failure) -> [RESPPair] {
    var result: [RESPPair] = []
    for _ in 0..<max(count, 0) { result.append(RESPPair(key: try value(), value: try value())) }
    return result
  }

  private mutating func line() throws(Failure) -> [UInt8] { Array(buffer[try lineRange()]) }

  /// Where a line is without its end, behind which the parser moves.
  private mutating func lineRange() throws(Failure) -> Range<Int> {
    guard let end = firstIndex(of: UInt8(ascii: "\n"), in: buffer, from: position) else { throw .incomplete }
    guard end > position, buffer[end - 1] == UInt8(ascii: "\r") else { throw .malformed("a line that ends without CR") }
    defer { position = end + 1 }
    return position..<end - 1
  }

  private mutating func integer() throws(Failure) -> Int {
    let range = try lineRange()
    if let value = decimal(in: buffer, range) { return value }
    throw .malformed("the number \(printable(Array(buffer[range])))")
  }

  private mutating func counted() throws(Failure) -> [UInt8]? {
    let count = try integer()
    guard count >= 0 else { return nil }
    guard buffer.count - position >= count + 2 else { throw .incomplete }
    defer { position += count + 2 }
    guard buffer[position + count] == UInt8(ascii: "\r"), buffer[position + count + 1] == UInt8(ascii: "\n") else {
      throw .malformed("a string longer than announced")
    }
    return Array(buffer[position..<position + count])
  }
}
