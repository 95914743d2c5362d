// Unsafe: `splice` is the only place where a list changes size; it keeps the header true and
// moves whole entries within a block it made large enough.
import CLinux
import Glibc

extension PackedList {
  /// Appends an element. O(its length), amortised.
  public mutating func append(_ element: borrowing Bytes) { put(element, at: byteCount, replacing: 0, elements: 0) }

  /// Appends an integer. O(1), amortised.
  public mutating func append(_ value: Int64) { put(value, at: byteCount, replacing: 0, elements: 0) }

  /// Appends two elements, a field and its value for example, making room once. O(their lengths), amortised.
  public mutating func append(_ first: borrowing Bytes, _ second: borrowing Bytes) {
    let heads = (PackedHead(first), PackedHead(second))
    let count = heads.0.entryCount + heads.1.entryCount
    let gap = unsafe splice(at: byteCount, removing: 0, elements: 0, inserting: count, elements: 2)
    unsafe store(first, heads.0, at: gap)
    unsafe store(second, heads.1, at: gap + heads.0.entryCount)
  }

  /// Inserts an element before all others. O(byteCount).
  public mutating func prepend(_ element: borrowing Bytes) { put(element, at: 0, replacing: 0, elements: 0) }

  /// Inserts an integer before all elements. O(byteCount).
  public mutating func prepend(_ value: Int64) { put(value, at: 0, replacing: 0, elements: 0) }

  /// Inserts an element at `index`, before what was there; the end appends. O(byteCount).
  public mutating func insert(_ element: borrowing Bytes, before index: Index) {
    put(element, at: checkedBoundary(index), replacing: 0, elements: 0)
  }

  /// Inserts an integer at `index`, before what was there; the end appends. O(byteCount).
  public mutating func insert(_ value: Int64, before index: Index) {
    put(value, at: checkedBoundary(index), replacing: 0, elements: 0)
  }

  /// Puts an element in the place of the one at `index`, which stays valid. O(byteCount) when
  /// the size of the entry changes, else O(its length).
  public mutating func replace(at index: Index, with element: borrowing Bytes) {
    let spot = locate(checkedBoundary(index))
    put(element, at: spot.offset, replacing: spot.next - spot.offset, elements: 1)
  }

  /// Puts an integer in the place of the element at `index`, which stays valid. O(byteCount).
  public mutating func replace(at index: Index, with value: Int64) {
    let spot = locate(checkedBoundary(index))
    put(value, at: spot.offset, replacing: spot.next - spot.offset, elements: 1)
  }

  /// Removes the element at `index` and those behind it, `count` in all or as many as there are.
  /// Then `index` is the position of the element that followed them. O(byteCount).
  public mutating func remove(at index: Index, count: Int = 1) {
    precondition(count >= 0, "negative number of elements to remove")
    let offset = checkedBoundary(index)
    let end = byteCount
    var next = offset
    var removed = 0
    while removed < count && next < end {
      next = locate(next).next
      removed += 1
    }
    if removed == self.count { return removeAll() }
    if removed == 0 { return }
    _ = unsafe splice(at: offset, removing: next - offset, elements: removed, inserting: 0, elements: 0)
  }

  private mutating func put(_ element: borrowing Bytes, at offset: Int, replacing removed: Int, elements: Int) {
    let head = PackedHead(element)
    let gap = unsafe splice(
      at: offset, removing: removed, elements: elements, inserting: head.entryCount, elements: 1)
    unsafe store(element, head, at: gap)
  }

  /// Writes the entry of an element, whose head is `head`, at `address`.
  @unsafe @inline(__always)
  private func store(_ element: borrowing Bytes, _ head: PackedHead, at address: UnsafeMutableRawPointer) {
    unsafe head.store(at: address)
    unsafe memcpy(address + 1 + head.restCount, element.baseAddress, head.payloadCount)
    _ = unsafe storeBacklen(head.bodyCount, at: address + head.bodyCount)
  }

  private mutating func put(_ value: Int64, at offset: Int, replacing removed: Int, elements: Int) {
    let head = PackedHead(value)
    let gap = unsafe splice(
      at: offset, removing: removed, elements: elements, inserting: head.entryCount, elements: 1)
    unsafe head.store(at: gap)
    _ = unsafe storeBacklen(head.bodyCount, at: gap + head.bodyCount)
  }

  /// The offset of an index that a change may be made at: the end, or an entry that its own
  /// backlen confirms. Anything else would leave a broken list, and traps.
  private func checkedBoundary(_ index: Index) -> Int {
    let offset = Int(index.offset)
    if offset == byteCount { return offset }
    let spot = locate(offset)
    let confirmed = unsafe bodyCount(before: entries + spot.next, available: spot.next - offset)
    precondition(confirmed == spot.body, "packed list index is not at an element")
    return offset
  }

  /// Replaces the `removing` bytes at `offset` by as many as `inserting`, left for the caller to
  /// write; returns their address. Updates the header, grows and shrinks the block.
  @unsafe
  private mutating func splice(
    at offset: Int, removing: Int, elements removedElements: Int, inserting: Int, elements addedElements: Int
  ) -> UnsafeMutableRawPointer {
    let oldCount = byteCount
    let newCount = oldCount - removing + inserting
    let newElements = count - removedElements + addedElements
    precondition(newCount <= Self.byteCountMax, "packed list over 1 GB")
    // What is removed is closed up before the block shrinks, what is inserted gets its gap once the block has grown.
    let behind = oldCount - offset - removing
    if inserting < removing { unsafe memmove(entries + offset + inserting, entries + offset + removing, behind) }
    unsafe resize(from: oldCount, to: newCount)
    let gap = unsafe entries + offset
    if inserting > removing { unsafe memmove(gap + inserting, gap + removing, behind) }
    unsafe block.unsafelyUnwrapped.storeBytes(of: UInt32(newCount), as: UInt32.self)
    unsafe block.unsafelyUnwrapped.storeBytes(of: UInt32(newElements), toByteOffset: 4, as: UInt32.self)
    return unsafe gap
  }

  /// Gives the list a block for so many bytes of entries, unless it has one of that size.
  @unsafe
  private mutating func resize(from oldCount: Int, to newCount: Int) {
    let size = Self.blockSize(newCount)
    guard let old = unsafe block else {
      place = unsafe ShortPointer(Heap.shared.allocate(size))
      return
    }
    let oldSize = Self.blockSize(oldCount)
    if size == oldSize { return }
    let heap = Heap.shared
    let new = unsafe heap.allocate(size)
    unsafe memcpy(new, old, Self.headerCount + min(oldCount, newCount))
    unsafe heap.deallocate(old, oldSize)
    place = unsafe ShortPointer(new)
  }
}
