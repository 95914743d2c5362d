import ConformanceSupport

/// Makes input for the request parser: requests as clients send them, then mutated.
struct RequestGenerator {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func below(_ bound: Int) -> Int { random.below(bound) }

  /// A few requests one after another, most of them with something wrong in one or two places.
  mutating func input() -> [UInt8] {
    var input: [UInt8] = []
    for _ in 0...below(3) { input += below(4) == 0 ? inlineRequest() : arrayRequest() }
    for _ in 0..<below(3) where !input.isEmpty { mutate(&input) }
    return input
  }

  /// Up to four places to cut `count` bytes at, in order; the same place twice stands for an empty read.
  mutating func cuts(_ count: Int) -> [Int] {
    if below(8) == 0 { return Array(0..<min(count, 300)) }
    return (0...below(4)).map { _ in below(count + 1) }.sorted()
  }

  private mutating func arrayRequest() -> [UInt8] {
    // More than 32 arguments, and arguments of 32 KB, have the parser keep its state between reads.
    let count = below(12) == 0 ? 30 + below(40) : below(6)
    var request = Array("*\(count)\r\n".utf8)
    for _ in 0..<count {
      let word = below(300) == 0 ? [UInt8](repeating: 120, count: 32766 + below(5)) : word()
      request += Array("$\(word.count)\r\n".utf8) + word + [13, 10]
    }
    return request
  }

  private mutating func word() -> [UInt8] {
    if below(2) == 0 { return Array(["PING", "set", "", "key", "1", "$3\r\nabc\r\n", "*1\r\n"][below(7)].utf8) }
    return (0..<below(12)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }

  private mutating func inlineRequest() -> [UInt8] {
    let words = ["PING", "a", "\"b c\"", "'d'", "\"\\x41\\n\"", "\"", "'", "\t", "\u{b}", "e\"f\"", "\\", "\"g\"h"]
    var line: [UInt8] = []
    for _ in 0..<below(5) { line += Array((words[below(words.count)] + (below(3) == 0 ? "" : " ")).utf8) }
    return line + (below(3) == 0 ? [10] : [13, 10])
  }

  private mutating func mutate(_ input: inout [UInt8]) {
    let place = below(input.count)
    let length = min(below(6), input.count - place)
    switch below(7) {
    case 0: input[place] = UInt8(truncatingIfNeeded: random.next())
    case 1: input[place] ^= 1 << UInt8(below(8))
    case 2: input.removeSubrange(place..<place + length)
    case 3: input.insert(contentsOf: input[place..<place + length], at: below(input.count))
    case 4: input.removeSubrange(place...)
    case 5: input.insert(contentsOf: Array("*$\r\n-0123456789\"' ".utf8).shuffled(using: &random)[..<2], at: place)
    default:
      let numbers = [
        "-1", "0", "01", "+1", "", " 1", "11", "16385", "1048577", "2147483647", "2147483648", "536870912",
        "536870913", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1\n", "1e3",
      ]
      if let mark = input[place...].firstIndex(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "$") }) {
        let end = input[mark...].firstIndex(of: 13) ?? input.endIndex
        input.replaceSubrange(mark + 1..<max(end, mark + 1), with: Array(numbers[below(numbers.count)].utf8))
      }
    }
  }
}
