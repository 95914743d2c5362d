import Containers

/// Counters of INFO stats that no other part keeps.
public final class Statistics {
  /// Connections accepted.
  public internal(set) var connectionsReceived = 0
  /// Connections refused because there were too many.
  public internal(set) var connectionsRejected = 0
  /// Commands executed.
  public var commandsProcessed: Int { processed.value }
  // In a place, because it changes with every command: a class's properties are checked for overlapping access.
  let processed = Place(0)
  let traffic = Place(Traffic())
  /// Bytes received from clients.
  public var bytesRead: Int { traffic.value.bytesRead }
  /// Bytes sent to clients.
  public var bytesWritten: Int { traffic.value.bytesWritten }
  /// Bytes received from command sources, the primary that this server follows, and with the data set that it sends.
  public var sourceBytesRead: Int { traffic.value.sourceBytesRead }
  /// Counts bytes that were received from a command source while it was none yet.
  public func countSourceBytes(_ count: Int) { traffic.value.sourceBytesRead += count }
  /// Replies with errors that nobody should see.
  public internal(set) var unexpectedErrors = 0
  /// Counts a command that failed although it was to be carried out.
  public func countUnexpectedError() { unexpectedErrors += 1 }
  /// Reads from clients that brought bytes.
  public var readEvents: Int { traffic.value.reads }
  /// Writes to clients.
  public var writeEvents: Int { traffic.value.writes }
  /// Clients closed because their input grew too large.
  public internal(set) var inputBufferOverflows = 0
  /// Clients closed because their output grew too large.
  public internal(set) var outputBufferOverflows = 0
  /// Replies with errors.
  public internal(set) var errorReplies = 0
  /// Error replies by their first word.
  public private(set) var errors: [String: Int] = [:]
  private(set) var rates = Rates()

  /// Errors with codes of a client's own making could fill the table.
  private static let mostErrorCodes = 128

  /// Counts an error reply.
  func countError(_ text: borrowing Bytes) {
    errorReplies += 1
    var end = 0
    while end < text.count && text[end] != UInt8(ascii: " ") { end += 1 }
    let code = text[0..<end].string
    if errors[code] == nil && errors.count >= Self.mostErrorCodes { return }
    errors[code, default: 0] += 1
  }

  /// Takes the sample of the last hundred milliseconds.
  func sample(now: Int64) { rates.sample(self, now: now) }

  /// Sets the counters to zero, as CONFIG RESETSTAT does.
  public func reset() {
    connectionsReceived = 0
    connectionsRejected = 0
    processed.value = 0
    traffic.value = Traffic()
    unexpectedErrors = 0
    inputBufferOverflows = 0
    outputBufferOverflows = 0
    errorReplies = 0
    errors = [:]
    rates = Rates()
  }

  /// What went over all connections.
  struct Traffic {
    var bytesRead = 0
    var sourceBytesRead = 0
    var bytesWritten = 0
    var reads = 0
    var writes = 0

    mutating func add(_ other: Traffic) {
      bytesRead += other.bytesRead
      sourceBytesRead += other.sourceBytesRead
      bytesWritten += other.bytesWritten
      reads += other.reads
      writes += other.writes
    }
  }

  /// What happened each second, averaged over the last sixteen samples.
  struct Rates {
    private var samples: [(commands: Double, read: Double, written: Double)] = []
    private var last: (time: Int64, commands: Int, read: Int, written: Int)?

    mutating func sample(_ statistics: Statistics, now: Int64) {
      let current = (now, statistics.commandsProcessed, statistics.bytesRead, statistics.bytesWritten)
      defer { last = current }
      guard let last, now > last.time else { return }
      let seconds = Double(now - last.time) / 1000
      samples.append(
        (
          Double(current.1 - last.commands) / seconds, Double(current.2 - last.read) / seconds,
          Double(current.3 - last.written) / seconds
        ))
      if samples.count > 16 { samples.removeFirst() }
    }

    private func average(_ part: KeyPath<(commands: Double, read: Double, written: Double), Double>) -> Double {
      samples.isEmpty ? 0 : samples.reduce(0) { $0 + $1[keyPath: part] } / Double(samples.count)
    }

    var commands: Double { average(\.commands) }
    var bytesRead: Double { average(\.read) }
    var bytesWritten: Double { average(\.written) }
  }

  /// Commands executed in a second, a moving average.
  public var commandsPerSecond: Int { Int(rates.commands) }
  /// Kilobytes received in a second, a moving average.
  public var inputKilobytesPerSecond: Double { rates.bytesRead / 1024 }
  /// Kilobytes sent in a second, a moving average.
  public var outputKilobytesPerSecond: Double { rates.bytesWritten / 1024 }
}
