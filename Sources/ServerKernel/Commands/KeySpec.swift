/// Where keys stand among a command's arguments and what the command does with them
/// (the key specifications of Redis 7).
public struct KeySpec: Sendable {
  /// Where the search begins.
  public enum Start: Sendable {
    /// At this argument.
    case index(Int)
    /// After this word, sought from an argument on; from the end when negative.
    case keyword(String, from: Int)
    case unknown
  }

  /// How the keys go on from there.
  public enum Extent: Sendable {
    /// Up to an argument relative to the first key (-1: the last argument), every `step`th. `limit` 2 means
    /// up to half of the remaining arguments, 0 and 1 all of them.
    case range(last: Int, step: Int, limit: Int)
    /// As many as the argument at `number`, relative to the start, says; the first one at `first`.
    case counted(number: Int, first: Int, step: Int)
    case unknown
  }

  /// What is done with the key; the first four exclude one another.
  public struct Flags: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt16
    /// The set of the given bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The value is read and not changed.
    public static let readOnly = Flags(rawValue: 1 << 0)
    /// The value is read and changed.
    public static let readWrite = Flags(rawValue: 1 << 1)
    /// The value is replaced without being read.
    public static let overwrite = Flags(rawValue: 1 << 2)
    /// The key is removed.
    public static let remove = Flags(rawValue: 1 << 3)
    /// Returns or copies data of the value.
    public static let access = Flags(rawValue: 1 << 4)
    /// Data in the value is changed.
    public static let update = Flags(rawValue: 1 << 5)
    /// Data is added to the value.
    public static let insert = Flags(rawValue: 1 << 6)
    /// Data is removed from the value.
    public static let delete = Flags(rawValue: 1 << 7)
    /// What stands there is no key, but hashed to a slot as one.
    public static let notKey = Flags(rawValue: 1 << 8)
    /// There may be keys that the specification does not describe.
    public static let incomplete = Flags(rawValue: 1 << 9)
    /// The flags depend on other arguments.
    public static let variable = Flags(rawValue: 1 << 10)

    /// The names that COMMAND INFO lists, in Redis' order.
    public static let names: [(flag: Flags, name: StaticString)] = [
      (.readOnly, "RO"), (.readWrite, "RW"), (.overwrite, "OW"), (.remove, "RM"), (.access, "access"),
      (.update, "update"), (.insert, "insert"), (.delete, "delete"), (.notKey, "not_key"),
      (.incomplete, "incomplete"), (.variable, "variable_flags"),
    ]
  }

  /// What happens to the keys.
  public var flags: Flags
  /// Where the first key stands.
  public var start: Start
  /// How the other keys follow.
  public var extent: Extent
  /// A remark for COMMAND DOCS.
  public var notes: String?

  /// A group of keys.
  public init(_ flags: Flags, _ start: Start, _ extent: Extent, notes: String? = nil) {
    self.flags = flags
    self.start = start
    self.extent = extent
    self.notes = notes
  }

  /// One key, the first argument unless told otherwise.
  public static func one(_ flags: Flags, at index: Int = 1) -> KeySpec {
    KeySpec(flags, .index(index), .range(last: 0, step: 1, limit: 0))
  }

  /// Keys from an argument to the last one, every `step`th.
  public static func all(_ flags: Flags, from index: Int = 1, step: Int = 1) -> KeySpec {
    KeySpec(flags, .index(index), .range(last: -1, step: step, limit: 0))
  }
}
