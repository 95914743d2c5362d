import Containers
import Testing

// `#expect` takes its operands apart, which non-escaping views do not allow: results are named first.
@Suite struct BytesTests {
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
