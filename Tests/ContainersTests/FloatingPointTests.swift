import ConformanceSupport
import Containers
import Glibc
import Testing

@Suite struct FloatingPointTests {
  @Test(arguments: [
    "0", "-0", "1", "-1.5", "3.14", ".5", "5.", "1e3", "1E-3", "0x10", "0x1p-3", "inf", "-inf", "+inf",
    "Infinity", "1e308", "5e-324", "1e-310", "007", "+1", "9007199254740993", "0.1234567890123456789",
    "123456789012345678901234567890", "-.5", "9007199254740992.5",
  ])
  func readsWhatStrtodReads(text: String) {
    let value = ascii(text).bytes.double
    let expected = unsafe strtod(text, nil)
    #expect(value?.bitPattern == expected.bitPattern)
  }

  @Test(arguments: [
    "", " 1", "1 ", "\t1", "nan", "-nan", "nan(1)", "1e400", "-1e400", "1e-400", "abc", "1a", "1,5", "-", ".",
    "1e", "0x", "1.2.3", "1\0", "--1",
  ])
  func refusesAllElse(text: String) {
    let value = ascii(text).bytes.double
    let extended = ascii(text).bytes.extended
    #expect(value == nil)
    // Its range is wider; the three that leave the range of doubles are numbers there.
    #expect(extended == nil || Extended.exponentBitCount > 11 && text.contains("e"))
  }

  @Test func readsLongTexts() {
    let zeros = [UInt8](repeating: 48, count: 6000)
    let value = (zeros + ascii("1.5")).bytes.double
    let tooLong = (zeros + ascii("1.5")).bytes.extended
    #expect(value == 1.5)
    #expect(tooLong == nil)
  }

  /// `%.17g` of every kind of number, against the C library's.
  @Test func formatsAsTheCLibrary() {
    var random = SeededGenerator(seed: 17)
    var values: [Double] = [
      0, -0.0, 0.1, 0.5, 1e-4, 1e-5, 9.9999999999999995e-5, 1e-6, 1e-7, 1e16, 1e17, 1e18, 99_999_999_999_999_984,
      3.14, -2.5, 1.1, 100.25, .pi, 1e300,
      .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0x1p62, 0x1p63, 9_007_199_254_740_994,
    ]
    for _ in 0..<20_000 { values.append(Double(bitPattern: random.next())) }
    for _ in 0..<40_000 {
      let digits = Double(random.below(1_000_000_000))
      values.append((random.below(2) == 0 ? digits : -digits) / pow(10, Double(random.below(16))))
      values.append(Double.random(in: -1...1, using: &random) * pow(10, Double(random.below(26) - 8)))
    }
    var failures: [Double] = []
    for value in values where !value.isNaN {
      let expected = ascii(formatted("%.17g", value))
      let general = DecimalText(general: value)
      let isRight = general.bytes == expected.bytes && general.bytes.double?.bitPattern == value.bitPattern
      if !isRight { failures.append(value) }
    }
    #expect(failures.isEmpty, "seed 17")
  }

  @Test(arguments: [
    (1e17, "1e+17", "100000000000000000"), (-1e18, "-1e+18", "-1000000000000000000"), (1e19, "1e+19", "1e+19"),
    (0x1p62, "4.6116860184273879e+18", "4611686018427387904"), (3.0, "3", "3"), (-0.0, "-0", "-0"),
    (0.1, "0.10000000000000001", "0.10000000000000001"), (Double.infinity, "inf", "inf"),
    (-Double.infinity, "-inf", "-inf"), (Double.nan, "nan", "nan"),
  ])
  func distinguishesGeneralFromCompact(value: Double, general: String, compact: String) {
    let generalText = DecimalText(general: value)
    let compactText = DecimalText(compact: value)
    #expect(generalText.bytes.string == general)
    #expect(compactText.bytes.string == compact)
  }

  /// `%.17Lf` without trailing zeros, against the C library's.
  @Test func formatsHumanTextAsTheCLibrary() {
    let form = Extended.exponentBitCount > 11 ? "%.17Lf" : "%.17f"
    var random = SeededGenerator(seed: 23)
    var values: [Extended] = [
      0, -0.0, 3, 3.14, 0.1, -0.1, 1e-17, 4e-18, 5e-18, 6e-18, -1e-30, 0.999999999999999999, 1e19, 0x1p64, 1e30,
      -0x1p64, 0x1p63 + 0.5, 18_446_744_073_709_551_615, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 10.5,
    ]
    for _ in 0..<20_000 {
      values.append(Extended(random.next()) * Extended(sign: .plus, exponent: random.below(220) - 150, significand: 1))
      values.append(-Extended(random.below(1_000_000)) / Extended(powerOfTen(random.below(12))))
    }
    var failures: [Extended] = []
    for value in values {
      let text = HumanText(value)
      if text.bytes.string != trimmed(formatted(form, value)) { failures.append(value) }
    }
    #expect(failures.isEmpty, "seed 23")
  }

  /// Read off a redis-server: SET k <start>, INCRBYFLOAT k <step>.
  @Test(arguments: [
    ("10.5", "0.1", "10.6"), ("5.0e3", "2.0e2", "5200"), ("0.1", "0.2", "0.3"), ("3", "-1.1", "1.9"),
    ("1e20", "1", "100000000000000000000"), ("0", "-0.0000000000000000001", "0"),
  ])
  func addsAsRedis(start: String, step: String, sum: String) throws {
    let first = ascii(start).bytes.extended
    let second = ascii(step).bytes.extended
    let text = HumanText(try #require(first) + #require(second))
    #expect(text.bytes.string == sum)
  }

  /// `%.4f` of all sizes and of halves, against the C library's.
  @Test func formatsFixedPointAsTheCLibrary() {
    var random = SeededGenerator(seed: 18)
    var values = [
      0, -0.0, 0.00005, 0.00015, 0.5, 2.5, 9999.99995, 1e16, .leastNonzeroMagnitude, 1e-300,
      -1e-9, 20_015_000.123456,
    ]
    for _ in 0..<20_000 { values.append(Double(random.below(1 << 50)) / Double(1 << random.below(40))) }
    for value in values {
      let text = DecimalText(fixed: value, decimals: 4)
      let isEqual = text.bytes.string == formatted("%.4f", value)
      #expect(isEqual, "\(value)")
    }
    #expect(String(decoding: sixDecimalsText(-1e300), as: UTF8.self) == formatted("%f", -1e300))
  }

  @Test(arguments: [
    ("", 0), (" 2", 2), ("1e400", .infinity), ("-1e400", -.infinity), ("1e-400", 0), ("0x10", 16), ("5\0x", 5),
    ("+3", 3),
    ("inf", .infinity), ("12.5", 12.5),
  ] as [(String, Double)])
  func readsEndsOfRangesAsRedis(text: String, expected: Double) {
    let value = ascii(text).bytes.lenientDouble
    #expect(value == expected)
  }

  @Test(arguments: ["2 ", "nan", "abc", "1x", "(1", "1,5"]) func refusesOtherEndsOfRanges(text: String) {
    let value = ascii(text).bytes.lenientDouble
    #expect(value == nil)
  }

  private func trimmed(_ text: String) -> String {
    var rest = Substring(text)
    while rest.last == "0" { rest.removeLast() }
    if rest.last == "." { rest.removeLast() }
    return rest == "-0" ? "0" : String(rest)
  }

  private func formatted(_ form: String, _ value: some CVarArg) -> String {
    var text = [UInt8](repeating: 0, count: 5 * 1024)
    let length = unsafe withVaList([value]) { arguments in
      unsafe text.withUnsafeMutableBytes {
        unsafe vsnprintf($0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count, form, arguments)
      }
    }
    return String(decoding: text[..<Int(length)], as: UTF8.self)
  }
}
