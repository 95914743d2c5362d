import ConformanceSupport
import Containers
import Testing

/// The list of these entries, which have to be of so many elements.
func adopted(_ entries: [UInt8], count: Int) -> PackedList? {
  var survey = PackedList.Survey()
  return PackedList(encodedEntries: entries.bytes, count: count, distinctEvery: 1, &survey)
}

/// Random operations on a packed list and on an array of byte strings, which must stay alike.
@Suite(.serialized, .sharedHeap) struct PackedListModelTests {
  @Test(arguments: [35, 36, 37]) func tellsEqualAndLongElements(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for round in 0..<300 {
      var list = PackedList()
      var model: [[UInt8]] = []
      // In every other list there are bytes with which long elements begin.
      let letters = ascii("0123ab") + (round % 2 == 0 ? [0xe1, 0xf0] : [])
      for _ in 0..<random.below(60) {
        let isLong = random.below(40) == 0
        let element = random.bytes(isLong ? 60 + random.below(10) : random.below(4), from: letters)
        list.append(element.bytes)
        model.append(element)
      }
      for step in 1...3 {
        let chosen = stride(from: 0, to: model.count, by: step).map { model[$0] }
        var survey = PackedList.Survey()
        let entries = list.encodedEntries
        guard let twin = PackedList(encodedEntries: entries, count: model.count, distinctEvery: step, &survey) else {
          Issue.record("refused: \(model)")
          continue
        }
        let isTwin = twin.encodedEntries == entries
        #expect(isTwin, "\(model)")
        #expect(survey.hasEqualElements == (Set(chosen).count < chosen.count), "\(model), every \(step)")
        #expect(survey.longest == model.map(\.count).max() ?? 0, "\(model)")
        #expect(survey.longestDistinct == chosen.map(\.count).max() ?? 0, "\(model), every \(step)")
      }
      for (limit, step) in [(0, 1), (2, 1), (2, 2), (3, 3), (63, 1), (64, 2)] {
        let longest = stride(from: 0, to: model.count, by: step).map { model[$0].count }.max() ?? 0
        let hasLonger = list.hasElement(longerThan: limit, every: step)
        #expect(hasLonger == (longest > limit), "\(model), \(limit), every \(step)")
      }
      let hasIntegersOnly = list.hasIntegersOnly
      #expect(hasIntegersOnly == model.allSatisfy { $0.bytes.integer != nil }, "\(model)")
    }
  }

  @Test(arguments: [31, 32, 33, 34])
  func behavesAsAnArray(seed: UInt64) {
    var run = PackedListRun(seed: seed)
    for step in 0..<25_000 {
      run.change()
      if step % 16 == 0 || run.model.count < 6 {
        let isEqual = run.isAlike()
        #expect(isEqual, "seed \(seed), step \(step)")
        if !isEqual { return }
      }
    }
    let isEqual = run.isAlike()
    #expect(isEqual, "seed \(seed), at the end")
  }
}

private struct PackedListRun: ~Copyable {
  var list = PackedList()
  var model: [[UInt8]] = []
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// One random change of both; short lists grow, long ones shrink.
  mutating func change() {
    let element = randomElement()
    let operation = random.below(model.count > 60 ? 12 : 8)
    switch operation {
    case 0, 1:
      list.append(element.bytes)
      model.append(element)
    case 2:
      list.prepend(element.bytes)
      model.insert(element, at: 0)
    case 3:
      let number = random.below(model.count + 1)
      list.insert(element.bytes, before: position(number))
      model.insert(element, at: number)
    case 4, 5:
      guard !model.isEmpty else { return }
      let number = random.below(model.count)
      list.replace(at: position(number), with: element.bytes)
      model[number] = element
    case 6:
      let value = Int64(bitPattern: random.next() >> UInt64(random.below(64)))
      list.append(value)
      model.append(ascii(String(value)))
    case 7:
      guard random.below(40) == 0 else { return }
      list = list.copy()
    default:
      guard !model.isEmpty else { return }
      let number = random.below(model.count)
      let removed = random.below(operation == 11 ? 70 : 4)
      list.remove(at: position(number), count: removed)
      model.removeSubrange(number..<min(number + removed, model.count))
    }
  }

  /// Strings of every length class, integers of every size class, and near misses of integers.
  private mutating func randomElement() -> [UInt8] {
    switch random.below(10) {
    case 0...2: random.bytes(random.below(20), from: ascii("abc"))
    case 3: random.bytes(62 + random.below(4), from: ascii("abc"))
    case 4: random.bytes(random.below(8) == 0 ? 4093 + random.below(6) : 120 + random.below(10), from: [7])
    case 5: random.below(20) == 0 ? random.bytes(16_370 + random.below(20), from: [1, 2]) : []
    case 6: ascii("0\(random.below(100))")
    default: ascii(String(Int64(bitPattern: random.next()) >> Int64(random.below(64))))
    }
  }

  /// The position of element number `number`, from either end; the end itself for the count.
  private mutating func position(_ number: Int) -> PackedList.Index {
    if number == model.count { return list.endIndex }
    return list.index(ofElement: random.below(2) == 0 ? number : number - model.count)!
  }

  /// Whether both hold the same, walking forward and backward and searching for each element.
  func isAlike() -> Bool {
    guard list.count == model.count && list.isEmpty == model.isEmpty else { return false }
    guard list.index(ofElement: model.count) == nil && list.index(ofElement: -model.count - 1) == nil else {
      return false
    }
    var index = list.startIndex
    var scratch = DecimalText()
    for (number, expected) in model.enumerated() {
      let element = list.element(at: index)
      guard element == expected.bytes && element.count == expected.count else { return false }
      guard element.text(&scratch) == expected.bytes else { return false }
      let first = model.firstIndex(of: expected)!
      guard list.find(expected.bytes) == list.index(ofElement: first) else { return false }
      guard list.find(expected.bytes, from: index, skipping: number % 3) == index else { return false }
      index = list.index(after: index)
    }
    guard index == list.endIndex else { return false }
    for expected in model.reversed() {
      index = list.index(before: index)
      guard list.element(at: index).array == expected else { return false }
    }
    guard index == list.startIndex else { return false }
    guard list.allocatedByteCount <= list.byteCount + list.byteCount / 4 + 80 else { return false }
    let reread = adopted(list.encodedEntries.array, count: model.count)
    guard let reread else { return false }
    return reread.count == model.count && reread.encodedEntries == list.encodedEntries
  }
}
