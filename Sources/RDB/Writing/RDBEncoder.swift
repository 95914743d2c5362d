import Containers
import ServerKernel

/// Writes keys and values as files and DUMP payloads hold them, but for the compression of strings, which is left to
/// whoever takes the bytes (`RDBPiece`): another thread, where there is one.
///
/// Collections are written in the forms in which real servers keep them, so that they load without conversion. Which
/// one it is shows only when all elements are known, so small ones are built beside and written at their end.
public final class RDBEncoder: SnapshotEncoder {
  /// What is written, and how.
  public struct Options {
    /// The version of the format.
    public var version = FormatVersion.standard
    /// Whether long strings are compressed.
    public var compresses = true
    /// What is told of when keys were accessed; nil for nothing.
    public var access: AccessRecord?
    /// Up to which sizes collections are compact.
    public var limits = EncodingLimits()
    /// Whether the value alone is written: no database, no name, no time to live.
    public var isPayload = false

    /// Version 10, compressed, with Redis' default limits.
    public init() {}
  }

  /// Strings of fewer bytes are not worth compressing.
  private static let shortestCompressed = 21
  /// Bytes of a collection's compact form; a larger one is written part by part.
  private static let mostPackedBytes = 64 << 10
  /// Bytes of a list's nodes that are kept back, for their number comes first. In a payload all are.
  private static let mostNodeBytes = 2 << 20

  /// How the value that was begun is written.
  private enum Form {
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
    /// As a stream's nodes, and what stands behind them.
    case stream
    /// Of a type that is not Redis'; of one with several kinds of elements, each kind is told.
    case module
  }

  private let options: Options
  private var output = ByteBuffer()
  private var marks: [RDBPiece.Mark] = []
  private var keyCount = 0
  private var selected = -1

  // The value that was begun.
  private var form = Form.none
  private var name = ByteBuffer()
  private var elementCount = 0
  /// The entries of a listpack.
  private var entries = ByteBuffer()
  private var entryCount = 0
  private var integers: [Int64] = []
  /// Nodes of a list that are complete.
  private var nodes = ByteBuffer()
  private var nodeMarks: [RDBPiece.Mark] = []
  private var nodeCount = 0
  private var stream = StreamBuilder()

  /// An encoder that has written nothing.
  public init(_ options: Options = Options()) { self.options = options }

  public func beginRun() { selected = -1 }

  public var byteCount: Int { output.count }

  public func takeBytes() -> ByteBuffer {
    var bytes = ByteBuffer(capacity: min(output.capacity, 1 << 20))
    swap(&bytes, &output)
    RDBPiece.close(&bytes, marks, keys: keyCount)
    marks.removeAll(keepingCapacity: true)
    keyCount = 0
    return bytes
  }

  // MARK: Keys

  public func write(_ key: borrowing SnapshotKey, string: borrowing StringView) {
    beginKey(key)
    emit(.string)
    if let integer = string.storedInteger {
      output.append(integerString: integer)
    } else {
      append(string.storedBytes)
    }
  }

  public func write(_ record: borrowing Bytes, of data: KeylessData) {
    output.append(data.opcode)
    append(record)
  }

  public func begin(_ key: borrowing SnapshotKey, _ format: ValueFormat, elementCount: Int) {
    beginKey(key)
    self.elementCount = elementCount
    entryCount = 0
    entries.removeAll(keepingCapacityUpTo: Self.mostPackedBytes)
    let limits = options.limits
    switch "\(format.typeName)" {
    case "hash": beginPacked(limits.hash, .hashPacked, else: .hash)
    case "zset": beginPacked(limits.sortedSet, .sortedSetPacked, else: .sortedSet)
    case "set":
      integers.removeAll(keepingCapacity: true)
      if elementCount <= limits.integers { form = .integers } else { beginSet() }
    case "list":
      nodeCount = 0
      nodeMarks.removeAll(keepingCapacity: true)
      nodes.removeAll(keepingCapacityUpTo: Self.mostNodeBytes)
      form = .nodes
    case "stream":
      stream = StreamBuilder()
      form = .stream
    default:
      form = .module
      emit(.module)
      let typeName = Bytes(format.typeName)
      output.append(moduleNumber: ModuleName.number(typeName))
      output.append(length: Int(ModulePart.string.rawValue))
      append(typeName)
      output.append(length: Int(ModulePart.unsigned.rawValue))
      output.append(length: elementCount)
    }
  }

  /// What stands before the value's type: the database, the time to live, when it was accessed.
  private func beginKey(_ key: borrowing SnapshotKey) {
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
    name.removeAll(keepingCapacityUpTo: Self.mostPackedBytes)
    name.append(key.name)
  }

  /// Writes the value's type, and then the key.
  private func emit(_ type: ValueType) {
    output.append(type.rawValue)
    if options.isPayload { return }
    var key = ByteBuffer()
    swap(&key, &name)
    append(key.bytes)
    swap(&key, &name)
  }

  /// Writes a string: as an integer where it spells one, else marked where it is worth compressing.
  private func append(_ bytes: borrowing Bytes) {
    if options.compresses && bytes.count >= Self.shortestCompressed {
      marks.append(RDBPiece.Mark(offset: output.count, count: bytes.count))
      output.append(bytes)
    } else {
      output.append(string: bytes)
    }
  }

  // MARK: Parts

  public func beginElement(form number: Int, parts: Int) {
    switch form {
    case .stream: stream.begin(form: number, parts: parts)
    case .module:
      output.append(length: Int(ModulePart.signed.rawValue))
      output.append(length: number)
      output.append(length: Int(ModulePart.unsigned.rawValue))
      output.append(length: parts)
    default: break
    }
  }

  public func write(_ part: borrowing Bytes) {
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
    case .stream: stream.write(part)
    case .module:
      output.append(length: Int(ModulePart.string.rawValue))
      append(part)
    }
  }

  public func write(_ part: Int64) {
    switch form {
    case .strings, .scores: output.append(integerString: part)
    case .integers: integers.append(part)
    default:
      let text = DecimalText(part)
      write(text.bytes)
    }
  }

  public func write(_ part: Double) {
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

  public func end() {
    switch form {
    case .none, .strings, .scores: break
    case .packed(_, let packed, _):
      emit(packed)
      append(listpack: &entries, count: entryCount)
    case .integers: endIntegers()
    case .nodes: endNodes()
    case .stream: endStream()
    case .module: output.append(length: Int(ModulePart.end.rawValue))
    }
    form = .none
  }

  // MARK: Listpacks

  private func beginPacked(_ limit: EncodingLimits.Packed, _ packed: ValueType, else plain: ValueType) {
    form = .packed(limit, packed, else: plain)
    if elementCount > limit.entries { spill(plain) }
  }

  /// Goes on part by part, with what was put into the listpack first.
  private func spill(_ plain: ValueType) {
    emit(plain)
    output.append(length: elementCount)
    form = plain == .sortedSet ? .scores : .strings
    var packed = ByteBuffer()
    swap(&packed, &entries)
    var position = 0
    var isScore = false
    while position < packed.count {
      let element = packedElement(packed.bytes, &position)
      if isScore && plain == .sortedSet {
        output.append(littleEndian: (element.double ?? 0).bitPattern)
      } else {
        switch element {
        case .integer(let value): output.append(integerString: value)
        case .bytes(let bytes): append(bytes)
        }
      }
      isScore.toggle()
    }
    packed.removeAll()
    swap(&packed, &entries)
  }

  /// Writes a listpack as a string.
  private func append(listpack entries: inout ByteBuffer, count: Int) {
    let size = entries.count + 7
    if options.compresses && size >= Self.shortestCompressed {
      marks.append(RDBPiece.Mark(offset: output.count, count: size))
    } else {
      output.append(length: size)
    }
    output.append(listpack: entries.bytes, count: count)
  }

  // MARK: Sets

  private func beginSet() {
    if options.version >= 11 {
      beginPacked(options.limits.set, .setPacked, else: .set)
    } else {
      spill(.set)
    }
  }

  private func spillIntegers() {
    beginSet()
    let kept = integers
    for integer in kept { write(integer) }
  }

  private func endIntegers() {
    emit(.setIntegers)
    integers.sort()
    let (low, high) = (integers.first ?? 0, integers.last ?? 0)
    let width = Int16(exactly: low) != nil && Int16(exactly: high) != nil
      ? 2 : Int32(exactly: low) != nil && Int32(exactly: high) != nil ? 4 : 8
    let size = 8 + width * integers.count
    if options.compresses && size >= Self.shortestCompressed {
      marks.append(RDBPiece.Mark(offset: output.count, count: size))
    } else {
      output.append(length: size)
    }
    output.append(littleEndian: UInt32(width))
    output.append(littleEndian: UInt32(integers.count))
    for integer in integers {
      switch width {
      case 2: output.append(littleEndian: Int16(truncatingIfNeeded: integer))
      case 4: output.append(littleEndian: Int32(truncatingIfNeeded: integer))
      default: output.append(littleEndian: integer)
      }
    }
  }

  // MARK: Lists

  private func writeListElement(_ element: borrowing Bytes) {
    let limit = options.limits.listNode
    let isFull = entryCount >= limit.entries || entries.count + element.count + 8 + 7 > limit.value
    if entryCount > 0 && isFull { endNode() }
    entries.append(packedEntry: element)
    entryCount += 1
    if !options.isPayload && nodes.count > Self.mostNodeBytes { spillNodes() }
  }

  private func endNode() {
    if entryCount == 0 { return }
    // A node of the kind that holds a listpack.
    nodes.append(length: 2)
    nodeMarks.append(RDBPiece.Mark(offset: nodes.count, count: entries.count + 7))
    nodes.append(listpack: entries.bytes, count: entryCount)
    nodeCount += 1
    entryCount = 0
    entries.removeAll(keepingCapacityUpTo: Self.mostPackedBytes)
  }

  private func endNodes() {
    endNode()
    emit(.quickList2)
    output.append(length: nodeCount)
    var nodes = ByteBuffer()
    swap(&nodes, &self.nodes)
    append(nodes.bytes, nodeMarks)
    swap(&nodes, &self.nodes)
  }

  /// Writes nodes, of which each has a listpack where a mark says.
  private func append(_ nodes: borrowing Bytes, _ nodeMarks: [RDBPiece.Mark]) {
    var position = 0
    for mark in nodeMarks {
      output.append(nodes[position..<mark.offset])
      let node = nodes[mark.offset..<mark.offset + mark.count]
      if options.compresses && mark.count >= Self.shortestCompressed {
        marks.append(RDBPiece.Mark(offset: output.count, count: mark.count))
        output.append(node)
      } else {
        output.append(plainString: node)
      }
      position = mark.offset + mark.count
    }
  }

  private func endStream() {
    let hasActiveTimes = options.version >= 11
    let tail = stream.end(withActiveTimes: hasActiveTimes)
    emit(hasActiveTimes ? .stream3 : .stream2)
    output.append(length: stream.marks.count)
    var nodes = ByteBuffer()
    let nodeMarks = stream.takeNodes(&nodes)
    append(nodes.bytes, nodeMarks)
    output.append(tail.bytes)
  }

  /// Goes on element by element, with those of the nodes first: how many nodes there will be is not known, how many
  /// elements there are is.
  private func spillNodes() {
    endNode()
    emit(.list)
    output.append(length: elementCount)
    form = .strings
    var nodes = ByteBuffer()
    swap(&nodes, &self.nodes)
    for mark in nodeMarks {
      var position = mark.offset + 6
      let end = mark.offset + mark.count - 1
      while position < end {
        switch packedElement(nodes.bytes, &position) {
        case .integer(let value): output.append(integerString: value)
        case .bytes(let bytes): append(bytes)
        }
      }
    }
    nodeMarks.removeAll(keepingCapacity: true)
  }
}

/// The next entry of a listpack that was written here.
@_lifetime(copy list)
private func packedElement(_ list: Bytes, _ position: inout Int) -> PackedElement {
  guard let entry = UntrustedListpack.entry(list, at: position) else { preconditionFailure("a damaged listpack") }
  position = entry.end
  return entry.isInteger ? .integer(entry.integer) : .bytes(list[entry.payload])
}
