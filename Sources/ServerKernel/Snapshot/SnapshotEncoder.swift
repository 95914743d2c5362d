import Containers

/// What a snapshot tells of a key beside its value.
public struct SnapshotKey: ~Escapable {
  /// The key.
  public let name: Bytes
  /// The database that it was in when the snapshot began.
  public let database: Int
  /// When its time to live ends, Unix milliseconds; nil without one.
  public let expiration: Int64?
  /// When it was last accessed: seconds (LRU), or minutes and a logarithmic counter (LFU); 24 bits.
  public let accessClock: UInt32

  @_lifetime(copy name)
  init(_ name: Bytes, database: Int, expiration: Int64?, accessClock: UInt32) {
    self.name = name
    self.database = database
    self.expiration = expiration
    self.accessClock = accessClock
  }
}

/// What a format needs to know of a value's type.
public struct ValueFormat: Sendable {
  /// What TYPE answers.
  public let typeName: StaticString
  /// The command that adds elements.
  public let command: ElementCommand
  /// The kinds of elements that there are, when there are several.
  public let forms: [ElementForm]
}

/// Writes keys and their values in some format, as a snapshot hands them over.
///
/// One encoder writes one run of bytes: a snapshot has a second one for keys that change while the first is in the
/// midst of a large value, and puts the runs together between values. Called on the command thread.
public protocol SnapshotEncoder: AnyObject {
  /// What follows may stand behind the bytes of another encoder: nothing that was written before, such as the selected
  /// database, holds any more.
  func beginRun()

  /// Writes a record of what is no key; all of them come before the keys.
  func write(_ record: borrowing Bytes, of data: KeylessData)

  /// Writes a key that holds a string.
  func write(_ key: borrowing SnapshotKey, string: borrowing StringView)

  /// Begins a key that holds a value of a registered type, of so many elements.
  func begin(_ key: borrowing SnapshotKey, _ format: ValueFormat, elementCount: Int)

  /// Begins an element of so many parts, of a type that has several kinds of them: the number of its form.
  func beginElement(form: Int, parts: Int)

  /// Writes the next part of an element of the value that was begun.
  func write(_ part: borrowing Bytes)

  /// Writes the next part, an integer that stands for its decimal text.
  func write(_ part: Int64)

  /// Writes the next part, a floating-point number; by default as text of 17 digits, which is exact.
  func write(_ part: Double)

  /// Writes all parts of the value that was begun, numbers among them as their text, if its format holds a packed list
  /// as it lies; false, as by default, and nothing is written, otherwise.
  func writePackedList(_ list: borrowing PackedList) -> Bool

  /// Ends the key: all of its elements were written.
  func end()

  /// Bytes written and not taken yet.
  var byteCount: Int { get }

  /// Gives away what was written since the last call.
  func takeBytes() -> ByteBuffer
}

extension SnapshotEncoder {
  /// Nothing, for a format that does not tell kinds apart.
  public func beginElement(form: Int, parts: Int) {}

  /// False: part by part.
  public func writePackedList(_ list: borrowing PackedList) -> Bool { false }

  /// As text of 17 digits.
  public func write(_ part: Double) {
    let text = DecimalText(general: part)
    write(text.bytes)
  }
}
