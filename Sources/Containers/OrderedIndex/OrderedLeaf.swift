// Unsafe: a leaf is a block of raw memory; whoever calls stays below its count, and the count below the capacity.

import CLinux
import Glibc

/// A leaf of the tree: slots of entries, in order. A handle that is free to copy.
///
///     next | previous | base | count, shift | 60 slots
///     8      8          8      4 + 4          8 each       512 bytes
///
/// A slot is `[ hint: 16 bits | address of the entry's block: 48 bits ]`. Hints rise with the scores, so that a search
/// compares those, which lie side by side, and reads the blocks of the few entries only that share the hint sought:
/// see `hint(of:)`.
@safe
struct OrderedLeaf: Equatable {
  @safe
  struct Header {
    var next: UnsafeMutablePointer<Header>?
    var previous: UnsafeMutablePointer<Header>?
    /// The score, as an ordinal, from which on hints count.
    var base: UInt64
    var count: Int32
    /// How many low bits of the difference to `base` hints leave out.
    var shift: Int32
  }

  static var capacity: Int { 60 }
  static var byteCount: Int { 512 }
  /// Fewer entries have a leaf share with a neighbour, but for the first leaf and the last.
  static var fewest: Int { 20 }
  /// Leaves that have no more than this together become one.
  static var mergedMost: Int { 48 }

  private static var hintShift: UInt { 48 }
  private static var hintMax: UInt64 { 0xffff }

  let header: UnsafeMutablePointer<Header>

  @unsafe
  init(_ header: UnsafeMutablePointer<Header>) { unsafe self.header = header }

  /// A new, empty leaf.
  init(_ heap: Heap) {
    assert(MemoryLayout<Header>.size + Self.capacity * 8 == Self.byteCount, "the layout of a leaf")
    let block = unsafe heap.allocate(Self.byteCount)
    unsafe header = block.bindMemory(to: Header.self, capacity: 1)
    unsafe header.initialize(to: Header(next: nil, previous: nil, base: 0, count: 0, shift: 0))
  }

  init?(_ header: UnsafeMutablePointer<Header>?) {
    guard let header = unsafe header else { return nil }
    unsafe self.header = header
  }

  private var slots: UnsafeMutablePointer<UInt> {
    @inline(__always) get {
      unsafe UnsafeMutableRawPointer(header + 1).assumingMemoryBound(to: UInt.self)
    }
  }

  var count: Int {
    @inline(__always) get { unsafe Int(header.pointee.count) }
    nonmutating set { unsafe header.pointee.count = Int32(truncatingIfNeeded: newValue) }
  }

  var next: OrderedLeaf? {
    get { unsafe OrderedLeaf(header.pointee.next) }
    nonmutating set { unsafe header.pointee.next = newValue?.header }
  }

  var previous: OrderedLeaf? {
    get { unsafe OrderedLeaf(header.pointee.previous) }
    nonmutating set { unsafe header.pointee.previous = newValue?.header }
  }

  @inline(__always)
  func entry(_ index: Int) -> OrderedEntry {
    assert(index >= 0 && index < count, "a slot outside of its leaf")
    return unsafe OrderedEntry(slot: slots[index])
  }

  static func == (left: OrderedLeaf, right: OrderedLeaf) -> Bool { unsafe left.header == right.header }

  /// Asks for all cache lines of the leaf, of which a search reads some.
  @inline(__always)
  func prefetch() {
    for line in 0..<Self.byteCount / 64 { unsafe clinux_prefetch(UnsafeRawPointer(header) + line * 64) }
  }

  /// Asks for the block of an entry.
  @inline(__always)
  func prefetchEntry(_ index: Int) { entry(index).prefetch() }

  /// The entry of an index, which counts on in the leaf before or behind this one; nil where there is none.
  func entry(orBeside index: Int) -> OrderedEntry? {
    if index >= 0 && index < count { return entry(index) }
    guard let leaf = index < 0 ? previous : next else { return nil }
    let index = index < 0 ? leaf.count + index : index - count
    return index >= 0 && index < leaf.count ? leaf.entry(index) : nil
  }
}

// Hints.
extension OrderedLeaf {
  /// A number that orders scores as integers; that of -0 is that of 0.
  @inline(__always)
  static func ordinal(_ score: Double) -> UInt64 {
    let bits = (score + 0).bitPattern
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
  }

  /// Where a score stands between the leaf's lowest and highest, roughly: it never falls while scores rise.
  @inline(__always)
  func hint(of score: Double) -> UInt {
    let ordinal = Self.ordinal(score)
    let base = unsafe header.pointee.base
    if ordinal <= base { return 0 }
    return UInt(min((ordinal &- base) &>> UInt64(truncatingIfNeeded: unsafe header.pointee.shift), Self.hintMax))
  }

  @unsafe @inline(__always)
  private func slot(_ entry: OrderedEntry, _ score: Double) -> UInt {
    unsafe UInt(bitPattern: entry.block) | hint(of: score) << Self.hintShift
  }

  /// Chooses `base` and `shift` for the scores that are there, with as much room around them, and hints anew.
  func measure() {
    if count == 0 { return }
    for index in 0..<count { prefetchEntry(index) }
    let low = Self.ordinal(entry(0).score)
    let span = Self.ordinal(entry(count - 1).score) - low
    unsafe header.pointee.base = low - min(low, span / 2)
    unsafe header.pointee.shift = Int32(max(0, 49 - span.leadingZeroBitCount))
    for index in 0..<count { refreshHint(index) }
  }

  /// Whether hints tell its entries apart no longer although others could: few of them are in use.
  private var isCoarse: Bool {
    guard count > 1, unsafe header.pointee.shift > 0 else { return false }
    return unsafe (slots[count - 1] >> Self.hintShift) - (slots[0] >> Self.hintShift) < 1024
  }

  /// Hints anew the entry whose score was set.
  func refreshHint(_ index: Int) {
    let entry = self.entry(index)
    unsafe slots[index] = slot(entry, entry.score)
  }

  func hasTrueHint(_ index: Int) -> Bool { unsafe slots[index] == slot(entry(index), entry(index).score) }
}

// Changes; the tree keeps its sums and first entries true.
extension OrderedLeaf {
  func insert(_ entry: OrderedEntry, at index: Int) {
    assert(count < Self.capacity && index >= 0 && index <= count, "no room for a slot")
    unsafe memmove(slots + index + 1, slots + index, (count - index) * 8)
    let score = entry.score
    unsafe slots[index] = slot(entry, score)
    count += 1
    // Scores that go on beyond what the hints were made for: each time that they have doubled.
    let clipped = hint(of: score)
    if count & (count - 1) == 0 && (clipped == 0 || clipped == UInt(Self.hintMax)) { measure() }
  }

  /// Fills an empty leaf with entries that are in order.
  func fill(_ entries: [OrderedEntry], _ range: Range<Int>) {
    assert(count == 0 && range.count <= Self.capacity, "no room for slots")
    for index in range { unsafe slots[index - range.lowerBound] = UInt(bitPattern: entries[index].block) }
    count = range.count
    measure()
  }

  func remove(_ range: Range<Int>) {
    assert(range.lowerBound >= 0 && range.upperBound <= count, "no such slots")
    unsafe memmove(slots + range.lowerBound, slots + range.upperBound, (count - range.upperBound) * 8)
    count -= range.count
  }

  /// Moves the entries from `index` on to the front of `next`, which has room for them.
  func moveTail(from index: Int, to next: OrderedLeaf) {
    let moved = count - index
    assert(moved >= 0 && moved + next.count <= Self.capacity, "no room for slots")
    unsafe memmove(next.slots + moved, next.slots, next.count * 8)
    unsafe memcpy(next.slots, slots + index, moved * 8)
    let hadNone = next.count == 0
    next.count += moved
    count = index
    rehint(next, adopting: hadNone)
  }

  /// Moves the first `moved` entries of `next` behind the leaf's own.
  func takeHead(_ moved: Int, of next: OrderedLeaf) {
    assert(moved <= next.count && moved + count <= Self.capacity, "no room for slots")
    unsafe memcpy(slots + count, next.slots, moved * 8)
    count += moved
    next.remove(0..<moved)
    if !hintsAlike(next) || isCoarse { measure() }
  }

  /// After entries went from here to `next`: hints hold where both count alike.
  private func rehint(_ next: OrderedLeaf, adopting: Bool) {
    if adopting {
      unsafe next.header.pointee.base = header.pointee.base
      unsafe next.header.pointee.shift = header.pointee.shift
      if next.isCoarse { next.measure() }
    } else if !hintsAlike(next) {
      next.measure()
    }
    if isCoarse { measure() }
  }

  private func hintsAlike(_ other: OrderedLeaf) -> Bool {
    unsafe header.pointee.base == other.header.pointee.base && header.pointee.shift == other.header.pointee.shift
  }
}

// Searches: how many entries stand before what is sought.
extension OrderedLeaf {
  /// Where an entry is, which is here. It is known by its address: no other's block is read.
  func index(of entry: OrderedEntry) -> Int {
    let slot = unsafe slot(entry, entry.score)
    var index = unsafe firstSlot(notBelow: (slot >> Self.hintShift) << Self.hintShift)
    while unsafe index < count && slots[index] != slot { index += 1 }
    precondition(index < count, "an entry that is not in its place")
    return index
  }

  /// Whether an entry stands before one of this score and member. Where hints tell, its block is not read.
  func precedes(_ index: Int, _ score: Double, _ member: borrowing Bytes) -> Bool {
    let (own, hint) = (unsafe slots[index] >> Self.hintShift, hint(of: score))
    return own == hint ? entry(index).precedes(score, member) : own < hint
  }

  func position(_ score: Double, _ member: borrowing Bytes) -> Int {
    let run = self.run(of: score)
    var (low, high) = (run.lowerBound, run.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if entry(middle).precedes(score, member) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func position(_ bound: borrowing OrderedBound) -> Int {
    switch bound {
    case .score(let score, let isBehind):
      let run = self.run(of: score)
      var (low, high) = (run.lowerBound, run.upperBound)
      while low < high {
        let middle = (low + high) / 2
        let other = entry(middle).score
        if isBehind ? other <= score : other < score { low = middle + 1 } else { high = middle }
      }
      return low
    case .member(let member, let isBehind):
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        let order = entry(middle).member.compare(member)
        if isBehind ? order <= 0 : order < 0 { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  /// The entries that have the hint of a score: it is among them, or would be.
  @inline(__always)
  private func run(of score: Double) -> Range<Int> {
    let hint = hint(of: score)
    let low = unsafe firstSlot(notBelow: hint << Self.hintShift)
    let isThere = unsafe low < count && slots[low] >> Self.hintShift == hint
    if !isThere { return low..<low }
    if hint == UInt(Self.hintMax) { return low..<count }
    return low..<(unsafe firstSlot(notBelow: (hint + 1) << Self.hintShift))
  }

  @unsafe @inline(__always)
  private func firstSlot(notBelow target: UInt) -> Int { unsafe clinux_words_below(slots, count, target) }
}
