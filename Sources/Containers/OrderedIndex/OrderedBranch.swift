// Unsafe: a branch is a block of raw memory; whoever calls stays below its count, and the count below the capacity.

import CLinux
import Glibc

/// An inner node of the tree: for each child its first entry and how many entries it has. A handle that is free to
/// copy.
///
///     count | 32 scores | 31 first entries | 31 children | 31 counts
///     8       8 each      8 each             8 each        8 each       1008 bytes
///
/// `scores` are those of the first entries, so that a search reads a block only where scores are equal. Those behind
/// the last child are NaN, which is neither below a score nor equal to one: a search compares all 32, without a branch.
@safe
struct OrderedBranch: Equatable {
  static var capacity: Int { 31 }
  static var byteCount: Int { 8 + 8 * scoreCapacity + 3 * 8 * capacity }
  private static var scoreCapacity: Int { 32 }
  /// Fewer children have a branch share with a neighbour, but for the first and the last of its level.
  static var fewest: Int { 10 }
  /// Branches that have no more than this together become one.
  static var mergedMost: Int { 26 }

  /// One child, as its parent knows it.
  @safe
  struct Child {
    var first: OrderedEntry
    var node: UnsafeMutableRawPointer
    var count: Int
  }

  let start: UnsafeMutableRawPointer

  @unsafe
  init(_ start: UnsafeMutableRawPointer) { unsafe self.start = start }

  /// A new branch without children.
  init(_ heap: Heap) {
    assert(Self.byteCount <= Heap.largestBlock, "branches come from slabs")
    unsafe start = heap.allocate(Self.byteCount)
    unsafe start.storeBytes(of: 0, as: Int.self)
    for index in 0..<Self.scoreCapacity { unsafe scores[index] = .nan }
  }

  static func == (left: OrderedBranch, right: OrderedBranch) -> Bool { unsafe left.start == right.start }

  @unsafe private var scores: UnsafeMutablePointer<Double> {
    unsafe (start + 8).assumingMemoryBound(to: Double.self)
  }
  @unsafe private var firsts: UnsafeMutablePointer<UInt> {
    unsafe (start + 8 + 8 * Self.scoreCapacity).assumingMemoryBound(to: UInt.self)
  }
  @unsafe private var nodes: UnsafeMutablePointer<UInt> {
    unsafe (start + 8 + 8 * (Self.scoreCapacity + Self.capacity)).assumingMemoryBound(to: UInt.self)
  }
  @unsafe private var counts: UnsafeMutablePointer<Int> {
    unsafe (start + 8 + 8 * (Self.scoreCapacity + 2 * Self.capacity)).assumingMemoryBound(to: Int.self)
  }

  var count: Int {
    @inline(__always) get { unsafe start.load(as: Int.self) }
    nonmutating set {
      for index in newValue..<max(newValue, count) { unsafe scores[index] = .nan }
      unsafe start.storeBytes(of: newValue, as: Int.self)
    }
  }

  @unsafe @inline(__always)
  func node(_ index: Int) -> UnsafeMutableRawPointer {
    assert(index >= 0 && index < count, "no such child")
    return unsafe UnsafeMutableRawPointer(bitPattern: nodes[index]).unsafelyUnwrapped
  }

  func first(_ index: Int) -> OrderedEntry { unsafe OrderedEntry(slot: firsts[index]) }

  func setFirst(_ index: Int, _ entry: OrderedEntry) {
    unsafe firsts[index] = UInt(bitPattern: entry.block)
    unsafe scores[index] = entry.score
  }

  func entryCount(_ index: Int) -> Int { unsafe counts[index] }

  func setEntryCount(_ index: Int, _ count: Int) { unsafe counts[index] = count }

  func add(_ difference: Int, toEntryCount index: Int) { unsafe counts[index] &+= difference }

  /// Entries of all children.
  var total: Int { entriesBefore(count) }

  /// Entries of the children before one.
  @inline(__always)
  func entriesBefore(_ index: Int) -> Int {
    let counts = unsafe self.counts
    var sum = 0
    for child in 0..<index { unsafe sum &+= counts[child] }
    return sum
  }

  func hasTrueScore(_ index: Int) -> Bool { unsafe scores[index] == first(index).score }
}

// Changes.
extension OrderedBranch {
  func insert(_ child: Child, at index: Int) {
    assert(count < Self.capacity && index >= 0 && index <= count, "no room for a child")
    let behind = (count - index) * 8
    unsafe memmove(scores + index + 1, scores + index, behind)
    unsafe memmove(firsts + index + 1, firsts + index, behind)
    unsafe memmove(nodes + index + 1, nodes + index, behind)
    unsafe memmove(counts + index + 1, counts + index, behind)
    unsafe nodes[index] = UInt(bitPattern: child.node)
    unsafe counts[index] = child.count
    setFirst(index, child.first)
    count += 1
  }

  func remove(_ range: Range<Int>) {
    assert(range.upperBound <= count, "no such children")
    let behind = (count - range.upperBound) * 8
    unsafe memmove(scores + range.lowerBound, scores + range.upperBound, behind)
    unsafe memmove(firsts + range.lowerBound, firsts + range.upperBound, behind)
    unsafe memmove(nodes + range.lowerBound, nodes + range.upperBound, behind)
    unsafe memmove(counts + range.lowerBound, counts + range.upperBound, behind)
    count -= range.count
  }

  /// Moves the children from `index` on to the front of `next`.
  func moveTail(from index: Int, to next: OrderedBranch) {
    let moved = count - index
    assert(moved >= 0 && moved + next.count <= Self.capacity, "no room for children")
    let behind = next.count * 8
    unsafe memmove(next.scores + moved, next.scores, behind)
    unsafe memmove(next.firsts + moved, next.firsts, behind)
    unsafe memmove(next.nodes + moved, next.nodes, behind)
    unsafe memmove(next.counts + moved, next.counts, behind)
    unsafe copy(index, moved, to: next, at: 0)
    next.count += moved
    count = index
  }

  /// Moves the first `moved` children of `next` behind the branch's own.
  func takeHead(_ moved: Int, of next: OrderedBranch) {
    assert(moved <= next.count && moved + count <= Self.capacity, "no room for children")
    unsafe next.copy(0, moved, to: self, at: count)
    count += moved
    next.remove(0..<moved)
  }

  @unsafe
  private func copy(_ index: Int, _ number: Int, to other: OrderedBranch, at place: Int) {
    unsafe memcpy(other.scores + place, scores + index, number * 8)
    unsafe memcpy(other.firsts + place, firsts + index, number * 8)
    unsafe memcpy(other.nodes + place, nodes + index, number * 8)
    unsafe memcpy(other.counts + place, counts + index, number * 8)
  }
}

// Searches: the last child that begins before what is sought, the first one if none does.
extension OrderedBranch {
  /// The child that holds, or would hold, an entry.
  func child(_ score: Double, _ member: borrowing Bytes) -> Int {
    var (low, high) = firsts(around: score)
    while low < high {
      let middle = (low + high) / 2
      if first(middle).member.compare(member) <= 0 { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  /// How many of the children begin with a lower score, and how many with one that is not higher.
  ///
  /// All of them at once: where among them the score stands is as good as random, so a branch would be predicted
  /// wrongly once in each node.
  @inline(__always)
  private func firsts(around score: Double) -> (lower: Int, notHigher: Int) {
    let sought = SIMD8<Double>(repeating: score)
    var (lower, notHigher) = (SIMD8<Int64>.zero, SIMD8<Int64>.zero)
    for index in 0..<Self.scoreCapacity / 8 {
      let scores = unsafe UnsafeRawPointer(start + 8 + 64 * index).loadUnaligned(as: SIMD8<Double>.self)
      lower &+= SIMD8.zero.replacing(with: 1, where: scores .< sought)
      notHigher &+= SIMD8.zero.replacing(with: 1, where: scores .<= sought)
    }
    return (Int(lower.wrappedSum()), Int(notHigher.wrappedSum()))
  }

  func child(_ bound: borrowing OrderedBound) -> Int {
    switch bound {
    case .score(let score, let isBehind):
      let (lower, notHigher) = firsts(around: score)
      return max(0, (isBehind ? notHigher : lower) - 1)
    case .member(let member, let isBehind):
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        let order = first(middle).member.compare(member)
        if isBehind ? order <= 0 : order < 0 { low = middle + 1 } else { high = middle }
      }
      return max(0, low - 1)
    }
  }

  /// The child that holds the entry of this rank, which becomes its rank in the child; the last one for a rank behind
  /// all.
  func child(rank: inout Int) -> Int {
    let counts = unsafe self.counts
    var index = 0
    while unsafe index < count - 1 && rank >= counts[index] {
      unsafe rank -= counts[index]
      index += 1
    }
    return index
  }
}
