// Unsafe: each candidate was located, so that its entry is inside the list, before it is compared.
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
      let spot = locate(offset)
      let address = unsafe entries + offset
      if unsafe wanted.matches(address)
        && memcmp(address + spot.head, text.baseAddress, wanted.payloadCount) == 0
      {
        return Index(offset: offset)
      }
      offset = spot.next
      for _ in 0..<skipping {
        if offset >= end { return nil }
        offset = locate(offset).next
      }
      if offset >= end { return nil }
    }
  }

  /// The first element equal to `text`, or nil. O(n).
  public func find(_ text: borrowing Bytes, skipping: Int = 0) -> Index? {
    find(text, from: startIndex, skipping: skipping)
  }
}
