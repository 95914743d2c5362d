// Unsafe: the input looks into the payload, and forgets it before the call ends.

import Containers
import ServerKernel

/// A value by itself, as DUMP gives it and RESTORE takes it.
///
///     +------+-------+---------+----------+
///     | type | value | version | checksum |
///     | 1    |       | 2 bytes | 8 bytes  |
///     +------+-------+---------+----------+
///
/// The checksum is of all that stands before it; numbers have their lowest byte first.
public enum RDBPayload {
  private static let footerCount = 10

  /// Passes on the payload of a key's value, which lasts as long as the call; false when there is no such key.
  public static func write(
    _ key: borrowing Bytes, in database: borrowing Database, _ server: Server, to body: (borrowing Bytes) -> Void
  ) -> Bool {
    let writer = server.service { PayloadWriter() }
    writer.follow(server)
    return writer.write(key, in: database, to: body)
  }

  /// Whether the version is known and the checksum right.
  public static func isIntact(_ payload: borrowing Bytes) -> Bool {
    guard payload.count >= footerCount else { return false }
    let end = payload.count - footerCount
    guard let version = payload.unsigned(at: end, bytes: 2), FormatVersion.isKnown(version) else { return false }
    return RDBSettings.skipsValidation.load(ordering: .relaxed)
      || CRC64.checksum(payload[0..<end + 2]) == payload.word(at: end + 2)
  }

  /// Makes the value of an intact payload and stores it under a key, in place of whatever was there. Throws when it is
  /// damaged, or has no elements: the key then is what it was.
  public static func load(
    _ payload: borrowing Bytes, _ key: borrowing Bytes, into database: inout Database, _ server: Server,
    expiration: Int64?
  ) throws(ElementError) {
    let reader = server.service { PayloadReader(server) }
    defer { reader.close() }
    let source = reader.open(payload[0..<payload.count - footerCount], server)
    let type = try source.type()
    if type == .string {
      try source.string { database.loadString(key, $0, expiration: expiration) }
      return
    }
    let value = try source.begin(type)
    guard try source.load(value, key, into: &database, expiration: expiration) else {
      throw ElementError("a collection has no elements")
    }
  }

  /// Throws when an intact payload is damaged, as far as that shows without making its value.
  public static func check(_ payload: borrowing Bytes, _ server: Server) throws(ElementError) {
    let reader = server.service { PayloadReader(server) }
    defer { reader.close() }
    let source = reader.open(payload[0..<payload.count - footerCount], server)
    let type = try source.type()
    if type == .string { return try source.string { _ in } }
    try source.skip(try source.begin(type))
  }
}

/// What payloads are read with, kept from one to the next.
private final class PayloadReader {
  private let input = RDBInput()
  private let source: ValueSource

  init(_ server: Server) { source = ValueSource(input, formats: server.valueFormats) }

  /// Where the value in `bytes` comes from, until the reader is closed.
  func open(_ bytes: borrowing Bytes, _ server: Server) -> ValueSource {
    unsafe input.open(bytes, longestString: server.settings.maxBulkLength.value)
    return source
  }

  func close() {
    input.close()
    source.trim()
  }
}

/// What payloads are written with, kept from one to the next.
private final class PayloadWriter {
  private var encoder = RDBEncoder()
  private var version = 0
  private let stream = RDBStream(checksums: false)
  private var payload = ByteBuffer()
  /// Which configuration the encoder is made for.
  private var generation: Int?

  /// What the buffer keeps for the next payload.
  private static let keptCapacity = 1 << 20

  /// Writes as a server's configuration says now.
  func follow(_ server: Server) {
    let generation = server.configuration.generation
    if generation == self.generation { return }
    self.generation = generation
    var options = RDBEncoder.Options(server)
    options.isPayload = true
    version = options.version
    encoder = RDBEncoder(options)
  }

  func write(
    _ key: borrowing Bytes, in database: borrowing Database, to body: (borrowing Bytes) -> Void
  ) -> Bool {
    guard database.write(key, to: encoder) else { return false }
    // A local one: the writer is not to be accessed while its buffer is lent.
    var payload = ByteBuffer()
    swap(&payload, &self.payload)
    encoder.passBytes { stream.process($0) { payload.append($0) } }
    payload.append(littleEndian: UInt16(version))
    let checksum = CRC64.checksum(payload.bytes)
    payload.append(littleEndian: checksum)
    body(payload.bytes)
    payload.removeAll(keepingCapacityUpTo: Self.keptCapacity)
    swap(&payload, &self.payload)
    return true
  }
}
