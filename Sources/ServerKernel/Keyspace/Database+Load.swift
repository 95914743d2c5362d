// Values that come whole, from a file or from another server, and go whole. Unsafe: entries are addresses.

import Containers

extension Database {
  /// Makes a value of its elements and stores it under a key, in place of whatever was there. No event, no change is
  /// counted. Throws when the type is not known or the elements cannot be, and is false when there are none: the key
  /// then is what it was.
  @discardableResult
  public mutating func load(
    _ key: borrowing Bytes, _ typeName: StaticString, elementCount: Int, from reader: inout ElementReader,
    expiration: Int64?
  ) throws(ElementError) -> Bool {
    guard let kind = shared.value.kinds.first(where: { Bytes($0.typeName) == Bytes(typeName) }) else {
      throw ElementError("there is no type '\(typeName)'")
    }
    // Made apart: a new entry has to hold a value.
    let place = UnsafeMutableRawPointer.allocate(byteCount: kind.size, alignment: 8)
    defer { unsafe place.deallocate() }
    let hasElements = unsafe try kind.load(elementCount, from: &reader, to: place)
    do throws(ElementError) {
      // What does not end where its elements do is damaged: nothing is put in place of what is there.
      try reader.end()
    } catch {
      if hasElements { unsafe kind.destroy(place) }
      throw error
    }
    if !hasElements { return false }
    let hash = self.hash(key)
    if let existing = unsafe state.value.keys.find(hash, key) {
      unsafe removeEntry(hash, key, existing, lazily: shared.value.lazyServerDelete)
    }
    let entry = unsafe insertEntry(hash, key, type: kind.number, valueSize: kind.size, expiration: expiration)
    unsafe KeyEntry.value(entry).copyMemory(from: place, byteCount: kind.size)
    return true
  }

  /// Makes room for so many keys, of which so many have a time to live, where there are none yet: the tables then need
  /// not grow while they come.
  public mutating func expect(keys: Int, expiring: Int) {
    state.value.keys.reserve(keys)
    state.value.expires.reserve(expiring)
  }

  /// Stores a string under a key, in place of whatever was there; false, and that stays, unless it `replaces`. No
  /// event, and no change is counted.
  @discardableResult
  public mutating func loadString(
    _ key: borrowing Bytes, _ bytes: borrowing Bytes, expiration: Int64?, replaces: Bool = true
  ) -> Bool {
    let hash = self.hash(key)
    if let existing = unsafe state.value.keys.find(hash, key) {
      if !replaces { return false }
      unsafe removeEntry(hash, key, existing, lazily: shared.value.lazyServerDelete)
    }
    if bytes.count <= 20, let integer = bytes.integer {
      let entry = unsafe insertEntry(
        hash, key, type: KeyEntry.integerType, valueSize: 8, expiration: expiration)
      unsafe KeyEntry.value(entry).storeBytes(of: integer, as: Int64.self)
      return true
    }
    let type = KeyEntry.inlineType
    let size = KeyEntry.valueOffset(keyCount: key.count, expires: true, type: type) + KeyEntry.inlineSize(bytes.count)
    if size <= KeyEntry.largestInline {
      let entry = unsafe insertEntry(
        hash, key, type: type, valueSize: KeyEntry.inlineSize(bytes.count), expiration: expiration)
      unsafe KeyEntry.storeInline(KeyEntry.value(entry), bytes)
      return true
    }
    var buffer = ByteBuffer()
    buffer.reserveExactly(bytes.count)
    buffer.append(bytes)
    let entry = unsafe insertEntry(
      hash, key, type: KeyEntry.bufferType, valueSize: MemoryLayout<ByteBuffer>.size, expiration: expiration)
    unsafe KeyEntry.buffer(KeyEntry.value(entry)).initialize(to: buffer)
    return true
  }

  /// Tells of a key that was loaded by a command, as of any key that was added: one change, and an event.
  public mutating func announceLoaded(_ key: borrowing Bytes, event: KeyspaceEvent) {
    announceNew(key)
    concluded(.added, key, event)
  }

  /// Whether there is an entry, past its time or not; leaves no trace.
  public func holds(_ key: borrowing Bytes) -> Bool { unsafe state.value.keys.find(hash(key), key) != nil }

  /// Has a key look as if it had last been accessed so many seconds ago. Nothing where frequencies are counted.
  public mutating func setIdleSeconds(_ key: borrowing Bytes, _ seconds: Int) {
    guard !shared.value.usesLFU, let entry = unsafe state.value.keys.find(hash(key), key) else { return }
    let clock = shared.value.accessClock &- UInt32(truncatingIfNeeded: min(max(seconds, 0), 0xff_ffff))
    unsafe KeyEntry.setClock(entry, clock & 0xff_ffff)
  }

  /// Gives a key this counter of accesses. Nothing where idle times are kept.
  public mutating func setAccessFrequency(_ key: borrowing Bytes, _ counter: UInt8) {
    guard shared.value.usesLFU, let entry = unsafe state.value.keys.find(hash(key), key) else { return }
    unsafe KeyEntry.setClock(entry, (shared.value.accessClock & 0xffff) << 8 | UInt32(counter))
  }

  /// Writes the value of a key, as a snapshot writes it; false when there is no such key. Leaves no trace.
  public func write(_ key: borrowing Bytes, to encoder: any SnapshotEncoder) -> Bool {
    guard let entry = unsafe peek(key) else { return false }
    let name = unsafe SnapshotKey(
      KeyEntry.key(entry), database: state.value.number, expiration: KeyEntry.expiration(entry),
      accessClock: KeyEntry.clock(entry))
    guard let kind = unsafe kind(entry) else {
      // The entry is no collection, so it is a string.
      if let view = unsafe try? Self.view(entry) { encoder.write(name, string: view) }
      return true
    }
    let value = unsafe KeyEntry.value(entry)
    encoder.begin(name, kind.format, elementCount: unsafe kind.elementCount(value))
    var writer = ElementWriter(encoder)
    unsafe kind.writeElements(value, into: &writer)
    encoder.end()
    return true
  }
}

extension Server {
  /// What formats need to know of the value types that keys can hold here, strings aside.
  public var valueFormats: [ValueFormat] { keyspace.value.kinds.map(\.format) }
}
