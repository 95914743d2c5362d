import Containers
import ServerKernel

/// A snapshot kept in memory: for DEBUG RELOAD, which makes every value anew from its elements.
final class MemoryDump: SnapshotConsumer {
  /// A key and its value.
  private struct Record {
    let name: [UInt8]
    let database: Int
    let expiration: Int64?
    /// Nil for a string, which is the only part.
    let format: ValueFormat?
    var elementCount = 1
    var parts: [[UInt8]] = []
    var forms: [(form: Int, parts: Int)] = []
  }

  private var records: [Record] = []

  var canTakeMore: Bool { true }
  func makeEncoder() -> any SnapshotEncoder { Encoder(self) }
  func take(_ piece: consuming ByteBuffer) {}
  func snapshotDidEnd() {}

  /// Puts everything back, over what is there under the same keys.
  func restore(_ server: Server) throws(ElementError) {
    let source = Source()
    for record in records {
      guard var database = server.database(record.database) else { continue }
      let name = record.name
      guard let format = record.format else {
        let value = record.parts[0]
        database.setString(
          name.bytes, value.bytes, expiration: record.expiration.map { .at($0) } ?? .none)
        continue
      }
      source.parts = record.parts[...]
      source.forms = record.forms[...]
      var reader = ElementReader(source)
      try database.load(
        name.bytes, format.typeName, elementCount: record.elementCount, from: &reader,
        expiration: record.expiration)
    }
  }

  private final class Encoder: SnapshotEncoder {
    private let dump: MemoryDump
    private var current: Record?

    init(_ dump: MemoryDump) { self.dump = dump }

    func beginRun() {}

    func write(_ key: borrowing SnapshotKey, string: borrowing StringView) {
      var record = Record(
        name: key.name.array, database: key.database, expiration: key.expiration, format: nil)
      record.parts = [string.array]
      dump.records.append(record)
    }

    func begin(_ key: borrowing SnapshotKey, _ format: ValueFormat, elementCount: Int) {
      current = Record(
        name: key.name.array, database: key.database, expiration: key.expiration, format: format,
        elementCount: elementCount)
    }

    func beginElement(form: Int, parts: Int) { current?.forms.append((form, parts)) }
    func write(_ part: borrowing Bytes) { current?.parts.append(part.array) }
    func write(_ part: Int64) { current?.parts.append(Array("\(part)".utf8)) }

    func end() {
      if let current { dump.records.append(current) }
      current = nil
    }

    var byteCount: Int { 0 }
    func takeBytes() -> ByteBuffer { ByteBuffer() }
  }

  private final class Source: ElementSource {
    var parts: ArraySlice<[UInt8]> = []
    var forms: ArraySlice<(form: Int, parts: Int)> = []

    func readForm() throws(ElementError) -> (form: Int, parts: Int) {
      guard let form = forms.popFirst() else { throw ElementError("there are fewer elements than were counted") }
      return form
    }

    func readPart(_ body: (borrowing Bytes) -> Void) throws(ElementError) {
      guard let part = parts.popFirst() else { throw ElementError("there are fewer elements than were counted") }
      body(part.bytes)
    }
  }
}
