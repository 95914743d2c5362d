import ConformanceSupport
import Containers
import Testing

extension CommandThreadTests {
  /// Random operations on integer sets and on Swift's sets, which must stay alike.
  @Suite struct IntegerSetTests {
    @Test func isOnePointerAndEmptyItIsNothing() {
      #expect(MemoryLayout<IntegerSet>.size == 8)
      var set = IntegerSet()
      #expect(set.isEmpty && set.count == 0 && set.memoryUse == 0 && !set.contains(0))
      let isNew = set.insert(5)
      #expect(isNew && set.memoryUse == 16)
      let isRemoved = set.remove(5)
      #expect(isRemoved && set.isEmpty && set.memoryUse == 0)
    }

    /// Five elements of two bytes and the header.
    @Test func smallOnesAreSmall() {
      var set = IntegerSet()
      for value in 0..<5 { set.insert(Int64(value)) }
      #expect(set.memoryUse == 24)
      set.insert(1 << 40)
      #expect(set.memoryUse == 56 && set[5] == 1 << 40 && set[0] == 0)
    }

    @Test(arguments: [1, 2, 3, 4])
    func behavesAsASet(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      var set = IntegerSet()
      var model: Set<Int64> = []
      for round in 0..<6 {
        let width = [8, 14, 31, 62, 10, 16][round]
        for _ in 0..<3000 {
          let value = Self.value(&random, bits: width)
          let isInsertion = (random.below(4) < 3) == (round % 2 == 0)
          let isChanged =
            isInsertion
            ? set.insert(value) == model.insert(value).inserted : set.remove(value) == (model.remove(value) != nil)
          #expect(isChanged)
        }
        let isAlike = Self.isAlike(set, model)
        #expect(isAlike, "seed \(seed), round \(round)")
        set = set.copy()
        set.removeAll { $0 % 7 != 0 }
        model = model.filter { $0 % 7 != 0 }
        let isAlikeStill = Self.isAlike(set, model)
        #expect(isAlikeStill, "seed \(seed), round \(round)")
      }
      while !set.isEmpty {
        let position = random.below(set.count)
        model.remove(set[position])
        set.remove(at: position)
      }
      #expect(model.isEmpty)
    }

    @Test(arguments: [5, 6, 7])
    func mergesAsSetsDo(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      for _ in 0..<400 {
        let left = Self.make(&random), right = Self.make(&random)
        var common: [Int64] = []
        left.set.forEachCommon(right.set) { value in
          common.append(value)
          return true
        }
        #expect(common == left.model.intersection(right.model).sorted())
        var seen = 0
        let isComplete = left.set.forEachCommon(right.set) { _ in
          seen += 1
          return seen < 2
        }
        #expect(isComplete == (common.count < 2) && seen == min(2, common.count))
        var union = left.set.copy()
        union.formUnion(right.set)
        var difference = left.set.copy()
        difference.subtract(right.set)
        let areAlike =
          Self.isAlike(union, left.model.union(right.model))
          && Self.isAlike(difference, left.model.subtracting(right.model))
        #expect(areAlike, "seed \(seed)")
      }
    }

    @Test func extremesFindTheirPlaces() {
      var set = IntegerSet()
      let values: [Int64] = [0, .min, .max, 32767, 32768, -32768, -32769, 1 << 31, 1 << 31 - 1, -1 << 31, -1 << 31 - 1]
      for value in values { set.insert(value) }
      let isAlike = Self.isAlike(set, Set(values))
      #expect(isAlike)
    }

    private static func value(_ random: inout SeededGenerator, bits: Int) -> Int64 {
      let magnitude = Int64(truncatingIfNeeded: random.next() >> UInt64(64 - bits))
      return random.below(2) == 0 ? magnitude : -magnitude
    }

    private struct Pair: ~Copyable {
      var set = IntegerSet()
      var model: Set<Int64> = []
    }

    private static func make(_ random: inout SeededGenerator) -> Pair {
      var pair = Pair()
      let bits = [4, 7, 12, 33][random.below(4)]
      for _ in 0..<[0, 1, 5, 60, 800][random.below(5)] {
        let value = value(&random, bits: bits)
        pair.set.insert(value)
        pair.model.insert(value)
      }
      return pair
    }

    private static func isAlike(_ set: borrowing IntegerSet, _ model: Set<Int64>) -> Bool {
      var seen: [Int64] = []
      set.forEach { seen.append($0) }
      guard seen == model.sorted(), set.count == model.count, !set.contains(Int64.max - 1) else { return false }
      for (position, value) in seen.enumerated() where set[position] != value || !set.contains(value) { return false }
      return true
    }
  }
}
