import Containers

/// The text of an error reply, its code first. Bytes and no `String`, since it may quote what a client sent, which need
/// not be UTF-8.
///
/// Written as a string literal. Interpolated `Bytes` are quoted as Redis quotes them, by way of C's `%s`: as they came,
/// up to the first zero byte.
public struct ErrorText: ExpressibleByStringInterpolation, Sendable {
  /// The whole text, without the leading `-`.
  public private(set) var bytes: [UInt8]

  /// A text of these bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }
  /// A text that is known as a string.
  public init(_ text: String) { bytes = Array(text.utf8) }
  /// A text that is known when the program is built.
  public init(_ literal: StaticString) { bytes = Bytes(literal).array }
  /// A text that is a literal without interpolations.
  public init(stringLiteral text: String) { self.init(text) }
  /// A text that is a literal with interpolations.
  public init(stringInterpolation text: Interpolation) { bytes = text.bytes }

  /// The text without line breaks at its end, which Redis drops from what it formats.
  var trimmed: ErrorText {
    var end = bytes.count
    while end > 0 && (bytes[end - 1] == 10 || bytes[end - 1] == 13) { end -= 1 }
    return end == bytes.count ? self : ErrorText(Array(bytes[..<end]))
  }

  /// Goes on with `more`.
  mutating func append(_ more: ErrorText) { bytes += more.bytes }

  /// The parts of a literal on their way to the text.
  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var bytes: [UInt8] = []

    /// Nothing yet.
    public init(literalCapacity: Int, interpolationCount: Int) { bytes.reserveCapacity(literalCapacity) }

    /// What stands between interpolations.
    public mutating func appendLiteral(_ literal: String) { bytes += Array(literal.utf8) }

    /// A value as its description shows it.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      bytes += Array(value.description.utf8)
    }

    /// Another text.
    public mutating func appendInterpolation(_ text: ErrorText) { bytes += text.bytes }

    /// What a client sent, at most `limit` bytes of it.
    public mutating func appendInterpolation(_ quoted: borrowing Bytes, limit: Int = .max) {
      bytes += quoted[0..<min(quoted.count, limit)].array.prefix { $0 != 0 }
    }
  }
}
