import Containers

/// Why a value cannot be made of elements: what they come from is damaged.
public struct ElementError: Error, Equatable {
  /// What is wrong, for the log.
  public let reason: String

  /// An error of that reason.
  public init(_ reason: String) { self.reason = reason }
}

/// Where elements come from: a decoder of some format.
public protocol ElementSource: AnyObject {
  /// Passes on the next part, whose bytes last as long as the call. Throws when there is none.
  func readPart(_ body: (borrowing Bytes) -> Void) throws(ElementError)

  /// The next part, a number that is not NaN; by default what its text spells. Throws when there is none.
  func readDouble() throws(ElementError) -> Double

  /// The form of the next element, of a type that has several, and how many parts follow.
  func readForm() throws(ElementError) -> (form: Int, parts: Int)

  /// So many parts at once, which are all that are left, where they stand in one block as `PackedList` holds them and
  /// each has its canonical form; nil, and nothing is read, otherwise. The first has to differ from each that is a
  /// multiple of `step` behind it, which the survey tells. By default they do not stand like that.
  func readPackedList(parts: Int, distinctEvery step: Int, _ survey: inout PackedList.Survey) -> PackedList?

  /// Ends the value. Throws when it has more parts than were read, or what stands behind them is damaged.
  func end() throws(ElementError)
}

extension ElementSource {
  /// What the text of the next part spells.
  public func readDouble() throws(ElementError) -> Double {
    var number: Double?
    try readPart { number = $0.double }
    guard let number else { throw ElementError("a number is none") }
    return number
  }

  /// Nil: there is no such block.
  public func readPackedList(parts: Int, distinctEvery step: Int, _ survey: inout PackedList.Survey) -> PackedList? {
    nil
  }

  /// An error, from a source of elements that are all alike.
  public func readForm() throws(ElementError) -> (form: Int, parts: Int) {
    throw ElementError("elements of several kinds are not told apart")
  }
}

/// Gives a value that is being made the parts of its elements, in the order in which they were written.
public struct ElementReader: ~Copyable {
  private let source: any ElementSource

  /// Reads from `source`.
  public init(_ source: any ElementSource) { self.source = source }

  /// Passes on the next part, whose bytes last as long as the call.
  public mutating func read(_ body: (borrowing Bytes) -> Void) throws(ElementError) { try source.readPart(body) }

  /// The form of the next element, of a type that has several, and how many parts follow.
  public mutating func readForm() throws(ElementError) -> (form: Int, parts: Int) { try source.readForm() }

  /// The next part, an integer.
  public mutating func readInteger() throws(ElementError) -> Int64 {
    var number: Int64?
    try source.readPart { number = $0.integer }
    guard let number else { throw ElementError("an integer is none") }
    return number
  }

  /// The next part, a number as `ElementWriter` writes one.
  public mutating func readDouble() throws(ElementError) -> Double { try source.readDouble() }

  /// So many parts at once, which are all that are left, if they come as the entries of a packed list; nil, and nothing
  /// is read, otherwise. The survey tells whether the first one differs from each that is a multiple of `step` behind
  /// it, and these from each other; to refuse what does not is up to the caller.
  public mutating func readPackedList(
    parts: Int, distinctEvery step: Int, _ survey: inout PackedList.Survey
  ) -> PackedList? {
    source.readPackedList(parts: parts, distinctEvery: step, &survey)
  }

  /// Ends the value, of which everything was read.
  mutating func end() throws(ElementError) { try source.end() }

  /// The next part, copied.
  public mutating func readArray() throws(ElementError) -> [UInt8] {
    var part: [UInt8] = []
    try source.readPart { part = $0.array }
    return part
  }
}
