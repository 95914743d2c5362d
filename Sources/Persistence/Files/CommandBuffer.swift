import Containers
import ServerKernel

/// Commands on their way to the file, with the SELECTs and annotations between them.
///
/// A unit (MULTI ... EXEC) may be written when it has ended, not before: whatever happens in the midst of one, the file
/// ends with a whole one.
struct CommandBuffer: ~Copyable {
  private var commands = ByteBuffer()
  private var selected = -1
  private var lastTimestamp: Int64 = 0
  /// Where the unit begins that has not ended.
  private var unitStart: Int?

  /// The buffer is emptied in one piece; one of this size is kept for the next tick.
  private static let keptCapacity = 1 << 20

  var count: Int { commands.count }
  /// Bytes that may be written.
  var writableCount: Int { unitStart ?? commands.count }

  /// Takes commands for a database, -1 for whatever one is selected; `time`, where given, is annotated.
  mutating func append(_ bytes: borrowing Bytes, database: Int, time: Int64?) {
    if let time { stamp(time) }
    if database >= 0 && database != selected { select(database) }
    commands.append(bytes)
  }

  mutating func beginUnit(database: Int, time: Int64?) {
    unitStart = commands.count
    append(Bytes("*1\r\n$5\r\nMULTI\r\n"), database: database, time: time)
  }

  mutating func endUnit() {
    guard unitStart != nil else { return }
    unitStart = nil
    commands.append("*1\r\n$4\r\nEXEC\r\n")
  }

  /// Another file comes: it is to begin with a SELECT.
  mutating func beginFile() { selected = -1 }

  /// Forgets everything, and the unit that has not ended.
  mutating func forget() {
    commands.removeAll(keepingCapacityUpTo: 0)
    unitStart = nil
    selected = -1
    lastTimestamp = 0
  }

  /// Writes what may be written; returns how much was, and the error that stopped it.
  func write(to file: File) -> (written: Int, error: SystemError?) { file.write(commands.bytes[0..<writableCount]) }

  /// So many bytes are in the file.
  mutating func removeWritten(_ written: Int) {
    if let start = unitStart { unitStart = start - written }
    if written == commands.count {
      commands.removeAll(keepingCapacityUpTo: Self.keptCapacity)
    } else {
      commands.removeFirst(written)
    }
  }

  private mutating func select(_ database: Int) {
    selected = database
    var writer = CommandWriter()
    writer.begin("SELECT", arguments: 1)
    writer.argument(Int64(database))
    commands.append(writer.output.bytes)
  }

  /// An annotation with the time, for recovery up to a point in time.
  private mutating func stamp(_ time: Int64) {
    if time == lastTimestamp { return }
    lastTimestamp = time
    commands.append("#TS:")
    commands.append(decimal: time)
    commands.append("\r\n")
  }
}
