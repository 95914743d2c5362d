import Containers
import ListValues
import ServerKernel

/// The elements of a value, copied and put in order: looking up what patterns lead to may change the database.
struct SortedElements: ~Copyable {
  /// An element, and what it is sorted by.
  private struct Item {
    let text: Range<Int>
    var score = 0.0
    /// The text that it is sorted by; nil when there is none.
    var weight: Range<Int>?
  }

  /// Texts of elements, one after another, and then texts that they are sorted by.
  private var texts = ByteBuffer()
  private var items: [Item] = []
  /// Those of the items that are asked for.
  private var positions = 0..<0
  private let options: SortOptions

  /// Reads the value under the call's first argument and sorts its elements.
  init(_ call: borrowing Call, _ options: SortOptions, _ context: inout Context) throws(CommandError) {
    self.options = options
    guard let isOrdered = try read(call, context.db) else { return }
    var isSorted = options.keepsOrder
    var isAlphabetic = options.isAlphabetic
    var by = options.by
    // What is stored, or seen by a script, must not depend on the order in which a table keeps its elements.
    if options.keepsOrder && !isOrdered && (options.destination > 0 || context.origin == .script) {
      isSorted = false
      isAlphabetic = true
      by = nil
    }
    if isSorted { return }
    try weigh(by, isAlphabetic, call, &context)
    sort(isAlphabetic)
  }

  /// Copies the elements, only those asked for where their own order counts; tells whether they have one, nil when
  /// there is no such key.
  private mutating func read(_ call: borrowing Call, _ db: borrowing Database) throws(CommandError) -> Bool? {
    guard let value = try db.sortable(call[1]) else { return nil }
    let count = value.count
    positions = options.positions(count)
    let takesPart = options.keepsOrder && value.isOrdered
    let range = takesPart ? positions : 0..<count
    if takesPart { positions = 0..<range.count }
    var texts = ByteBuffer()
    var items: [Item] = []
    items.reserveCapacity(range.count)
    value.forEach(in: range, reversed: takesPart && options.isDescending) { element in
      let start = texts.count
      texts.append(element)
      items.append(Item(text: start..<texts.count))
    }
    self.texts = texts
    self.items = items
    return value.isOrdered
  }

  // MARK: Sorting

  /// Finds out what each element is sorted by. Throws when one has to be a number and is none.
  private mutating func weigh(
    _ by: SortPattern?, _ isAlphabetic: Bool, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) {
    var areNumbers = true
    for index in items.indices {
      let text = items[index].text
      guard let by else {
        if isAlphabetic {
          items[index].weight = text
        } else if let number = sortNumber(texts.bytes[text]) {
          items[index].score = number
        } else {
          areNumbers = false
        }
        continue
      }
      var weight = ByteBuffer()
      var number: Double? = 0
      let isFound = by.find(texts.bytes[text], call, &context) { value in
        if isAlphabetic { weight.append(value) } else { number = sortNumber(value) }
      }
      if isAlphabetic && isFound {
        let start = texts.count
        texts.append(weight.bytes)
        items[index].weight = start..<texts.count
      } else if let number {
        items[index].score = number
      } else {
        areNumbers = false
      }
    }
    if !areNumbers { throw .literal("ERR One or more scores can't be converted into double") }
  }

  /// Sorts all items; those that are equal keep their order.
  private mutating func sort(_ isAlphabetic: Bool) {
    let isDescending = options.isDescending
    var items: [Item] = []
    swap(&items, &self.items)
    items.sort { left, right in
      let order = isAlphabetic ? compareWeights(left, right) : compareScores(left, right)
      return isDescending ? order > 0 : order < 0
    }
    self.items = items
  }

  /// By number, and elements of the same number by their bytes.
  private func compareScores(_ left: Item, _ right: Item) -> Int {
    if left.score != right.score { return left.score < right.score ? -1 : 1 }
    return texts.bytes[left.text].compare(texts.bytes[right.text])
  }

  /// By the bytes of what is sorted by; what has none comes first.
  private func compareWeights(_ left: Item, _ right: Item) -> Int {
    guard let first = left.weight else { return right.weight == nil ? 0 : -1 }
    guard let second = right.weight else { return 1 }
    return texts.bytes[first].compare(texts.bytes[second])
  }

  // MARK: Results

  /// How many values the result has.
  private var resultCount: Int { positions.count * max(1, options.gets.count) }

  /// Replies the elements asked for, or what is looked up for each.
  func reply(_ call: borrowing Call, _ context: inout Context) {
    let reply = context.reply
    reply.array(resultCount)
    for position in positions {
      let element = texts.bytes[items[position].text]
      if options.gets.isEmpty { reply.bulk(element) }
      for pattern in options.gets where !pattern.find(element, call, &context, { reply.bulk($0) }) { reply.null() }
    }
  }

  /// Stores as a list what `reply` would reply, and replies how much that is; what is not there is an empty text.
  func store(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let destination = call[options.destination]
    let count = resultCount
    if count == 0 {
      context.db.remove(destination)
      return context.reply.integer(0)
    }
    var list = ListValue()
    var isTooLong = false
    for position in positions {
      let element = texts.bytes[items[position].text]
      if options.gets.isEmpty { isTooLong = !list.append(.bytes(element)) || isTooLong }
      for pattern in options.gets {
        let isFound = pattern.find(element, call, &context) { isTooLong = !list.append($0) || isTooLong }
        if !isFound { _ = list.append(.bytes(Bytes(""))) }
      }
    }
    if isTooLong { throw .literal("ERR element exceeds the maximum size of list elements") }
    context.db.store(list, destination, .list("sortstore"), changes: count)
    context.reply.integer(count)
  }
}

extension ListValue {
  /// Adds a text at the end; false when it is longer than lists take.
  fileprivate mutating func append(_ element: borrowing PackedElement) -> Bool {
    var text = DecimalText()
    let bytes = element.text(&text)
    if bytes.count > QuickList.elementMax { return false }
    push(bytes, .right)
    return true
  }
}

/// The number that a value is sorted by, as C's `strtod` reads it up to a zero byte: white space may stand in front,
/// and nothing at all is 0. Nil for what is no number.
private func sortNumber(_ value: borrowing PackedElement) -> Double? {
  switch value {
  case .integer(let integer): Double(integer)
  case .bytes(let bytes): sortNumber(bytes)
  }
}

private func sortNumber(_ bytes: borrowing Bytes) -> Double? {
  let end = bytes.firstIndex(of: 0) ?? bytes.count
  if end == 0 { return 0 }
  var start = 0
  while start < end && isASCIISpace(bytes[start]) { start += 1 }
  return bytes[start..<end].double
}
