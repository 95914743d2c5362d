// Keys that change their name or their database, and whole databases. Unsafe: entries are addresses.

import Containers

extension Database {
  /// Another database of the server, nil when the number is out of range. The two must not be used to change
  /// the same key in one expression.
  public func other(_ number: Int) -> Database? {
    guard shared.value.databases.indices.contains(number) else { return nil }
    return Database(shared.value.databases[number], shared)
  }

  /// Whether there is an entry that is past its time.
  func isPastTime(_ key: borrowing Bytes) -> Bool {
    guard let entry = unsafe state.value.keys.find(hash(key), key), let time = unsafe KeyEntry.expiration(entry) else {
      return false
    }
    return time < shared.value.now
  }

  /// Gives the value of `key`, with its time to live, the name `newName` in `target` (this database when nil),
  /// in place of whatever was there. False when there is no such key.
  func transfer(_ key: borrowing Bytes, to newName: borrowing Bytes, in target: borrowing Database) -> Bool {
    let hash = self.hash(key)
    guard let entry = unsafe lookupForWrite(hash, key) else { return false }
    unsafe willChange(entry)
    let newHash = target.hash(newName)
    if let existing = unsafe target.lookupForWrite(newHash, newName) {
      unsafe target.removeEntry(newHash, newName, existing, lazily: shared.value.lazyServerDelete)
    }
    let value = unsafe KeyEntry.value(entry)
    let size = unsafe self.size(entry)
    let valueSize = unsafe self.valueSize(entry, value)
    let moved = unsafe target.insertEntry(
      newHash, newName, type: KeyEntry.type(entry), valueSize: valueSize, expiration: KeyEntry.expiration(entry))
    unsafe KeyEntry.value(moved).copyMemory(from: value, byteCount: valueSize)
    unsafe KeyEntry.setClock(moved, KeyEntry.clock(entry))
    unsafe shared.value.snapshot?.entryMoved(entry, to: moved, database: target.number)
    if unsafe KeyEntry.expiration(entry) != nil { unsafe _ = state.value.expires.remove(hash, key) }
    unsafe _ = state.value.keys.remove(hash, key)
    unsafe shared.value.heap.deallocate(entry, size)
    return true
  }

  /// Renames a key, over whatever `newName` held; false when there is no such key. The names must differ.
  @discardableResult
  public mutating func rename(_ key: borrowing Bytes, to newName: borrowing Bytes) -> Bool {
    guard transfer(key, to: newName, in: self) else { return false }
    announceNew(newName)
    concluded(.removed, key, .generic("rename_from"))
    concluded(.added, newName, .generic("rename_to"), count: 0)
    return true
  }

  /// Moves a key to another database; false when it is not here, or there already.
  public mutating func move(_ key: borrowing Bytes, to target: borrowing Database) -> Bool {
    guard containsForUpdate(key), !target.containsForUpdate(key), transfer(key, to: key, in: target) else {
      return false
    }
    target.announceNew(key)
    concluded(.removed, key, .generic("move_from"))
    target.concluded(.added, key, .generic("move_to"), count: 0)
    return true
  }

  /// Copies a key's value and time to live to `newName` in `target`; false when there is no such key, or when
  /// `newName` is there already and is not to be replaced.
  public func copy(
    _ key: borrowing Bytes, to newName: borrowing Bytes, in target: borrowing Database, replacing: Bool
  ) -> Bool {
    guard let entry = unsafe lookup(key) else { return false }
    let newHash = target.hash(newName)
    if let existing = unsafe target.lookupForWrite(newHash, newName) {
      guard replacing else { return false }
      unsafe target.removeEntry(newHash, newName, existing, lazily: shared.value.lazyServerDelete)
    }
    let value = unsafe KeyEntry.value(entry)
    let valueSize = unsafe self.valueSize(entry, value)
    let type = unsafe KeyEntry.type(entry)
    let copy = unsafe target.insertEntry(
      newHash, newName, type: type, valueSize: valueSize, expiration: KeyEntry.expiration(entry))
    let place = unsafe KeyEntry.value(copy)
    if type == KeyEntry.bufferType {
      var buffer = ByteBuffer()
      unsafe buffer.append(KeyEntry.buffer(value).pointee.bytes)
      unsafe KeyEntry.buffer(place).initialize(to: buffer)
    } else if let kind = unsafe kind(entry) {
      unsafe kind.copy(value, to: place)
    } else {
      unsafe place.copyMemory(from: value, byteCount: valueSize)
    }
    target.announceNew(newName)
    target.concluded(.added, newName, .generic("copy_to"))
    return true
  }

  /// Removes all keys, on the helper thread when `lazily`; returns how many there were.
  @discardableResult
  public mutating func removeAll(lazily: Bool) -> Int {
    let count = state.value.keys.count
    let hash = shared.value.hash
    exchangeAll(HashTable<KeyEntry>(hash: hash), HashTable<ExpiringEntry>(hash: hash), lazily: lazily)
    return count
  }

  /// Puts the keys of a database that nobody sees in the place of those here, which are removed.
  mutating func replaceAll(with other: Place<DatabaseState>, lazily: Bool) {
    let hash = shared.value.hash
    var keys = HashTable<KeyEntry>(hash: hash)
    var expires = HashTable<ExpiringEntry>(hash: hash)
    swap(&keys, &other.value.keys)
    swap(&expires, &other.value.expires)
    unsafe other.free()
    exchangeAll(keys, expires, lazily: lazily)
  }

  /// Frees a database that nobody sees.
  func discard(_ other: Place<DatabaseState>, lazily: Bool) {
    let hash = shared.value.hash
    var keys = HashTable<KeyEntry>(hash: hash)
    var expires = HashTable<ExpiringEntry>(hash: hash)
    swap(&keys, &other.value.keys)
    swap(&expires, &other.value.expires)
    unsafe other.free()
    free(RemovedKeys(keys, expires, self), lazily: lazily)
  }

  /// Removes all keys, and has others in their place.
  private mutating func exchangeAll(
    _ newKeys: consuming HashTable<KeyEntry>, _ newExpires: consuming HashTable<ExpiringEntry>, lazily: Bool
  ) {
    shared.value.dirty &+= state.value.keys.count
    for observer in shared.value.observers { observer.databaseWillChange(self, .flushed) }
    var keys = newKeys
    var expires = newExpires
    swap(&keys, &state.value.keys)
    swap(&expires, &state.value.expires)
    state.value.averageTimeToLive = 0
    state.value.expiryCursor = 0
    if !shared.value.lentStrings.isEmpty {
      shared.value.host?.awaitSending()
      shared.value.lentStrings.willFreeAny()
    }
    let remains = RemovedKeys(keys, expires, self)
    for observer in shared.value.observers { observer.databaseDidChange(self, .flushed) }
    // A running snapshot has them walked before they are freed.
    if shared.value.snapshot?.adopt(remains, from: state.value.number) ?? false { return }
    free(remains, lazily: lazily)
  }

  private func free(_ remains: RemovedKeys, lazily: Bool) {
    // However few keys there are: one can hold millions of elements.
    if lazily && remains.count > 0 {
      remains.freeLater()
    } else {
      remains.free()
    }
  }

  /// Exchanges the contents of two databases.
  public mutating func exchange(with target: borrowing Database) {
    for observer in shared.value.observers {
      observer.databaseWillChange(self, .swapped(with: target.number))
      observer.databaseWillChange(target, .swapped(with: number))
    }
    shared.value.snapshot?.exchange(number, target.number)
    swap(&state.value.keys, &target.state.value.keys)
    swap(&state.value.expires, &target.state.value.expires)
    swap(&state.value.averageTimeToLive, &target.state.value.averageTimeToLive)
    state.value.expiryCursor = 0
    target.state.value.expiryCursor = 0
    shared.value.dirty += 1
    for observer in shared.value.observers {
      observer.databaseDidChange(self, .swapped(with: target.number))
      observer.databaseDidChange(target, .swapped(with: number))
    }
  }
}

/// Tables taken out of a database, to be freed with all they hold.
final class RemovedKeys: @unchecked Sendable {
  private var keys: HashTable<KeyEntry>?
  private var expires: HashTable<ExpiringEntry>?
  private let heap: Heap
  private let kinds: [ValueKind]
  /// About how much they take.
  private let bytes: Int

  init(
    _ keys: consuming HashTable<KeyEntry>, _ expires: consuming HashTable<ExpiringEntry>, _ database: borrowing Database
  ) {
    bytes = database.shared.value.host?.memoryUse(ofRemovedKeys: keys.count) ?? 0
    self.keys = consume keys
    self.expires = consume expires
    heap = database.shared.value.heap
    kinds = database.shared.value.kinds
  }

  /// Visits the keys that `cursor` stands for; see `HashTable.scan`.
  @unsafe
  func scan(_ cursor: UInt, _ visit: (UnsafeMutableRawPointer) -> Void) -> UInt {
    unsafe keys?.scan(cursor, buckets: 16, visit) ?? 0
  }

  /// How many keys they hold.
  var count: Int { keys?.count ?? 0 }

  /// Frees everything on the disposal thread.
  func freeLater() { Disposal.free(keys?.count ?? 0, bytes: bytes, free) }

  /// Frees everything now, on the heap's thread or another.
  func free() {
    expires = nil
    let heap = self.heap
    let remotely = !heap.isOwnedByCallingThread
    unsafe keys?.forEach { entry in
      let type = unsafe KeyEntry.type(entry)
      let value = unsafe KeyEntry.value(entry)
      let valueSize: Int
      switch type {
      case KeyEntry.integerType: valueSize = 8
      case KeyEntry.inlineType, KeyEntry.editedType:
        valueSize = unsafe KeyEntry.inlineSize(KeyEntry.inlineString(value).count)
      case KeyEntry.bufferType:
        valueSize = MemoryLayout<ByteBuffer>.size
        unsafe KeyEntry.buffer(value).deinitialize(count: 1)
      default:
        let kind = kinds[Int(type - KeyEntry.firstKind)]
        valueSize = kind.size
        unsafe kind.destroy(value)
      }
      let size = unsafe value - entry + valueSize
      if remotely {
        unsafe heap.deallocateRemotely(entry, size)
      } else {
        unsafe heap.deallocate(entry, size)
      }
    }
    keys = nil
  }
}
