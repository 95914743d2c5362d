import Containers
import HashCommands
import ListCommands
import Persistence
import SetCommands
import SortedSetCommands

@testable import RDB
@testable import ServerKernel

/// A data set in memory, and what is in it as text.
struct DumpedServer {
  let server: Server

  init() throws {
    server = Server(modules: [Hashes.self, Lists.self, Sets.self, SortedSets.self, Persistence.self])
    server.makeDatabases()
    server.updateTime()
  }

  /// Writes values as text: parts between commas.
  private final class Text: SnapshotEncoder {
    var text = ""

    func beginRun() {}
    func write(_ record: borrowing Bytes, of data: KeylessData) {}
    func write(_ key: borrowing SnapshotKey, string: borrowing StringView) {
      text += "string " + String(decoding: string.array, as: UTF8.self)
    }
    func begin(_ key: borrowing SnapshotKey, _ format: ValueFormat, elementCount: Int) {
      text += "\(format.typeName) \(elementCount) "
    }
    func write(_ part: borrowing Bytes) { text += part.string + "," }
    func write(_ part: Int64) { text += "\(part)," }
    func write(_ part: Double) { text += "\(part)," }
    func end() {}
    var byteCount: Int { 0 }
    func takeBytes() -> ByteBuffer { ByteBuffer() }
  }

  /// The value of a key; nil when there is none.
  func text(of key: String, in number: Int = 0) -> String? {
    guard let database = server.database(number) else { return nil }
    let encoder = Text()
    let key = Array(key.utf8)
    return database.write(key.bytes, to: encoder) ? encoder.text : nil
  }

  /// The digest of everything.
  var digest: String {
    var total = ValueDigest()
    for number in 0..<server.databaseCount { server.database(number)?.digest(into: &total) }
    return total.hexadecimal
  }

  /// The file of a snapshot, as it is written by default.
  func file(_ options: RDBEncoder.Options? = nil) -> [UInt8] {
    let writer = FileWriter(options ?? RDBEncoder.Options(server), server)
    guard server.beginSnapshot(writer) else { return [] }
    server.completeSnapshot()
    return writer.content
  }

  private final class FileWriter: SnapshotConsumer {
    let options: RDBEncoder.Options
    let stream = RDBStream(checksums: true)
    var content: [UInt8] = []

    init(_ options: RDBEncoder.Options, _ server: Server) {
      self.options = options
      let header = RDBHeader.bytes(server, version: options.version, isBaseOfAppendOnlyFile: false)
      stream.give(header.bytes) { content += $0.array }
    }

    var canTakeMore: Bool { true }
    func makeEncoder() -> any SnapshotEncoder { RDBEncoder(options) }
    func take(_ piece: consuming ByteBuffer) { stream.process(piece.bytes) { content += $0.array } }
    func snapshotDidEnd() { stream.end { content += $0.array } }
  }

  /// Reads a file; returns what it brought.
  @discardableResult
  func read(_ file: [UInt8], _ options: RDBReader.Options = RDBReader.Options()) throws(RDBError) -> RDBReader.Summary {
    try RDBReader.read(file.bytes, into: server, options) { _ in }
  }

  /// A file around bytes that stand between its head and its end, of some version.
  static func framed(_ body: [UInt8], version: Int = 7) -> [UInt8] {
    let digits = "\(version)"
    let padding = String(repeating: "0", count: 4 - digits.count)
    var file = Array("REDIS\(padding)\(digits)".utf8) + body + [0xff]
    if version >= 5 {
      let checksum = CRC64.checksum(file.bytes)
      file += (0..<8).map { UInt8(truncatingIfNeeded: checksum >> UInt64(8 * $0)) }
    }
    return file
  }

  /// A string behind its length.
  static func string(_ text: [UInt8]) -> [UInt8] {
    text.count < 64
      ? [UInt8(text.count)] + text : [0x40 | UInt8(text.count >> 8), UInt8(text.count & 0xff)] + text
  }

  static func string(_ text: String) -> [UInt8] { string(Array(text.utf8)) }

  /// A file with one key, `k`, whose value is given.
  static func file(type: UInt8, _ value: [UInt8], version: Int = 7) -> [UInt8] {
    framed([type] + string("k") + value, version: version)
  }
}
