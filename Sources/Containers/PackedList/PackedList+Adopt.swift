// Unsafe: entries are compared where they lie; a temporary table of offsets lasts for the call.

import Glibc

// What must be asked of a list that comes from outside before it can be a value as it is.
extension PackedList {
  /// Whether two elements are equal among the first one and each that is a multiple of `step` behind it, as the fields
  /// of a hash are. Expected O(byteCount).
  public func hasEqualElements(every step: Int) -> Bool {
    precondition(step > 0, "steps go forward")
    let wanted = (count + step - 1) / step
    if wanted < 2 { return false }
    let capacity = 1 << (Int.bitWidth - (2 * wanted - 1).leadingZeroBitCount)
    return unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: capacity) { slots in
      unsafe slots.initialize(repeating: 0)
      var offset = 0
      for number in 0..<count {
        let spot = locate(offset)
        if number % step == 0 {
          let entry = unsafe Bytes(unsafeStart: entries + offset, count: spot.body)
          var index = Int(truncatingIfNeeded: fieldHash(entry)) & (capacity - 1)
          while unsafe slots[index] != 0 {
            let other = locate(unsafe Int(slots[index]) - 1)
            // Each element has one encoding only.
            if unsafe Bytes(unsafeStart: entries + other.offset, count: other.body) == entry { return true }
            index = (index + 1) & (capacity - 1)
          }
          unsafe slots[index] = UInt32(offset + 1)
        }
        offset = spot.next
      }
      return false
    }
  }

  /// Whether an element's text has more than `limit` bytes. O(count).
  public func hasElement(longerThan limit: Int) -> Bool {
    var index = startIndex
    let end = endIndex
    while index < end {
      let length =
        switch element(at: index) {
        case .bytes(let bytes): bytes.count
        case .integer(let value): decimalDigits(value)
        }
      if length > limit { return true }
      index = self.index(after: index)
    }
    return false
  }
}
