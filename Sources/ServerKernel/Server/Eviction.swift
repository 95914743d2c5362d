// Unsafe: entries are addresses.

import Containers
import Glibc

/// For how long memory was above `maxmemory` with nothing left to evict.
struct EvictionStatistics {
  private var earlierNanoseconds: Int64 = 0
  private var exceededSince: Int64?

  mutating func memoryIsExceeded(_ isExceeded: Bool) {
    if isExceeded {
      if exceededSince == nil { exceededSince = Clock.monotonicNanoseconds() }
    } else if exceededSince != nil {
      earlierNanoseconds += currentNanoseconds
      exceededSince = nil
    }
  }

  var currentNanoseconds: Int64 { exceededSince.map { Clock.monotonicNanoseconds() - $0 } ?? 0 }
  var totalNanoseconds: Int64 { earlierNanoseconds + currentNanoseconds }
}

/// Keeps memory below `maxmemory` by removing keys that the policy lets go.
final class Eviction {
  private(set) var evictedKeys = 0
  private(set) var statistics = EvictionStatistics()
  /// A timer is set to evict more.
  private var isScheduled = false

  func resetStatistics() {
    evictedKeys = 0
    statistics = EvictionStatistics()
  }

  func memoryIsExceeded(_ isExceeded: Bool) { statistics.memoryIsExceeded(isExceeded) }

  /// Whether a command that needs memory may run: keys are evicted first if there is too much in use, for a limited
  /// time. What is then still too much goes on being evicted between commands.
  ///
  /// False when nothing can be evicted.
  func makeRoom(_ server: Server) -> Bool {
    if !server.isAboveMemoryLimit {
      statistics.memoryIsExceeded(false)
      return true
    }
    // Nothing is removed while the data set is loaded, or stands still for a pause.
    if server.keyspace.value.keepsExpired || server.keyspace.value.hidesExpired { return true }
    let outcome = server.timed("eviction-cycle") { evict(server) }
    statistics.memoryIsExceeded(outcome != .done)
    if outcome == .unfinished { schedule(server) }
    return outcome != .failed
  }

  /// Evicts without waiting for a command: now and, as long as there is too much, once in each tick.
  func schedule(_ server: Server) {
    if isScheduled { return }
    isScheduled = true
    server.timers.add(milliseconds: 0) { [unowned self] server in
      isScheduled = false
      if server.state.value.gate.contains(.memoryLimited) { _ = makeRoom(server) }
    }
  }

  private enum Outcome {
    case done
    /// Time was up.
    case unfinished
    /// There is nothing that the policy lets go.
    case failed
  }

  private func evict(_ server: Server) -> Outcome {
    server.keyspace.value.heap.collectRemote(limit: 16)
    let limit = server.memorySettings.maxMemory.value.addingSaturated(server.memoryNotCounted)
    // What is on its way to be freed is as good as free.
    var isExceeded: Bool { server.usedMemory - Disposal.pendingBytes > limit }
    let end = Clock.monotonicNanoseconds().addingSaturated(server.memorySettings.evictionNanoseconds)
    var evicted = 0
    while isExceeded {
      if !evictOne(server) { return .failed }
      evicted += 1
      // Asking the clock takes a good part of an eviction.
      if evicted % 16 == 0 && Clock.monotonicNanoseconds() > end { return isExceeded ? .unfinished : .done }
    }
    return .done
  }

  /// Evicts the best of some sampled keys.
  private func evictOne(_ server: Server) -> Bool {
    let policy = server.memorySettings.policy.value
    if policy == .noEviction { return false }
    let samples = min(server.memorySettings.samples.value, EvictionPolicy.samplesMax)
    let keyspace = server.keyspace
    var best: (place: Place<DatabaseState>, entry: UnsafeMutableRawPointer, rank: Int64)?
    for place in keyspace.value.databases {
      unsafe Database(place, keyspace).sampleForEviction(policy, samples, server.random) { entry, rank in
        if unsafe best.map({ unsafe rank > $0.rank }) ?? true { unsafe best = (place, entry, rank) }
      }
    }
    guard let best = unsafe best else { return false }
    unsafe Database(best.place, keyspace).evict(best.entry, lazily: server.settings.lazyEviction.value)
    evictedKeys += 1
    return true
  }
}

extension Server {
  var isAboveMemoryLimit: Bool { usedMemory > memorySettings.maxMemory.value }
}

extension MemorySettings {
  /// How long one command, or one tick, evicts at most. Source: Redis 7.0 `evict.c`.
  var evictionNanoseconds: Int64 {
    switch evictionTenacity.value {
    case ...10: Int64(evictionTenacity.value) * 50_000
    case ..<100: Int64(500_000 * pow(1.15, Double(evictionTenacity.value - 10)))
    default: .max
    }
  }
}

extension Database {
  /// Visits some keys that the policy may evict, with how good a choice each is: higher is better.
  @unsafe
  func sampleForEviction(
    _ policy: EvictionPolicy, _ count: Int, _ random: RandomSource, _ visit: (Entry, Int64) -> Void
  ) {
    var random = random
    let shared = self.shared
    if policy.onlyExpiring {
      unsafe state.value.expires.sample(count, &random) { entry in
        unsafe visit(entry, Self.evictionRank(entry, policy, shared))
      }
    } else {
      unsafe state.value.keys.sample(count, &random) { entry in
        unsafe visit(entry, Self.evictionRank(entry, policy, shared))
      }
    }
  }

  @unsafe
  private static func evictionRank(_ entry: Entry, _ policy: EvictionPolicy, _ shared: Place<KeyspaceState>) -> Int64 {
    let clock = unsafe KeyEntry.clock(entry)
    switch policy {
    case .volatileTTL: return unsafe ~(KeyEntry.expiration(entry) ?? .max)
    case .volatileRandom, .allKeysRandom, .noEviction: return 0
    case .volatileLFU, .allKeysLFU:
      let decayMinutes = shared.value.lfuDecayMinutes
      return 255 - Int64(LFU.decayed(clock, minutes: shared.value.accessClock & 0xffff, decayMinutes: decayMinutes))
    case .volatileLRU, .allKeysLRU: return Int64((shared.value.accessClock &- clock) & 0xff_ffff)
    }
  }

  /// Removes a key to make room.
  @unsafe
  func evict(_ entry: Entry, lazily: Bool) {
    unsafe removeUnasked(entry, .evicted, KeyspaceEvent(.evicted, "evicted"), lazily: lazily)
  }
}
