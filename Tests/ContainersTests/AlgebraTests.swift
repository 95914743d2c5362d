import ConformanceSupport
import Testing

@testable import Containers

/// Operations on two containers, against those on Swift's sets and dictionaries.
@Suite(.serialized, .sharedHeap) struct AlgebraTests {
  private typealias Members = Set<[UInt8]>

  private static func members(_ count: Int, below limit: Int, _ random: inout SeededGenerator) -> Members {
    var members: Members = []
    for _ in 0..<count { members.insert(ascii("member:\(random.below(limit))")) }
    return members
  }

  private static func set(_ members: Members) -> FieldSet {
    var set = FieldSet()
    for member in members { set.insert(member.bytes) }
    return set
  }

  /// Of sizes at which tables are between two arrays, too.
  @Test(arguments: [(0, 10), (10, 0), (40, 3), (5000, 5000), (131, 9000), (20_000, 300), (13_000, 14_000)])
  func operatesOnFieldSets(first: Int, second: Int) {
    var random = SeededGenerator(seed: UInt64(first))
    let (a, b) = (Self.members(first, below: 20_000, &random), Self.members(second, below: 20_000, &random))
    let left = Self.set(a), right = Self.set(b)
    var seen: [[UInt8]] = []
    let isWhole = left.forEachMember(areIn: true, right) { member in
      seen.append(member.array)
      return true
    }
    #expect(isWhole && seen.count == Set(seen).count && Set(seen) == a.intersection(b))
    seen = []
    left.forEachMember(areIn: false, right) { member in
      seen.append(member.array)
      return true
    }
    #expect(seen.count == Set(seen).count && Set(seen) == a.subtracting(b))
    var number = 0
    let wanted = min(2, a.intersection(b).count)
    left.forEachMember(areIn: true, right) { _ in
      number += 1
      return number < wanted
    }
    #expect(number == wanted)
    var union = left.copy()
    union.formUnion(right)
    let isUnion = isAlike(union, a.union(b))
    union.subtract(left)
    let isDifference = isAlike(union, b.subtracting(a))
    let areUnchanged = isAlike(left, a) && isAlike(right, b)
    #expect(isUnion && isDifference && areUnchanged)
  }

  private func isAlike(_ set: borrowing FieldSet, _ members: Members) -> Bool {
    var seen: Members = []
    set.forEach { member in seen.insert(member.array) }
    return set.count == members.count && seen == members && members.allSatisfy { set.contains($0.bytes) }
  }

  @Test func drawsEveryMember() {
    var random = SeededGenerator(seed: 4)
    let members = Self.members(300, below: 1000, &random)
    let set = Self.set(members)
    var drawn: [[UInt8]: Int] = [:]
    var left = 100 * members.count
    set.forEachRandom(using: &random) { member in
      drawn[member.array, default: 0] += 1
      left -= 1
      return left > 0
    }
    #expect(left == 0 && Set(drawn.keys) == members)
    // Chances of a hundred draws each: ten is the standard deviation.
    #expect(drawn.values.allSatisfy { 40...160 ~= $0 })
    FieldSet().forEachRandom(using: &random) { _ in
      Issue.record("a member of an empty set")
      return false
    }
  }

  /// Texts, integers, long elements and equal beginnings, of lists short and long.
  @Test(arguments: [(0, 5), (1, 9), (3, 100), (100, 3), (100, 128), (128, 100), (200, 250), (300, 400)])
  func findsCommonElements(first: Int, second: Int) {
    var random = SeededGenerator(seed: UInt64(first + second))
    func elements(_ count: Int) -> [[UInt8]] {
      var elements: [[UInt8]] = []
      while elements.count < count {
        let number = random.below(count + 40)
        let text = [
          "\(number)", "-\(number * 70_000)", "text \(number)", String(repeating: "x", count: number),
        ][random.below(4)]
        if !elements.contains(ascii(text)) { elements.append(ascii(text)) }
      }
      return elements
    }
    let (a, b) = (elements(first), elements(second))
    var left = PackedList(), right = PackedList()
    for element in a { left.append(element.bytes) }
    for element in b { right.append(element.bytes) }
    let common = a.filter { b.contains($0) }
    var seen: [[UInt8]] = []
    let isWhole = left.forEachCommon(right) { element in
      seen.append(element.array)
      return true
    }
    #expect(isWhole && seen == common)
    var number = 0
    let isCut = !left.forEachCommon(right) { _ in
      number += 1
      return number < 2
    }
    #expect(number == min(2, common.count) && isCut == (common.count >= 2))
  }

  /// Scores of all kinds, of which many are equal, in order; and the tree that is built of them.
  @Test(arguments: [0, 1, 59, 60, 61, 255, 256, 257, 1859, 1860, 1861, 40_000])
  func mergesIndices(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    var first = OrderedIndex(), second = OrderedIndex()
    var model: [[UInt8]: Double] = [:]
    for number in 0..<count {
      let (a, b) = (ascii("member:\(number)"), ascii("member:\(number + count / 2)"))
      let scores = [-1.5, 0, 7, Double(random.below(100)), Double(number) * 1e9, -Double(number) / 7]
      let (x, y) = (scores[random.below(6)], scores[random.below(6)])
      first.set(a.bytes, x)
      second.set(b.bytes, y)
      model[a, default: 0] += x
      model[b, default: 0] += y
    }
    var table = ScoreTable()
    table.merge(first) { old, score in (old ?? 0) + score }
    table.merge(second) { old, score in (old ?? 0) + score }
    var pairs = 0
    var areTrue = true
    first.forEach(in: second) { member, score, other in
      areTrue = areTrue && score == first.score(of: member) && other == second.score(of: member)
      pairs += 1
      return true
    }
    #expect(areTrue && pairs == count)
    let index = OrderedIndex(table)
    let isConsistent = index.isConsistent
    #expect(isConsistent && index.count == model.count)
    var isAlike = true
    index.forEach(in: 0..<index.count) { member, score in isAlike = isAlike && model[member.array] == score }
    #expect(isAlike)
  }
}
