import Containers
import ServerKernel

/// What an encoder has written, and the value that it is in the midst of.
struct RDBValueWriter: ~Copyable {
  /// Strings of fewer bytes are not worth compressing.
  static let shortestCompressed = 21
  /// Bytes of a collection's compact form; a larger one is written part by part.
  static let mostPackedBytes = 64 << 10
  /// Bytes of a list's nodes that are kept back, for their number comes first. In a payload all are.
  static let mostNodeBytes = 2 << 20

  /// Marks, and bytes, that are made room for at once.
  static let mostKeptMarks = 16 << 10
  static let mostKeptBytes = 1 << 20

  /// How the value that was begun is written.
  enum Form {
    case none
    /// Part by part.
    case strings
    /// Member by member, each with its score as a double.
    case scores
    /// As a listpack, while it is small enough.
    case packed(EncodingLimits.Packed, ValueType, else: ValueType)
    /// As an array of integers, while they are no more.
    case integers
    /// As nodes, while they are not too large.
    case nodes
    /// As a stream's nodes, its state and its groups.
    case stream
    /// Of a type that is not Redis'; of one with several kinds of elements, each kind is told.
    case module
  }

  let options: RDBEncoder.Options
  var output = ByteBuffer()
  var marks: [RDBPiece.Mark] = []
  var keyCount = 0
  var selected = -1

  // The value that was begun.
  var form = Form.none
  var name = ByteBuffer()
  var elementCount = 0
  /// The entries of a listpack.
  var entries = ByteBuffer()
  var entryCount = 0
  var integers: [Int64] = []
  /// Nodes of a list that are complete.
  var nodes = ByteBuffer()
  var nodeMarks: [RDBPiece.Mark] = []
  var nodeCount = 0
  var stream = StreamBuilder()

  init(_ options: RDBEncoder.Options) { self.options = options }

  mutating func beginRun() { selected = -1 }

  mutating func takeBytes() -> ByteBuffer {
    var bytes = ByteBuffer(capacity: min(output.capacity, Self.mostKeptBytes))
    closePiece()
    swap(&bytes, &output)
    return bytes
  }

  mutating func passBytes(to body: (borrowing Bytes) -> Void) {
    closePiece()
    body(output.bytes)
    output.removeAll(keepingCapacityUpTo: Self.mostKeptBytes)
  }

  private mutating func closePiece() {
    RDBPiece.close(&output, marks, keys: keyCount)
    marks.removeAll(keepingCapacity: marks.count <= Self.mostKeptMarks)
    keyCount = 0
  }

  // MARK: Keys

  mutating func write(_ key: borrowing SnapshotKey, string: borrowing StringView) {
    writeNotes(key)
    output.append(ValueType.string.rawValue)
    if !options.isPayload { append(key.name) }
    if let integer = string.storedInteger {
      output.append(integerString: integer)
    } else {
      append(string.storedBytes)
    }
  }

  mutating func write(_ record: borrowing Bytes, of data: KeylessData) {
    output.append(data.opcode)
    append(record)
  }

  mutating func begin(_ key: borrowing SnapshotKey, _ format: ValueFormat, elementCount: Int) {
    writeNotes(key)
    name.removeAll(keepingCapacityUpTo: Self.mostPackedBytes)
    if !options.isPayload { name.append(key.name) }
    self.elementCount = elementCount
    entryCount = 0
    entries.removeAll(keepingCapacityUpTo: Self.mostPackedBytes)
    let typeName = Bytes(format.typeName)
    switch CollectionType(typeName) {
    case .hash: beginPacked(options.limits.hash, .hashPacked, else: .hash)
    case .sortedSet: beginPacked(options.limits.sortedSet, .sortedSetPacked, else: .sortedSet)
    case .set:
      integers.removeAll(keepingCapacity: true)
      if elementCount <= options.limits.integers { form = .integers } else { beginSet() }
    case .list:
      nodeCount = 0
      nodeMarks.removeAll(keepingCapacity: nodeMarks.count <= Self.mostKeptMarks)
      nodes.removeAll(keepingCapacityUpTo: Self.mostNodeBytes)
      form = .nodes
    case .stream:
      form = .stream
      beginStream()
    case nil:
      form = .module
      emit(.module)
      output.append(moduleNumber: ModuleName.number(typeName))
      output.append(length: Int(ModulePart.string.rawValue))
      append(typeName)
      output.append(length: Int(ModulePart.unsigned.rawValue))
      output.append(length: elementCount)
    }
  }

  /// What stands before the value's type: the database, the time to live, when it was accessed.
  private mutating func writeNotes(_ key: borrowing SnapshotKey) {
    keyCount += 1
    if options.isPayload { return }
    if selected != key.database {
      selected = key.database
      output.append(Opcode.database.rawValue)
      output.append(length: key.database)
    }
    if let time = key.expiration {
      output.append(Opcode.expirationMilliseconds.rawValue)
      output.append(littleEndian: time)
    }
    switch options.access?.access(of: key) ?? .unknown {
    case .unknown: break
    case .idle(let seconds):
      output.append(Opcode.idle.rawValue)
      output.append(length: seconds)
    case .frequency(let counter):
      output.append(Opcode.frequency.rawValue)
      output.append(counter)
    }
  }

  /// Writes the value's type, and then the key.
  mutating func emit(_ type: ValueType) {
    output.append(type.rawValue)
    if options.isPayload { return }
    var key = ByteBuffer()
    swap(&key, &name)
    append(key.bytes)
    swap(&key, &name)
  }

  /// Writes a string: as an integer where it spells one, else marked where it is worth compressing.
  mutating func append(_ bytes: borrowing Bytes) {
    if options.compresses && bytes.count >= Self.shortestCompressed {
      marks.append(RDBPiece.Mark(offset: output.count, count: bytes.count))
      output.append(bytes)
    } else {
      output.append(string: bytes)
    }
  }

  // MARK: Parts

  mutating func beginElement(form number: Int, parts: Int) {
    switch form {
    case .stream: stream.begin(form: number, parts: parts, &output)
    case .module:
      output.append(length: Int(ModulePart.signed.rawValue))
      output.append(length: number)
      output.append(length: Int(ModulePart.unsigned.rawValue))
      output.append(length: parts)
    default: break
    }
  }

  mutating func write(_ part: borrowing Bytes) {
    switch form {
    case .none: preconditionFailure("a part of no value")
    case .strings, .scores: append(part)
    case .packed(let limit, _, let plain):
      if part.count <= limit.value && entries.count < Self.mostPackedBytes {
        entries.append(packedEntry: part)
        entryCount += 1
      } else {
        spill(plain)
        append(part)
      }
    case .integers:
      if let integer = part.integer { return integers.append(integer) }
      spillIntegers()
      write(part)
    case .nodes: writeListElement(part)
    case .stream: writeStream(part)
    case .module:
      output.append(length: Int(ModulePart.string.rawValue))
      append(part)
    }
  }

  mutating func write(_ part: Int64) {
    switch form {
    case .strings, .scores: output.append(integerString: part)
    case .integers: integers.append(part)
    default:
      let text = DecimalText(part)
      write(text.bytes)
    }
  }

  mutating func write(_ part: Double) {
    switch form {
    case .scores: output.append(littleEndian: part.bitPattern)
    case .packed:
      let text = DecimalText(compact: part)
      entries.append(packedEntry: text.bytes)
      entryCount += 1
    case .module:
      output.append(length: Int(ModulePart.double.rawValue))
      output.append(littleEndian: part.bitPattern)
    default:
      let text = DecimalText(general: part)
      write(text.bytes)
    }
  }

  mutating func end() {
    switch form {
    case .none, .strings, .scores: break
    case .packed(_, let packed, _):
      var entries = ByteBuffer()
      swap(&entries, &self.entries)
      write(packed, entries.bytes, count: entryCount)
      swap(&entries, &self.entries)
    case .integers: endIntegers()
    case .nodes: endNodes()
    case .stream:
      stream.endGroup(&output)
      stream = StreamBuilder()
    case .module: output.append(length: Int(ModulePart.end.rawValue))
    }
    form = .none
  }
}
