import Containers
import ServerKernel

/// The elements of one value after another, as they stand in a file or a payload.
///
/// Nothing is believed: a claimed number of elements is what the value then reads one by one, and no memory is taken
/// for what is only claimed.
final class ValueSource: ElementSource {
  /// What a value is, for whoever makes it.
  struct Value {
    let typeName: StaticString
    let elementCount: Int
    /// Nil where each element tells.
    let partsPerElement: Int?
  }

  /// How the parts stand.
  private enum Form {
    case none
    case strings
    /// Members and scores, these as text or as doubles.
    case scores(asText: Bool, isNext: Bool)
    /// Entries of a block.
    case block(ListForm)
    /// Entries of blocks, one block after another, or single elements.
    case nodes(ListForm, hasKinds: Bool)
    case stream(StreamSource)
    case module
  }

  private let input: RDBInput
  private let formats: [ValueFormat]
  private var form = Form.none

  // Of blocks.
  /// What Redis calls them.
  private var blockName: StaticString = ""
  private var block = ByteBuffer()
  private var place = ListForm.Place(0)
  private var entriesLeft = 0
  private var nodesLeft = 0
  /// The block is one element.
  private var isPlainNode = false

  /// What the buffer for blocks keeps for the next one.
  private static let keptCapacity = 1 << 20
  /// Kinds of nodes: a single element, or a listpack.
  private static let plainNode = 1
  private static let packedNode = 2

  /// Reads values of strings' and of these types.
  init(_ input: RDBInput, formats: [ValueFormat]) {
    self.input = input
    self.formats = formats
  }

  // MARK: The beginning and the end

  /// The type of the next value.
  func type() throws(ElementError) -> ValueType {
    guard let type = ValueType(rawValue: try input.byte()) else { throw ElementError("the type is unknown") }
    return type
  }

  /// Passes on a string that stands by itself.
  func string(_ body: (borrowing Bytes) -> Void) throws(ElementError) { try input.string(body) }

  /// Begins a value of this type, which is none of a string.
  func begin(_ type: ValueType) throws(ElementError) -> Value {
    if let refusal = type.refusal { throw ElementError(refusal) }
    switch type {
    case .list: return try strings("list", count: input.length())
    case .set: return try strings("set", count: input.length())
    case .hash: return try strings("hash", count: input.length(), partsPerElement: 2)
    case .sortedSetText, .sortedSet:
      let count = try input.length()
      form = .scores(asText: type == .sortedSetText, isNext: false)
      return Value(typeName: "zset", elementCount: count, partsPerElement: 2)
    case .hashZipmap: return try block(.zipmap, "Zipmap", "hash", partsPerElement: 2)
    case .hashZiplist: return try block(.ziplist, "Hash ziplist", "hash", partsPerElement: 2)
    case .hashPacked: return try block(.listpack, "Hash listpack", "hash", partsPerElement: 2)
    case .sortedSetZiplist: return try block(.ziplist, "Zset ziplist", "zset", partsPerElement: 2)
    case .sortedSetPacked: return try block(.listpack, "Zset listpack", "zset", partsPerElement: 2)
    case .listZiplist: return try block(.ziplist, "List ziplist", "list")
    case .setPacked: return try block(.listpack, "Set listpack", "set")
    case .setIntegers: return try block(.integers, "Intset", "set")
    case .quickList: return try nodes(.ziplist, "Ziplist", hasKinds: false)
    case .quickList2: return try nodes(.listpack, "Listpack", hasKinds: true)
    case .stream1, .stream2, .stream3:
      let stream = try StreamSource(input, type)
      form = .stream(stream)
      return Value(typeName: "stream", elementCount: stream.elementCount, partsPerElement: nil)
    case .module: return try module()
    default: throw ElementError("it is of no type that is read here")
    }
  }

  /// Ends the value: all of it has to have been read.
  func end() throws(ElementError) {
    defer { form = .none }
    switch form {
    case .block: try endBlock()
    case .nodes(let list, let hasKinds):
      try endBlock()
      while nodesLeft > 0 {
        try beginNode(list, hasKinds: hasKinds)
        if entriesLeft > 0 { throw ElementError("there are more elements than were counted") }
        try endBlock()
      }
    case .stream(let stream): try stream.end()
    case .module:
      guard try input.number() == ModulePart.end.rawValue else {
        throw ElementError("there are more parts than were counted")
      }
    default: break
    }
  }

  /// Keeps no more memory than most values need.
  func trim() { block.removeAll(keepingCapacityUpTo: Self.keptCapacity) }

  /// Passes over a value that was begun.
  func skip(_ value: Value) throws(ElementError) {
    for _ in 0..<value.elementCount {
      let parts = if let parts = value.partsPerElement { parts } else { try readForm().parts }
      for _ in 0..<parts { try readPart { _ in } }
    }
    try end()
  }

  private func strings(_ typeName: StaticString, count: Int, partsPerElement: Int = 1) -> Value {
    form = .strings
    return Value(typeName: typeName, elementCount: count, partsPerElement: partsPerElement)
  }

  // MARK: Parts

  func readPart(_ body: (borrowing Bytes) -> Void) throws(ElementError) {
    switch form {
    case .none: throw ElementError("there are fewer elements than were counted")
    case .strings: try input.string(body)
    case .scores(let asText, let isNext):
      if isNext {
        let text = DecimalText(general: try readDouble())
        body(text.bytes)
      } else {
        form = .scores(asText: asText, isNext: true)
        try input.string(body)
      }
    case .block: try readEntry(body)
    case .nodes:
      if entriesLeft == 0 { try beginNextNode() }
      try readEntry(body)
    case .stream(let stream): try stream.readPart(body)
    case .module: try readModulePart(body)
    }
  }

  func readForm() throws(ElementError) -> (form: Int, parts: Int) {
    switch form {
    case .stream(let stream): return try stream.readForm()
    case .module:
      guard try input.number() == ModulePart.signed.rawValue else { throw ElementError("a module's value is damaged") }
      let form = try input.length()
      guard try input.number() == ModulePart.unsigned.rawValue else {
        throw ElementError("a module's value is damaged")
      }
      return (form, try input.length())
    default: throw ElementError("elements of several kinds are not told apart")
    }
  }

  func readDouble() throws(ElementError) -> Double {
    guard case .scores(let asText, true) = form else { return try textDouble() }
    form = .scores(asText: asText, isNext: false)
    let score = asText ? try textScore() : Double(bitPattern: try input.littleEndian(UInt64.self))
    if score.isNaN { throw ElementError("a score is not a number") }
    return score
  }

  func readPackedList(parts: Int, distinctEvery step: Int, _ survey: inout PackedList.Survey) -> PackedList? {
    guard case .block(.listpack) = form, entriesLeft == parts, place.index == 0 else { return nil }
    let end = block.count - ListForm.listpack.tailCount
    let list = PackedList(
      encodedEntries: block.bytes[place.position..<end], count: parts, distinctEvery: step, &survey)
    guard let list else { return nil }
    place.advance(to: end)
    entriesLeft = 0
    return list
  }

  /// A number that is written as text, or as an integer in a block.
  private func textDouble() throws(ElementError) -> Double {
    var number: Double?
    try readPart { number = $0.double }
    guard let number, !number.isNaN else { throw ElementError("a score is not a number") }
    return number
  }

  /// A score behind its length in one byte, of which the largest stand for what has no digits.
  private func textScore() throws(ElementError) -> Double {
    let count = try input.byte()
    switch count {
    case 253: return .nan
    case 254: return .infinity
    case 255: return -.infinity
    default:
      var number: Double?
      try input.bytes(Int(count)) { number = $0.double }
      guard let number else { throw ElementError("a score is not a number") }
      return number
    }
  }

  // MARK: Blocks

  private func block(
    _ list: ListForm, _ blockName: StaticString, _ typeName: StaticString, partsPerElement: Int = 1
  ) throws(ElementError) -> Value {
    self.blockName = blockName
    form = .block(list)
    nodesLeft = 0
    try readBlock()
    let count = try beginBlock(list)
    if count % partsPerElement != 0 { throw damage }
    return Value(typeName: typeName, elementCount: count / partsPerElement, partsPerElement: partsPerElement)
  }

  private func readBlock() throws(ElementError) {
    var buffer = ByteBuffer()
    swap(&buffer, &block)
    buffer.removeAll(keepingCapacityUpTo: Self.keptCapacity)
    try input.string(into: &buffer)
    swap(&buffer, &block)
  }

  /// Begins to read a block; returns how many entries it says that it has, or has.
  private func beginBlock(_ list: ListForm) throws(ElementError) -> Int {
    var buffer = ByteBuffer()
    swap(&buffer, &block)
    defer { swap(&buffer, &block) }
    guard list.isFramed(buffer.bytes) else { throw damage }
    guard let count = list.claimedCount(buffer.bytes) ?? list.count(buffer.bytes) else {
      throw damage
    }
    place = ListForm.Place(list.headerCount)
    entriesLeft = count
    isPlainNode = false
    return count
  }

  private func endBlock() throws(ElementError) {
    let list: ListForm
    switch form {
    case .block(let only), .nodes(let only, _): list = only
    default: return
    }
    if entriesLeft != 0 { throw damage }
    if isPlainNode { return }
    var buffer = ByteBuffer()
    swap(&buffer, &block)
    defer { swap(&buffer, &block) }
    if !list.isEnd(buffer.bytes, place) { throw damage }
  }

  /// What Redis says of a block that is damaged.
  private var damage: ElementError { ElementError("\(blockName) integrity check failed") }

  private func readEntry(_ body: (borrowing Bytes) -> Void) throws(ElementError) {
    if entriesLeft == 0 { throw ElementError("there are fewer elements than were counted") }
    let list: ListForm
    switch form {
    case .block(let only), .nodes(let only, _): list = only
    default: return
    }
    var buffer = ByteBuffer()
    swap(&buffer, &block)
    defer { swap(&buffer, &block) }
    entriesLeft -= 1
    if isPlainNode { return body(buffer.bytes) }
    guard let entry = list.entry(buffer.bytes, at: place) else { throw damage }
    place.advance(to: entry.end)
    if entry.isInteger {
      let text = DecimalText(entry.integer)
      body(text.bytes)
    } else {
      body(buffer.bytes[entry.payload])
    }
  }

  // MARK: Nodes

  /// Counts the elements of all nodes, by what each says, and goes back to the first.
  private func nodes(_ list: ListForm, _ blockName: StaticString, hasKinds: Bool) throws(ElementError) -> Value {
    self.blockName = blockName
    let count = try input.length()
    let start = input.position
    var elements = 0
    for _ in 0..<count { elements += try countNode(list, hasKinds: hasKinds) }
    input.rewind(to: start)
    form = .nodes(list, hasKinds: hasKinds)
    nodesLeft = count
    entriesLeft = 0
    isPlainNode = true
    return Value(typeName: "list", elementCount: elements, partsPerElement: 1)
  }

  /// Passes over a node and tells how many elements it has.
  private func countNode(_ list: ListForm, hasKinds: Bool) throws(ElementError) -> Int {
    let isPlain = hasKinds ? try nodeIsPlain() : false
    let start = input.position
    var claimed: Int?
    try input.string(prefix: ListForm.claimBytes) { claimed = list.claimedCount($0) }
    if isPlain { return 1 }
    if let claimed { return claimed }
    input.rewind(to: start)
    try readBlock()
    return try beginBlock(list)
  }

  private func nodeIsPlain() throws(ElementError) -> Bool {
    switch try input.length() {
    case Self.plainNode: return true
    case Self.packedNode: return false
    default: throw ElementError("a list has a node of an unknown kind")
    }
  }

  /// Goes on with the next node that is not empty.
  private func beginNextNode() throws(ElementError) {
    guard case .nodes(let list, let hasKinds) = form else { return }
    while entriesLeft == 0 {
      try endBlock()
      if nodesLeft == 0 { throw ElementError("there are fewer elements than were counted") }
      try beginNode(list, hasKinds: hasKinds)
    }
  }

  private func beginNode(_ list: ListForm, hasKinds: Bool) throws(ElementError) {
    nodesLeft -= 1
    isPlainNode = hasKinds ? try nodeIsPlain() : false
    try readBlock()
    // An empty element has a place in a listpack.
    if isPlainNode && block.isEmpty { throw damage }
    entriesLeft = isPlainNode ? 1 : try beginBlock(list)
  }

  // MARK: Values of modules

  private func module() throws(ElementError) -> Value {
    let number = try input.number()
    guard try input.number() == ModulePart.string.rawValue else {
      throw ElementError("it is of the module type '\(ModuleName.text(number))', which is not here")
    }
    var name: [UInt8] = []
    try input.string { name = $0.array }
    guard let format = formats.first(where: { Bytes($0.typeName) == name.bytes }),
      ModuleName.number(name.bytes) == number, try input.number() == ModulePart.unsigned.rawValue
    else { throw ElementError("it is of the module type '\(ModuleName.text(number))', which is not here") }
    form = .module
    return Value(
      typeName: format.typeName, elementCount: try input.length(),
      partsPerElement: format.forms.isEmpty ? format.command.partsPerElement : nil)
  }

  private func readModulePart(_ body: (borrowing Bytes) -> Void) throws(ElementError) {
    switch ModulePart(rawValue: try input.number()) {
    case .string: try input.string(body)
    case .double:
      let text = DecimalText(general: Double(bitPattern: try input.littleEndian(UInt64.self)))
      body(text.bytes)
    default: throw ElementError("a part of a module's value is of an unknown kind")
    }
  }

  /// Passes over what a module keeps beside keys.
  func skipModuleParts() throws(ElementError) {
    while true {
      switch ModulePart(rawValue: try input.number()) {
      case .end: return
      case .signed, .unsigned: _ = try input.number()
      case .float: _ = try input.littleEndian(UInt32.self)
      case .double: _ = try input.littleEndian(UInt64.self)
      case .string: try input.string { _ in }
      case nil: throw ElementError("a part of a module's value is of an unknown kind")
      }
    }
  }
}
