import Containers
import Testing

/// LZF against its own other direction, and against what others wrote.
@Suite struct LZFTests {
  private static func decompressed(_ bytes: [UInt8], count: Int, isPrefix: Bool = false) -> [UInt8]? {
    var output = ByteBuffer()
    guard LZF.decompress(bytes.bytes, into: &output, count: count, isPrefix: isPrefix) else { return nil }
    return output.bytes.array
  }

  private static let compressor = LZFCompressor()

  private static func compressed(_ bytes: [UInt8], gain: Int = 4) -> [UInt8]? {
    var output = ByteBuffer()
    // What stands behind must not matter, not even where it goes on as the string does.
    let padded = bytes + (bytes.isEmpty ? Array(repeating: 0, count: 8) : (0..<8).map { bytes[$0 % bytes.count] })
    guard compressor.compress(padded.bytes, count: bytes.count, into: &output, gain: gain) else { return nil }
    return output.bytes.array
  }

  @Test func itComesBack() {
    var generator = SystemRandomNumberGenerator()
    var shorter = 0
    for round in 0..<2000 {
      let count = Int.random(in: 0...(round % 10 == 0 ? 30_000 : 400))
      let letters = UInt8.random(in: 1...8)
      var text: [UInt8] = []
      while text.count < count {
        if Bool.random(), text.count > 10 {
          let start = Int.random(in: 0..<text.count)
          text += text[start..<min(text.count, start + Int.random(in: 1...600))]
        } else {
          text.append(UInt8.random(in: 0..<letters, using: &generator))
        }
      }
      guard let packed = Self.compressed(text) else { continue }
      shorter += 1
      #expect(packed.count + 4 <= text.count)
      #expect(Self.decompressed(packed, count: text.count) == text)
      let prefix = Int.random(in: 0...text.count)
      #expect(Self.decompressed(packed, count: prefix, isPrefix: true) == Array(text[..<prefix]))
    }
    #expect(shorter > 1000)
  }

  @Test func whatDoesNotGainIsLeft() {
    #expect(Self.compressed(Array("abcdefghijklmnopqrstuvwxyz".utf8)) == nil)
    #expect(Self.compressed([]) == nil)
    #expect(Self.compressed([1, 1, 1, 1]) == nil)
  }

  /// Files are as small as redis-server's, within two in a hundred: it compresses these texts to so many bytes.
  @Test(arguments: [
    ((0..<100).map { "field:\($0) value:\($0)" }.joined(separator: " "), 650),
    ((0..<100).map { #"{"id": \#($0), "name": "user \#($0 * 7919 % 1000)", "active": \#($0 % 3 != 0)}"# }
      .joined(separator: "\n"), 1248),
    ((0..<300).map { "\($0 * $0 * 7919 % 100_003)," }.joined(), 1514),
  ])
  func itIsAsShortAsThatOfRedis(text: String, count: Int) throws {
    let packed = try #require(Self.compressed(Array(text.utf8)))
    #expect(packed.count <= count + count / 50)
  }

  /// `DUMP` of a hundred times "a", by redis-server.
  @Test func itReadsWhatRedisWrites() {
    let bytes: [UInt8] = [1, 0x61, 0x61, 0xe0, 0x57, 0, 1, 0x61, 0x61]
    #expect(Self.decompressed(bytes, count: 100) == Array(repeating: 0x61, count: 100))
  }

  @Test func damageIsRefused() throws {
    let text = Array("a word, a word and a word, and one more word".utf8)
    let packed = try #require(Self.compressed(text))
    for end in 0..<packed.count { #expect(Self.decompressed(Array(packed[..<end]), count: text.count) == nil) }
    #expect(Self.decompressed(packed, count: text.count - 1) == nil)
    #expect(Self.decompressed(packed, count: text.count + 1) == nil)
    #expect(Self.decompressed(packed, count: .max) == nil)
    // A distance before the beginning, and a match that is cut off.
    #expect(Self.decompressed([0x20, 0x00], count: 3) == nil)
    #expect(Self.decompressed([0, 1, 0xe0], count: 20) == nil)
    for _ in 0..<20_000 {
      let garbage = (0..<Int.random(in: 0...40)).map { _ in UInt8.random(in: 0...255) }
      _ = Self.decompressed(garbage, count: Int.random(in: 0...4000))
    }
  }
}
