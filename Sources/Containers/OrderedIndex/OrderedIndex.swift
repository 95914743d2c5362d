// An ordered index: members with scores, found by member, and in the order of scores.
//
//   OrderedIndex --> state --> hash table   member -> block        finds a member, and with it its score
//   6 bytes                `-> tree         rank, score -> block   finds places in the order
//
//                              branch   31 children: first entry, its score, entries in all       1008 bytes
//                             /  |  \
//                         leaf  leaf  leaf   60 slots of entries, linked in both directions         512 bytes
//                           |
//                         block   [ score | length | member ]   one for each member, 32 bytes for 19
//
// The order is that of sorted sets: by score, then by the bytes of the member. It is a B+ tree whose entries are the
// blocks that the hash table has slots for as well, so nothing is stored twice:
//
//   - A branch knows of each child the first entry and the number of entries below, so that ranks are sums over
//     the branches on one way. There are no separators: the first entry of a subtree is the separator.
//   - A leaf's slots hold, above the address, 16 bits that rise with the score (`OrderedLeaf.hint(of:)`). A search in a
//     leaf compares these, side by side in memory, and reads one block or two, not six as a binary search would.
//   - Leaves hold 20 to 60 entries and branches 10 to 31 children, those at the edges as few as one: what comes in
//     order fills each leaf and begins the next. A node with fewer joins a neighbour, or takes a share of its entries.
//
// A member of 19 bytes takes a block of 32, 11 to 16 bytes of hash slots, and 9 to 14 of the tree: about 57 in all.
// Finding a member reads two cache lines, its rank a few more for each of the three or four levels above a million.
//
// Blocks stay where they are; a new score is written into the block. Nodes and blocks come from the slab heap, whose
// thread alone may change an index. Another may end it: all then returns to the owner by `Heap.collectRemote`.
//
// Invariants, which `isConsistent` asks for in tests: entries rise strictly, in each leaf and from leaf to leaf; counts
// and first entries in branches are those of the children; hints are those of the scores; the tree has as many entries
// as the table.
//
// Unsafe: the struct owns the state that its pointer leads to, and hands out views of blocks that last until the index
// changes.

import Glibc

/// The state of an ordered index, to which the public type is one pointer.
struct OrderedState: ~Copyable {
  var table: BlockTable<ScoredEntry>
  var tree: OrderedTree

  init(_ table: consuming BlockTable<ScoredEntry>) {
    tree = OrderedTree(heap: table.heap)
    self.table = table
  }
}

/// Members with scores in the order of scores: the encoding of large sorted sets.
///
/// Where a complexity is given, n is the number of members.
@safe
public struct OrderedIndex: ~Copyable, @unchecked Sendable {
  private let place: ShortPointer

  var state: UnsafeMutablePointer<OrderedState> {
    unsafe place.address.unsafelyUnwrapped.assumingMemoryBound(to: OrderedState.self)
  }

  /// An empty index.
  public init() { self.init(hash: fieldHash) }

  /// An empty index with a hash function and a heap of the caller's choice.
  init(hash: KeyHash, heap: Heap = .shared) { self.init(BlockTable(hash: hash, heap: heap)) }

  private init(_ table: consuming BlockTable<ScoredEntry>) {
    let state = unsafe Malloc.allocate(MemoryLayout<OrderedState>.size)
      .bindMemory(to: OrderedState.self, capacity: 1)
    unsafe state.initialize(to: OrderedState(table))
    unsafe place = ShortPointer(state)
  }

  /// Puts the members of a table in order. O(n log n).
  public init(_ scores: consuming ScoreTable) {
    let entries = scores.sorted()
    self.init(scores.release())
    let state = unsafe self.state
    unsafe state.pointee.tree.build(entries)
  }

  deinit {
    unsafe state.deinitialize(count: 1)
    unsafe Malloc.free(state)
  }

  /// How many members there are. O(1).
  public var count: Int { unsafe state.pointee.table.entries.count }

  /// Whether there are no members. O(1).
  public var isEmpty: Bool { count == 0 }

  /// Bytes the index takes in all: blocks, slots, nodes and state. Exact and O(1).
  public var memoryUse: Int {
    unsafe state.pointee.table.memoryUse + state.pointee.tree.nodeBytes + MemoryLayout<OrderedState>.size
      - MemoryLayout<BlockTable<ScoredEntry>>.size
  }

  /// How full the buckets of the hash table are. O(buckets).
  public var statistics: [BucketStatistics] { unsafe state.pointee.table.entries.statistics }

  /// The score of `member`; nil when it is not there. O(1).
  public func score(of member: borrowing Bytes) -> Double? {
    guard let block = unsafe state.pointee.table.find(member) else { return nil }
    return unsafe OrderedEntry(block).score
  }

  /// How many members stand before `member`, and its score; nil when it is not there. O(log n).
  public func rank(of member: borrowing Bytes) -> (rank: Int, score: Double)? {
    guard let block = unsafe state.pointee.table.find(member) else { return nil }
    let entry = unsafe OrderedEntry(block)
    return (unsafe state.pointee.tree.rank(of: entry), entry.score)
  }

  /// How many members have a lower score, or one that is not higher. O(log n).
  public func rank(before score: Double, orEqual: Bool) -> Int {
    unsafe state.pointee.tree.rank(.score(score, isBehind: orEqual))
  }

  /// How many members are lower than `member`, or not higher, where all have the same score. O(log n).
  public func rank(before member: borrowing Bytes, orEqual: Bool) -> Int {
    unsafe state.pointee.tree.rank(.member(copy member, isBehind: orEqual))
  }

  /// Asks for the cache line that a lookup of `member` reads first.
  public func prefetchBucket(of member: borrowing Bytes) {
    unsafe state.pointee.table.prefetchBucket(of: member)
  }

  /// Asks for the block of `member`, whose bucket has arrived.
  public func prefetchBlock(of member: borrowing Bytes) {
    unsafe state.pointee.table.prefetchBlock(of: member)
  }

  /// An index with the same members and scores in blocks of its own, but for those of some ranks. O(n - ranks).
  public func copy(omitting ranks: Range<Int> = 0..<0) -> OrderedIndex {
    precondition(ranks.lowerBound >= 0 && ranks.upperBound <= count, "ranks out of range")
    let left = count - ranks.count
    var table = unsafe BlockTable<ScoredEntry>(
      hash: state.pointee.table.hash, heap: state.pointee.table.heap, capacity: left)
    var entries: [OrderedEntry] = []
    entries.reserveCapacity(left)
    for part in [0..<ranks.lowerBound, ranks.upperBound..<count] {
      unsafe state.pointee.tree.visit(part) { entry in
        let hash = unsafe table.hash(ScoredEntry.key(entry.block))
        entries.append(unsafe OrderedEntry(table.insertCopy(of: entry.block, hash)))
      }
    }
    let twin = OrderedIndex(table)
    unsafe twin.state.pointee.tree.build(entries)
    return twin
  }
}

extension OrderedIndex {
  /// Frees the index on the disposal thread.
  public consuming func dispose() {
    let bytes = memoryUse
    Disposal.end(self, 1, bytes: bytes)
  }
}
