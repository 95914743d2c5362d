import Containers
import Glibc

/// Keeps memory below `maxmemory` by removing keys that the policy lets go.
final class Eviction {
  /// Places of the tables that are looked at in one go: their misses overlap.
  private static let placesAtOnce = 12
  /// How many of them there are to two keys that are evicted: what was looked at for several keys at a time is a little
  /// older than what would have been for each, and more of it makes up for that.
  private static let placesForTwo = 3
  /// Keys that are looked at in one go, about, where `maxmemory-samples` asks for many.
  private static let samplesAtOnce = 128

  private(set) var evictedKeys = 0
  private(set) var statistics = EvictionStatistics()
  private var pool = EvictionPool()
  /// How many keys may be evicted before others are looked at.
  private var turnsLeft = 0
  /// A timer is set to evict more.
  private var isScheduled = false

  func resetStatistics() {
    evictedKeys = 0
    statistics = EvictionStatistics()
  }

  /// Ranks of one policy mean nothing to another.
  func policyChanged() { pool.removeAll() }

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
    // Clients that take too much go before keys do.
    server.clientEviction.evict(server)
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
    if !isExceeded { return .done }
    let ranking = EvictionRanking(server.memorySettings.policy.value, server)
    // Asking the clock takes a good part of an eviction, and few are the rule.
    var end: Int64?
    var evicted = 0
    repeat {
      if !evictOne(ranking, server) { return .failed }
      evicted += 1
      if evicted % 16 != 0 { continue }
      let now = Clock.monotonicNanoseconds()
      if let end, now > end { return isExceeded ? .unfinished : .done }
      if end == nil { end = now.addingSaturated(server.memorySettings.evictionNanoseconds) }
    } while isExceeded
    return .done
  }

  /// Evicts the best of the keys that were looked at.
  private func evictOne(_ ranking: EvictionRanking, _ server: Server) -> Bool {
    if ranking.policy == .noEviction { return false }
    let lazily = server.settings.lazyEviction.value
    while true {
      if turnsLeft == 0 || pool.isEmpty { fillPool(ranking, server) }
      guard let candidate = pool.takeBest() else { return false }
      guard let database = server.database(candidate.database), database.evict(candidate, ranking, lazily: lazily)
      else { continue }
      turnsLeft -= 1
      evictedKeys += 1
      // It will have arrived by the time when the next key has to go.
      if let next = pool.best { server.database(next.database)?.prefetchForEviction(next) }
      return true
    }
  }

  /// Looks at some keys of all databases, the more of one the more it has.
  private func fillPool(_ ranking: EvictionRanking, _ server: Server) {
    let samples = min(server.memorySettings.samples.value, EvictionPolicy.samplesMax)
    let places = max(1, min(Self.placesAtOnce, Self.samplesAtOnce / samples))
    turnsLeft = max(1, places * 2 / Self.placesForTwo)
    var total = 0
    for place in server.keyspace.value.databases {
      total += Database(place, server.keyspace).evictableCount(ranking.policy)
    }
    for place in server.keyspace.value.databases {
      let database = Database(place, server.keyspace)
      let count = database.evictableCount(ranking.policy)
      if count == 0 { continue }
      let share = Int(Double(places) * Double(count) / Double(total) + 0.5)
      database.sampleForEviction(ranking, places: max(1, share), count: samples, server.random, into: &pool)
    }
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
