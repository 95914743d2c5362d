// Unsafe: see QuickNode.swift.

import CLinux
import Glibc

extension QuickNode {
  /// Whether `size` bytes fit before or behind the entries as they lie.
  @inline(__always)
  func hasRoom(_ size: Int, atFront: Bool) -> Bool { Int(atFront ? start : capacity &- end) >= size }

  /// Adds an element whose head is `head` at the end.
  @inline(__always)
  mutating func append(_ element: borrowing Bytes, _ head: PackedHead) {
    let size = head.entryCount
    if !hasRoom(size, atFront: false) { makeRoom(size, atFront: false) }
    unsafe Self.store(element, head, at: block + Int(end))
    end += UInt32(truncatingIfNeeded: size)
    count += 1
  }

  /// Adds an element whose head is `head` at the beginning.
  @inline(__always)
  mutating func prepend(_ element: borrowing Bytes, _ head: PackedHead) {
    let size = head.entryCount
    if !hasRoom(size, atFront: true) { makeRoom(size, atFront: true) }
    start -= UInt32(truncatingIfNeeded: size)
    unsafe Self.store(element, head, at: block + Int(start))
    count += 1
  }

  /// Puts an element in the place of the `removing` bytes, `entries` entries, at `offset`.
  mutating func replace(
    at offset: Int, removing: Int, entries: Int, with element: borrowing Bytes, _ head: PackedHead
  ) {
    let gap = splice(at: offset, removing: removing, inserting: head.entryCount)
    unsafe Self.store(element, head, at: block + gap)
    count += 1
    count -= UInt32(entries)
  }

  /// Removes `entries` entries from that at `offset` on.
  mutating func remove(at offset: Int, entries: Int) {
    var stop = offset
    for _ in 0..<entries { stop += entryCount(stop) }
    _ = splice(at: offset, removing: stop - offset, inserting: 0)
    count -= UInt32(entries)
  }

  mutating func removeFirst() {
    start += UInt32(truncatingIfNeeded: entryCount(Int(start)))
    count -= 1
  }

  mutating func removeLast() {
    end = UInt32(truncatingIfNeeded: entryStart(before: Int(end)))
    count -= 1
  }

  /// Removes entries equal to `text`: after the first `skipping` of them at most `limit`. Returns how many.
  mutating func removeMatches(_ text: borrowing Bytes, skipping: Int, limit: Int) -> Int {
    let wanted = PackedHead(text)
    var found = 0
    var removed = 0
    var kept = Int(start)
    var offset = Int(start)
    while offset < Int(end) {
      let size = entryCount(offset)
      if removed < limit && holds(text, wanted, at: offset) {
        found += 1
        if found > skipping {
          removed += 1
          offset += size
          continue
        }
      }
      // What is kept closes up in one pass.
      if kept != offset { unsafe memmove(block + kept, block + offset, size) }
      kept += size
      offset += size
    }
    end = UInt32(kept)
    count -= UInt32(removed)
    return removed
  }

  /// How many entries are equal to `text`.
  func matches(_ text: borrowing Bytes) -> Int {
    let wanted = PackedHead(text)
    var found = 0
    var offset = Int(start)
    while offset < Int(end) {
      if holds(text, wanted, at: offset) { found += 1 }
      offset += entryCount(offset)
    }
    return found
  }

  /// Takes the entries from `offset` on, the number `position`, out into a node of their own.
  mutating func split(at offset: Int, position: Int) -> QuickNode {
    var rest = QuickNode(capacity: Int(end) - offset)
    unsafe memcpy(rest.block, block + offset, Int(end) - offset)
    rest.end = end - UInt32(offset)
    rest.count = count - UInt32(position)
    end = UInt32(offset)
    count = UInt32(position)
    return rest
  }

  /// Adds the entries of `other` at the end.
  mutating func append(entriesOf other: QuickNode) {
    let size = other.byteCount
    if Int(capacity - end) < size { makeRoom(size, atFront: false) }
    unsafe memcpy(block + Int(end), other.block + Int(other.start), size)
    end += UInt32(size)
    count += other.count
  }

  /// Gives memory back where more than a quarter of the entries' bytes, and 48, lie idle.
  mutating func releaseSlack() {
    let used = byteCount
    if Int(capacity) > used + used / 4 + 48 { move(to: used, at: 0) }
  }

  @unsafe @inline(__always)
  private static func store(_ element: borrowing Bytes, _ head: PackedHead, at address: UnsafeMutableRawPointer) {
    unsafe head.store(at: address)
    unsafe memcpy(address + 1 + head.restCount, element.baseAddress, head.payloadCount)
    _ = unsafe storeBacklen(head.bodyCount, at: address + head.bodyCount)
  }

  /// Replaces `removing` bytes at `offset` by `inserting`, left for the caller to write; returns their offset.
  private mutating func splice(at offset: Int, removing: Int, inserting: Int) -> Int {
    let before = offset - Int(start)
    let behind = Int(end) - offset - removing
    let growth = inserting - removing
    if growth <= 0 && before < behind || growth > 0 && before < behind && Int(start) >= growth {
      // The shorter side moves.
      unsafe memmove(block + Int(start) - growth, block + Int(start), before)
      start = UInt32(Int(start) - growth)
      return Int(start) + before
    }
    if growth > Int(capacity - end) {
      makeRoom(growth, atFront: false)
      return splice(at: Int(start) + before, removing: removing, inserting: inserting)
    }
    let tail = offset + removing
    unsafe memmove(block + tail + growth, block + tail, behind)
    end = UInt32(Int(end) + growth)
    return offset
  }

  /// Makes room for `size` bytes before or behind the entries: by moving them where enough is idle on the other
  /// side, else in a larger block.
  @inline(never)
  mutating func makeRoom(_ size: Int, atFront: Bool) {
    let used = byteCount
    let idle = Int(capacity) - used
    if idle >= size && idle * 8 >= used {
      // Both sides get their part, so that pushing at one side and then at the other does not move all each time.
      let slack = (idle - size) / 2
      let target = atFront ? size + slack : slack
      unsafe memmove(block + target, block + Int(start), used)
      start = UInt32(target)
      end = UInt32(target + used)
      return
    }
    let needed = used + size
    // Small blocks are kept to what they need; others grow by half, and by an eighth beyond two pages.
    let wanted = needed <= 256 ? needed : max(needed + needed / 8, min(needed + needed / 2, Self.ordinaryCapacity))
    let room = min(wanted, max(needed, Self.largestCapacity))
    move(to: room, at: atFront ? room - used : 0)
  }

  /// More than an element and a node together have, and so much below 4 GB that the allocator's rounding fits.
  private static var largestCapacity: Int { (1 << 32) - (1 << 16) }

  /// Two pages, less malloc's word.
  private static var ordinaryCapacity: Int { 8192 - 8 }

  /// Moves the entries to `offset` of a new block of `capacity` bytes.
  private mutating func move(to capacity: Int, at offset: Int) {
    var moved = QuickNode(capacity: max(1, capacity))
    // A block may be larger than was asked for: the room is wanted at the front if any is.
    let target = offset > 0 ? Int(moved.capacity) - byteCount : 0
    unsafe memcpy(moved.block + target, block + Int(start), byteCount)
    moved.start = UInt32(target)
    moved.end = UInt32(target + byteCount)
    moved.count = count
    free()
    self = moved
  }
}
