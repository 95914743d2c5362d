// Strings, the one type that the kernel stores itself: many modules share it (Strings, Bitmaps, HyperLogLog),
// and small ones live inside their key's entry. Unsafe: values lie at addresses in their entries.

import Containers

/// What becomes of a key's time to live when its string is set.
public enum Expiration: Sendable {
  /// None from now on.
  case none
  /// As it was.
  case keep
  /// At this Unix time, milliseconds.
  case at(Int64)
}

extension Database {
  @unsafe @inlinable @_lifetime(immortal)
  static func view(_ entry: Entry) throws(CommandError) -> StringView {
    let type = unsafe KeyEntry.type(entry)
    let value = unsafe KeyEntry.value(entry)
    if type == KeyEntry.inlineType || type == KeyEntry.editedType {
      return StringView(unsafe KeyEntry.inlineString(value))
    }
    if type == KeyEntry.integerType { return StringView(unsafe value.loadUnaligned(as: Int64.self)) }
    guard type == KeyEntry.bufferType else { throw .wrongType }
    let buffer = unsafe KeyEntry.buffer(value)
    return unsafe _overrideLifetime(StringView(buffer.pointee.bytes), copying: ())
  }

  /// The string of a key, nil when there is no such key. Throws WRONGTYPE for another type.
  @inlinable @_lifetime(borrow self)
  public func string(_ key: borrowing Bytes) throws(CommandError) -> StringView? {
    guard let entry = unsafe lookup(key) else { return nil }
    return unsafe _overrideLifetime(try Self.view(entry), borrowing: self)
  }

  /// As `string`, for a command that is about to change it: counts neither hit nor miss.
  @inlinable @_lifetime(borrow self)
  public func stringForUpdate(_ key: borrowing Bytes) throws(CommandError) -> StringView? {
    guard let entry = unsafe lookupForWrite(hash(key), key) else { return nil }
    return unsafe _overrideLifetime(try Self.view(entry), borrowing: self)
  }

  /// Sets a key to a string, whatever it held. Numbers in canonical spelling are stored as integers.
  @inlinable
  public mutating func setString(
    _ key: borrowing Bytes, _ bytes: borrowing Bytes, expiration: Expiration = .none,
    event: KeyspaceEvent = .string("set")
  ) {
    let hash = self.hash(key)
    let change =
      if bytes.count <= 20, let integer = bytes.integer {
        put(hash, key, integer: integer, expiration)
      } else {
        put(hash, key, bytes, KeyEntry.inlineType, expiration)
      }
    concluded(change, key, event)
  }

  /// Sets a key to a string that stays text even where it spells an integer.
  public mutating func setText(
    _ key: borrowing Bytes, _ bytes: borrowing Bytes, expiration: Expiration = .keep, event: KeyspaceEvent
  ) {
    concluded(put(hash(key), key, bytes, KeyEntry.inlineType, expiration), key, event)
  }

  /// Sets a key to the string in a buffer, which is not copied unless it is small, and stays text ("raw").
  public mutating func setString(
    _ key: borrowing Bytes, taking buffer: consuming ByteBuffer, expiration: Expiration = .none, event: KeyspaceEvent
  ) {
    concluded(storeEdited(hash(key), key, buffer, expiration), key, event)
  }

  /// Adds `step` to the integer that a key's string spells, 0 when there is no such key, and returns the sum.
  /// The time to live stays.
  @inlinable
  public mutating func addInteger(
    _ key: borrowing Bytes, _ step: Int64, event: KeyspaceEvent
  ) throws(CommandError) -> Int64 {
    let hash = self.hash(key)
    var value: Int64 = 0
    let entry = unsafe lookupForWrite(hash, key)
    if let entry = unsafe entry {
      guard let integer = try unsafe Self.view(entry).integer else { throw .notInteger }
      value = integer
    }
    let (sum, overflow) = value.addingReportingOverflow(step)
    if overflow { throw .literal("ERR increment or decrement would overflow") }
    if let entry = unsafe entry, unsafe KeyEntry.type(entry) == KeyEntry.integerType {
      unsafe willChange(entry)
      unsafe KeyEntry.value(entry).storeBytes(of: sum, as: Int64.self)
      concluded(.changed, key, event)
    } else {
      concluded(putElsewhere(hash, key, integer: sum, .keep), key, event)
    }
    return sum
  }

  /// Sets a key to an integer, whatever it held.
  @inlinable
  public mutating func setInteger(
    _ key: borrowing Bytes, _ integer: Int64, expiration: Expiration = .keep, event: KeyspaceEvent
  ) {
    concluded(put(hash(key), key, integer: integer, expiration), key, event)
  }

  // Each of these says whether the key was there before.

  @inlinable
  func put(_ hash: UInt64, _ key: borrowing Bytes, integer: Int64, _ expiration: Expiration) -> KeyChange {
    if let entry = unsafe lookupForWrite(hash, key), unsafe KeyEntry.type(entry) == KeyEntry.integerType,
      unsafe adopt(expiration, entry)
    {
      unsafe willChange(entry)
      unsafe KeyEntry.value(entry).storeBytes(of: integer, as: Int64.self)
      return .changed
    }
    return putElsewhere(hash, key, integer: integer, expiration)
  }

  @usableFromInline
  func putElsewhere(_ hash: UInt64, _ key: borrowing Bytes, integer: Int64, _ expiration: Expiration) -> KeyChange {
    let (entry, change) = unsafe prepare(hash, key, type: KeyEntry.integerType, valueSize: 8, expiration)
    unsafe KeyEntry.value(entry).storeBytes(of: integer, as: Int64.self)
    return change
  }

  @inlinable
  func put(
    _ hash: UInt64, _ key: borrowing Bytes, _ bytes: borrowing Bytes, _ type: UInt8, _ expiration: Expiration
  ) -> KeyChange {
    if let entry = unsafe lookupForWrite(hash, key), unsafe KeyEntry.type(entry) == type,
      unsafe adopt(expiration, entry), unsafe replaceInline(entry, bytes)
    {
      return .changed
    }
    return putElsewhere(hash, key, bytes, type, expiration)
  }

  /// Stores bytes in place of those that lie in the entry; false when its block would be of another size.
  @unsafe @inlinable
  func replaceInline(_ entry: Entry, _ bytes: borrowing Bytes) -> Bool {
    let value = unsafe KeyEntry.value(entry)
    let offset = unsafe value - entry
    let old = unsafe Heap.blockSize(offset &+ KeyEntry.inlineSize(KeyEntry.inlineString(value).count))
    let size = offset &+ KeyEntry.inlineSize(bytes.count)
    if size > KeyEntry.largestInline || Heap.blockSize(size) != old { return false }
    unsafe willChange(entry)
    unsafe KeyEntry.storeInline(value, bytes)
    return true
  }

  @usableFromInline
  func putElsewhere(
    _ hash: UInt64, _ key: borrowing Bytes, _ bytes: borrowing Bytes, _ type: UInt8, _ expiration: Expiration
  ) -> KeyChange {
    let size = KeyEntry.valueOffset(keyCount: key.count, expires: true, type: type) + KeyEntry.inlineSize(bytes.count)
    if size <= KeyEntry.largestInline {
      let (entry, change) = unsafe prepare(
        hash, key, type: type, valueSize: KeyEntry.inlineSize(bytes.count), expiration)
      unsafe KeyEntry.storeInline(KeyEntry.value(entry), bytes)
      return change
    }
    if bytes.count >= PartialRequest.largeLength, let buffer = shared.value.lentStrings.take(bytes) {
      return putBuffer(hash, key, buffer, expiration)
    }
    var buffer = ByteBuffer()
    buffer.append(bytes)
    buffer.trim()
    return putBuffer(hash, key, buffer, expiration)
  }

  func putBuffer(
    _ hash: UInt64, _ key: borrowing Bytes, _ buffer: consuming ByteBuffer, _ expiration: Expiration
  ) -> KeyChange {
    let (entry, change) = unsafe prepare(
      hash, key, type: KeyEntry.bufferType, valueSize: MemoryLayout<ByteBuffer>.size, expiration)
    unsafe KeyEntry.buffer(KeyEntry.value(entry)).initialize(to: buffer)
    return change
  }

  /// Whether the entry can stay where it is under this expiration; if so its time is set.
  @unsafe @inlinable
  func adopt(_ expiration: Expiration, _ entry: Entry) -> Bool {
    let expires = unsafe KeyEntry.meta(entry) & KeyEntry.hasExpiration != 0
    switch expiration {
    case .keep: return true
    case .none: return !expires
    case .at(let time):
      if !expires { return false }
      unsafe willChange(entry)
      unsafe KeyEntry.setExpiration(entry, time)
      return true
    }
  }

  /// An entry for the key with room for a new value; the old one's value has ended.
  @unsafe
  private func prepare(
    _ hash: UInt64, _ key: borrowing Bytes, type: UInt8, valueSize: Int, _ expiration: Expiration
  ) -> (entry: Entry, change: KeyChange) {
    guard let old = unsafe state.value.keys.find(hash, key) else {
      var time: Int64?
      if case .at(let deadline) = expiration { time = deadline }
      let entry = unsafe insertEntry(hash, key, type: type, valueSize: valueSize, expiration: time)
      announceNew(key)
      return unsafe (entry, .added)
    }
    unsafe willChange(old)
    var time: Int64?
    switch expiration {
    case .none: time = nil
    case .keep: time = unsafe KeyEntry.expiration(old)
    case .at(let deadline): time = deadline
    }
    let size = unsafe self.size(old)
    let entry = unsafe replaceEntry(hash, key, old, type: type, valueSize: valueSize, expiration: time)
    unsafe endValue(old, lazily: shared.value.lazyServerDelete)
    unsafe shared.value.heap.deallocate(old, size)
    return unsafe (entry, .changed)
  }

  /// Calls `body` with a buffer that holds the string, empty when there is no such key, to be edited in place.
  /// Left empty, a new key is not made. Throws WRONGTYPE for another type. The time to live stays.
  public mutating func editString<Result>(
    _ key: borrowing Bytes, _ body: (inout ByteBuffer, inout Change) throws(CommandError) -> Result
  ) throws(CommandError) -> Result {
    let hash = self.hash(key)
    var change = Change()
    guard let entry = unsafe lookupForWrite(hash, key) else {
      var buffer = takeEditBuffer()
      let result = try body(&buffer, &change)
      if buffer.isEmpty {
        keepEditBuffer(buffer)
      } else {
        concluded(storeEdited(hash, key, buffer, .keep), key, change.event ?? .none, count: change.count)
      }
      return result
    }
    if unsafe KeyEntry.type(entry) == KeyEntry.bufferType {
      unsafe willChange(entry)
      if !shared.value.lentStrings.isEmpty {
        unsafe shared.value.lentStrings.willEdit(&KeyEntry.buffer(KeyEntry.value(entry)).pointee)
      }
      let result = try unsafe body(&KeyEntry.buffer(KeyEntry.value(entry)).pointee, &change)
      conclude(key, change)
      return result
    }
    var buffer = takeEditBuffer()
    try unsafe Self.view(entry).withText { text in buffer.append(text) }
    let result = try body(&buffer, &change)
    // Stored even when nothing was recorded: Redis, too, leaves the string unshared and unencoded.
    if unsafe KeyEntry.type(entry) == KeyEntry.editedType, unsafe replaceInline(entry, buffer.bytes) {
      keepEditBuffer(buffer)
    } else {
      _ = storeEdited(hash, key, buffer, .keep)
    }
    conclude(key, change)
    return result
  }

  /// A buffer to edit a string in. Should the edit fail, its block goes with it, and the next one makes its own.
  private func takeEditBuffer() -> ByteBuffer {
    var buffer = ByteBuffer()
    swap(&buffer, &shared.value.editBuffer)
    return buffer
  }

  private func keepEditBuffer(_ buffer: consuming ByteBuffer) {
    if buffer.capacity > 1024 { return }
    buffer.removeAll()
    shared.value.editBuffer = buffer
  }

  private func storeEdited(
    _ hash: UInt64, _ key: borrowing Bytes, _ buffer: consuming ByteBuffer, _ expiration: Expiration
  ) -> KeyChange {
    // Room to grow is worth an allocation of its own only past a few hundred bytes.
    if buffer.count <= 256 {
      let change = put(hash, key, buffer.bytes, KeyEntry.editedType, expiration)
      keepEditBuffer(buffer)
      return change
    }
    return putBuffer(hash, key, buffer, expiration)
  }
}
