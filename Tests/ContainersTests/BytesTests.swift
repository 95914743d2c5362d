import Containers
import Testing

// `#expect` takes its operands apart, which non-escaping views do not allow: results are named first.
@Suite struct BytesTests {
  /// Each length takes other reads, and each byte is in one of them.
  @Test func equalityIsOfEveryByte() {
    for count in 0..<48 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
      let twin = bytes
      let areEqual = bytes.bytes == twin.bytes
      #expect(areEqual, "\(count)")
      for index in 0..<count {
        var other = bytes
        other[index] ^= 0x80
        let areEqual = bytes.bytes == other.bytes
        #expect(!areEqual, "\(count), \(index)")
      }
    }
  }

  @Test func comparesIgnoringCase() {
    let word = Array("PeRSisT".utf8)
    let same = word.bytes.equalsIgnoringCase("persist")
    let shorter = word.bytes.equalsIgnoringCase("persis")
    let different = word.bytes.equalsIgnoringCase("persi@t")
    #expect(same)
    #expect(!shorter)
    #expect(!different)
  }

  @Test func ordersAsMemcmp() {
    let short = Array("ab".utf8), long = Array("abc".utf8), high: [UInt8] = [0xff]
    let prefix = short.bytes.compare(long.bytes)
    let unsigned = high.bytes.compare(long.bytes)
    let equal = long.bytes.compare(long.bytes)
    #expect(prefix < 0)
    #expect(unsigned > 0)
    #expect(equal == 0)
  }
}
