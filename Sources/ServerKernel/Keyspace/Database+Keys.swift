// Operations on keys whatever they hold. Unsafe: entries are addresses.

import Containers

extension Database {
  /// Whether the key is there; counted as a hit or a miss. Its access clock is set when `touching`, a miss is
  /// announced when `announcing`.
  public func contains(_ key: borrowing Bytes, touching: Bool = true, announcing: Bool = true) -> Bool {
    if touching { return unsafe lookup(key) != nil }
    guard unsafe peek(key) != nil else {
      if announcing { miss(key) } else { shared.value.misses &+= 1 }
      return false
    }
    shared.value.hits &+= 1
    return true
  }

  /// As `contains`, for a command that is about to change the key: counts neither hit nor miss.
  public func containsForUpdate(_ key: borrowing Bytes) -> Bool { unsafe lookupForWrite(hash(key), key) != nil }

  /// The name of the value's type as TYPE answers it; nil when there is no such key. Leaves no trace.
  public func typeName(_ key: borrowing Bytes) -> StaticString? {
    guard let entry = unsafe peek(key) else { return nil }
    return unsafe typeName(entry)
  }

  @unsafe
  func typeName(_ entry: Entry) -> StaticString { unsafe kind(entry)?.typeName ?? "string" }

  /// Removes a key and announces `event`; false when there is none. Large values are freed on the helper
  /// thread when `lazily`; otherwise as `lazyfree-lazy-user-del` says.
  @discardableResult
  public mutating func remove(
    _ key: borrowing Bytes, lazily: Bool = false, event: KeyspaceEvent = .generic("del")
  ) -> Bool {
    let hash = self.hash(key)
    guard let entry = unsafe lookupForWrite(hash, key) else { return false }
    unsafe removeEntry(hash, key, entry, lazily: lazily || shared.value.lazyUserDelete)
    concluded(.removed, key, event)
    return true
  }

  /// What OBJECT ENCODING answers; nil when there is no such key.
  public func encodingName(_ key: borrowing Bytes) -> StaticString? {
    guard let entry = unsafe peek(key) else { return nil }
    switch unsafe KeyEntry.type(entry) {
    case KeyEntry.integerType: return "int"
    case KeyEntry.inlineType:
      // Redis embeds up to 44 bytes; the name is part of its interface.
      return unsafe KeyEntry.inlineString(KeyEntry.value(entry)).count <= 44 ? "embstr" : "raw"
    case KeyEntry.editedType, KeyEntry.bufferType: return "raw"
    default: return unsafe kind(entry)?.encodingName(KeyEntry.value(entry))
    }
  }

  /// The integer of a string that is stored as one, nil for anything else. Leaves no trace.
  public func storedInteger(_ key: borrowing Bytes) -> Int64? {
    guard let entry = unsafe peek(key), unsafe KeyEntry.type(entry) == KeyEntry.integerType else { return nil }
    return unsafe KeyEntry.value(entry).loadUnaligned(as: Int64.self)
  }

  /// Bytes that the key and its value take, allocation overhead included; nil when there is no such key.
  public func memoryUse(_ key: borrowing Bytes, samples: Int) -> Int? {
    guard let entry = unsafe peek(key) else { return nil }
    // Its slot: eight bytes at a load of three quarters.
    let slot = 11
    let value = unsafe KeyEntry.value(entry)
    var bytes = unsafe slot + Heap.blockSize(size(entry))
    if unsafe KeyEntry.type(entry) == KeyEntry.bufferType {
      bytes += unsafe KeyEntry.buffer(value).pointee.capacity
    } else if let kind = unsafe kind(entry) {
      bytes += unsafe kind.memoryUse(value, samples: samples)
    }
    return bytes
  }

  /// How full the buckets of the key's value are when it is kept in a hash table, else nil. Leaves no trace.
  public func tableStatistics(_ key: borrowing Bytes) -> [BucketStatistics]? {
    guard let entry = unsafe peek(key), let kind = unsafe kind(entry) else { return nil }
    return unsafe kind.tableStatistics(KeyEntry.value(entry))
  }

  /// Where the key's entry lies in memory, until it changes; nil when there is no such key.
  public func address(_ key: borrowing Bytes) -> UInt? {
    guard let entry = unsafe peek(key) else { return nil }
    return UInt(bitPattern: entry)
  }

  /// Seconds since the key was last accessed; nil when there is no such key.
  public func idleSeconds(_ key: borrowing Bytes) -> Int? {
    guard let entry = unsafe peek(key) else { return nil }
    let clock = unsafe KeyEntry.clock(entry)
    return Int((shared.value.accessClock &- clock) & 0xff_ffff)
  }

  /// The LFU counter with its decay applied; nil when there is no such key.
  public func accessFrequency(_ key: borrowing Bytes) -> Int? {
    guard let entry = unsafe peek(key) else { return nil }
    return unsafe Int(
      LFU.decayed(
        KeyEntry.clock(entry), minutes: shared.value.accessClock & 0xffff, decayMinutes: shared.value.lfuDecayMinutes))
  }

  /// Whether keys carry LFU counters (an LFU `maxmemory-policy`) and not idle times.
  public var countsFrequency: Bool { shared.value.usesLFU }

  @unsafe @usableFromInline
  func touchLFU(_ entry: Entry) {
    if shared.value.leavesClock { return }
    let minutes = shared.value.accessClock & 0xffff
    var counter = unsafe LFU.decayed(
      KeyEntry.clock(entry), minutes: minutes, decayMinutes: shared.value.lfuDecayMinutes)
    counter = LFU.incremented(counter, logFactor: shared.value.lfuLogFactor)
    unsafe KeyEntry.setClock(entry, minutes << 8 | UInt32(counter))
  }

  /// A key at random, expired ones passed over; nil when the database is empty.
  public func withRandomKey<Result>(_ body: (borrowing Bytes) -> Result) -> Result? {
    var generator = SystemRandomNumberGenerator()
    // Expired keys are removed as they come up, unless writes are paused: then the search has to end some time.
    var attempts = 0
    while attempts < 100 {
      guard let entry = unsafe state.value.keys.random(generator.next()) else { return nil }
      if unsafe isLive(entry) { return unsafe body(KeyEntry.key(entry)) }
      if shared.value.hidesExpired { attempts += 1 }
    }
    return nil
  }

  /// Visits the keys that `cursor` stands for, with the name of their type, and returns the next cursor, 0 at
  /// the end. Every key that is there from the first call to the last is visited. Expired ones are not.
  public func scan(_ cursor: UInt64, _ body: (borrowing Bytes, StaticString) -> Void) -> UInt64 {
    let now = shared.value.now
    var expired: [[UInt8]] = []
    let next = unsafe state.value.keys.scan(UInt(cursor)) { entry in
      if let end = unsafe KeyEntry.expiration(entry), end < now, !shared.value.keepsExpired {
        unsafe expired.append(KeyEntry.key(entry).array)
      } else {
        unsafe body(KeyEntry.key(entry), typeName(entry))
      }
    }
    // Removing moves entries about, so it waits until the visit is over.
    for key in expired { unsafe _ = peek(key.bytes) }
    return UInt64(next)
  }

  /// Visits every key that has not expired.
  public func forEachKey(_ body: (borrowing Bytes) -> Void) {
    let now = shared.value.now
    unsafe state.value.keys.forEach { entry in
      if let end = unsafe KeyEntry.expiration(entry), end < now, !shared.value.keepsExpired { return }
      unsafe body(KeyEntry.key(entry))
    }
  }

  /// DEBUG DIGEST-VALUE: the digest of one key's value; all zeros when there is no such key.
  public func digest(_ key: borrowing Bytes) -> ValueDigest {
    var digest = ValueDigest()
    if let entry = unsafe peek(key) { unsafe mixValue(entry, into: &digest) }
    return digest
  }

  @unsafe
  func mixValue(_ entry: Entry, into digest: inout ValueDigest) {
    let kind = unsafe kind(entry)
    var number = (kind?.digestNumber ?? 0).bigEndian
    unsafe withUnsafeBytes(of: &number) {
      unsafe digest.mix(Bytes(unsafeStart: $0.baseAddress.unsafelyUnwrapped, count: 4))
    }
    if let kind {
      unsafe kind.digest(KeyEntry.value(entry), into: &digest)
    } else if let view = unsafe try? Self.view(entry) {
      try? view.withText { text throws(CommandError) in digest.mix(text) }
    }
    if unsafe KeyEntry.expiration(entry) != nil { digest.xor(Bytes("!!expire!!")) }
  }

  /// Mixes all keys into `total`: what this database contributes to DEBUG DIGEST.
  public func digest(into total: inout ValueDigest) {
    if state.value.keys.count == 0 { return }
    var number = UInt32(truncatingIfNeeded: state.value.number).bigEndian
    unsafe withUnsafeBytes(of: &number) {
      unsafe total.mix(Bytes(unsafeStart: $0.baseAddress.unsafelyUnwrapped, count: 4))
    }
    unsafe state.value.keys.forEach { entry in
      var digest = ValueDigest()
      unsafe digest.mix(KeyEntry.key(entry))
      unsafe mixValue(entry, into: &digest)
      total.xor(digest)
    }
  }
}
