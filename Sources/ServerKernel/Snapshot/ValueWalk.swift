// Unsafe: values lie at addresses, in entries or in blocks of their own.

import Containers

/// A large value that a snapshot takes in pieces.
///
/// The value follows its entry when that moves to another block or another name. When the key goes, the value is
/// taken out of the entry and kept until the walk has ended.
@safe
struct ValueWalk {
  let kind: ValueKind
  /// The name and the database of the key, and its time to live, when the snapshot began.
  let key: [UInt8]
  let original: Int
  let expiration: Int64?
  let accessClock: UInt32
  let elementCount: Int
  /// Nil once the key is gone.
  private(set) var entry: UnsafeMutableRawPointer?
  private var value: UnsafeMutableRawPointer
  /// The database that the key is in now.
  var database: Int

  /// Begins to walk the value of an entry; nil when it is not so large.
  @unsafe
  init?(_ entry: UnsafeMutableRawPointer, _ kind: ValueKind, original: Int, database: Int) {
    let value = unsafe KeyEntry.value(entry)
    guard unsafe kind.beginWalk(value) else { return nil }
    self.kind = kind
    unsafe key = KeyEntry.key(entry).array
    self.original = original
    self.database = database
    unsafe expiration = KeyEntry.expiration(entry)
    unsafe accessClock = KeyEntry.clock(entry)
    unsafe elementCount = kind.elementCount(value)
    unsafe self.entry = entry
    unsafe self.value = value
  }

  /// Writes the next piece; false when it was the last.
  func advance(into writer: inout ElementWriter) -> Bool { unsafe kind.continueWalk(value, into: &writer) }

  /// The entry was moved to another block.
  @unsafe
  mutating func follow(to entry: UnsafeMutableRawPointer) {
    unsafe self.entry = entry
    unsafe value = KeyEntry.value(entry)
  }

  /// The entry goes: its value moves to a block of the walk's own.
  @unsafe
  mutating func takeValue() {
    let block = UnsafeMutableRawPointer.allocate(byteCount: kind.size, alignment: 8)
    unsafe block.copyMemory(from: value, byteCount: kind.size)
    unsafe value = block
    unsafe entry = nil
    database = -1
  }

  /// Ends the walk, and the value if its key is gone.
  func end() {
    unsafe kind.endWalk(value)
    if unsafe entry == nil {
      unsafe kind.dispose(value)
      unsafe value.deallocate()
    }
  }
}
