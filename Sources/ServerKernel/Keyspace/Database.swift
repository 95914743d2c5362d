// Unsafe: entries are addresses (see KeyEntry). Everything public here is safe to call.

import CLinux
import Containers

/// One database, as commands see it: every read or change of a key goes through these methods.
///
/// Here, once, the kernel does what Redis leaves to each command: expiry on access, WRONGTYPE, removal of a
/// collection left empty, telling watchers, keyspace events, waking blocked clients, the access clock, memory
/// accounting, and handing a value to a running snapshot before it changes.
@safe
public struct Database: ~Copyable {
  @usableFromInline typealias Entry = UnsafeMutableRawPointer

  @usableFromInline var state: Place<DatabaseState>
  @usableFromInline let shared: Place<KeyspaceState>

  @inlinable
  init(_ state: Place<DatabaseState>, _ shared: Place<KeyspaceState>) {
    self.state = state
    self.shared = shared
  }

  /// The database's number.
  public var number: Int { state.value.number }
  /// Keys in the database, those past their time but not yet removed included.
  public var count: Int { state.value.keys.count }
  /// The time for the command being executed, Unix milliseconds.
  public var now: Int64 { shared.value.now }

  @inlinable
  func hash(_ key: borrowing Bytes) -> UInt64 {
    if unsafe UInt(bitPattern: key.baseAddress) == shared.value.prehashedKey { return shared.value.prehash }
    return shared.value.hash(key)
  }

  // MARK: Entries

  /// The live entry of a key, for reading: expired ones are removed, the access clock is set, hit or miss counted.
  @unsafe @inlinable
  func lookup(_ key: borrowing Bytes) -> Entry? {
    let hash = self.hash(key)
    guard let entry = unsafe state.value.keys.find(hash, key), unsafe isLive(entry) else {
      miss(key)
      return nil
    }
    shared.value.hits &+= 1
    unsafe touch(entry)
    return unsafe entry
  }

  /// The live entry of a key, for a change: no hit or miss is counted.
  @unsafe @inlinable
  func lookupForWrite(_ hash: UInt64, _ key: borrowing Bytes) -> Entry? {
    guard let entry = unsafe state.value.keys.find(hash, key), unsafe isLive(entry, forWrite: true) else { return nil }
    unsafe touch(entry)
    return unsafe entry
  }

  /// The live entry of a key, without a trace.
  @unsafe @inlinable
  func peek(_ key: borrowing Bytes) -> Entry? {
    guard let entry = unsafe state.value.keys.find(hash(key), key), unsafe isLive(entry) else { return nil }
    return unsafe entry
  }

  /// Whether the entry is within its time to live; otherwise it is removed.
  @unsafe @inlinable
  func isLive(_ entry: Entry, forWrite: Bool = false) -> Bool {
    if unsafe KeyEntry.meta(entry) & KeyEntry.hasExpiration == 0 { return true }
    return unsafe isWithinTime(entry, forWrite: forWrite)
  }

  @unsafe @inlinable
  func touch(_ entry: Entry) {
    if shared.value.usesLFU {
      unsafe touchLFU(entry)
    } else if !shared.value.leavesClock {
      unsafe KeyEntry.setClock(entry, shared.value.accessClock)
    }
  }

  @usableFromInline
  func miss(_ key: borrowing Bytes) {
    shared.value.misses &+= 1
    notify(KeyspaceEvent(.keyMiss, "keymiss"), key)
  }

  // MARK: What a change entails

  /// A key was changed: counts `count` changes, tells observers, and announces `event`.
  @inlinable
  func concluded(_ change: KeyChange, _ key: borrowing Bytes, _ event: KeyspaceEvent, count: Int = 1) {
    shared.value.dirty &+= count
    if shared.value.isObserved { tell(change, key) }
    notify(event, key)
  }

  @usableFromInline
  func tell(_ change: KeyChange, _ key: borrowing Bytes) {
    for observer in shared.value.observers { observer.keyDidChange(key, change, in: self) }
  }

  /// Announces an event if its class is switched on. Changes announce theirs; this is for those that come beside it.
  @inlinable
  public func notify(_ event: KeyspaceEvent, _ key: borrowing Bytes) {
    if !shared.value.notifies.isDisjoint(with: event.eventClass) { announce(event, key) }
  }

  @usableFromInline
  func announce(_ event: KeyspaceEvent, _ key: borrowing Bytes) {
    shared.value.host?.announce(event, key, database: state.value.number)
  }

  /// Hands the entry to a running snapshot if that has not seen it; called before every change of it.
  @unsafe @inlinable
  func willChange(_ entry: Entry) {
    if shared.value.isSnapshotting { unsafe snapshotWillChange(entry) }
  }

  @unsafe @usableFromInline
  func snapshotWillChange(_ entry: Entry) { unsafe shared.value.snapshot?.willChange(state, entry, shared) }

  /// Announces that an entry was made for a key that had none.
  @inlinable
  func announceNew(_ key: borrowing Bytes) { notify(KeyspaceEvent(.newKey, "new"), key) }

  // MARK: Making, replacing and removing entries

  /// A new entry of a key that has none, in the table and, when it expires, in that of expiring keys too.
  @unsafe @inlinable
  func insertEntry(
    _ hash: UInt64, _ key: borrowing Bytes, type: UInt8, valueSize: Int, expiration: Int64? = nil
  ) -> Entry {
    let entry = unsafe KeyEntry.make(
      shared.value.heap, key: key, type: type, valueSize: valueSize, expiration: expiration,
      clock: initialClock, parity: shared.value.snapshotParity)
    unsafe state.value.keys.insert(hash, entry)
    if expiration != nil { unsafe state.value.expires.insert(hash, entry) }
    return unsafe entry
  }

  @inlinable
  var initialClock: UInt32 {
    shared.value.usesLFU ? shared.value.accessClock << 8 | UInt32(LFU.initialCounter) : shared.value.accessClock
  }

  /// An entry in place of `old`, which is freed as a block; its value is the caller's business.
  @unsafe @usableFromInline
  func replaceEntry(
    _ hash: UInt64, _ key: borrowing Bytes, _ old: Entry, type: UInt8, valueSize: Int, expiration: Int64?
  ) -> Entry {
    let entry = unsafe KeyEntry.make(
      shared.value.heap, key: key, type: type, valueSize: valueSize, expiration: expiration,
      clock: KeyEntry.clock(old), parity: shared.value.snapshotParity)
    unsafe state.value.keys.replace(hash, key, with: entry)
    let expired = unsafe KeyEntry.expiration(old) != nil
    if expiration != nil {
      if expired {
        unsafe state.value.expires.replace(hash, key, with: entry)
      } else {
        unsafe state.value.expires.insert(hash, entry)
      }
    } else if expired {
      unsafe _ = state.value.expires.remove(hash, key)
    }
    return unsafe entry
  }

  /// Bytes of the entry's block: header, key and the part of the value that lies in it.
  @unsafe @usableFromInline
  func size(_ entry: Entry) -> Int {
    let value = unsafe KeyEntry.value(entry)
    return unsafe value - entry + valueSize(entry, value)
  }

  @unsafe @usableFromInline
  func valueSize(_ entry: Entry, _ value: Entry) -> Int {
    switch unsafe KeyEntry.type(entry) {
    case KeyEntry.integerType: 8
    case KeyEntry.inlineType, KeyEntry.editedType: unsafe KeyEntry.inlineSize(KeyEntry.inlineString(value).count)
    case KeyEntry.bufferType: MemoryLayout<ByteBuffer>.size
    case let type: shared.value.kinds[Int(type - KeyEntry.firstKind)].size
    }
  }

  @unsafe @usableFromInline
  func kind(_ entry: Entry) -> ValueKind? {
    let type = unsafe KeyEntry.type(entry)
    return type < KeyEntry.firstKind ? nil : shared.value.kinds[Int(type - KeyEntry.firstKind)]
  }

  /// Takes a key's entry out of both tables and frees it, its value too: large ones on the helper thread
  /// when `lazily`.
  @unsafe @usableFromInline
  func removeEntry(_ hash: UInt64, _ key: borrowing Bytes, _ entry: Entry, lazily: Bool) {
    let size = unsafe unlinkEntry(hash, key, entry, lazily: lazily)
    // `key` may be a view of this very entry: nothing reads it from here on.
    unsafe shared.value.heap.deallocate(entry, size)
  }

  /// As `removeEntry`, but the entry's block stays, so that its key can be read; returns the block's size.
  @unsafe
  func unlinkEntry(_ hash: UInt64, _ key: borrowing Bytes, _ entry: Entry, lazily: Bool) -> Int {
    unsafe willChange(entry)
    if unsafe KeyEntry.meta(entry) & KeyEntry.hasExpiration != 0 { unsafe _ = state.value.expires.remove(hash, key) }
    unsafe _ = state.value.keys.remove(hash, key)
    let size = unsafe self.size(entry)
    unsafe endValue(entry, lazily: lazily)
    return size
  }

  /// Ends the value of an entry; the block stays.
  @unsafe @usableFromInline
  func endValue(_ entry: Entry, lazily: Bool) {
    let type = unsafe KeyEntry.type(entry)
    if type < KeyEntry.bufferType { return }
    let value = unsafe KeyEntry.value(entry)
    if type == KeyEntry.bufferType {
      if !shared.value.lentStrings.isEmpty { unsafe shared.value.lentStrings.willFree(&KeyEntry.buffer(value).pointee) }
      unsafe KeyEntry.buffer(value).deinitialize(count: 1)
      return
    }
    // A snapshot that is in the midst of a large value keeps it until it is done.
    if shared.value.isSnapshotting, unsafe shared.value.snapshot?.takeValue(entry) ?? false { return }
    let kind = shared.value.kinds[Int(type - KeyEntry.firstKind)]
    if unsafe lazily && kind.freeEffort(value) > 64 {
      unsafe kind.dispose(value)
    } else {
      unsafe kind.destroy(value)
    }
  }
}
