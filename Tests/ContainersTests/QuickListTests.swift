import ConformanceSupport
import Testing

@testable import Containers

@Suite(.serialized, .sharedHeap) struct QuickListTests {
  /// Random operations on a quick list and on an array of byte strings, which must stay alike.
  @Test(arguments: [(41, -1), (42, -2), (43, 1), (44, 3), (45, 100), (46, -5), (47, 2), (48, 7)])
  func behavesAsAnArray(seed: UInt64, limit: Int) {
    var run = QuickListRun(seed: seed, limit: limit)
    for step in 0..<4_000 {
      run.change()
      if step % 16 == 0 || run.model.count < 6 {
        let isEqual = run.isAlike()
        #expect(isEqual, "seed \(seed), step \(step)")
        if !isEqual { return }
      }
    }
  }

  /// As above with lists that stay short, or nearly so, and with what accompanies them at times.
  @Test(arguments: [(51, -2), (52, 25), (53, -1), (54, 20)])
  func behavesAsAnArrayWhileShort(seed: UInt64, limit: Int) {
    var run = QuickListRun(seed: seed, limit: limit, ceiling: 30)
    var wasShort = 0
    for step in 0..<6_000 {
      run.change()
      if step % 500 == 250 { run.list.companion = QuickListCompanion() }
      if step % 500 == 400 { run.list.companion = nil }
      if run.list.isShort { wasShort += 1 }
      let isEqual = run.isAlike()
      #expect(isEqual, "seed \(seed), step \(step)")
      if !isEqual { return }
    }
    #expect(wasShort > 300)
  }

  @Test func aShortListIsOneBlock() {
    #expect(MemoryLayout<QuickList>.size == 8)
    var list = QuickList()
    let limit = QuickList.NodeLimit(-2)
    for number in 10_000..<10_005 { list.append(ascii("item:\(number)").bytes, limit) }
    #expect(list.memoryUse == 72)
    let twin = list.copy()
    #expect(twin.memoryUse == 72 && twin.first!.array == ascii("item:10000"))
  }

  @Test func aCompanionStaysWhileTheListIsEmpty() {
    var list = QuickList()
    let limit = QuickList.NodeLimit(-2)
    let companion = QuickListCompanion()
    for number in 0..<5_000 { list.append(ascii(String(number)).bytes, limit) }
    list.companion = companion
    list.removeSubrange(0..<5_000)
    var isThere = list.isEmpty && list.companion === companion
    #expect(isThere)
    list.prepend(ascii("again").bytes, limit)
    list.removeLast()
    isThere = list.isEmpty && list.companion === companion
    #expect(isThere)
    list.companion = nil
    #expect(list.memoryUse == 0)
  }

  @Test func takesTwentyBytesForSeventeen() {
    for atFront in [false, true] {
      var list = QuickList()
      let limit = QuickList.NodeLimit(-2)
      for number in 0..<200_000 {
        let element = ascii("item:" + String(number + 100_000_000_000))
        if atFront { list.prepend(element.bytes, limit) } else { list.append(element.bytes, limit) }
      }
      #expect(list.memoryUse < 200_000 * 20 + 10_000)
      let isConsistent = list.isConsistent
      #expect(isConsistent)
    }
  }

  @Test func aQueueStaysSmall() {
    var list = QuickList()
    let limit = QuickList.NodeLimit(-2)
    for number in 0..<100_000 {
      list.append(ascii(String(number)).bytes, limit)
      if number >= 1000 {
        let isFirst = list.first!.array == ascii(String(number - 1000))
        #expect(isFirst)
        list.removeFirst()
      }
    }
    #expect(list.memoryUse < 64 << 10)
    while !list.isEmpty { list.removeLast() }
    #expect(list.memoryUse == 0)
  }

  @Test func elementsLargerThanNodesHaveTheirOwn() {
    var list = QuickList()
    let limit = QuickList.NodeLimit(-1)
    let large = [UInt8](repeating: 7, count: 100_000)
    for _ in 0..<3 { list.append(ascii("small").bytes, limit) }
    list.insert(large.bytes, at: 1, limit)
    #expect(list.count == 4 && list.nodeCount == 3)
    #expect(list.element(at: 1)!.array == large)
    list.replace(at: 2, with: large.bytes, limit)
    #expect(list.element(at: 2)!.array == large)
    #expect(list.element(at: 3)!.array == ascii("small"))
    list.replace(at: 1, with: ascii("s").bytes, limit)
    #expect(list.memoryUse < 110_000)
  }

  @Test func allButTheEndsIsCutInWholeNodes() {
    var list = QuickList()
    let limit = QuickList.NodeLimit(-2)
    for number in 0..<100_000 { list.append(ascii(String(number)).bytes, limit) }
    let nodes = list.nodeCount
    let part = list.cutNodes(in: 5..<99_995)
    #expect(part.elements.nodeCount == nodes - 2 && list.nodeCount == 2)
    #expect(part.positions.count == part.elements.count && part.elements.count + list.count == 100_000)
    let whole = list.cutNodes(in: 0..<list.count)
    #expect(whole.elements.nodeCount == 2 && list.memoryUse == 0)
    let none = list.cutNodes(in: 0..<0)
    #expect(none.elements.isEmpty && none.positions.isEmpty)
  }

  @Test func crumbsAreJoined() {
    var list = QuickList()
    let limit = QuickList.NodeLimit(-2)
    for number in 0..<50_000 { list.append(ascii(number % 500 == 0 ? "kept" : "gone and away").bytes, limit) }
    #expect(list.removeAll(equalTo: ascii("gone and away").bytes, limit) == 49_900)
    #expect(list.count == 100 && list.nodeCount == 1 && list.memoryUse < 2000)
  }
}

private struct QuickListRun: ~Copyable {
  var list = QuickList()
  var model: [[UInt8]] = []
  var random: SeededGenerator
  let limit: QuickList.NodeLimit

  let ceiling: Int

  init(seed: UInt64, limit: Int, ceiling: Int = 2000) {
    self.ceiling = ceiling
    random = SeededGenerator(seed: seed)
    self.limit = QuickList.NodeLimit(limit)
  }

  /// One random change of both; short lists grow, long ones shrink.
  mutating func change() {
    let element = randomElement()
    switch random.below(model.count > ceiling ? 14 : 10) {
    case 0, 1, 2:
      list.append(element.bytes, limit)
      model.append(element)
    case 3, 4, 5:
      list.prepend(element.bytes, limit)
      model.insert(element, at: 0)
    case 6:
      let position = random.below(model.count + 1)
      list.insert(element.bytes, at: position, limit)
      model.insert(element, at: position)
    case 7:
      guard !model.isEmpty else { return }
      let position = random.below(model.count)
      list.replace(at: position, with: element.bytes, limit)
      model[position] = element
    case 8:
      guard !model.isEmpty else { return }
      if random.below(2) == 0 {
        list.removeFirst()
        model.removeFirst()
      } else {
        list.removeLast()
        model.removeLast()
      }
    case 9:
      if random.below(20) == 0 { list = list.copy() }
      removeEqual(element, limit: 1 + random.below(3))
    case 10, 11, 12:
      guard !model.isEmpty else { return }
      let start = random.below(model.count)
      let end = min(model.count, start + random.below(random.below(10) == 0 ? 2500 : 30))
      if random.below(2) == 0 { cutNodes(start..<end) }
      list.removeSubrange(start..<min(end, model.count))
      model.removeSubrange(start..<min(end, model.count))
    default: removeEqual(element, limit: random.below(3) == 0 ? .max : 20)
    }
  }

  /// Cuts nodes out, and looks whether it was those elements.
  private mutating func cutNodes(_ range: Range<Int>) {
    let part = list.cutNodes(in: range)
    let positions = part.positions
    var cut: [[UInt8]] = []
    part.elements.forEach(in: 0..<part.elements.count) { cut.append($0.array) }
    let isConsistent = part.elements.isConsistent
    #expect(isConsistent && cut.count == positions.count)
    #expect(range.lowerBound <= positions.lowerBound && positions.upperBound <= range.upperBound)
    #expect(cut == Array(model[positions]))
    model.removeSubrange(positions)
  }

  private mutating func removeEqual(_ element: [UInt8], limit count: Int) {
    let fromEnd = random.below(2) == 0
    var positions = model.indices.filter { model[$0] == element }
    if positions.count > count { positions = fromEnd ? positions.suffix(count) : Array(positions.prefix(count)) }
    for position in positions.reversed() { model.remove(at: position) }
    #expect(list.removeAll(equalTo: element.bytes, limit: count, fromEnd: fromEnd, limit) == positions.count)
  }

  private mutating func randomElement() -> [UInt8] {
    let kind = random.below(12)
    return switch ceiling < 100 && kind > 4 && random.below(20) > 0 ? 0 : kind {
    case 0...4: random.bytes(random.below(4), from: ascii("ab"))
    case 5: random.bytes(62 + random.below(4), from: ascii("a"))
    case 6: random.bytes(random.below(8) == 0 ? 4093 + random.below(6) : 120 + random.below(10), from: [7])
    case 7: random.below(20) == 0 ? random.bytes(16_370 + random.below(20), from: [1, 2]) : []
    case 8: ascii("0\(random.below(100))")
    case 9: ascii(String(random.below(3)))
    default: ascii(String(Int64(bitPattern: random.next()) >> Int64(random.below(64))))
    }
  }

  mutating func isAlike() -> Bool {
    guard list.count == model.count, list.isEmpty == model.isEmpty else { return false }
    if model.isEmpty { return (list.memoryUse == 0 || list.isAccompanied) && list.nodeCount == 0 }
    let start = random.below(model.count)
    let range = start..<start + random.below(model.count - start + 1)
    var seen: [[UInt8]] = []
    list.forEach(in: range) { seen.append($0.array) }
    var reversed: [[UInt8]] = []
    list.forEachReversed(in: range) { reversed.append($0.array) }
    let position = random.below(model.count)
    let element = model[position]
    var found: [Int] = []
    let limit = random.below(2) == 0 ? Int.max : random.below(model.count + 3)
    list.forEachPosition(of: element.bytes, limit: limit) {
      found.append($0)
      return true
    }
    var foundReversed: [Int] = []
    list.forEachPosition(of: element.bytes, limit: limit, fromEnd: true) {
      foundReversed.append($0)
      return true
    }
    let matches = model.indices.filter { model[$0] == element }
    return seen == Array(model[range]) && reversed == model[range].reversed()
      && list.element(at: position)!.array == element && list.first!.array == model[0]
      && list.last!.array == model[model.count - 1] && found == matches.filter { $0 < limit }
      && foundReversed == matches.reversed().filter { limit == .max || $0 >= model.count - limit } && list.isConsistent
  }
}
