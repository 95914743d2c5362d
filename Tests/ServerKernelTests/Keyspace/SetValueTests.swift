import ConformanceSupport
import Containers
import SetValues
import Testing

@testable import ServerKernel

extension CommandThreadTests {
  /// Random operations on sets of all encodings and on Swift's sets, which must stay alike.
  @Suite struct SetValueTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6])
    func behavesAsASet(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      var chance = RandomSource()
      var set = SetValue()
      var model: Set<[UInt8]> = []
      for step in 0..<6000 {
        let member = Self.member(&random, seed)
        switch random.below(10) {
        case 0..<6:
          let isNew = set.insert(member.bytes)
          #expect(isNew == model.insert(member).inserted)
        case 6..<8:
          let isRemoved = set.remove(member.bytes)
          #expect(isRemoved == (model.remove(member) != nil))
        case 8: set.removeRandomMember(using: &chance) { model.remove($0.array) }
        default:
          if random.below(100) > 0 { continue }
          var removed: [[UInt8]] = []
          set.removeRandomMembers(model.count / 2, using: &chance) { removed.append($0.array) }
          #expect(Set(removed).count == model.count / 2 && model.isSuperset(of: removed))
          model.subtract(removed)
        }
        if step % 200 == 0 {
          let isAlike = Self.isAlike(set, model)
          let name = set.encodingName
          #expect(isAlike, "seed \(seed), step \(step), \(name)")
          set = set.copy()
        }
      }
      set.removeRandomMembers(.max, using: &chance) { model.remove($0.array) }
      let isEmpty = set.isEmpty
      #expect(isEmpty && model.isEmpty)
    }

    @Test(arguments: [11, 12])
    func combinesAsSetsDo(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      for _ in 0..<300 {
        let left = Self.make(&random), right = Self.make(&random)
        var common: [[UInt8]] = []
        left.set.forEachCommon(right.set) { member in
          common.append(member.array)
          return true
        }
        #expect(common.count == Set(common).count && Set(common) == left.model.intersection(right.model))
        var union = left.set.copy()
        union.formUnion(right.set)
        var difference = left.set.copy()
        difference.subtract(right.set)
        let areAlike =
          Self.isAlike(union, left.model.union(right.model))
          && Self.isAlike(difference, left.model.subtracting(right.model))
        let names = "\(left.set.encodingName) and \(right.set.encodingName)"
        #expect(areAlike, "seed \(seed), \(names)")
      }
    }

    /// Every member comes up about as often as the others, whatever the encoding, drawn or removed, one or several.
    @Test(arguments: [8, 100, 5000])
    func choiceIsFair(members: Int) {
      var chance = RandomSource()
      for prefix in ["", "m"] {
        var set = SetValue()
        for number in 0..<members {
          let member = Array("\(prefix)\(number)".utf8)
          set.insert(member.bytes)
        }
        let name = set.encodingName
        var counts: [[UInt8]: Int] = [:]
        let draws = members * 40
        for _ in 0..<draws { set.withRandomMember(using: &chance) { counts[$0.array, default: 0] += 1 } }
        #expect(Self.isFair(counts, members, draws), "\(name), one at a time")
        counts = [:]
        for _ in 0..<160 {
          set.forEachRandomMember(members / 4, using: &chance) { counts[$0.array, default: 0] += 1 }
        }
        #expect(Self.isFair(counts, members, draws), "\(name), a quarter at a time")
        counts = [:]
        for _ in 0..<160 {
          var copy = set.copy()
          copy.removeRandomMembers(members / 4, using: &chance) { counts[$0.array, default: 0] += 1 }
        }
        #expect(Self.isFair(counts, members, draws), "\(name), a quarter removed")
      }
    }

    /// Whether the statistic of a chi-square test is within eight standard deviations of what chance makes it.
    private static func isFair(_ counts: [[UInt8]: Int], _ members: Int, _ draws: Int) -> Bool {
      let expected = Double(draws) / Double(members)
      let seen = counts.values.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
      let statistic = seen + Double(members - counts.count) * expected
      return statistic < Double(members - 1) + 8 * (2 * Double(members)).squareRoot()
    }

    private static func member(_ random: inout SeededGenerator, _ kind: UInt64) -> [UInt8] {
      switch kind % 6 {
      case 0: Array("\(random.below(100))".utf8)
      case 1: Array("\(random.below(2000) - 1000)".utf8)
      case 2: Array("m\(random.below(100))".utf8)
      case 3: Array("m\(random.below(3000))".utf8)
      case 4: random.below(3) > 0 ? Array("\(random.below(90))".utf8) : Array("m\(random.below(20))".utf8)
      default: Array(repeating: 120, count: random.below(90))
      }
    }

    private struct Pair: ~Copyable {
      var set = SetValue()
      var model: Set<[UInt8]> = []
    }

    private static func make(_ random: inout SeededGenerator) -> Pair {
      var pair = Pair()
      let kind = UInt64(random.below(6))
      for _ in 0..<[0, 3, 60, 700][random.below(4)] {
        let member = member(&random, kind)
        pair.set.insert(member.bytes)
        pair.model.insert(member)
      }
      return pair
    }

    private static func isAlike(_ set: borrowing SetValue, _ model: Set<[UInt8]>) -> Bool {
      var seen: [[UInt8]] = []
      set.forEach { seen.append($0.array) }
      guard seen.count == model.count, set.count == model.count, Set(seen) == model else { return false }
      for member in model where !set.contains(member.bytes) { return false }
      return !set.contains(Bytes("absent"))
    }
  }
}
