import ConformanceSupport
import Testing

@testable import Containers

@Suite struct DigestTests {
  @Test func knowsThePublishedVectors() {
    let empty: [UInt8] = []
    let letters = ascii("abc")
    #expect(hexadecimal(SHA1.digest(empty.bytes)) == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
    #expect(hexadecimal(SHA1.digest(letters.bytes)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(
      hexadecimal(SHA256.digest(empty.bytes))
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      hexadecimal(SHA256.digest(letters.bytes))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  /// The digest of the digests of 0 to 199 times "x", computed with Python's hashlib: every
  /// length of the last block is among them.
  @Test func padsEveryLength() {
    var chain1 = SHA1()
    var chain256 = SHA256()
    for length in 0..<200 {
      let input = [UInt8](repeating: UInt8(ascii: "x"), count: length)
      let digest1 = SHA1.digest(input.bytes)
      let digest256 = SHA256.digest(input.bytes)
      let chained1 = (0..<20).map { digest1[$0] }
      let chained256 = (0..<32).map { digest256[$0] }
      chain1.update(chained1.bytes)
      chain256.update(chained256.bytes)
    }
    #expect(hexadecimal(chain1.finish()) == "bbd580c3a0c872a603baa084a09981df9eb680e5")
    #expect(hexadecimal(chain256.finish()) == "f5e61141898898cdabae3590cb32e1901b40bdc59952302926213a44c105c129")
  }

  @Test func computesRedisCRC64() {
    let digits = ascii("123456789")
    let text = ascii(
      "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore "
        + "magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea "
        + "commodo consequat. Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat "
        + "nulla pariatur. Excepteur sint occaecat cupidatat non proident, sunt in culpa qui officia deserunt mollit "
        + "anim id est laborum.\0")
    let short = CRC64.checksum(digits.bytes)
    let long = CRC64.checksum(text.bytes)
    #expect(short == 0xe9c6_d914_c4b8_d9ca)
    #expect(long == 0xc779_4709_e696_83b3)
    for cut in 0..<text.count {
      var pieces = CRC64()
      let first = Array(text[..<cut])
      let second = Array(text[cut...])
      pieces.update(first.bytes)
      pieces.update(second.bytes)
      #expect(pieces.value == long)
    }
  }

  /// Long runs, which are folded where the machine can, come to what short ones come to, wherever they begin.
  @Test func foldsToTheSameCRC64() {
    var random = SeededGenerator(seed: 61)
    let bytes = random.bytes(2000, from: Array(0...255))
    for _ in 0..<2000 {
      let start = random.below(bytes.count)
      let run = Array(bytes[start..<start + random.below(bytes.count - start)])
      var folded = CRC64(continuing: UInt64(start) << 50)
      var portable = folded
      folded.update(run.bytes)
      portable.portableUpdate(run.bytes)
      #expect(folded.value == portable.value, "\(run.count) bytes")
    }
  }

  /// CLUSTER KEYSLOT of a redis-server 7.0.15.
  @Test(arguments: [
    ("foo", 12182), ("bar", 5061), ("{user1000}.following", 3443), ("foo{}{bar}", 8363), ("foo{{bar}}zap", 4015),
    ("foo{bar}{zap}", 5061), ("", 0), ("{}", 15257), ("a{b", 13340), ("123456789", 12739), ("{a}", 15495),
    ("x}{y}", 12222),
  ])
  func findsTheClusterSlot(key: String, slot: Int) {
    let found = hashSlot(ascii(key).bytes)
    #expect(found == slot)
  }

  private func hexadecimal(_ digest: InlineArray<20, UInt8>) -> String {
    var text = ByteBuffer()
    text.append(hexadecimal: digest.span)
    return text.bytes.string
  }

  private func hexadecimal(_ digest: InlineArray<32, UInt8>) -> String {
    var text = ByteBuffer()
    text.append(hexadecimal: digest.span)
    return text.bytes.string
  }
}
