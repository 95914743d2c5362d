import Containers
import ServerKernel

/// What FUNCTION DUMP gives and FUNCTION RESTORE takes: the sources of libraries as they stand in an RDB file, the
/// version of that format and a checksum.
struct LibraryPayload: ~Copyable {
  /// RDB's opcode of a library, and the one of its time before Redis 7.0, which no server reads.
  static let opcode: UInt8 = 245
  private static let oldOpcode: UInt8 = 246
  /// The version of RDB, and the latest one that is understood.
  private static let version: UInt16 = 10
  /// Behind the libraries: the version and the checksum.
  private static let footerBytes = 10

  private(set) var output = ByteBuffer()

  init() {}

  /// Adds a library.
  mutating func append(_ source: borrowing Bytes) {
    output.append(Self.opcode)
    let count = source.count
    if count < 1 << 6 {
      output.append(UInt8(count))
    } else if count < 1 << 14 {
      output.append(UInt8(1 << 6 | count >> 8))
      output.append(UInt8(count & 0xff))
    } else {
      output.append(0x80)
      output.append(littleEndian: UInt32(clamping: count).byteSwapped)
    }
    output.append(source)
  }

  /// Ends the payload.
  mutating func finish() {
    output.append(littleEndian: Self.version)
    output.append(littleEndian: CRC64.checksum(output.bytes))
  }

  /// The sources in a payload.
  static func sources(_ payload: borrowing Bytes) throws(CommandError) -> [[UInt8]] {
    let body = payload.count - footerBytes
    guard body >= 0, payload[body..<body + 2].integer(littleEndianBytes: 2) <= UInt64(version),
      payload[body + 2..<payload.count].integer(littleEndianBytes: 8) == CRC64.checksum(payload[0..<body + 2])
    else { throw .literal("ERR DUMP payload version or checksum are wrong") }
    var sources: [[UInt8]] = []
    var reader = PayloadReader(payload[0..<body])
    while !reader.isAtEnd {
      switch reader.byte() {
      case opcode: break
      case oldOpcode: throw .literal("ERR Pre-GA function format not supported.")
      default: throw .literal("ERR given type is not a function")
      }
      guard let source = reader.string() else { throw .literal("ERR Failed loading library code") }
      sources.append(source)
    }
    return sources
  }
}

extension Bytes {
  /// The first bytes as an integer, the least significant one first.
  func integer(littleEndianBytes count: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in (0..<min(count, self.count)).reversed() { value = value << 8 | UInt64(self[index]) }
    return value
  }
}
