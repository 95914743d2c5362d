/// Who watches a key: chains of watches by the hashes of the keys' names.
struct WatchTable: ~Copyable {
  /// A key that a client watches.
  struct Watch {
    let hash: UInt64
    let client: Client
    /// The key's number among those of the client.
    let number: Int
    /// The places of the watches before and behind it in its chain; `none` at the ends. Of a free place, `next` is
    /// another one.
    fileprivate var previous = WatchTable.none
    fileprivate var next = WatchTable.none
    fileprivate var isFree = false
  }

  /// No place.
  static let none = -1
  static let bytesPerWatch = MemoryLayout<Watch>.stride + MemoryLayout<Int>.stride
  private static let fewestChains = 16
  /// Places that are kept when nothing is watched.
  private static let mostKept = 1024

  private var watches: [Watch] = []
  private var firstFree = none
  private(set) var count = 0
  /// Where each chain begins: a power of two, and no fewer than there are watches.
  private var chains = [Int](repeating: none, count: fewestChains)

  /// The place of the first watch of a key with this hash; `none` when there is none.
  func first(_ hash: UInt64) -> Int { place(chains[chain(hash)], hash) }

  /// The place of the next one of the same hash.
  func next(_ place: Int) -> Int { self.place(watches[place].next, watches[place].hash) }

  subscript(place: Int) -> Watch { watches[place] }

  /// The places of all watches.
  var places: [Int] { watches.indices.filter { !watches[$0].isFree } }

  /// Adds a watch; its place, until it is removed.
  mutating func insert(_ hash: UInt64, _ client: Client, number: Int) -> Int {
    if count == chains.count { grow() }
    let watch = Watch(hash: hash, client: client, number: number)
    var place = firstFree
    if place == Self.none {
      place = watches.count
      watches.append(watch)
    } else {
      firstFree = watches[place].next
      watches[place] = watch
    }
    link(place)
    count += 1
    return place
  }

  mutating func remove(_ place: Int) {
    let watch = watches[place]
    if watch.previous == Self.none {
      chains[chain(watch.hash)] = watch.next
    } else {
      watches[watch.previous].next = watch.next
    }
    if watch.next != Self.none { watches[watch.next].previous = watch.previous }
    watches[place].isFree = true
    watches[place].next = firstFree
    firstFree = place
    count -= 1
    if count == 0 && watches.count > Self.mostKept { self = WatchTable() }
  }

  private func chain(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (chains.count - 1) }

  private func place(_ start: Int, _ hash: UInt64) -> Int {
    var place = start
    while place != Self.none && watches[place].hash != hash { place = watches[place].next }
    return place
  }

  /// Puts a watch at the beginning of its chain.
  private mutating func link(_ place: Int) {
    let chain = chain(watches[place].hash)
    watches[place].previous = Self.none
    watches[place].next = chains[chain]
    if chains[chain] != Self.none { watches[chains[chain]].previous = place }
    chains[chain] = place
  }

  /// Makes twice as many chains, while all places are taken.
  private mutating func grow() {
    chains = [Int](repeating: Self.none, count: 2 * chains.count)
    for place in watches.indices where !watches[place].isFree { link(place) }
  }
}
