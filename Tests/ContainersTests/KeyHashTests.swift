import ConformanceSupport
import Containers
import Testing

@Suite struct KeyHashTests {
  /// Every length from 0 to 200: a change of any byte changes the hash, and so does the seed.
  @Test func dependsOnEveryByteAndTheSeed() {
    let hash = KeyHash(seed: 1)
    let other = KeyHash(seed: 2)
    var random = SeededGenerator(seed: 3)
    var collisions = 0
    for count in 0...200 {
      var key = random.bytes(count, from: Array(0...255))
      let before = hash(key.bytes)
      if before == other(key.bytes) { collisions += 1 }
      if before != KeyHash(seed: 1)(key.bytes) { collisions += 1 }
      for index in key.indices {
        let bit: UInt8 = 1 << UInt8(random.below(8))
        key[index] ^= bit
        if hash(key.bytes) == before { collisions += 1 }
        key[index] ^= bit
      }
    }
    #expect(collisions == 0)
  }

  /// Zeros of different lengths differ: the length is part of the hash.
  @Test func separatesLengths() {
    let hash = KeyHash(seed: 9)
    var seen: Set<UInt64> = []
    for count in 0...300 { seen.insert(hash([UInt8](repeating: 0, count: count).bytes)) }
    #expect(seen.count == 301)
  }

  /// A flipped input bit flips each output bit with probability one half, at lengths of every code path.
  @Test(arguments: [2, 3, 4, 8, 15, 16, 17, 31, 32, 33, 48, 64, 100])
  func avalanches(count: Int) {
    let hash = KeyHash(seed: 11)
    var random = SeededGenerator(seed: UInt64(count))
    var flips = [Int](repeating: 0, count: 64)
    let rounds = 4000
    for _ in 0..<rounds {
      var key = random.bytes(count, from: Array(0...255))
      let before = hash(key.bytes)
      let bit = random.below(count * 8)
      key[bit / 8] ^= 1 << UInt8(bit % 8)
      let difference = before ^ hash(key.bytes)
      for output in 0..<64 where difference >> UInt64(output) & 1 == 1 { flips[output] += 1 }
    }
    // Six standard deviations around one half.
    let tolerance = 190
    #expect(flips.allSatisfy { abs($0 - rounds / 2) < tolerance })
  }

  /// Numbered keys fill the low bits and the high bits of the hash evenly.
  @Test func spreadsNumberedKeys() {
    let hash = KeyHash(seed: 13)
    var low = [Int](repeating: 0, count: 1024)
    var high = low
    for number in 0..<102_400 {
      let value = hash(ascii("key:\(number)").bytes)
      low[Int(value & 1023)] += 1
      high[Int(value >> 54)] += 1
    }
    // Chi-squared with 1023 degrees of freedom: mean 1023, standard deviation 45.
    for counts in [low, high] {
      let chiSquared = counts.reduce(0) { $0 + ($1 - 100) * ($1 - 100) } / 100
      #expect(chiSquared < 1023 + 6 * 45)
    }
  }
}
