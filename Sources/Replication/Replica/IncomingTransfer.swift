import Containers
import Persistence
import RDB
import ServerKernel

/// The data set on its way from the primary: `$`, its length and the bytes of a dump file or, from a primary that does
/// not know the length, `$EOF:` and forty bytes that follow it.
final class IncomingTransfer {
  /// Where the stream goes on behind the data set.
  struct Start {
    var name: String
    var offset: Int64
  }

  private enum Length {
    case unknown
    case bytes(Int)
    /// It ends with these.
    case mark([UInt8])
  }

  let connection: OutgoingConnection
  /// Nil from a primary that knows no offsets.
  let start: Start?
  private unowned let link: PrimaryLink
  private let input: SharedBuffer
  private var length = Length.unknown
  private let dump: ReceivedDump
  /// Whether it is loaded beside the present data set.
  let loadsBeside: Bool
  /// The last bytes that were received, as many as a mark has.
  private var tail: [UInt8] = []
  /// The connection's bytes behind the data set.
  private let rest = SharedBuffer(ByteBuffer())

  private static let markLength = 40
  private static let longestLine = 1024
  /// One read takes at most this much, bytes, and one turn so many reads.
  private static let readSize = 256 << 10
  private static let readsPerTurn = 4

  init(
    _ link: PrimaryLink, _ connection: OutgoingConnection, _ input: SharedBuffer, start: Start?
  ) throws(SystemError) {
    self.link = link
    self.connection = connection
    self.input = input
    self.start = start
    loadsBeside = link.replication.settings.disklessLoad.value == .swapDatabase
    dump = try ReceivedDump(link.server, inMemory: link.replication.loadsFromMemory)
  }

  private var server: Server { link.server }
  private var replication: Replication { link.replication }

  /// Bytes of the data set that have come.
  var received: Int { dump.count }
  /// Bytes of all of it; nil when the primary does not know.
  var total: Int? { if case .bytes(let count) = length { count } else { nil } }

  func begin() {
    consume()
    if !isOver { connection.watch(for: .readable) { [unowned self] _ in arrived() } }
  }

  private var isOver = false

  private func fail(_ reason: String) {
    isOver = true
    link.giveUp(reason)
  }

  /// Ends it, whatever has come.
  func discard() {
    isOver = true
    connection.close()
    dump.discard()
  }

  /// Tells the primary that this server lives.
  func showLife() { _ = connection.send(Bytes("\n")) }

  // MARK: Receiving

  private func arrived() {
    for _ in 0..<Self.readsPerTurn where !isOver {
      switch connection.read(into: &input.content, atMost: Self.readSize) {
      case .bytes(let count):
        link.lastHeard = server.unixSeconds
        server.statistics.countSourceBytes(count)
        consume()
      case .nothing: return
      case .ended: return fail("I/O error trying to sync with MASTER: connection lost")
      case .failed(let error): return fail("I/O error trying to sync with MASTER: \(error.text)")
      }
    }
  }

  private func consume() {
    let input = self.input
    while !isOver, case .unknown = length {
      guard let line = input.takeLine() else {
        if input.content.count > Self.longestLine { fail("Bad protocol from MASTER, an endless line") }
        return
      }
      readLength(line)
    }
    if isOver || input.content.isEmpty { return }
    do throws(SystemError) {
      try take()
    } catch {
      fail(
        "Write error or short write writing to the DB dump file needed for MASTER <-> REPLICA synchronization: "
          + error.text)
    }
  }

  private func readLength(_ line: [UInt8]) {
    // Signs of life.
    if line.isEmpty { return }
    let text = String(decoding: line, as: UTF8.self)
    if text.hasPrefix("-") { return fail("MASTER aborted replication with an error: \(text.dropFirst())") }
    let target = replication.loadsFromMemory ? "parser" : "disk"
    if text.hasPrefix("$EOF:"), line.count >= 5 + Self.markLength {
      length = .mark(Array(line[5..<5 + Self.markLength]))
      return Log.notice("MASTER <-> REPLICA sync: receiving streamed RDB from master with EOF to \(target)")
    }
    guard line[0] == UInt8(ascii: "$"), let count = Int(text.dropFirst()), count > 0 else {
      return fail(
        "Bad protocol from MASTER, the first byte is not '$' (we received '\(text)'), are you sure the host and port "
          + "are right?")
    }
    length = .bytes(count)
    Log.notice("MASTER <-> REPLICA sync: receiving \(count) bytes from master to \(target)")
  }

  private func take() throws(SystemError) {
    let input = self.input
    switch length {
    case .unknown: return
    case .bytes(let total):
      let part = min(total - dump.count, input.content.count)
      try dump.append(input.content.bytes[0..<part])
      if dump.count == total { rest.content.append(input.content.bytes[part..<input.content.count]) }
      input.content.removeAll(keepingCapacityUpTo: Self.readSize)
      if dump.count == total { complete() }
    case .mark(let mark):
      try dump.append(input.content.bytes)
      let last = max(0, input.content.count - Self.markLength)
      tail = Array((tail + input.content.bytes[last..<input.content.count].array).suffix(Self.markLength))
      input.content.removeAll(keepingCapacityUpTo: Self.readSize)
      if tail != mark { return }
      try dump.removeLast(Self.markLength)
      complete()
    }
  }

  private func complete() {
    isOver = true
    connection.pause()
    link.load(self)
  }

  // MARK: Loading

  /// Puts the data set in the place of the present one.
  func load() {
    switch loadsBeside ? loadBeside() : loadInPlace() {
    case .success(let summary): finish(summary)
    case .failure(let error):
      Log.warning("Bad file format reading the RDB received from the primary: \(error.text)")
      link.giveUp("Failed trying to load the MASTER synchronization DB, check server logs.")
    }
  }

  private func loadInPlace() -> Result<RDBReader.Summary, RDBError> {
    replication.leaveStream()
    var outcome = Result<RDBReader.Summary, RDBError>.failure(RDBError("it was not read"))
    server.whileReloading {
      Log.notice("MASTER <-> REPLICA sync: Flushing old data")
      server.emptyDatabases(lazily: replication.settings.flushesLazily.value)
      Log.notice("MASTER <-> REPLICA sync: Loading DB in memory")
      outcome = dump.load(collectingRecords: false)
      if case .failure = outcome { server.emptyDatabases() }
    }
    ReceivedDump.dataSetWasReplaced(server)
    return outcome
  }

  /// The old data set is served meanwhile where it is an earlier state of the new one, and stays when that is damaged.
  private func loadBeside() -> Result<RDBReader.Summary, RDBError> {
    var outcome = Result<RDBReader.Summary, RDBError>.failure(RDBError("it was not read"))
    Log.notice("MASTER <-> REPLICA sync: Loading DB in memory")
    let isSameStream = start?.name == replication.identity.current
    let isWhole = server.loadBeside(
      serving: isSameStream, lazily: replication.settings.flushesLazily.value
    ) {
      outcome = dump.load(collectingRecords: true)
      if case .success = outcome { return true }
      return false
    }
    if isWhole, case .success(let summary) = outcome {
      Log.notice("MASTER <-> REPLICA sync: Swapping active DB with loaded DB")
      replication.leaveStream()
      ReceivedDump.replaceKeylessData(with: summary.records, server)
      ReceivedDump.dataSetWasReplaced(server)
    }
    return outcome
  }

  private func finish(_ summary: RDBReader.Summary) {
    if let start {
      replication.identity.adopt(start.name)
      replication.stream.restart(at: start.offset)
    }
    if let error = dump.install() {
      Log.warning(
        "Failed trying to rename the temp DB into the dump file in MASTER <-> REPLICA synchronization: \(error)")
    }
    dump.discard()
    let rest = self.rest
    Log.notice("Done loading RDB, keys loaded: \(summary.keys), keys expired: \(summary.expiredKeys).")
    Log.notice("MASTER <-> REPLICA sync: Finished with success")
    link.proceed(
      connection, rest.content.bytes, database: summary.position?.database ?? 0, isWithoutOffsets: start == nil)
    // A primary that sends without a file waits for it before it sends the stream.
    if case .mark = length { link.acknowledge() }
  }
}
