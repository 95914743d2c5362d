import Containers

/// The reply of a command that another one called, read where it lies: in RESP2.
public struct ReplyView: ~Escapable {
  /// What a reply is.
  public enum Kind: Sendable {
    case simple, error, integer, bulk, array
    /// The null bulk string, or the null array.
    case null
  }

  /// The whole reply as it would be sent, those of its elements included.
  public let bytes: Bytes

  /// A view of the reply that `bytes` begin with, which is whole.
  @_lifetime(copy bytes)
  init(_ bytes: Bytes) { self.bytes = bytes }

  /// What it is.
  public var kind: Kind {
    // No length but that of null is negative.
    let isNull = bytes.count > 1 && bytes[1] == UInt8(ascii: "-")
    return switch bytes.isEmpty ? 0 : bytes[0] {
    case UInt8(ascii: "+"): .simple
    case UInt8(ascii: "-"): .error
    case UInt8(ascii: ":"): .integer
    case UInt8(ascii: "$"): isNull ? .null : .bulk
    default: isNull ? .null : .array
    }
  }

  private var lineEnd: Int { bytes.firstIndex(of: 13, from: 0) ?? bytes.count }

  /// What stands in the first line behind its mark.
  private var line: Bytes {
    @_lifetime(copy self) get {
      let end = lineEnd
      return bytes[min(1, end)..<end]
    }
  }

  /// Where the first line ends, its line break included.
  private var bodyStart: Int { min(lineEnd + 2, bytes.count) }

  /// The number of an integer reply, or of a bulk string that holds one; nil for anything else.
  public var integer: Int64? {
    switch kind {
    case .integer: line.integer
    case .bulk: text?.integer
    default: nil
    }
  }

  /// The text of a simple string, an error or a bulk string; nil for anything else.
  public var text: Bytes? {
    @_lifetime(copy self) get {
      switch kind {
      case .simple, .error: return line
      case .bulk: return bytes[bodyStart..<bodyStart + Int(line.integer ?? 0)]
      default: return nil
      }
    }
  }

  /// How many elements an array has; nil for anything else.
  public var count: Int? { kind == .array ? Int(line.integer ?? 0) : nil }

  /// Visits the elements of an array.
  public func forEach(_ body: (borrowing ReplyView) throws(CommandError) -> Void) throws(CommandError) {
    var position = bodyStart
    for _ in 0..<(count ?? 0) {
      let element = ReplyView(bytes[position..<bytes.count])
      try body(ReplyView(bytes[position..<position + element.length]))
      position += element.length
    }
  }

  /// Bytes that the reply takes, those of its elements included.
  private var length: Int {
    switch kind {
    case .simple, .error, .integer, .null: return bodyStart
    case .bulk: return bodyStart + Int(line.integer ?? 0) + 2
    case .array:
      var position = bodyStart
      for _ in 0..<Int(line.integer ?? 0) { position += ReplyView(bytes[position..<bytes.count]).length }
      return position
    }
  }
}
