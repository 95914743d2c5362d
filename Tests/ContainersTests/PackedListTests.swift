import ConformanceSupport
import Containers
import Testing

@Suite(.serialized, .sharedHeap) struct PackedListTests {
  @Test func isAnAddressOfSixBytes() {
    #expect(MemoryLayout<PackedList>.size == 6)
    let list = PackedList()
    let allocated = list.allocatedByteCount
    #expect(allocated == 0)
  }

  /// The size of an entry, by element.
  @Test(arguments: [
    ("0", 2), ("127", 2), ("128", 3), ("-1", 3), ("4095", 3), ("-4096", 3), ("4096", 4), ("-32768", 4), ("32768", 5),
    ("8388608", 6), ("2147483648", 10), ("9223372036854775807", 10), ("", 2), ("abc", 5), ("007", 5), ("-0", 4),
    ("9223372036854775808", 21),
  ])
  func storesCompactly(element: String, size: Int) {
    var list = PackedList()
    list.append(ascii(element).bytes)
    let byteCount = list.byteCount
    let text = list.element(at: list.startIndex).array
    #expect(byteCount == size)
    #expect(text == ascii(element))
  }

  /// The entries inside `DUMP` of a redis-server 7.0.15, for a list of these elements.
  @Test func storesEntriesAsRedis() {
    let long = String(repeating: "x", count: 70)
    let elements = ["a", "1", "-1", "4096", "100000", "-9000000", "5000000000", "01", long]
    var list = PackedList()
    for element in elements { list.append(ascii(element).bytes) }
    let encoded = list.encodedEntries.array.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(encoded == Self.redisEntries + String(repeating: "78", count: 70) + "48")
  }

  private static let redisEntries = "8161020101dfff02f1001003f2a0860104f3c0ab76ff05f400f2052a010000000982303103e046"

  @Test func searchesOnlyFields() {
    var hash = PackedList()
    for number in 0..<50 {
      hash.append(ascii("f\(number)").bytes)
      hash.append(ascii("f\(number + 1)").bytes)
    }
    let field = hash.find(ascii("f7").bytes, skipping: 1)
    let beyond = hash.find(ascii("f50").bytes, skipping: 1)
    let value = hash.find(ascii("f50").bytes)
    let expectedField = hash.index(ofElement: 14)
    let expectedValue = hash.index(ofElement: -1)
    #expect(field == expectedField)
    #expect(beyond == nil)
    #expect(value == expectedValue)
  }

  @Test func refusesDamagedEntries() {
    var list = PackedList()
    for text in ["abc", "12", "-5000", String(repeating: "y", count: 100), "zz", "123456789012"] {
      list.append(ascii(text).bytes)
    }
    let good = list.encodedEntries.array
    let whole = adopted(good, count: 6)?.count
    #expect(whole == 6)
    for cut in 1..<good.count {
      let part = Array(good[..<cut])
      // A cut between two entries leaves a shorter list; any other is found out.
      for count in 0...7 {
        guard let shorter = adopted(part, count: count) else { continue }
        let isPrefix = shorter.count == count && count < 6 && shorter.byteCount == cut
        #expect(isPrefix)
      }
    }
    var random = SeededGenerator(seed: 41)
    for _ in 0..<20_000 {
      var damaged = good
      damaged[random.below(good.count)] = UInt8(random.below(256))
      guard let list = adopted(damaged, count: 6 - random.below(2)) else { continue }
      // What is accepted can be walked both ways.
      var steps = 0
      var index = list.startIndex
      while index != list.endIndex {
        index = list.index(after: index)
        steps += 1
      }
      while index != list.startIndex {
        index = list.index(before: index)
        steps -= 1
      }
      #expect(steps == 0)
    }
    // An integer as text, and an integer in a longer form than it needs.
    let notCanonical: [[UInt8]] = [[0x81, 0x31, 0x02], [0xc0, 0x01, 0x02], [0xf1, 0x01, 0x00, 0x03]]
    for bytes in notCanonical {
      let isRefused = adopted(bytes, count: 1) == nil
      #expect(isRefused)
    }
  }

  /// Wherever it stands, and whatever stands beside it.
  @Test(arguments: [64, 100, 4000, 4095, 4096, 5000]) func findsALongElement(count: Int) {
    for position in 0...60 {
      var list = PackedList()
      for number in 0..<60 {
        if number == position { list.append([UInt8](repeating: 0x61, count: count).bytes) }
        list.append(ascii("element \(number)").bytes)
      }
      let isLonger = list.hasElement(longerThan: count - 1, every: 1)
      let isNotLonger = !list.hasElement(longerThan: count, every: 1)
      #expect(isLonger == (position < 60) && isNotLonger)
      list.append(-70_000)
      let isLongerBesideInteger = list.hasElement(longerThan: count - 1, every: 1)
      #expect(isLongerBesideInteger == isLonger)
    }
  }

  @Test func staysLinearWhenFilled() {
    var list = PackedList()
    let element = ascii("element:12345678")
    for _ in 0..<200_000 { list.append(element.bytes) }
    let count = list.count
    let slack = list.allocatedByteCount - list.byteCount
    #expect(count == 200_000)
    #expect(slack <= list.byteCount / 8 + 64)
    list.remove(at: list.startIndex, count: 199_999)
    let left = list.allocatedByteCount
    #expect(left <= 64)
  }

  @Test func keepsLargeElements() {
    var list = PackedList()
    let large = [UInt8](repeating: 9, count: 300_000)
    list.append(large.bytes)
    list.append(ascii("end").bytes)
    let index = list.index(before: list.index(before: list.endIndex))
    let isKept = list.element(at: index) == large.bytes
    #expect(isKept)
    #expect(index == list.startIndex)
  }

  @Test func trapsOnWrongIndices() async {
    await #expect(processExitsWith: .failure) {
      var list = PackedList()
      list.append(ascii("some text").bytes)
      let stale = list.endIndex
      list.removeAll()
      _ = list.element(at: stale).count
    }
    await #expect(processExitsWith: .failure) {
      var list = PackedList()
      list.append(ascii("some text").bytes)
      let inner = list.endIndex
      list.removeAll()
      list.append(ascii("a much longer text than before").bytes)
      list.remove(at: inner)
    }
  }
}
