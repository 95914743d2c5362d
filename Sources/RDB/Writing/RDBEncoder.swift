// Unsafe: what is written lies at a place that is freed with the encoder, which outlives every use of it.

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

  /// At a place of its own: a snapshot comes here for each part of each value, and a property of a class would cost it
  /// two checks each time.
  private let writer: Place<RDBValueWriter>

  /// An encoder that has written nothing.
  public init(_ options: Options = Options()) { writer = Place(RDBValueWriter(options)) }

  deinit { unsafe writer.free() }

  public func beginRun() { writer.value.beginRun() }

  public var byteCount: Int { writer.value.output.count }

  public func takeBytes() -> ByteBuffer { writer.value.takeBytes() }

  /// Passes on what was written since the last call, and keeps its memory for what is written next.
  func passBytes(to body: (borrowing Bytes) -> Void) { writer.value.passBytes(to: body) }

  public func write(_ key: borrowing SnapshotKey, string: borrowing StringView) {
    writer.value.write(key, string: string)
  }

  public func write(_ record: borrowing Bytes, of data: KeylessData) { writer.value.write(record, of: data) }

  public func begin(_ key: borrowing SnapshotKey, _ format: ValueFormat, elementCount: Int) {
    writer.value.begin(key, format, elementCount: elementCount)
  }

  public func beginElement(form: Int, parts: Int) { writer.value.beginElement(form: form, parts: parts) }

  public func write(_ part: borrowing Bytes) { writer.value.write(part) }

  public func write(_ part: Int64) { writer.value.write(part) }

  public func write(_ part: Double) { writer.value.write(part) }

  public func writePackedList(_ list: borrowing PackedList) -> Bool { writer.value.writePackedList(list) }

  public func end() { writer.value.end() }
}
