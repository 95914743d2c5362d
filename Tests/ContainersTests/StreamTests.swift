import ConformanceSupport
import Testing

@testable import Containers

/// As `#expect`, which cannot look into what is not copyable.
private func check(_ holds: Bool, _ what: String = "", at location: SourceLocation = #_sourceLocation) {
  if !holds { Issue.record("does not hold \(what)", sourceLocation: location) }
}

/// Streams against plain arrays and dictionaries.
@Suite(.sharedHeap, .serialized) struct StreamTests {
  /// What a stream should hold.
  private struct Model: Equatable {
    struct Group: Equatable {
      var lastID = StreamID.zero
      var consumers: Set<String> = []
      var pending: [StreamID: String] = [:]
    }

    var entries: [(id: StreamID, fields: [String])] = []
    var lastID = StreamID.zero
    var maxDeletedID = StreamID.zero
    var groups: [String: Group] = [:]

    static func == (left: Model, right: Model) -> Bool {
      left.lastID == right.lastID && left.maxDeletedID == right.maxDeletedID && left.groups == right.groups
        && left.entries.map(\.id) == right.entries.map(\.id)
        && left.entries.map(\.fields) == right.entries.map(\.fields)
    }
  }

  private static func fields(_ entry: borrowing StreamEntry) -> [String] {
    var fields: [String] = []
    entry.forEachField { field, value in
      fields.append(String(decoding: field.array, as: UTF8.self))
      fields.append(String(decoding: value.array, as: UTF8.self))
    }
    return fields
  }

  private static func add(_ id: StreamID, _ fields: [String], _ limit: Stream.NodeLimit, to stream: inout Stream) {
    let isAdded = stream.append(id, fieldCount: fields.count / 2, limit: limit) { visit in
      for field in fields {
        let bytes = Array(field.utf8)
        visit(bytes.bytes)
      }
    }
    check(isAdded)
  }

  /// The stream's content by way of its elements, which tell beforehand how many of a kind will follow.
  private static func content(_ visit: ((borrowing StreamElement) -> Void) -> Void) -> Model {
    var model = Model()
    var (nodes, entries, groups, pending) = (-1, 0, -1, 0)
    visit { element in
      switch element {
      case .nodes(let count): nodes = count
      case .node(let entryCount):
        check(entries == 0 && entryCount > 0)
        nodes -= 1
        entries = entryCount
      case .entry(let entry):
        entries -= 1
        model.entries.append((entry.id, fields(entry)))
      case .noEntries: check(model.entries.isEmpty)
      case .state(let lastID, _, let maxDeletedID, let groupCount):
        (model.lastID, model.maxDeletedID) = (lastID, maxDeletedID)
        groups = groupCount
      case .group(let name, let lastID, _, let pendingCount):
        check(pending == 0)
        groups -= 1
        pending = pendingCount
        model.groups[String(decoding: name, as: UTF8.self)] = Model.Group(lastID: lastID)
      case .consumer(let group, let name, _):
        model.groups[String(decoding: group, as: UTF8.self)]?.consumers.insert(String(decoding: name, as: UTF8.self))
      case .pending(let group, let consumer, let id, _, _):
        pending -= 1
        model.groups[String(decoding: group, as: UTF8.self)]?.pending[id] = String(decoding: consumer, as: UTF8.self)
      }
    }
    check((nodes, entries, groups, pending) == (0, 0, 0, 0))
    return model
  }

  /// One random change of both.
  private static func change(_ stream: inout Stream, _ model: inout Model, _ random: inout SeededGenerator,
  large: Bool) {
    let limit = Stream.NodeLimit(bytes: large ? 4096 : 200, count: large ? 100 : 5)
    let names = ["g", "h", "i"]
    let name = names.randomElement(using: &random)!
    let bytes = Array(name.utf8)
    switch Int.random(in: 0..<24, using: &random) {
    case 0..<9:
      let id = StreamID(
        model.lastID.time + UInt64.random(in: 0...2, using: &random), model.lastID.sequence + UInt64.random(in: 1...3,
        using: &random))
      let kinds = [
        ["f", "\(id.time)"], ["f", String(repeating: "v", count: Int.random(in: 0...90, using: &random))],
        ["a", "1", "b", "-70000"], ["a", "", "b", "x"], ["b", "1", "a", "99999999999"],
      ]
      let fields = kinds.randomElement(using: &random)!
      add(id, fields, limit, to: &stream)
      model.entries.append((id, fields))
      model.lastID = id
    case 9..<12:
      guard let index = model.entries.indices.randomElement(using: &random) else { return }
      let id = model.entries.remove(at: index).id
      check(stream.remove(id))
      check(!stream.remove(id))
      model.maxDeletedID = max(model.maxDeletedID, id)
    case 12:
      let length = max(0, model.entries.count - Int.random(in: 0...12, using: &random))
      check(stream.trim(.length(length), wholeNodes: false, limit: 0) == model.entries.count - length)
      model.entries.removeFirst(model.entries.count - length)
    case 13:
      guard let id = model.entries.prefix(10).randomElement(using: &random)?.id else { return }
      let gone = model.entries.count { $0.id < id }
      check(stream.trim(.before(id), wholeNodes: false, limit: 0) == gone)
      model.entries.removeFirst(gone)
    case 14:
      let gone = stream.trim(.length(max(0, model.entries.count - 30)), wholeNodes: true, limit: 20)
      model.entries.removeFirst(gone)
    case 15:
      let id = model.entries.randomElement(using: &random)?.id ?? .zero
      check(stream.addGroup(bytes.bytes, lastID: id, entriesRead: nil) == (model.groups[name] == nil))
      if model.groups[name] == nil { model.groups[name] = Model.Group(lastID: id) }
    case 16 where Int.random(in: 0..<5, using: &random) == 0:
      guard let number = stream.group(bytes.bytes) else { return }
      stream.removeGroup(number)
      model.groups[name] = nil
    case 17: trim(&stream, &model, &random)
    default: changeGroup(bytes, name, &stream, &model, &random)
    }
  }

  /// An exact trim that heeds what groups refer to.
  private static func trim(_ stream: inout Stream, _ model: inout Model, _ random: inout SeededGenerator) {
    let policy: ReferencePolicy = Bool.random(using: &random) ? .delete : .needNone
    let length = max(0, model.entries.count - Int.random(in: 0...12, using: &random))
    var gone: Set<StreamID> = []
    for (id, _) in model.entries where model.entries.count - gone.count > length {
      let isReferenced = model.groups.values.contains { $0.lastID < id || $0.pending[id] != nil }
      if policy == .delete || !isReferenced { gone.insert(id) }
    }
    check(stream.trim(.length(length), wholeNodes: false, limit: 0, policy) == gone.count)
    model.entries.removeAll { gone.contains($0.id) }
    if policy == .needNone { return }
    for name in model.groups.keys {
      for id in gone { model.groups[name]?.pending[id] = nil }
    }
  }

  private static func changeGroup(
    _ bytes: [UInt8], _ name: String, _ stream: inout Stream, _ model: inout Model, _ random: inout SeededGenerator
  ) {
    guard let number = stream.group(bytes.bytes), var expected = model.groups[name] else { return }
    let consumerName = ["c", "d", "e", "longer name"].randomElement(using: &random)!
    let consumerBytes = Array(consumerName.utf8)
    let consumer = stream.changeGroup(number) { group in
      group.consumer(consumerBytes.bytes) ?? group.addConsumer(consumerBytes.bytes, seenTime: 1)!
    }
    expected.consumers.insert(consumerName)
    switch Int.random(in: 0..<5, using: &random) {
    case 0..<2:
      let count = Int.random(in: 1...8, using: &random)
      let next = model.entries.filter { $0.id > expected.lastID }.prefix(count)
      check(
        stream.deliver(number, to: consumer, limit: count, time: 5, isAcknowledged: false) { _ in true } == next.count)
      for entry in next { expected.pending[entry.id] = consumerName }
      expected.lastID = next.last?.id ?? expected.lastID
    case 2:
      guard let id = expected.pending.keys.sorted().randomElement(using: &random) else { break }
      check(stream.changeGroup(number) { $0.acknowledge(id) })
      expected.pending[id] = nil
    case 3:
      guard let id = expected.pending.keys.sorted().randomElement(using: &random) else { break }
      stream.changeGroup(number) { $0.setPending(id, consumer, deliveryTime: 9, deliveryCount: 2) }
      expected.pending[id] = consumerName
    default:
      if Int.random(in: 0..<4, using: &random) > 0 { break }
      let gone = stream.changeGroup(number) { $0.remove(consumer) }
      check(gone == expected.pending.values.count { $0 == consumerName })
      expected.pending = expected.pending.filter { $0.value != consumerName }
      expected.consumers.remove(consumerName)
    }
    model.groups[name] = expected
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64]) func isLikeItsModel(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var stream = Stream()
    var model = Model()
    for step in 0..<3000 {
      Self.change(&stream, &model, &random, large: seed % 2 == 0)
      if step % 50 == 0 {
        check(Self.content { stream.forEachElement($0) } == model)
        Self.compareRanges(stream, model, &random)
      }
      check(stream.count == model.entries.count)
      check(stream.firstID == model.entries.first?.id ?? .zero)
      check(stream.lastEntryID == model.entries.last?.id)
    }
    let twin = stream.copy()
    check(Self.content { twin.forEachElement($0) } == model)
  }

  private static func compareRanges(_ stream: borrowing Stream, _ model: Model, _ random: inout SeededGenerator) {
    guard let a = model.entries.randomElement(using: &random)?.id,
    let b = model.entries.randomElement(using: &random)?.id
    else { return }
    var found: [StreamID] = []
    stream.forEach(from: a, to: b) { entry in
      found.append(entry.id)
      return true
    }
    check(found == model.entries.map(\.id).filter { $0 >= a && $0 <= b })
    found = []
    stream.forEachReversed(from: a, to: b) { entry in
      found.append(entry.id)
      return true
    }
    check(found == model.entries.map(\.id).filter { $0 >= a && $0 <= b }.reversed())
  }

  /// A walk gives what there was when it began, whatever happens meanwhile.
  @Test(arguments: [11, 12, 13, 14, 15, 16] as [UInt64]) func isWalkedAsItWas(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var stream = Stream()
    var model = Model()
    for walk in 0..<20 {
      for _ in 0..<200 { Self.change(&stream, &model, &random, large: seed % 2 == 0) }
      let expected = model
      let elements = stream.elementCount
      stream.beginWalk()
      var visited = 0
      let found = Self.content { visit in
        while stream.continueWalk(limit: 3, { element in
          visited += 1
          visit(element)
        }) {
          for _ in 0..<Int.random(in: 0...6, using: &random) {
            Self.change(&stream, &model, &random, large: seed % 2 == 0)
          }
        }
      }
      stream.endWalk()
      check(found == expected, "in walk \(walk)")
      check(visited == elements)
      check(Self.content { stream.forEachElement($0) } == model)
      // Another one is given up.
      stream.beginWalk()
      for _ in 0..<20 {
        _ = stream.continueWalk(limit: 3) { _ in }
        Self.change(&stream, &model, &random, large: seed % 2 == 0)
      }
      stream.endWalk()
    }
  }

  /// The tree against a dictionary, in the orders in which it is used and in none.
  @Test(arguments: [1, 2, 3, 4] as [UInt64]) func treeIsLikeItsModel(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var tree = IdentifierTree<UInt>()
    var model: [StreamID: UInt] = [:]
    var next: UInt64 = 0
    for step in 0..<40_000 {
      let isGrowing = step / 10_000 % 2 == 0
      if Int.random(in: 0..<10, using: &random) < (isGrowing ? 7 : 3) {
        next += 1
        let id = seed % 2 == 0 ? StreamID(next, 0) : StreamID(UInt64.random(in: 0..<5000, using: &random), 7)
        if model[id] == nil { tree.insert(id, UInt(step)) } else { tree.replace(tree.find(id)!, UInt(step)) }
        model[id] = UInt(step)
      } else if let id = seed < 3 ? tree.first?.identifier : model.keys.randomElement(using: &random) {
        check(tree.remove(id) == model.removeValue(forKey: id))
        check(tree.remove(id) == nil)
      }
      if step % 4000 == 3999 {
        var found: [StreamID] = []
        tree.forEach { id, value in
          found.append(id)
          check(model[id] == value)
        }
        check(found == model.keys.sorted())
        check(tree.count == model.count)
        // It goes on as its copy.
        tree = tree.map { $0 }
        for id in found.prefix(200) {
          check(tree.find(id)?.value == model[id])
          check(tree.position(from: id)?.identifier == id)
          check(tree.position(upTo: id)?.identifier == id)
        }
        let sorted = found
        for _ in 0..<200 {
          let id = StreamID(UInt64.random(in: 0..<max(5000, next), using: &random), UInt64.random(in: 0...9,
          using: &random))
          check(tree.position(from: id)?.identifier == sorted.first { $0 >= id })
          check(tree.position(upTo: id)?.identifier == sorted.last { $0 <= id })
        }
      }
    }
    for id in model.keys { tree.remove(id) }
    check(tree.isEmpty && tree.byteCount == 0)
  }

  /// Counters that somebody set to the largest number stay there.
  @Test func countersEndWhereNumbersDo() {
    var stream = Stream()
    Self.add(StreamID(1, 0), ["f", "v"], .init(bytes: 4096, count: 100), to: &stream)
    let name = Array("g".utf8)
    check(stream.addGroup(name.bytes, lastID: .zero, entriesRead: .max))
    let consumer = stream.changeGroup(0) { $0.addConsumer(name.bytes, seenTime: 0)! }
    check(stream.deliver(0, to: consumer, limit: 0, time: 1, isAcknowledged: false) { _ in true } == 1)
    stream.changeGroup(0) { $0.setPending(StreamID(1, 0), consumer, deliveryTime: .min, deliveryCount: .max) }
    var visited = 0
    stream.redeliver(0, to: consumer, from: .zero, limit: 0, time: .max) { _, _ in
      visited += 1
      return true
    }
    check(visited == 1 && stream.lag(ofGroup: 0) == 1 - .max)
  }

  /// Values of short entries and pending entries take as little as is promised.
  @Test func entriesAreSmall() {
    var stream = Stream()
    let empty = stream.memoryUse
    for number in 1...20_000 as ClosedRange<UInt64> {
      Self.add(StreamID(1_700_000_000_000 + number, 0), ["f", "0123456789"], .init(bytes: 4096, count: 100),
      to: &stream)
    }
    check(stream.memoryUse - empty < 20 * 20_000)
    let name = Array("g".utf8)
    check(stream.addGroup(name.bytes, lastID: .zero, entriesRead: nil))
    let before = stream.memoryUse
    let consumer = stream.changeGroup(0) { $0.addConsumer(name.bytes, seenTime: 0)! }
    check(stream.deliver(0, to: consumer, limit: 0, time: 1, isAcknowledged: false) { _ in true } == 20_000)
    check(stream.memoryUse - before < 60 * 20_000)
  }
}
