// Unsafe: elements are moved within a block that was made large enough.

import Glibc

extension IntegerSet {
  /// Adds `value`; false when it is there already. O(count), or O(log count) at the end.
  @discardableResult
  public mutating func insert(_ value: Int64) -> Bool {
    let (position, isThere) = find(value)
    if isThere { return false }
    let count = self.count
    precondition(count < Self.countMax, "integer set of more than 2^30 elements")
    reserve(count + 1, Width(value))
    let width = self.width, size = width.byteCount
    let gap = unsafe elements + position * size
    unsafe memmove(gap + size, gap, (count - position) * size)
    store(value, position, width)
    setHeader(count: count + 1, byteCount: byteCount, width)
    return true
  }

  /// Removes `value`; false when it is not there. O(count).
  @discardableResult
  public mutating func remove(_ value: Int64) -> Bool {
    let (position, isThere) = find(value)
    if isThere { remove(at: position) }
    return isThere
  }

  /// Removes the integer at a position of the ascending order. O(count).
  public mutating func remove(at position: Int) {
    let count = self.count
    precondition(position >= 0 && position < count, "integer set position out of range")
    if count == 1 { return removeAll() }
    let size = width.byteCount
    let gap = unsafe elements + position * size
    unsafe memmove(gap, gap + size, (count - position - 1) * size)
    truncate(to: count - 1)
  }

  /// Keeps the integers that `isKept` says, which is asked for each in ascending order. O(count).
  public mutating func removeAll(unless isKept: (Int64) -> Bool) {
    let width = self.width
    var kept = 0
    for position in 0..<count {
      let value = load(position, width)
      if isKept(value) {
        store(value, kept, width)
        kept += 1
      }
    }
    if kept < count { truncate(to: kept) }
  }

  /// Removes all integers and frees the block.
  public mutating func removeAll() {
    free()
    unsafe block = nil
  }

  /// Adds an integer that is greater than all others. O(1), amortised.
  mutating func append(_ value: Int64) {
    let count = self.count
    reserve(count + 1, Width(value))
    store(value, count, width)
    setHeader(count: count + 1, byteCount: byteCount, width)
  }

  /// Makes room for so many elements, and makes all of them as wide as `needed`, if they are not.
  mutating func reserve(_ needed: Int, _ width: Width) {
    let isWider = width.rawValue > self.width.rawValue
    if !isWider && needed <= capacity { return }
    let wanted = isWider ? width : self.width
    let bytes = Self.headerCount + needed * wanted.byteCount
    resize(bytes <= Heap.largestBlock ? bytes : bytes + bytes / 8, wanted)
  }

  /// Drops all elements from a position on, and memory when more than a quarter of it, and 32 bytes, lie idle.
  private mutating func truncate(to count: Int) {
    if count == 0 { return removeAll() }
    setHeader(count: count, byteCount: byteCount, width)
    let needed = Self.headerCount + count * width.byteCount
    let isSlab = byteCount <= Heap.largestBlock
    if isSlab ? Heap.blockSize(needed) < Heap.blockSize(byteCount) : needed + needed / 4 + 32 < byteCount {
      resize(needed, width)
    }
  }

  /// Moves all elements to a block of `bytes` bytes, or up to seven more.
  private mutating func resize(_ bytes: Int, _ width: Width) {
    let size = (bytes + 7) & ~7
    let count = self.count
    var moved = IntegerSet()
    unsafe moved.block = Heap.shared.allocate(size)
    moved.setHeader(count: count, byteCount: size, width)
    if width == self.width && count > 0 {
      unsafe memcpy(moved.elements, elements, count * width.byteCount)
    } else {
      let old = self.width
      for position in 0..<count { moved.store(load(position, old), position, width) }
    }
    self = moved
  }
}
