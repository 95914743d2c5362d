import Containers

/// A part of the data set that is no key: libraries of functions. It consists of records, each a run of bytes.
///
/// A snapshot hands its records over before all keys. In a file of commands a record is the last argument of a command
/// that brings it back; in an RDB file it is a string behind an opcode.
public struct KeylessData {
  /// The command that brings a record back, as the words before the record.
  public let command: [StaticString]
  /// The opcode of RDB files.
  public let opcode: UInt8
  /// Passes the records on.
  public let forEachRecord: ((borrowing Bytes) -> Void) -> Void
  /// Takes a record back, in place of one that it collides with if `replaces`. Returns the error reply if it cannot.
  let load: (_ record: borrowing Bytes, _ replaces: Bool, _ context: inout Context) -> ErrorText?
  /// Forgets all records.
  let removeAll: () -> Void

  /// A part of the data set.
  public init(
    command: [StaticString], opcode: UInt8, forEachRecord: @escaping ((borrowing Bytes) -> Void) -> Void,
    load: @escaping (_ record: borrowing Bytes, _ replaces: Bool, _ context: inout Context) -> ErrorText?,
    removeAll: @escaping () -> Void
  ) {
    self.command = command
    self.opcode = opcode
    self.forEachRecord = forEachRecord
    self.load = load
    self.removeAll = removeAll
  }
}

extension Registry {
  /// Adds a part of the data set that is no key. Two with one opcode stop the start.
  public func add(_ data: KeylessData) {
    if server.keylessData(opcode: data.opcode) != nil { stopStart("two modules write the RDB opcode \(data.opcode)") }
    server.keyspace.value.keylessData.append(data)
  }
}

extension Server {
  /// The parts of the data set that are no keys.
  public var keylessData: [KeylessData] { keyspace.value.keylessData }

  /// The part whose records stand behind this opcode in an RDB file.
  public func keylessData(opcode: UInt8) -> KeylessData? { keylessData.first { $0.opcode == opcode } }

  /// Takes a record of a file back, in place of one that it collides with if `replaces`. Returns why it cannot, as an
  /// error reply.
  public func load(_ record: borrowing Bytes, of data: KeylessData, replaces: Bool) -> ErrorText? {
    var context = makeContext()
    context.origin = .replay
    return data.load(record, replaces, &context)
  }
}
