// Unsafe: every offset stays below the end of the list, and a candidate is located, which checks
// that all of its entry is inside, before it is compared.
import Glibc

extension PackedList {
  /// The first element equal to `text` among those at `from`, `from` + (1 + skipping), and so on.
  ///
  /// `skipping: 1` searches only the fields of a hash stored as field, value, field, value.
  /// Compares encoded bytes, so integers are not parsed. O(n) steps, O(1) memory.
  public func find(_ text: borrowing Bytes, from start: Index, skipping: Int = 0) -> Index? {
    precondition(skipping >= 0, "negative number of elements to skip")
    let end = byteCount
    var offset = Int(start.offset)
    guard offset < end else {
      precondition(offset == end, "packed list index out of range")
      return nil
    }
    let wanted = PackedHead(text)
    let entries = unsafe UnsafeRawPointer(entries)
    while true {
      if unsafe entries.load(fromByteOffset: offset, as: UInt8.self) == wanted.tag,
        unsafe holds(text, wanted, at: entries + offset, in: locate(offset))
      {
        return Index(offset: offset)
      }
      for _ in 0...skipping {
        offset = entryEnd(offset, limit: end)
        if offset == end { return nil }
      }
    }
  }

  /// Whether the entry at `address` is `text`, whose head is `wanted` and has the same tag.
  @unsafe @inline(__always)
  private func holds(
    _ text: borrowing Bytes, _ wanted: PackedHead, at address: UnsafeRawPointer, in spot: PackedSpot
  ) -> Bool {
    guard unsafe wanted.matches(address) else { return false }
    let count = wanted.payloadCount
    guard count > 0 else { return true }
    // Fields of one hash often differ only at the end: the last byte saves most of the calls.
    let last = unsafe address.load(fromByteOffset: spot.body - 1, as: UInt8.self)
    return unsafe last == text.baseAddress.load(fromByteOffset: count - 1, as: UInt8.self)
      && memcmp(address + spot.head, text.baseAddress, count - 1) == 0
  }

  /// The offset behind the entry at `offset`, at most `limit`, the end of the list.
  ///
  /// The common entries, with one byte of head and one of backlen, take a handful of instructions.
  @inline(__always)
  private func entryEnd(_ offset: Int, limit: Int) -> Int {
    let tag = unsafe entries.load(fromByteOffset: offset, as: UInt8.self)
    guard tag < 0xc0 else { return locate(offset).next }
    let next = offset + 2 + (tag < 0x80 ? 0 : Int(tag & 0x3f))
    precondition(next <= limit, "packed list index is not at an element")
    return next
  }

  /// The first element equal to `text`, or nil. O(n).
  public func find(_ text: borrowing Bytes, skipping: Int = 0) -> Index? {
    find(text, from: startIndex, skipping: skipping)
  }
}
