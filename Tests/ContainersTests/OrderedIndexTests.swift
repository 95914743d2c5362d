import ConformanceSupport
import Foundation
import Testing

@testable import Containers

/// Random operations on an ordered index and on a sorted array, which must stay alike.
///
/// `ORDERED_INDEX_STEPS=10000000` makes a long run of it.
@Suite struct OrderedIndexTests {
  static let steps = ProcessInfo.processInfo.environment["ORDERED_INDEX_STEPS"].flatMap(Int.init) ?? 200_000

  @Test(arguments: [51, 52, 53, 54, 55]) func behavesAsASortedArray(seed: UInt64) {
    var run = OrderedIndexRun(seed: seed)
    for step in 0..<Self.steps / 5 {
      run.change()
      if step % 512 == 0 || run.model.count < 6 {
        let isAlike = run.isAlike()
        #expect(isAlike, "seed \(seed), step \(step)")
        if !isAlike { return }
      }
    }
    let isAlike = run.isAlike()
    #expect(isAlike, "seed \(seed), at the end")
  }

  /// Members of 19 bytes, at the load of slots that one million of them have.
  @Test func takesSixtyBytesForNineteen() {
    let count = 125_000
    for isOrdered in [false, true] {
      var index = OrderedIndex(hash: KeyHash(seed: 1), heap: Heap())
      var random = SeededGenerator(seed: 1)
      for number in 0..<count {
        let member = ascii("member:" + String(100_000_000_000 + number))
        index.set(member.bytes, isOrdered ? Double(number) : Double(random.below(1 << 40)))
      }
      #expect(index.memoryUse < count * 60, "\(index.memoryUse)")
      let isConsistent = index.isConsistent
      #expect(isConsistent)
      // Emptied by pops it keeps nothing.
      for _ in 0..<count - 1000 { index.removeSubrange(0..<1) }
      #expect(index.memoryUse < 200_000, "\(index.memoryUse)")
      index.removeSubrange(0..<1000)
      #expect(index.memoryUse < 1000, "\(index.memoryUse)")
    }
  }

  /// The leaves at the ends become empty before they share, and the branches above them with them.
  @Test func isConsistentWhileItIsEmptiedFromTheEnds() {
    var random = SeededGenerator(seed: 4)
    for ends in [[true], [false], [true, false]] {
      var index = OrderedIndex(hash: KeyHash(seed: 4), heap: Heap())
      for number in 0..<6000 { index.set(ascii("m\(number)").bytes, Double(random.below(2000))) }
      var left = (0..<6000).map { $0 }
      var order: [String] = []
      index.forEach(in: 0..<6000) { member, _ in order.append(String(decoding: member.array, as: UTF8.self)) }
      while !left.isEmpty {
        let isFirst = ends[random.below(ends.count)]
        let rank = isFirst ? 0 : left.count - 1
        index.removeSubrange(rank..<rank + 1)
        left.remove(at: rank)
        // What comes in at an end that has become small finds its place.
        if random.below(50) == 0, let first = left.first, let last = left.last {
          let middle = ascii(order[(first + last) / 2])
          if let score = index.score(of: middle.bytes) {
            index.set(middle.bytes, isFirst ? -1 : 3000)
            index.set(middle.bytes, score)
          }
        }
        let isConsistent = index.isConsistent && index.count == left.count
        #expect(isConsistent)
        if !isConsistent { return }
      }
      let isEmpty = index.isEmpty
      #expect(isEmpty)
    }
  }

  @Test func copiesAndOrdersTables() {
    var scores = ScoreTable(heap: Heap())
    var random = SeededGenerator(seed: 2)
    for _ in 0..<30_000 {
      let member = ascii("m\(random.below(20_000))")
      scores.update(member.bytes) { ($0 ?? 0) + Double(random.below(50)) }
    }
    let count = scores.count
    let index = OrderedIndex(scores)
    let copy = index.copy()
    #expect(index.count == count && copy.count == count)
    let areConsistent = index.isConsistent && copy.isConsistent
    #expect(areConsistent)
    var members: [[UInt8]] = []
    index.forEach(in: 0..<count) { member, _ in members.append(member.array) }
    var backward: [[UInt8]] = []
    copy.forEachReversed(in: 0..<count) { member, _ in backward.append(member.array) }
    #expect(members == backward.reversed())
  }

  /// A walk in pieces shows what was there when it began.
  @Test func walksAreOfTheirBeginning() {
    var run = OrderedIndexRun(seed: 61)
    for _ in 0..<20_000 { run.change() }
    let before = run.model.map { "\($0.score) \($0.member)" }.sorted()
    run.index.beginWalk()
    var seen: [String] = []
    while run.index.continueWalk(members: 10, { member, score in seen.append("\(score) \(member.array)") }) {
      for _ in 0..<20 { run.change(mayCopy: false) }
    }
    run.index.endWalk()
    #expect(seen.sorted() == before)
    let isAlike = run.isAlike()
    #expect(isAlike)
  }

  @Test func isFreedOnAnotherThread() {
    let heap = Heap()
    var index = OrderedIndex(hash: KeyHash(seed: 3), heap: heap)
    for number in 0..<10_000 { index.set(ascii("m\(number)").bytes, Double(number % 100)) }
    let box = IndexBox(index)
    let thread = TestThread { box.empty() }
    thread.join()
    while !heap.collectRemote(limit: 1000) {}
    #expect(heap.bytesInUse == 0)
  }
}

private final class IndexBox: @unchecked Sendable {
  private var index: OrderedIndex?
  init(_ index: consuming OrderedIndex) { self.index = consume index }
  func empty() { index = nil }
}

/// Both, and a source of changes that alternately fills and empties them.
struct OrderedIndexRun: ~Copyable {
  var index: OrderedIndex
  var model: [(score: Double, member: [UInt8])] = []
  var scores: [[UInt8]: Double] = [:]
  var random: SeededGenerator
  var step = 0

  init(seed: UInt64) {
    index = OrderedIndex(hash: KeyHash(seed: seed), heap: Heap())
    random = SeededGenerator(seed: seed)
  }

  mutating func change(mayCopy: Bool = true) {
    step += 1
    let isFilling = step / 6000 % 2 == 0
    switch random.below(20) {
    case 0..<(isFilling ? 12 : 5): set(randomMember(), randomScore())
    case 0..<(isFilling ? 14 : 8):
      // A small step, as of a counter.
      guard let entry = model.randomElement(using: &random) else { return }
      set(entry.member, entry.score.isFinite ? entry.score + Double(random.below(3)) - 1 : 0)
    case 0..<18: remove(model.randomElement(using: &random)?.member ?? randomMember())
    case 18:
      let low = [0, model.count, random.below(model.count + 1)][random.below(3)]
      let number = random.below(isFilling ? 4 : 300)
      let range = max(0, low - number)..<low
      index.removeSubrange(range)
      for entry in model[range] { scores[entry.member] = nil }
      model.removeSubrange(range)
    default:
      if mayCopy && random.below(400) == 0 { index = index.copy() }
      askForRanks()
    }
  }

  /// Where an entry is, or would be, in the model.
  private func place(_ score: Double, _ member: [UInt8]) -> Int {
    var (low, high) = (0, model.count)
    while low < high {
      let middle = (low + high) / 2
      let entry = model[middle]
      let isBefore = entry.score == score
        ? entry.member.lexicographicallyPrecedes(member) : entry.score < score
      if isBefore { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func set(_ member: [UInt8], _ score: Double) {
    let old = scores[member]
    let outcome = index.set(member.bytes, score)
    #expect(outcome == (old == nil ? .added : old == score ? .unchanged : .moved))
    if let old {
      if old == score { return }
      model.remove(at: place(old, member))
    }
    scores[member] = score
    model.insert((score, member), at: place(score, member))
  }

  private mutating func remove(_ member: [UInt8]) {
    let isRemoved = index.remove(member.bytes)
    #expect(isRemoved == (scores[member] != nil))
    if let score = scores.removeValue(forKey: member) { model.remove(at: place(score, member)) }
  }

  private mutating func askForRanks() {
    let score = randomScore()
    let low = index.rank(before: score, orEqual: false)
    let high = index.rank(before: score, orEqual: true)
    #expect(low == model.firstIndex { $0.score >= score } ?? model.count)
    #expect(high == model.firstIndex { $0.score > score } ?? model.count)
    let member = model.randomElement(using: &random)?.member ?? randomMember()
    let found = index.rank(of: member.bytes)
    #expect(found?.score == scores[member])
    if let score = scores[member] { #expect(found?.rank == place(score, member)) }
    if model.count < 2 { return }
    let start = random.below(model.count)
    let range = start..<min(model.count, start + random.below(200))
    var seen: [[UInt8]] = []
    index.forEach(in: range) { member, _ in seen.append(member.array) }
    #expect(seen == model[range].map(\.member))
    seen = []
    index.forEachReversed(in: range) { member, _ in seen.append(member.array) }
    #expect(seen == model[range].reversed().map(\.member))
  }

  mutating func isAlike() -> Bool {
    if !index.isConsistent || index.count != model.count { return false }
    var position = 0
    var isAlike = true
    index.forEach(in: 0..<index.count) { member, score in
      let entry = model[position]
      isAlike = isAlike && score == entry.score && member == entry.member.bytes
      position += 1
    }
    return isAlike
  }

  private mutating func randomMember() -> [UInt8] {
    switch random.below(10) {
    case 0: return [UInt8](repeating: UInt8(random.below(4)), count: random.below(300))
    case 1: return []
    default: return ascii("member:\(random.below(6000))")
    }
  }

  private mutating func randomScore() -> Double {
    switch random.below(12) {
    case 0: return [0, -0.0, .infinity, -.infinity, 1, .greatestFiniteMagnitude,
      .leastNonzeroMagnitude][random.below(7)]
    case 1: return Double(bitPattern: Double(1).bitPattern + UInt64(random.below(50)))
    case 2, 3: return Double(random.below(10)) - 5
    case 4, 5: return Double(step)
    case 6: return -Double(step)
    case 7: return Double(random.below(1 << 40)) / 1e6 * (random.below(2) == 0 ? 1 : -1)
    default: return Double(random.below(100_000))
    }
  }
}
