import Containers
import ServerKernel

/// Commands on their way to the file, with the annotations between them.
struct CommandBuffer: ~Copyable {
  private var stream = EffectStream()
  private var lastTimestamp: Int64 = 0

  var count: Int { stream.count }
  /// Bytes that may be written.
  var writableCount: Int { stream.writableCount }

  /// Takes commands for a database, -1 for whatever one is selected; `time`, where given, is annotated.
  mutating func append(_ bytes: borrowing Bytes, database: Int, time: Int64?) {
    if let time { stamp(time) }
    stream.append(bytes, database: database)
  }

  mutating func beginUnit(database: Int, time: Int64?) {
    if let time { stamp(time) }
    stream.beginUnit(database: database)
  }

  mutating func endUnit() { stream.endUnit() }

  /// Another file comes: it is to begin with a SELECT.
  mutating func beginFile() { stream.forgetDatabase() }

  /// Forgets everything, and the unit that has not ended.
  mutating func forget() {
    stream.removeAll()
    lastTimestamp = 0
  }

  /// Writes what may be written; returns how much was, and the error that stopped it.
  func write(to file: File) -> (written: Int, error: SystemError?) { file.write(stream.writable) }

  /// So many bytes are in the file.
  mutating func removeWritten(_ written: Int) { stream.removeFirst(written) }

  /// An annotation with the time, for recovery up to a point in time.
  private mutating func stamp(_ time: Int64) {
    if time == lastTimestamp { return }
    lastTimestamp = time
    var text = ByteBuffer()
    text.append("#TS:")
    text.append(decimal: time)
    text.append("\r\n")
    stream.appendRaw(text.bytes)
  }
}
