import Containers

/// The bytes of a snapshot on their way to its consumer.
///
/// Each value's bytes stand together: keys that are handed over in the midst of a large value are written beside it and
/// follow when it has ended.
final class SnapshotOutput {
  private let consumer: any SnapshotConsumer
  private let main: any SnapshotEncoder
  private let beside: any SnapshotEncoder
  /// A large value has been begun and not ended.
  private var isWithinValue = false

  /// Handed over in pieces of about this many bytes.
  private static let pieceBytes = 256 << 10

  init(_ consumer: any SnapshotConsumer) {
    self.consumer = consumer
    main = consumer.makeEncoder()
    beside = consumer.makeEncoder()
  }

  /// Writes a record of what is no key.
  func write(_ record: borrowing Bytes, of data: KeylessData) {
    main.write(record, of: data)
    handOverIfFull()
  }

  /// Writes a key whole.
  func write(_ key: borrowing SnapshotKey, string: borrowing StringView) {
    (isWithinValue ? beside : main).write(key, string: string)
    handOverIfFull()
  }

  /// Writes a key whole; `elements` gives those of its value.
  func write(
    _ key: borrowing SnapshotKey, _ format: ValueFormat, elementCount: Int, _ elements: (inout ElementWriter) -> Void
  ) {
    let encoder = isWithinValue ? beside : main
    encoder.begin(key, format, elementCount: elementCount)
    var writer = ElementWriter(encoder)
    elements(&writer)
    encoder.end()
    handOverIfFull()
  }

  /// Begins a large value, whose elements follow in pieces.
  func begin(_ key: borrowing SnapshotKey, _ format: ValueFormat, elementCount: Int) {
    isWithinValue = true
    main.begin(key, format, elementCount: elementCount)
  }

  /// Writes a piece of the large value; `elements` tells whether there are more.
  func writePiece(_ elements: (inout ElementWriter) -> Bool) -> Bool {
    var writer = ElementWriter(main)
    let hasMore = elements(&writer)
    handOverIfFull()
    return hasMore
  }

  /// Ends the large value.
  func end() {
    main.end()
    isWithinValue = false
    if beside.byteCount == 0 { return }
    handOver()
    consumer.take(beside.takeBytes())
    main.beginRun()
    beside.beginRun()
  }

  private func handOverIfFull() { if main.byteCount >= Self.pieceBytes { handOver() } }

  /// Hands over what was written last.
  func handOver() { if main.byteCount > 0 { consumer.take(main.takeBytes()) } }
}
