import ConformanceSupport
import Testing

@testable import Containers

/// Random changes of a field table and of a dictionary, which must stay alike.
@Suite struct FieldTableTests {
  @Test(arguments: [1, 2, 3, 4])
  func behavesAsADictionary(seed: UInt64) {
    let run = FieldRun(seed: seed)
    for round in 0..<6 {
      run.change(steps: 4000, growing: round % 2 == 0)
      let isAlike = run.isAlike(run.table)
      #expect(isAlike, "seed \(seed), round \(round)")
      if !isAlike { return }
    }
    let twin = run.table.copy()
    #expect(twin.memoryUse >= run.model.reduce(0) { $0 + $1.key.count + $1.value.count })
    run.change(steps: 1000, growing: false)
    #expect(twin.count != run.table.count)
    run.removeAll()
    let isEmpty = run.table.isEmpty
    #expect(isEmpty)
    var generator = SeededGenerator(seed: 1)
    let isNothingPicked = run.table.withRandom(using: &generator) { field, _ in field.count } == nil
    #expect(isNothingPicked)
  }

  @Test func copiesAreAlikeAndApart() {
    let run = FieldRun(seed: 5)
    run.change(steps: 5000, growing: true)
    let twin = run.table.copy()
    let isAlike = run.isAlike(twin)
    #expect(isAlike)
  }

  /// A value that is written over keeps its block where the size class stays, and lengths may change width.
  @Test(arguments: [(1, 2), (4, 5), (126, 128), (128, 127), (16_383, 16_384), (3000, 4), (4, 3000), (0, 0), (1, 0)])
  func replacesValues(before: Int, after: Int) {
    let heap = Heap()
    var table = FieldTable(hash: KeyHash(seed: 1), heap: heap)
    let field = ascii("a field")
    let first = [UInt8](repeating: 1, count: before)
    let second = [UInt8](repeating: 2, count: after)
    let isNew = table.set(field.bytes, first.bytes)
    let isFirst = table.value(of: field.bytes)?.array == first
    #expect(isNew && isFirst)
    let isNewAgain = table.set(field.bytes, second.bytes)
    let isSecond = table.value(of: field.bytes)?.array == second
    #expect(!isNewAgain && isSecond)
    let isAdded = table.add(field.bytes, first.bytes)
    #expect(!isAdded && table.count == 1)
    #expect(heap.bytesInUse == Heap.blockSize(FieldEntry.size(fieldCount: 7, valueCount: after)))
    let isRemoved = table.remove(field.bytes)
    #expect(isRemoved && heap.bytesInUse == 0)
  }

  /// A round of scan while nothing changes visits each field once; one with changes, each that stays.
  @Test(arguments: 11...16)
  func scans(seed: UInt64) {
    let run = FieldRun(seed: seed)
    run.change(steps: 3000, growing: true)
    var seen: [[UInt8]] = []
    var cursor: UInt64 = 0
    repeat { cursor = run.table.scan(cursor: cursor) { field, _ in seen.append(field.array) } } while cursor != 0
    #expect(seen.count == run.model.count && Set(seen) == Set(run.model.keys))
    var kept = Set(run.model.keys)
    seen = []
    repeat {
      cursor = run.table.scan(cursor: cursor) { field, _ in seen.append(field.array) }
      run.change(steps: 4, growing: seed % 2 == 0)
      kept.formIntersection(run.model.keys)
    } while cursor != 0
    #expect(Set(seen).isSuperset(of: kept))
  }

  @Test func picksEveryField() {
    let run = FieldRun(seed: 21)
    while run.model.count < 50 { run.change(steps: 1, growing: true) }
    var generator = SeededGenerator(seed: 22)
    var seen: Set<[UInt8]> = []
    for _ in 0..<2000 {
      let picked = run.table.withRandom(using: &generator) { field, value in (field.array, value.array) }
      guard let picked else { break }
      #expect(run.model[picked.0] == picked.1)
      seen.insert(picked.0)
    }
    #expect(seen.count == run.model.count)
    let isSystemPick = run.table.withRandom { field, _ in run.model[field.array] != nil }
    #expect(isSystemPick == true)
  }

  /// A table may end on a helper thread; the owner gets all memory back.
  @Test func endsOnAnotherThread() {
    let run = FieldRun(seed: 31)
    run.change(steps: 30_000, growing: true)
    let value = [UInt8](repeating: 7, count: 100_000)
    run.table.set(value.bytes, value.bytes)
    let thread = TestThread { run.endTable() }
    thread.join()
    #expect(run.heap.bytesInUse > 0)
    while !run.heap.collectRemote(limit: 10) {}
    #expect(run.heap.bytesInUse == 0)
  }

  @Test func endsOnItsOwnThread() {
    let run = FieldRun(seed: 32)
    run.change(steps: 10_000, growing: true)
    run.endTable()
    #expect(run.heap.bytesInUse == 0)
  }

  /// Fields of 15 bytes with values of 10, at the load of slots that one million of them have.
  @Test func staysSmall() {
    var table = FieldTable()
    var field = ascii("field:000000000")
    let value = ascii("value:0123")
    let count = 62_500
    for number in 0..<count {
      var rest = number
      for index in stride(from: 14, to: 5, by: -1) {
        field[index] = 48 + UInt8(rest % 10)
        rest /= 10
      }
      table.set(field.bytes, value.bytes)
    }
    #expect(table.count == count)
    #expect(Double(table.memoryUse) / Double(count) < 48)
    #expect(MemoryLayout<FieldTable>.size == 8 && MemoryLayout<FieldSet>.size == 8)
  }
}

@Suite struct FieldSetTests {
  @Test(arguments: [1, 2])
  func behavesAsASet(seed: UInt64) {
    let heap = Heap()
    var random = SeededGenerator(seed: seed)
    var set = FieldSet(hash: KeyHash(seed: seed), heap: heap)
    var model: Set<[UInt8]> = []
    for round in 0..<4 {
      for _ in 0..<5000 {
        let member = ascii("\(random.below(6000))")
        let isInsertion = (random.below(4) < 3) == (round % 2 == 0)
        let isChanged =
          isInsertion
          ? set.insert(member.bytes) == model.insert(member).inserted
          : set.remove(member.bytes) == (model.remove(member) != nil)
        #expect(isChanged)
      }
      var seen: [[UInt8]] = []
      set.forEach { member in seen.append(member.array) }
      #expect(seen.count == model.count && Set(seen) == model && set.count == model.count)
      var scanned: [[UInt8]] = []
      var cursor: UInt64 = 0
      repeat { cursor = set.scan(cursor: cursor) { member in scanned.append(member.array) } } while cursor != 0
      #expect(scanned.count == model.count && Set(scanned) == model)
      let twin = set.copy()
      let isAlike = twin.count == set.count && model.allSatisfy { twin.contains($0.bytes) && set.contains($0.bytes) }
      #expect(isAlike)
      let picked = set.withRandom(using: &random) { member in member.array }
      #expect(picked.map { model.contains($0) } == true)
    }
    set = FieldSet()
    #expect(heap.bytesInUse == 0)
  }
}

extension FieldSetTests {
  /// A walk in pieces shows the set as it was, whatever is added, removed and drawn meanwhile.
  @Test(arguments: [3, 4, 5])
  func aWalkShowsWhatWas(seed: UInt64) {
    let heap = Heap()
    var random = SeededGenerator(seed: seed)
    var set = FieldSet(hash: KeyHash(seed: seed), heap: heap)
    var model: Set<[UInt8]> = []
    for _ in 0..<20 {
      for _ in 0..<500 {
        let member = ascii("\(random.below(6000))")
        set.insert(member.bytes)
        model.insert(member)
      }
      let before = model
      var seen: [[UInt8]] = []
      set.beginWalk()
      while set.continueWalk(members: 100, { seen.append($0.array) }) {
        for _ in 0..<30 {
          let member = ascii("\(random.below(6000))")
          switch random.below(3) {
          case 0:
            set.insert(member.bytes)
            model.insert(member)
          case 1:
            set.remove(member.bytes)
            model.remove(member)
          default: set.removeRandom(using: &random) { model.remove($0.array) }
          }
        }
      }
      set.endWalk()
      #expect(seen.count == before.count && Set(seen) == before, "seed \(seed)")
      var left: Set<[UInt8]> = []
      let isComplete = set.forEachMember(while: { left.insert($0.array).inserted })
      #expect(isComplete && left == model, "seed \(seed)")
    }
  }
}

private final class FieldRun {
  let heap = Heap()
  var table: FieldTable
  var model: [[UInt8]: [UInt8]] = [:]
  private var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    table = FieldTable(hash: KeyHash(seed: seed), heap: heap)
  }

  func change(steps: Int, growing: Bool) {
    for _ in 0..<steps {
      let field = randomField()
      if random.below(4) == 0 || growing {
        let value = randomValue()
        let isNew = table.set(field.bytes, value.bytes)
        precondition(isNew == (model.updateValue(value, forKey: field) == nil))
      } else {
        let isRemoved = table.remove(field.bytes)
        precondition(isRemoved == (model.removeValue(forKey: field) != nil))
      }
    }
  }

  private func randomField() -> [UInt8] {
    let name = ascii("\(random.below(4000))")
    return name.count == 1 ? [] : name[0] == 49 ? name + [UInt8](repeating: 46, count: 130) : name
  }

  private func randomValue() -> [UInt8] {
    let fill = UInt8(truncatingIfNeeded: random.next())
    switch random.below(20) {
    case 0: return []
    case 1: return [UInt8](repeating: fill, count: 120 + random.below(16))
    case 2: return [UInt8](repeating: fill, count: 1000 + random.below(40))
    case 3: return [UInt8](repeating: fill, count: random.below(10) == 0 ? 16_380 + random.below(8) : 3)
    default: return [UInt8](repeating: fill, count: 1 + random.below(24))
    }
  }

  func removeAll() {
    for field in model.keys {
      let isRemoved = table.remove(field.bytes)
      precondition(isRemoved)
    }
    model = [:]
  }

  func endTable() { table = FieldTable() }

  func isAlike(_ table: borrowing FieldTable) -> Bool {
    guard table.count == model.count else { return false }
    for (field, value) in model {
      guard let found = table.value(of: field.bytes), found == value.bytes, table.contains(field.bytes) else {
        return false
      }
    }
    let missing = ascii("missing")
    guard table.value(of: missing.bytes) == nil && !table.contains(missing.bytes) else { return false }
    var seen: [[UInt8]: [UInt8]] = [:]
    var visits = 0
    table.forEach { field, value in
      visits += 1
      seen[field.array] = value.array
    }
    return visits == model.count && seen == model
  }
}
