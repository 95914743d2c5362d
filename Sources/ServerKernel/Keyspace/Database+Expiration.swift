// Times to live. Unsafe: entries are addresses.

import Containers

extension Database {
  /// When the key's time to live ends, Unix milliseconds; nil without one, or without the key. Leaves no trace.
  public func expiration(_ key: borrowing Bytes) -> Int64? {
    guard let entry = unsafe peek(key) else { return nil }
    return unsafe KeyEntry.expiration(entry)
  }

  /// What became of a key whose time to live was set.
  public enum ExpireOutcome: Sendable {
    case missing, set
    /// Its time is over, so it was removed.
    case removed(lazily: Bool)
  }

  /// Ends the key's time to live at `time`, Unix milliseconds; when that is not in the future the key is removed at
  /// once. While loading it stays, and on a replica: its removal follows.
  public mutating func expire(_ key: borrowing Bytes, at time: Int64) -> ExpireOutcome {
    let hash = self.hash(key)
    guard let entry = unsafe lookupForWrite(hash, key) else { return .missing }
    if time > shared.value.now || shared.value.keepsExpired || shared.value.hidesExpired {
      unsafe setExpiration(hash, key, entry, time)
      concluded(.adjusted, key, .generic("expire"))
      return .set
    }
    let lazily = shared.value.lazyExpire
    unsafe removeEntry(hash, key, entry, lazily: lazily)
    concluded(.removed, key, .generic("del"))
    return .removed(lazily: lazily)
  }

  /// Ends the key's time to live at `time`, Unix milliseconds; false when there is no such key. A time that has
  /// passed is set as well: the key goes when it is next looked at.
  @discardableResult
  public mutating func setExpiration(
    _ key: borrowing Bytes, at time: Int64, event: KeyspaceEvent = .generic("expire")
  ) -> Bool {
    let hash = self.hash(key)
    guard let entry = unsafe lookupForWrite(hash, key) else { return false }
    unsafe setExpiration(hash, key, entry, time)
    concluded(.adjusted, key, event)
    return true
  }

  /// Takes the key's time to live away; false when it has none. No event is announced when `event` is `.none`.
  @discardableResult
  public mutating func persist(_ key: borrowing Bytes, event: KeyspaceEvent = .generic("persist")) -> Bool {
    let hash = self.hash(key)
    guard let entry = unsafe lookupForWrite(hash, key), unsafe KeyEntry.expiration(entry) != nil else { return false }
    unsafe setExpiration(hash, key, entry, nil)
    concluded(.adjusted, key, event)
    return true
  }

  /// Sets or takes away the time in the entry, which moves to another block when it had none or loses it.
  @unsafe
  func setExpiration(_ hash: UInt64, _ key: borrowing Bytes, _ entry: Entry, _ time: Int64?) {
    unsafe willChange(entry)
    if let time, unsafe KeyEntry.expiration(entry) != nil {
      unsafe KeyEntry.setExpiration(entry, time)
      return
    }
    let value = unsafe KeyEntry.value(entry)
    let size = unsafe self.size(entry)
    let valueSize = unsafe self.valueSize(entry, value)
    // `key` may be a view of the old entry: it stays valid until that is freed.
    let moved = unsafe replaceEntry(
      hash, key, entry, type: KeyEntry.type(entry), valueSize: valueSize, expiration: time)
    // Values are moved as bytes, which Swift allows for every type a module can write.
    unsafe KeyEntry.value(moved).copyMemory(from: value, byteCount: valueSize)
    unsafe shared.value.snapshot?.entryMoved(entry, to: moved, database: state.value.number)
    unsafe shared.value.heap.deallocate(entry, size)
  }

  /// Whether an entry that expires is within its time; otherwise it is removed and its removal propagated.
  @unsafe @usableFromInline
  func isWithinTime(_ entry: Entry, forWrite: Bool) -> Bool {
    guard let time = unsafe KeyEntry.expiration(entry), time < shared.value.now, !shared.value.keepsExpired else {
      return true
    }
    if !shared.value.hidesExpired || forWrite && shared.value.writesRemoveHidden { unsafe expire(entry) }
    return false
  }

  /// Removes an entry whose time is over.
  @unsafe
  func expire(_ entry: Entry) {
    shared.value.expiredKeys += 1
    unsafe removeUnasked(entry, .expired, KeyspaceEvent(.expired, "expired"), lazily: shared.value.lazyExpire)
  }

  /// Removes an entry that no command removes; the host sees to it that the removal is propagated.
  @unsafe
  func removeUnasked(_ entry: Entry, _ change: KeyChange, _ event: KeyspaceEvent, lazily: Bool) {
    guard let host = shared.value.host else { return }
    let hash = unsafe shared.value.hash(KeyEntry.key(entry))
    var size = 0
    unsafe host.removeUnasked(KeyEntry.key(entry), change, database: state.value.number, lazily: lazily) {
      size = unsafe unlinkEntry(hash, KeyEntry.key(entry), entry, lazily: lazily)
    }
    unsafe concluded(change, KeyEntry.key(entry), event, count: 0)
    // Only now: its key was read until here.
    unsafe shared.value.heap.deallocate(entry, size)
  }

  /// Removes expired keys that no one asks for, until `mayGoOn` says no. Returns what it came across.
  func expireSome(while mayGoOn: () -> Bool) -> ExpirySample {
    var sample = ExpirySample()
    while state.value.expires.count > 0 {
      var due: [UnsafeMutableRawPointer] = unsafe []
      var seen = 0
      var timeToLive: Int64 = 0
      var buckets = 0
      // About twenty keys are looked at before the clock is.
      while seen < 20 && buckets < 400 {
        let now = shared.value.now
        state.value.expiryCursor = unsafe UInt(
          state.value.expires.scan(state.value.expiryCursor) { entry in
            seen += 1
            let time = unsafe KeyEntry.expiration(entry) ?? 0
            if time < now {
              unsafe due.append(entry)
            } else {
              timeToLive = timeToLive.addingSaturated(time.subtractingSaturated(now))
            }
          })
        buckets += 1
        if state.value.expiryCursor == 0 { break }
      }
      for unsafe entry in unsafe due { unsafe expire(entry) }
      unsafe sample.add(ExpirySample(seen: seen, expired: due.count))
      let alive = unsafe seen - due.count
      if alive > 0 {
        let current = timeToLive / Int64(alive)
        let average = state.value.averageTimeToLive
        state.value.averageTimeToLive = average == 0 ? current : average / 50 * 49 + current / 50
      }
      // Little is left to gain when under a tenth of those looked at had expired.
      if unsafe due.count * 10 <= seen || !mayGoOn() { break }
    }
    return sample
  }

  /// Keys that have a time to live.
  public var expiringCount: Int { state.value.expires.count }
}
