// Unsafe: words of a dense string that was measured are read unaligned, and counts are addressed by twelve bits.

import CVector

/// How many registers have each value.
struct RegisterHistogram {
  private var counts = InlineArray<64, Int>(repeating: 0)

  /// Counts `count` registers of a value.
  @inline(__always)
  mutating func add(_ value: UInt8, count: Int) { counts[Int(value & 63)] += count }

  func count(_ value: Int) -> Int { counts[value] }

  /// Registers counted so far.
  var total: Int {
    var total = 0
    for value in 0..<64 { total += counts[value] }
    return total
  }

  /// Counts the registers of a dense string.
  mutating func add(dense string: borrowing Bytes, usesVectorUnit: Bool = VectorUnit.isAvailable) {
    precondition(string.count == HyperLogLog.denseSize, "a dense string of another size")
    let start = unsafe string.baseAddress
    if !usesVectorUnit { return unsafe addPairs(ofStringAt: start) }
    unsafe withUnsafeMutableBytes(of: &counts) { counts in
      unsafe cvector_count_registers(
        counts.baseAddress?.assumingMemoryBound(to: Int64.self), start + HyperLogLog.headerSize)
    }
  }

  /// Counts pairs of neighbours, which are twelve bits, and then what is in them.
  @unsafe
  private mutating func addPairs(ofStringAt start: UnsafeRawPointer) {
    unsafe withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 4096) { pairs in
      unsafe pairs.initialize(repeating: 0)
      let counts = unsafe pairs.baseAddress.unsafelyUnwrapped
      var offset = HyperLogLog.headerSize
      // Four pairs in six bytes; the last six are read from two bytes before.
      while offset < HyperLogLog.denseSize &- 6 {
        unsafe Self.count(unsafe start.loadUnaligned(fromByteOffset: offset, as: UInt64.self), in: counts)
        offset &+= 6
      }
      unsafe Self.count(unsafe start.loadUnaligned(fromByteOffset: offset &- 2, as: UInt64.self) &>> 16, in: counts)
      unsafe addPairs(UnsafeRawPointer(counts))
    }
  }

  @unsafe @inline(__always)
  private static func count(_ word: UInt64, in counts: UnsafeMutablePointer<UInt16>) {
    unsafe counts[Int(truncatingIfNeeded: word & 0xfff)] &+= 1
    unsafe counts[Int(truncatingIfNeeded: (word &>> 12) & 0xfff)] &+= 1
    unsafe counts[Int(truncatingIfNeeded: (word &>> 24) & 0xfff)] &+= 1
    unsafe counts[Int(truncatingIfNeeded: (word &>> 36) & 0xfff)] &+= 1
  }

  /// The pairs are 64 rows of 64, eight vectors each: sums of columns count the first ones, of rows the second ones.
  @unsafe
  private mutating func addPairs(_ pairs: UnsafeRawPointer) {
    typealias Vector = SIMD8<UInt16>
    for column in 0..<8 {
      var sum = Vector.zero
      for row in 0..<64 {
        unsafe sum &+= pairs.loadUnaligned(fromByteOffset: row &* 128 &+ column &* 16, as: Vector.self)
      }
      for lane in 0..<8 { counts[column &* 8 &+ lane] &+= Int(sum[lane]) }
    }
    for row in 0..<64 {
      var sum = Vector.zero
      for column in 0..<8 {
        unsafe sum &+= pairs.loadUnaligned(fromByteOffset: row &* 128 &+ column &* 16, as: Vector.self)
      }
      counts[row] &+= Int(sum.wrappedSum())
    }
  }
}
