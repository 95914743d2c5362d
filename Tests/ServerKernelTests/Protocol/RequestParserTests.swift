import Glibc
import Testing

@testable import ServerKernel

@Suite struct RequestParserTests {
  static let limits = RequestLimits(bulkLength: 512 << 20, arguments: Int(Int32.max), isAuthenticated: true)

  /// Mutated requests, each in one piece and cut at random: nothing crashes, and what is found does not depend on
  /// the cuts and is what the model finds. `FUZZ_INPUTS=1000000` has it try that many; `FUZZ_SEED` repeats a run.
  @Test func findsTheSameHoweverTheInputIsCut() throws {
    let inputs = Self.variable("FUZZ_INPUTS").flatMap { Int($0) } ?? 20_000
    let seed = Self.variable("FUZZ_SEED").flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1 << 48)
    print("request parser: \(inputs) inputs, FUZZ_SEED=\(seed)")
    var random = RequestGenerator(seed: seed)
    var parser = RequestParser()
    var found = 0, refused = 0
    for number in 0..<inputs {
      let input = random.input()
      var limits = Self.limits
      limits.isAuthenticated = random.below(8) != 0
      let expected = ParsedInput(expectedFrom: input, limits)
      found += expected.requests.count
      refused += expected.error == nil ? 0 : 1
      for cuts in [[], random.cuts(input.count), random.cuts(input.count)] {
        let parsed = ParsedInput(input, cutAt: cuts, limits, &parser)
        try #require(parsed == expected, "input \(number) of seed \(seed), cut at \(cuts): \(quoted(input))")
      }
    }
    // The inputs are neither all right nor all wrong.
    #expect(found > inputs / 4 && refused > inputs / 20)
  }

  /// Replies of redis-server 7.0.15, after `-ERR Protocol error: `.
  @Test func errorsAreWordedAsInRedis() {
    let long = String(repeating: "1", count: 70_000)
    let cases = [
      ("*1\r\nfoo\r\n", "expected '$', got 'f'"),
      ("*x\r\n", "invalid multibulk length"),
      ("*2147483648\r\n", "invalid multibulk length"),
      ("*01\r\n", "invalid multibulk length"),
      ("* 1\r\n", "invalid multibulk length"),
      ("*1\r\n$x\r\n", "invalid bulk length"),
      ("*1\r\n$-1\r\n", "invalid bulk length"),
      ("*1\r\n$03\r\n", "invalid bulk length"),
      ("*1\r\n$536870913\r\n", "invalid bulk length"),
      ("PING 'a'b\n", "unbalanced quotes in request"),
      ("PING \"a\r\n", "unbalanced quotes in request"),
      ("*" + long, "too big mbulk count string"),
      ("*1\r\n$" + long, "too big bulk count string"),
      (long, "too big inline request"),
    ]
    var parser = RequestParser()
    for (input, text) in cases {
      let parsed = ParsedInput(Array(input.utf8), cutAt: [], Self.limits, &parser)
      #expect(parsed.error == Array(text.utf8), "\(input.prefix(30))")
      #expect(parsed.requests.isEmpty, "\(input.prefix(30))")
    }
  }

  @Test func theUnexpectedByteIsQuotedAsItCame() {
    var parser = RequestParser()
    let parsed = ParsedInput(Array("*1\r\n".utf8) + [0xe9], cutAt: [], Self.limits, &parser)
    #expect(parsed.error == Array("expected '$', got '".utf8) + [0xe9, UInt8(ascii: "'")])
  }

  @Test func sizesAreSmallBeforeAuthentication() {
    var parser = RequestParser()
    var limits = Self.limits
    limits.isAuthenticated = false
    for (input, text) in [
      ("*11\r\n", "unauthenticated multibulk length"), ("*1\r\n$16385\r\n", "unauthenticated bulk length"),
    ] { #expect(ParsedInput(Array(input.utf8), cutAt: [], limits, &parser).error == Array(text.utf8)) }
    let allowed = ParsedInput(Array("*10\r\n$16384\r\n".utf8), cutAt: [], limits, &parser)
    #expect(allowed.error == nil && allowed.rest == 13)
  }

  /// Lengths of more than 32 bits are lengths as others; what is there is not taken for them.
  @Test func lengthsMayBeOfAnySize() {
    var parser = RequestParser()
    var limits = Self.limits
    limits.bulkLength = .max
    for length in [1 << 31, 1 << 32, 5 << 32, Int.max - 3, Int.max] {
      let input = Array("*2\r\n$4\r\nECHO\r\n$\(length)\r\nabcdef\r\n*1\r\n$4\r\nPING\r\n".utf8)
      let parsed = ParsedInput(input, cutAt: [20, 30], limits, &parser)
      #expect(parsed.requests.isEmpty && parsed.error == nil && parsed.rest == input.count, "\(length)")
    }
  }

  private static func variable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  private func quoted(_ bytes: [UInt8]) -> String { String(decoding: quotedArgument(bytes), as: UTF8.self) }
}
