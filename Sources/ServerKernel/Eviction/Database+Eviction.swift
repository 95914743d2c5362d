// Unsafe: entries are addresses.

import CLinux
import Containers

extension Database {
  /// Keys that the policy may evict.
  func evictableCount(_ policy: EvictionPolicy) -> Int {
    policy.onlyExpiring ? state.value.expires.count : state.value.keys.count
  }

  /// Looks at `count` keys at each of some places, and offers them to the pool.
  func sampleForEviction(
    _ ranking: EvictionRanking, places: Int, count: Int, _ random: RandomSource, into pool: inout EvictionPool
  ) {
    let database = number
    let hash = shared.value.hash
    let seed = random.next()
    func offer(_ entry: Entry) {
      let rank = unsafe ranking.isRandom ? Int64(truncatingIfNeeded: random.next() >> 1) : ranking.rank(entry)
      if !pool.accepts(rank) { return }
      unsafe pool.add(
        EvictionCandidate(
          rank: rank, hash: hash(KeyEntry.key(entry)), entry: UInt(bitPattern: entry), database: database))
    }
    if ranking.policy.onlyExpiring {
      unsafe state.value.expires.sample(places: places, count: count, seed: seed, offer)
    } else {
      unsafe state.value.keys.sample(places: places, count: count, seed: seed, offer)
    }
  }

  /// Evicts a key if it is still there, and still as good a choice as it was.
  func evict(_ candidate: EvictionCandidate, _ ranking: EvictionRanking, lazily: Bool) -> Bool {
    guard let entry = unsafe Entry(bitPattern: candidate.entry),
      unsafe state.value.keys.holds(candidate.hash, entry)
    else { return false }
    if ranking.policy.onlyExpiring, unsafe KeyEntry.expiration(entry) == nil { return false }
    if !ranking.isRandom, unsafe ranking.rank(entry) < candidate.rank { return false }
    unsafe removeUnasked(entry, .evicted, KeyspaceEvent(.evicted, "evicted"), lazily: lazily)
    return true
  }

  /// Asks for what evicting a key will read.
  func prefetchForEviction(_ candidate: EvictionCandidate) {
    guard let entry = unsafe Entry(bitPattern: candidate.entry) else { return }
    state.value.keys.prefetchBucket(candidate.hash)
    unsafe shared.value.heap.prefetchForDeallocation(entry)
    unsafe clinux_prefetch(entry)
  }
}
