import Containers
import ServerKernel

/// The entries of a stream's node, one after another, of which nothing is believed.
struct StreamNodeReader: ~Copyable {
  private var node = ByteBuffer()
  private var master = StreamID.zero
  private var masterFields: [UntrustedEntry] = []
  /// Bytes of those.
  private var masterFieldBytes = 0
  /// Bytes of all nodes, and of fields that entries have from the beginning of their node.
  private var nodeBytes = 0
  private var repeatedBytes = 0
  private var position = 0

  /// The entry that was read last: its identifier, and its fields and values in turn.
  private(set) var id = StreamID.zero
  private(set) var words: [UntrustedEntry] = []

  /// What Redis says of a node that is damaged.
  private static let damaged = ElementError("Stream listpack integrity check failed")

  /// How many bytes of fields the entries of a stream may have for each byte of its nodes, and beyond that: a node of
  /// 4096 bytes and 100 entries, as servers make them, stays below. What grows more was made to fill the memory.
  private static let mostRepeated = 128
  private static let freelyRepeated = 16 << 20

  /// What the buffer for nodes keeps for the next one.
  private static let keptCapacity = 1 << 20

  init() {}

  /// Begins a node whose identifiers count from `master`.
  mutating func begin(_ input: RDBInput, master: StreamID) throws(ElementError) {
    self.master = master
    var buffer = ByteBuffer()
    swap(&buffer, &node)
    buffer.removeAll(keepingCapacityUpTo: Self.keptCapacity)
    try input.string { buffer.append($0) }
    swap(&buffer, &node)
    guard UntrustedListpack.isFramed(node.bytes) else { throw Self.damaged }
    position = UntrustedListpack.headerCount
    _ = try integer()
    _ = try integer()
    let count = try integer()
    masterFields.removeAll(keepingCapacity: true)
    masterFieldBytes = 0
    nodeBytes += node.count
    var left = count
    while left > 0 {
      let field = try next()
      masterFields.append(field)
      masterFieldBytes += field.payload.count
      left -= 1
    }
    if try integer() != 0 || masterFields.isEmpty { throw Self.damaged }
  }

  /// Reads the next entry that was not deleted; false behind the last.
  mutating func readEntry() throws(ElementError) -> Bool {
    while position < node.count - 1 {
      let flags = try integer()
      let time = master.time &+ UInt64(bitPattern: try integer())
      let sequence = master.sequence &+ UInt64(bitPattern: try integer())
      id = StreamID(time, sequence)
      words.removeAll(keepingCapacity: true)
      let hasSameFields = flags & StreamEntryFlags.hasSameFields != 0
      if hasSameFields {
        repeatedBytes += masterFieldBytes
        if (repeatedBytes - Self.freelyRepeated) / Self.mostRepeated > nodeBytes { throw Self.damaged }
        for field in masterFields {
          words.append(field)
          words.append(try next())
        }
      } else {
        var left = try integer()
        while left > 0 {
          words.append(try next())
          words.append(try next())
          left -= 1
        }
      }
      let fieldCount = words.count / 2
      let stepsBack = hasSameFields ? fieldCount + 3 : 2 * fieldCount + 4
      if fieldCount == 0 { throw Self.damaged }
      if try integer() != stepsBack { throw Self.damaged }
      if flags & StreamEntryFlags.isDeleted == 0 { return true }
    }
    return false
  }

  /// Passes on a field or a value of the entry.
  func word(_ index: Int, _ body: (borrowing Bytes) -> Void) {
    let word = words[index]
    if word.isInteger {
      let text = DecimalText(word.integer)
      body(text.bytes)
    } else {
      body(node.bytes[word.payload])
    }
  }

  private mutating func next() throws(ElementError) -> UntrustedEntry {
    guard position < node.count - 1, let entry = UntrustedListpack.entry(node.bytes, at: position),
      entry.end < node.count
    else { throw Self.damaged }
    position = entry.end
    return entry
  }

  private mutating func integer() throws(ElementError) -> Int64 {
    let entry = try next()
    if !entry.isInteger { throw Self.damaged }
    return entry.integer
  }
}
