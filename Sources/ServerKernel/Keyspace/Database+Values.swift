// Unsafe: values lie at addresses in their entries.

import Containers

extension Database {
  /// The number of a registered value type.
  @inlinable
  func number<V: StoredValue & ~Copyable>(_: V.Type) -> UInt8 {
    let identity = ObjectIdentifier(V.self)
    for kind in shared.value.kinds where kind.identity == identity { return kind.number }
    fatalError("value type \(V.typeName) is not registered")
  }

  /// The number of the type of a key's value, for a command that is about to change it; nil when there is no such key,
  /// or a string.
  func kindNumber(_ key: borrowing Bytes) -> UInt8? {
    guard let entry = unsafe lookupForWrite(hash(key), key) else { return nil }
    let type = unsafe KeyEntry.type(entry)
    return type < KeyEntry.firstKind ? nil : type
  }

  /// The entry's value if it is of this type.
  @unsafe @inlinable
  func typed<V: StoredValue & ~Copyable>(_: V.Type, _ entry: Entry) throws(CommandError) -> UnsafeMutablePointer<V> {
    let type = unsafe KeyEntry.type(entry)
    if type < KeyEntry.firstKind { throw .wrongType }
    guard shared.value.kinds[Int(type &- KeyEntry.firstKind)].identity == ObjectIdentifier(V.self) else {
      throw .wrongType
    }
    return unsafe KeyEntry.value(entry).assumingMemoryBound(to: V.self)
  }

  /// Calls `body` with the value of a key, a new empty one when there is no such key. If the value is left
  /// empty the key is removed, with a `del` event after the one that `body` recorded. Throws WRONGTYPE.
  @inlinable
  public mutating func update<V: StoredValue & ~Copyable, Result>(
    _ type: V.Type, _ key: borrowing Bytes, _ body: (inout V, inout Change) throws(CommandError) -> Result
  ) throws(CommandError) -> Result {
    let hash = self.hash(key)
    if let entry = unsafe lookupForWrite(hash, key) { return try unsafe change(type, hash, key, entry, body) }
    var value = V()
    var change = Change()
    let result = try body(&value, &change)
    if value.isEmpty { return result }
    let entry = unsafe insertEntry(hash, key, type: number(type), valueSize: MemoryLayout<V>.size)
    unsafe KeyEntry.value(entry).assumingMemoryBound(to: V.self).initialize(to: value)
    announceNew(key)
    concluded(.added, key, change.event ?? .none, count: change.count)
    return result
  }

  /// As `update`, but nil when there is no such key.
  @inlinable
  public mutating func updateExisting<V: StoredValue & ~Copyable, Result>(
    _ type: V.Type, _ key: borrowing Bytes, _ body: (inout V, inout Change) throws(CommandError) -> Result
  ) throws(CommandError) -> Result? {
    let hash = self.hash(key)
    guard let entry = unsafe lookupForWrite(hash, key) else { return nil }
    return try unsafe change(type, hash, key, entry, body)
  }

  @unsafe @inlinable
  func change<V: StoredValue & ~Copyable, Result>(
    _ type: V.Type, _ hash: UInt64, _ key: borrowing Bytes, _ entry: Entry,
    _ body: (inout V, inout Change) throws(CommandError) -> Result
  ) throws(CommandError) -> Result {
    let value = unsafe try typed(type, entry)
    unsafe willChange(entry)
    var change = Change()
    let result = try unsafe body(&value.pointee, &change)
    if unsafe value.pointee.isEmpty {
      notify(change.event ?? .none, key)
      unsafe removeEntry(hash, key, entry, lazily: false)
      concluded(.removed, key, .generic("del"), count: change.count)
    } else {
      conclude(key, change)
    }
    return result
  }

  @inlinable @inline(__always)
  func conclude(_ key: borrowing Bytes, _ change: Change) {
    if let event = change.event {
      concluded(change.servesBlocked ? .changed : .adjusted, key, event, count: change.count)
    }
  }

  /// Stores a value under a key, in place of whatever was there, which counts as `changes` changes; a time to live is
  /// dropped.
  public mutating func store<V: StoredValue & ~Copyable>(
    _ value: consuming V, _ key: borrowing Bytes, _ event: KeyspaceEvent, changes: Int = 1
  ) {
    precondition(!value.isEmpty, "an empty value is not stored")
    let hash = self.hash(key)
    let existing = unsafe lookupForWrite(hash, key)
    if let existing = unsafe existing { unsafe removeEntry(hash, key, existing, lazily: shared.value.lazyServerDelete) }
    let entry = unsafe insertEntry(hash, key, type: number(V.self), valueSize: MemoryLayout<V>.size)
    unsafe KeyEntry.value(entry).assumingMemoryBound(to: V.self).initialize(to: value)
    announceNew(key)
    concluded(.added, key, event, count: changes)
  }
}
