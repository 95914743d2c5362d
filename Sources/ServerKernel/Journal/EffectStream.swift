import Containers

/// One stream of bytes of the effects of commands, as files and replicas take it: SELECT stands where the database
/// changes, and MULTI and EXEC around units.
///
/// What stands in it is taken from its front when it has been written.
public struct EffectStream: ~Copyable {
  private var buffer = ByteBuffer()
  /// The database that is selected at its end; -1 when what follows begins with a SELECT.
  public private(set) var selected = -1
  /// Where the unit begins that has not ended.
  private var unitStart: Int?

  /// The buffer is mostly emptied in one piece; one of this size is kept for the next tick.
  private static let keptCapacity = 1 << 20

  /// An empty stream.
  public init() {}

  /// Bytes that it holds.
  public var count: Int { buffer.count }
  /// Bytes that may be written: those of a unit may when it has ended, not before, so that whatever happens in the
  /// midst of one, what was written ends with a whole one.
  public var writableCount: Int { unitStart ?? buffer.count }
  /// The bytes that may be written.
  public var writable: Bytes {
    @_lifetime(borrow self)
    borrowing get { buffer.bytes[0..<writableCount] }
  }

  /// Takes commands for a database, -1 for whatever one is selected.
  public mutating func append(_ commands: borrowing Bytes, database: Int) {
    if database >= 0 && database != selected { select(database) }
    appendRaw(commands)
  }

  /// Takes bytes that are no command: an annotation.
  public mutating func appendRaw(_ bytes: borrowing Bytes) {
    buffer.append(bytes)
  }

  /// Begins a unit, whose first command is for `database`.
  public mutating func beginUnit(database: Int) {
    unitStart = buffer.count
    append(Bytes("*1\r\n$5\r\nMULTI\r\n"), database: database)
  }

  /// Ends the unit; nothing when none has begun.
  public mutating func endUnit() {
    guard unitStart != nil else { return }
    unitStart = nil
    appendRaw(Bytes("*1\r\n$4\r\nEXEC\r\n"))
  }

  /// What follows may be read by someone who has not read what was before: it is to begin with a SELECT.
  public mutating func forgetDatabase() { selected = -1 }

  /// Drops everything that it holds, and the unit that has not ended.
  public mutating func removeAll() {
    buffer.removeAll(keepingCapacityUpTo: 0)
    unitStart = nil
    selected = -1
  }

  /// So many bytes of the front have been written.
  public mutating func removeFirst(_ written: Int) {
    if let start = unitStart { unitStart = start - written }
    if written == buffer.count {
      buffer.removeAll(keepingCapacityUpTo: Self.keptCapacity)
    } else {
      buffer.removeFirst(written)
    }
  }

  private mutating func select(_ database: Int) {
    selected = database
    var writer = CommandWriter()
    writer.begin("SELECT", arguments: 1)
    writer.argument(Int64(database))
    appendRaw(writer.output.bytes)
  }
}
