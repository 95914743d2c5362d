import Containers
import ServerKernel

// Identifiers among the arguments.
extension Call {
  /// What an identifier that lacks a part is read as.
  enum Completion {
    /// No entry, or the one before all of that time.
    case lowest
    /// The last entry of that time.
    case highest
  }

  private static var invalidID: CommandError {
    .literal("ERR Invalid stream ID specified as stream command argument")
  }

  /// An identifier, or its time alone.
  func id(_ index: Int) throws(CommandError) -> StreamID {
    guard let id = Self.parse(self[index], missing: 0) else { throw Self.invalidID }
    return id
  }

  /// Whether all arguments of a range are identifiers; throws when one is not.
  func checkIDs(_ range: Range<Int>) throws(CommandError) { for index in range { _ = try id(index) } }

  /// As `id`, and nil for none.
  func optionalID(_ index: Int) -> StreamID? { Self.parse(self[index], missing: 0) }

  /// An identifier, its time alone, or `-` and `+` for the lowest and the highest.
  func looseID(_ index: Int, _ completion: Completion = .lowest) throws(CommandError) -> StreamID {
    guard let id = Self.parseLoosely(self[index], completion) else { throw Self.invalidID }
    return id
  }

  /// The first identifier of a range: as `looseID`, with a `(` the one behind it.
  func startOfRange(_ index: Int) throws(CommandError) -> StreamID {
    guard let text = openBound(index) else { return try looseID(index, .lowest) }
    guard let id = Self.parse(text, missing: 0) else { throw Self.invalidID }
    guard let next = id.successor else { throw .literal("ERR invalid start ID for the interval") }
    return next
  }

  /// The last identifier of a range: as `looseID`, with a `(` the one before it.
  func endOfRange(_ index: Int) throws(CommandError) -> StreamID {
    guard let text = openBound(index) else { return try looseID(index, .highest) }
    guard let id = Self.parse(text, missing: .max) else { throw Self.invalidID }
    guard let previous = id.predecessor else { throw .literal("ERR invalid end ID for the interval") }
    return previous
  }

  /// What stands behind `(`.
  @_lifetime(copy self)
  private func openBound(_ index: Int) -> Bytes? {
    let text = self[index]
    guard text.count > 1, text[0] == UInt8(ascii: "(") else { return nil }
    return text[1..<text.count]
  }

  private static func parseLoosely(_ text: borrowing Bytes, _ completion: Completion) -> StreamID? {
    if text == Bytes("-") { return .zero }
    if text == Bytes("+") { return .max }
    return parse(text, missing: completion == .lowest ? 0 : .max)
  }

  private static func parse(_ text: borrowing Bytes, missing: UInt64) -> StreamID? {
    // Longer ones do not fit into Redis' buffer.
    if text.count > 127 { return nil }
    let end = text.firstIndex(of: 0) ?? text.count
    return StreamID(text: text[0..<end], sequence: missing)
  }

  /// The time of an identifier whose sequence is left to the server: `1526919030474-*`.
  func timeAlone(_ index: Int) -> UInt64? {
    let text = self[index]
    guard text.count > 2, text.count <= 127, text[text.count - 2] == UInt8(ascii: "-"),
      text[text.count - 1] == UInt8(ascii: "*")
    else { return nil }
    let digits = text[0..<text.count - 2]
    return digits.firstIndex(of: UInt8(ascii: "-")) == nil ? StreamID.number(digits) : nil
  }

  /// The number behind `COUNT`, from the argument `first` on; nil without one.
  func rangeCount(from first: Int) throws(CommandError) -> Int64? {
    var count: Int64?
    var index = first
    while index < self.count {
      guard matches(index, "COUNT"), index + 1 < self.count else { throw .syntax }
      count = max(0, try integer(index + 1))
      index += 2
    }
    return count
  }
}
