// Unsafe: its places are memory of its own, of which those between the two counts are filled; each side's count is
// alone in its memory.

import Synchronization

/// A bounded queue from one thread to one other, without a lock: only the first one adds, only the second one takes.
///
/// What an item refers to goes with it: whoever added it does not touch that any more, until it comes back.
@safe
public final class HandoverQueue<Item>: @unchecked Sendable {
  /// What one of the threads writes. Processors fetch pairs of lines of 64 bytes: what the other one writes is in none
  /// of these.
  private struct Side: ~Copyable {
    static var alignment: Int { 128 }

    /// Items that it has added, or taken, since the beginning.
    let count = Atomic<Int>(0)
    /// How many the other side had when it was looked at last.
    var others = 0
  }

  private let slots: UnsafeMutablePointer<Item>
  private let mask: Int
  private let adding: UnsafeMutablePointer<Side>
  private let taking: UnsafeMutablePointer<Side>

  /// `capacity` is a power of two.
  public init(capacity: Int) {
    precondition(capacity > 0 && capacity & (capacity - 1) == 0, "not a power of two")
    unsafe slots = .allocate(capacity: capacity)
    mask = capacity - 1
    unsafe adding = unsafe Self.makeSide()
    unsafe taking = unsafe Self.makeSide()
  }

  @unsafe
  private static func makeSide() -> UnsafeMutablePointer<Side> {
    let block = unsafe Malloc.allocate(Side.alignment, alignment: Side.alignment)
    let side = unsafe block.bindMemory(to: Side.self, capacity: 1)
    unsafe side.initialize(to: Side())
    return unsafe side
  }

  deinit {
    while take() != nil {}
    unsafe slots.deallocate()
    for unsafe side in unsafe [adding, taking] {
      unsafe side.deinitialize(count: 1)
      unsafe Malloc.free(side)
    }
  }

  /// Adds an item; false when the queue is full.
  public func add(_ item: Item) -> Bool {
    let count = unsafe adding.pointee.count.load(ordering: .relaxed)
    if unsafe count &- adding.pointee.others > mask {
      unsafe adding.pointee.others = taking.pointee.count.load(ordering: .acquiring)
      if unsafe count &- adding.pointee.others > mask { return false }
    }
    unsafe (slots + (count & mask)).initialize(to: item)
    unsafe adding.pointee.count.store(count &+ 1, ordering: .releasing)
    return true
  }

  /// Takes the item that was added first; nil when there is none.
  public func take() -> Item? {
    let count = unsafe taking.pointee.count.load(ordering: .relaxed)
    if unsafe count == taking.pointee.others {
      unsafe taking.pointee.others = adding.pointee.count.load(ordering: .acquiring)
      if unsafe count == taking.pointee.others { return nil }
    }
    let item = unsafe (slots + (count & mask)).move()
    unsafe taking.pointee.count.store(count &+ 1, ordering: .releasing)
    return item
  }

  /// Whether there is nothing to take; for the thread that takes.
  public var isEmpty: Bool {
    unsafe taking.pointee.count.load(ordering: .relaxed) == adding.pointee.count.load(ordering: .acquiring)
  }
}
