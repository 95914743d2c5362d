import Glibc

extension HyperLogLog {
  /// The cardinality that the registers tell; nil when the string is corrupted.
  public static func cardinality(of string: borrowing Bytes) -> UInt64? {
    var histogram = RegisterHistogram()
    if encoding(of: string) == .sparse {
      var position = headerSize
      while position < string.count {
        let opcode = SparseOpcode(string, at: position)
        position += opcode.size
        histogram.add(opcode.value, count: opcode.length)
      }
      if histogram.total != registerCount { return nil }
    } else {
      histogram.add(dense: string)
    }
    return histogram.cardinality
  }
}

extension RegisterHistogram {
  /// The estimate of O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (arXiv:1702.01284),
  /// algorithm 6, in Redis' order of operations, so that it is rounded alike.
  var cardinality: UInt64 {
    let registers = Double(HyperLogLog.registerCount)
    var sum = registers * Self.tau((registers - Double(count(HyperLogLog.valueBits + 1))) / registers)
    for value in stride(from: HyperLogLog.valueBits, through: 1, by: -1) {
      sum = (sum + Double(count(value))) * 0.5
    }
    sum += registers * Self.sigma(Double(count(0)) / registers)
    let estimate = (0.721347520444481703680 * registers * registers / sum).rounded()
    // Registers of values that no hash gives can make it infinite. What C makes of that, clients of Redis see.
    return estimate < 0x1p63 ? UInt64(estimate) : 1 << 63
  }

  /// The sum of x^(2^k) * 2^(k - 1) over k from 1 on, and x.
  private static func sigma(_ x: Double) -> Double {
    if x == 1 { return .infinity }
    var power = x
    var weight = 1.0
    var sum = x
    while true {
      power *= power
      let old = sum
      sum += power * weight
      weight += weight
      if sum == old { return sum }
    }
  }

  /// A third of 1 - x less the sum of (1 - x^(2^-k))^2 * 2^-k over k from 1 on.
  private static func tau(_ x: Double) -> Double {
    if x == 0 || x == 1 { return 0 }
    var root = x
    var weight = 1.0
    var sum = 1 - x
    while true {
      root = root.squareRoot()
      let old = sum
      weight *= 0.5
      sum -= pow(1 - root, 2) * weight
      if sum == old { return sum / 3 }
    }
  }
}
