/// Amounts of memory as configuration files write them: `100`, `64k`, `64kb`, `1gb`.
public enum MemorySize {
  /// The bytes that `text` stands for, or nil: digits and a unit, where `k`, `m` and `g` are powers of 1000,
  /// `kb`, `mb` and `gb` of 1024, in either case. No digits count as 0, as Redis has it; an amount past 2^64 is
  /// refused, where Redis wraps around.
  public static func parse(_ text: [UInt8]) -> UInt64? {
    let digits = text.prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard let scale = unit(text.dropFirst(digits.count)) else { return nil }
    var amount: UInt64 = 0
    for digit in digits {
      let (shifted, overflows) = amount.multipliedReportingOverflow(by: 10)
      let (sum, carries) = shifted.addingReportingOverflow(UInt64(digit - 0x30))
      if overflows || carries { return nil }
      amount = sum
    }
    let (bytes, overflows) = amount.multipliedReportingOverflow(by: scale)
    return overflows ? nil : bytes
  }

  /// The shortest text that stands for `bytes`: the largest binary unit that divides it.
  public static func format(_ bytes: Int) -> String {
    for (scale, name) in [(1 << 30, "gb"), (1 << 20, "mb"), (1 << 10, "kb")] where bytes != 0 && bytes % scale == 0 {
      return "\(bytes / scale)\(name)"
    }
    return "\(bytes)"
  }

  private static func unit(_ suffix: ArraySlice<UInt8>) -> UInt64? {
    switch String(decoding: suffix, as: UTF8.self).lowercased() {
    case "", "b": 1
    case "k": 1_000
    case "kb": 1 << 10
    case "m": 1_000_000
    case "mb": 1 << 20
    case "g": 1_000_000_000
    case "gb": 1 << 30
    default: nil
    }
  }
}
