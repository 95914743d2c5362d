// Unsafe: entries are addresses; C's memory statistics.

import CLinux
import Containers
import Glibc

extension Server {
  /// Bytes in use: what was asked of the slab heap and of malloc and not given back.
  public var usedMemory: Int {
    state.value.mallocInUse = clinux_malloc_in_use()
    state.value.mallocReadIn = loop.state.value.ticks
    return state.value.mallocInUse + keyspace.value.heap.bytesInSlabs
  }

  /// As `usedMemory`, but malloc is asked once a tick only: that takes longer than a command.
  private var usedMemoryInTick: Int {
    if state.value.mallocReadIn != loop.state.value.ticks { return usedMemory }
    return state.value.mallocInUse + keyspace.value.heap.bytesInSlabs
  }

  func trackPeakMemory() { state.value.peakMemory = max(state.value.peakMemory, usedMemory) }

  /// The most that was in use at a time, as sampled.
  public var peakMemory: Int { max(state.value.peakMemory, usedMemory) }

  /// Bytes of the process that are in physical memory.
  public var residentMemory: Int {
    guard let text = try? FileSystem.read(Array("/proc/self/statm".utf8)) else { return 0 }
    let fields = String(decoding: text, as: UTF8.self).split(separator: " ")
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
  }

  /// Evicts keys until memory is below `maxmemory`; false when the policy has nothing more to give. Nothing goes while
  /// the data set is being loaded: what is there is not all.
  func freeMemoryIfNeeded() -> Bool {
    if isLoading { return true }
    let limit = memorySettings.maxMemory.value
    if limit == 0 || usedMemoryInTick <= limit {
      state.value.eviction.memoryIsExceeded(false)
      return true
    }
    let isFreed = timed("eviction-cycle") {
      while usedMemory > limit {
        if !evictOne() { return false }
      }
      return true
    }
    state.value.eviction.memoryIsExceeded(!isFreed)
    return isFreed
  }

  /// Evicts the best of some sampled keys.
  private func evictOne() -> Bool {
    let policy = memorySettings.policy.value
    if policy == .noEviction { return false }
    var best: (place: Place<DatabaseState>, key: [UInt8], rank: Int64)?
    for place in state.value.databases {
      for _ in 0..<memorySettings.samples.value {
        guard let candidate = Database(place, keyspace).evictionCandidate(policy) else { break }
        if best.map({ candidate.rank > $0.rank }) ?? true { best = (place, candidate.key, candidate.rank) }
      }
    }
    guard let best else { return false }
    let lazily = settings.lazyEviction.value
    timed("eviction-del") { Database(best.place, keyspace).evict(best.key, lazily: lazily) }
    propagateRemoval(best.key.bytes, database: best.place.value.number, lazily: lazily)
    state.value.evictedKeys += 1
    return true
  }
}

extension Database {
  /// A key at random that the policy may evict, and how good a choice it is: higher is better.
  func evictionCandidate(_ policy: EvictionPolicy) -> (key: [UInt8], rank: Int64)? {
    var generator = SystemRandomNumberGenerator()
    let onlyExpiring = [.volatileLRU, .volatileLFU, .volatileRandom, .volatileTTL].contains(policy)
    guard let entry = unsafe onlyExpiring ? state.value.expires.random(&generator) : state.value.keys.random(&generator)
    else {
      return nil
    }
    let rank: Int64
    switch policy {
    case .volatileTTL: rank = unsafe Int64.max - (KeyEntry.expiration(entry) ?? 0)
    case .volatileRandom, .allKeysRandom, .noEviction: rank = 0
    case .volatileLFU, .allKeysLFU:
      let settings = shared.value.observer.memorySettings
      rank =
        unsafe 255
        - Int64(
          LFU.decayed(
            KeyEntry.clock(entry), minutes: shared.value.accessClock & 0xffff, decayMinutes: settings.lfuDecayTime.value
          ))
    case .volatileLRU, .allKeysLRU:
      rank = unsafe Int64((shared.value.accessClock &- KeyEntry.clock(entry)) & 0xff_ffff)
    }
    return unsafe (KeyEntry.key(entry).array, rank)
  }

  /// Removes a key to make room.
  func evict(_ key: [UInt8], lazily: Bool) {
    let hash = self.hash(key.bytes)
    guard let entry = unsafe state.value.keys.find(hash, key.bytes) else { return }
    unsafe removeEntry(hash, key.bytes, entry, lazily: lazily)
    notify(KeyspaceEvent(.evicted, "evicted"), key.bytes)
    changed(key.bytes, by: 0)
  }
}
