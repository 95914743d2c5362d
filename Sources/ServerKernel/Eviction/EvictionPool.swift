// Unsafe: entries are addresses, which are looked into only after the table was asked whether it has them.

import Containers

/// A key that was looked at and may go.
struct EvictionCandidate {
  /// How good a choice it is: higher is better. It falls when the key is accessed and at no other time.
  let rank: Int64
  let hash: UInt64
  /// Its entry as it was then. It may have been freed since.
  let entry: UInt
  let database: Int
}

/// The best of the keys that were looked at, the best one last: a choice among few keys at a time, which remembers
/// those that it did not choose, comes close to one among all.
struct EvictionPool: ~Copyable {
  /// Enough for several rounds of the best; the rest is little better than chance.
  static let capacity = 64

  private var candidates: [EvictionCandidate] = []

  init() { candidates.reserveCapacity(Self.capacity) }

  var isEmpty: Bool { candidates.isEmpty }

  /// The next one that `takeBest` gives.
  var best: EvictionCandidate? { candidates.last }

  /// Whether a key of this rank would be kept.
  func accepts(_ rank: Int64) -> Bool { candidates.count < Self.capacity || rank > candidates[0].rank }

  /// Keeps a key that is accepted, in place of the worst when there are many.
  mutating func add(_ candidate: EvictionCandidate) {
    if candidates.count >= Self.capacity { candidates.removeFirst() }
    var place = candidates.count
    while place > 0 && candidates[place - 1].rank > candidate.rank { place -= 1 }
    candidates.insert(candidate, at: place)
  }

  mutating func takeBest() -> EvictionCandidate? { candidates.popLast() }

  mutating func removeAll() { candidates.removeAll(keepingCapacity: true) }
}

/// How good a choice each key is under a policy, at one moment.
struct EvictionRanking {
  let policy: EvictionPolicy
  private let accessClock: UInt32
  private let unixSeconds: Int64
  private let decayMinutes: Int

  init(_ policy: EvictionPolicy, _ server: Server) {
    self.policy = policy
    accessClock = server.keyspace.value.accessClock
    unixSeconds = server.unixSeconds
    decayMinutes = server.keyspace.value.lfuDecayMinutes
  }

  /// Whether the choice is left to chance.
  var isRandom: Bool { policy == .volatileRandom || policy == .allKeysRandom }

  /// Higher is better. Comparable with ranks of other moments.
  @unsafe
  func rank(_ entry: UnsafeMutableRawPointer) -> Int64 {
    let clock = unsafe KeyEntry.clock(entry)
    switch policy {
    case .volatileTTL: return unsafe ~(KeyEntry.expiration(entry) ?? .max)
    case .volatileRandom, .allKeysRandom, .noEviction: return 0
    case .volatileLFU, .allKeysLFU:
      return 255 - Int64(LFU.decayed(clock, minutes: accessClock & 0xffff, decayMinutes: decayMinutes))
    case .volatileLRU, .allKeysLRU: return Int64((accessClock &- clock) & 0xff_ffff) - unixSeconds
    }
  }
}
