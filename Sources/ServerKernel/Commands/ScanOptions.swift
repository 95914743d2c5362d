import Containers

/// The options of SCAN and its relatives: how many elements to look at, and which of them to reply.
public struct ScanOptions {
  /// `COUNT`
  public var count = 10
  /// The argument that is the pattern, 0 without one.
  public var pattern = 0
  /// The argument that is the type's name, 0 without one.
  public var type = 0

  /// Reads the options from the argument `first` on.
  public init(_ call: borrowing Call, from first: Int, allowingType: Bool = false) throws(CommandError) {
    var index = first
    while index < call.count {
      guard index + 1 < call.count else { throw .syntax }
      if call.matches(index, "COUNT") {
        count = Int(try call.integer(index + 1))
        if count < 1 { throw .syntax }
      } else if call.matches(index, "MATCH") {
        // The pattern of all matches the empty text as well, so it is none.
        pattern = call[index + 1] == Bytes("*") ? 0 : index + 1
      } else if allowingType && call.matches(index, "TYPE") {
        type = index + 1
      } else {
        throw .syntax
      }
      index += 2
    }
  }

  /// Whether an element is to be replied.
  public func matches(_ call: borrowing Call, _ text: borrowing Bytes) -> Bool {
    pattern == 0 || globMatches(pattern: call[pattern], text, ignoringCase: false)
  }

  /// How many buckets are looked at: a sparse table is not searched for ever.
  public var bucketsMax: Int {
    let (buckets, overflow) = count.multipliedReportingOverflow(by: 10)
    return overflow ? .max : buckets
  }
}

extension Call {
  /// A SCAN cursor as C's `strtoul` reads it, up to a zero byte if there is one; but no white space in front.
  public func scanCursor(_ index: Int) throws(CommandError) -> UInt64 {
    let argument = self[index]
    let text = argument[0..<(argument.firstIndex(of: 0) ?? argument.count)]
    if text.isEmpty { return 0 }
    guard !isASCIISpace(text[0]), let cursor = text.lenientUnsignedInteger else { throw .literal("ERR invalid cursor") }
    return cursor
  }
}
