// Unsafe: bytes that may come from outside are copied into a block, and none of them is believed before it was looked
// at, in one walk over all entries. A temporary table of offsets of entries that were looked at lasts for the call.
import Glibc

extension PackedList {
  /// What a value has to know of a list before it is made of it.
  public struct Survey: Sendable {
    /// Whether two are equal of the elements that have to differ.
    public fileprivate(set) var hasEqualElements = false
    /// Bytes of the longest text.
    public fileprivate(set) var longest = 0
    /// Bytes of the longest text among the elements that have to differ.
    public fileprivate(set) var longestDistinct = 0

    /// That of an empty list.
    public init() {}
  }

  /// The list of `count` elements whose entries are `bytes`, as from a file or a RESTORE payload; nil unless they are
  /// well-formed, so many, and every element is in its one canonical form. The first element has to differ from each
  /// that is a multiple of `step` behind it, and these from each other, as the fields of a hash do. Expected
  /// O(bytes.count).
  public init?(encodedEntries bytes: borrowing Bytes, count: Int, distinctEvery step: Int, _ survey: inout Survey) {
    precondition(step > 0, "steps go forward")
    self.init()
    // No entry is shorter than two bytes.
    guard bytes.count <= Self.byteCountMax, count >= 0, count <= bytes.count / 2 else { return nil }
    guard !bytes.isEmpty else { return }
    let block = unsafe Heap.shared.allocate(Self.blockSize(bytes.count))
    unsafe block.storeBytes(of: UInt32(bytes.count), as: UInt32.self)
    unsafe block.storeBytes(of: UInt32(count), toByteOffset: 4, as: UInt32.self)
    unsafe memcpy(block + Self.headerCount, bytes.baseAddress, bytes.count)
    unsafe place = ShortPointer(block)
    let distinct = (count + step - 1) / step
    let isGood =
      if distinct <= Self.fewSlots / 4 && bytes.count < Int(UInt16.max) {
        unsafe withUnsafeTemporaryAllocation(of: UInt16.self, capacity: Self.fewSlots) { slots in
          unsafe isWellFormed(count: count, distinctEvery: step, &survey, slots)
        }
      } else {
        unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.slotCount(distinct)) { slots in
          unsafe isWellFormed(count: count, distinctEvery: step, &survey, slots)
        }
      }
    if !isGood { return nil }
  }

  /// Those of most lists: 1 KB is the most that lies on the stack.
  private static var fewSlots: Int { 512 }

  /// The slots of a table for so many elements, of which half or more stay free: a power of two.
  private static func slotCount(_ elements: Int) -> Int {
    1 << (Int.bitWidth - max(0, 2 * elements - 1).leadingZeroBitCount)
  }

  /// Looks at all entries, which may be anything; whether they are those of so many elements. Offsets of those that
  /// have to differ, each one higher than it is, go into the slots.
  @unsafe
  private borrowing func isWellFormed<Offset: FixedWidthInteger & BitwiseCopyable>(
    count: Int, distinctEvery step: Int, _ survey: inout Survey, _ slots: UnsafeMutableBufferPointer<Offset>
  ) -> Bool {
    unsafe slots.initialize(repeating: 0)
    // A global is asked for each time whether it has been made.
    let hash = fieldHash
    let bytes = encodedEntries
    var (longest, longestDistinct) = (0, 0)
    var offset = 0
    var number = 0
    while number < count {
      let next = min(number &+ step, count)
      guard offset < bytes.count, let spot = Self.validatedSpot(bytes, at: offset) else { return false }
      longestDistinct = max(longestDistinct, textCount(spot, longest: longestDistinct))
      let slot = Int(truncatingIfNeeded: hash(encoded(spot))) & (slots.count &- 1)
      if unsafe slots[slot] == 0 {
        unsafe slots[slot] = Offset(truncatingIfNeeded: offset &+ 1)
      } else if unsafe !insert(spot, behind: slot, slots) {
        survey.hasEqualElements = true
      }
      offset = spot.next
      number &+= 1
      while number < next {
        guard offset < bytes.count, let spot = Self.validatedSpot(bytes, at: offset) else { return false }
        longest = max(longest, textCount(spot, longest: longest))
        offset = spot.next
        number &+= 1
      }
    }
    (survey.longest, survey.longestDistinct) = (max(longest, longestDistinct), longestDistinct)
    return offset == bytes.count
  }

  /// How many bytes an element's text has, or no more than `longest`.
  @inline(__always)
  private borrowing func textCount(_ spot: PackedSpot, longest: Int) -> Int {
    // What has no payload is an integer, of twenty digits at most, or empty.
    spot.payload > 0 || longest >= 20 ? spot.payload : element(at: Index(offset: spot.offset)).count
  }

  /// Notes an entry that was looked at, whose slot is taken; false when an equal one is noted.
  @unsafe @inline(never)
  private borrowing func insert<Offset: FixedWidthInteger & BitwiseCopyable>(
    _ spot: PackedSpot, behind first: Int, _ slots: UnsafeMutableBufferPointer<Offset>
  ) -> Bool {
    var slot = first
    repeat {
      // Each element has one encoding only.
      if encoded(locate(Int(unsafe slots[slot]) - 1)) == encoded(spot) { return false }
      slot = (slot + 1) & (slots.count - 1)
    } while unsafe slots[slot] != 0
    unsafe slots[slot] = Offset(truncatingIfNeeded: spot.offset + 1)
    return true
  }

  /// Whether one has a text of more than `limit` bytes among the first element and each that is a multiple of `step`
  /// behind it. O(byteCount), and many bytes at a time where no element is long.
  public func hasElement(longerThan limit: Int, every step: Int) -> Bool {
    precondition(step > 0, "steps go forward")
    if limit >= 63 && !mayHaveLongText { return false }
    var index = startIndex
    let end = endIndex
    var number = 0
    while index < end {
      if number % step == 0 && element(at: index).count > limit { return true }
      number += 1
      index = self.index(after: index)
    }
    return false
  }

  /// Whether there is a byte with which the entries of texts of 64 bytes or more begin, wherever it stands; in a list
  /// of 4096 bytes or more, where texts may be as long, one with which those of integers begin will do.
  private var mayHaveLongText: Bool {
    let bytes = encodedEntries
    if bytes.count <= 64 { return false }
    let ignored = SIMD4<UInt64>(repeating: bytes.count < 4096 ? .max : 0)
    let last = bytes.count - 32
    // The last words overlap with those before.
    var found = unsafe Self.longHeads(bytes.baseAddress + last, ignored)
    var position = 0
    while position < last {
      found |= unsafe Self.longHeads(bytes.baseAddress + position, ignored)
      position &+= 32
    }
    return (found[0] | found[1] | found[2] | found[3]) & 0x8080_8080_8080_8080 != 0
  }

  /// The highest bit of each of 32 bytes that begins with 111, and if that is ignored not with 1111.
  @unsafe @inline(__always)
  private static func longHeads(_ address: UnsafeRawPointer, _ ignored: SIMD4<UInt64>) -> SIMD4<UInt64> {
    let words = unsafe address.loadUnaligned(as: SIMD4<UInt64>.self)
    return words & (words &<< 1) & (words &<< 2) & ~((words &<< 3) & ignored)
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
