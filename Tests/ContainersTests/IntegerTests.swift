import ConformanceSupport
import Containers
import Testing

@Suite struct IntegerTests {
  @Test(arguments: [
    ("0", 0), ("1", 1), ("-1", -1), ("10", 10), ("999", 999), ("-1000", -1000),
    ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
    ("1000000000000000000", 1_000_000_000_000_000_000),
  ])
  func readsCanonicalText(text: String, expected: Int64) {
    #expect(integer(text) == expected)
  }

  @Test(arguments: [
    "", "-", "-0", "00", "01", "-01", "+1", " 1", "1 ", "1.0", "1e3", "0x10", "a", "1a", "--1", "/", ":",
    "9223372036854775808", "-9223372036854775809", "18446744073709551616", "99999999999999999999",
    "10000000000000000000", "123456789012345678901", "-123456789012345678901", "1\0",
  ])
  func refusesAllElse(text: String) {
    #expect(integer(text) == nil)
  }

  @Test func readsUnsignedText() {
    #expect(unsigned("18446744073709551615") == UInt64.max)
    #expect(unsigned("18446744073709551616") == nil)
    #expect(unsigned("99999999999999999999") == nil)
    #expect(unsigned("0") == 0)
    #expect(unsigned("-1") == nil)
    #expect(unsigned("007") == nil)
  }

  /// What XADD of a redis-server 7.0.15 accepts and refuses in the first half of an ID.
  @Test func readsAsStrtoull() {
    #expect(lenient("007") == 7)
    #expect(lenient("+7") == 7)
    #expect(lenient(" 7") == 7)
    #expect(lenient("-1") == UInt64.max)
    #expect(lenient("18446744073709551615") == UInt64.max)
    for refused in ["", "-", "+", " ", "7 ", "7a", "18446744073709551616", "++1"] {
      #expect(lenient(refused) == nil)
    }
  }

  @Test func formatsWhatTheStandardLibraryFormats() {
    var random = SeededGenerator(seed: 7)
    var values: [Int64] = [0, 1, -1, 9, 10, 99, 100, .max, .min, .min + 1]
    var power: Int64 = 1
    while power < 1_000_000_000_000_000_000 {
      power *= 10
      values += [power - 1, power, power + 1, -power, 1 - power]
    }
    for _ in 0..<20_000 { values.append(Int64(bitPattern: random.next() >> UInt64(random.below(64)))) }
    var failures: [Int64] = []
    for value in values {
      let expected = ascii(String(value))
      let text = DecimalText(value)
      let isRight = text.bytes == expected.bytes && text.bytes.integer == value
      if !isRight || decimalDigits(value) != expected.count { failures.append(value) }
      let unsignedValue = UInt64(bitPattern: value)
      let unsignedText = DecimalText(unsignedValue)
      let isUnsignedRight = unsignedText.bytes == ascii(String(unsignedValue)).bytes
      if !isUnsignedRight || unsigned(String(unsignedValue)) != unsignedValue { failures.append(value) }
    }
    #expect(failures == [])
  }

  private func integer(_ text: String) -> Int64? { ascii(text).bytes.integer }
  private func unsigned(_ text: String) -> UInt64? { ascii(text).bytes.unsignedInteger }
  private func lenient(_ text: String) -> UInt64? { ascii(text).bytes.lenientUnsignedInteger }
}

@Suite struct SaturatedArithmeticTests {
  @Test func sumsAndDifferencesStopAtTheEnds() {
    #expect(Int64.max.addingSaturated(1) == .max && Int64.min.addingSaturated(-1) == .min)
    #expect(Int64.max.subtractingSaturated(-1) == .max && Int64.min.subtractingSaturated(1) == .min)
    #expect((-5 as Int64).addingSaturated(3) == -2 && (5 as Int64).subtractingSaturated(.max) == 5 - .max)
  }
}
