// Unsafe: entries are compared where they lie; a temporary table of offsets lasts for the call.

import Glibc

// What is asked of a list before it is taken as it is: as a value, when it comes from outside, or as a part of a file.
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
      // A global is asked for each time whether it has been made.
      let hash = fieldHash
      return forEachSpot(every: step) { spot in
        let entry = unsafe Bytes(unsafeStart: entries + spot.offset, count: spot.body)
        var index = Int(truncatingIfNeeded: hash(entry)) & (capacity - 1)
        while unsafe slots[index] != 0 {
          let other = locate(unsafe Int(slots[index]) - 1)
          // Each element has one encoding only.
          if unsafe Bytes(unsafeStart: entries + other.offset, count: other.body) == entry { return true }
          index = (index + 1) & (capacity - 1)
        }
        unsafe slots[index] = UInt32(spot.offset + 1)
        return false
      }
    }
  }

  /// How many bytes the longest text has among the first element and each that is a multiple of `step` behind it; 0 of
  /// an empty list. O(count).
  public func longestElement(every step: Int = 1) -> Int {
    precondition(step > 0, "steps go forward")
    var longest = 0
    _ = forEachSpot(every: step) { spot in
      // What has no payload is an integer, of twenty digits at most, or empty.
      let isText = spot.payload > 0 || longest >= 20
      longest = max(longest, isText ? spot.payload : element(at: Index(offset: spot.offset)).count)
      return false
    }
    return longest
  }

  /// Passes on where the first element is and each that is a multiple of `step` behind it, until `isFound`; whether one
  /// was.
  @inline(__always)
  private func forEachSpot(every step: Int, _ isFound: (PackedSpot) -> Bool) -> Bool {
    var offset = 0
    let end = byteCount
    var skipped = step - 1
    while offset < end {
      let spot = locate(offset)
      skipped += 1
      if skipped == step {
        skipped = 0
        if isFound(spot) { return true }
      }
      offset = spot.next
    }
    return false
  }

  /// Whether all elements are integers. O(count) then, else O(number of those before the first that is none).
  public var hasIntegersOnly: Bool {
    var index = startIndex
    let end = endIndex
    while index < end {
      if case .bytes = element(at: index) { return false }
      index = self.index(after: index)
    }
    return true
  }
}
