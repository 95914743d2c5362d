import Containers
import Persistence
import RDB
import ServerKernel

/// The data set on its way from the primary: `$`, its length and the bytes of a dump file or, from a primary that does
/// not know the length, `$EOF:` and forty bytes that follow it.
///
/// It is collected in a file and then loaded, or loaded as it comes.
final class IncomingTransfer {
  /// Where the stream goes on behind the data set.
  struct Start {
    var name: String
    var offset: Int64
  }

  enum Length {
    case unknown
    case bytes(Int)
    /// It ends with these.
    case mark([UInt8])
  }

  let connection: OutgoingConnection
  /// Nil from a primary that knows no offsets.
  let start: Start?
  unowned let link: PrimaryLink
  /// What was received and not looked at.
  let input: SharedBuffer
  private(set) var length = Length.unknown
  /// Where it is collected; nil when it is loaded as it comes.
  private(set) var dump: ReceivedDump?
  /// Whether it is loaded beside the present data set.
  private(set) var loadsBeside = false
  /// Bytes of the data set that have come.
  var received = 0
  /// The last bytes that were received, as many as a mark has.
  private var tail: [UInt8] = []
  /// The connection's bytes behind the data set.
  let rest = SharedBuffer(ByteBuffer())
  /// The connection ended while it was loaded as it came.
  var isLost = false
  /// Nothing more is received, or nobody wants it.
  private(set) var isOver = false

  static let markLength = 40
  private static let longestLine = 1024
  /// One read takes at most this much, bytes, and one turn so many reads.
  static let readSize = 256 << 10
  private static let readsPerTurn = 4

  init(_ link: PrimaryLink, _ connection: OutgoingConnection, _ input: SharedBuffer, start: Start?) {
    self.link = link
    self.connection = connection
    self.input = input
    self.start = start
  }

  var server: Server { link.server }
  var replication: Replication { link.replication }

  /// Bytes of all of it; nil when the primary does not know.
  var total: Int? { if case .bytes(let count) = length { count } else { nil } }

  func begin() {
    consume()
    if !isOver { connection.watch(for: .readable) { [unowned self] _ in arrived() } }
  }

  private func fail(_ reason: String) {
    isOver = true
    link.giveUp(reason)
  }

  /// Ends it, whatever has come.
  func discard() {
    isOver = true
    connection.close()
    dump?.discard()
  }

  /// Tells the primary that this server lives.
  func showLife() { _ = connection.send(Bytes("\n")) }

  // MARK: Receiving

  private func arrived() {
    for _ in 0..<Self.readsPerTurn where !isOver {
      switch connection.read(into: &input.content, atMost: Self.readSize) {
      case .bytes(let count):
        noteArrival(of: count)
        consume()
      case .nothing: return
      case .ended: return fail("I/O error trying to sync with MASTER: connection lost")
      case .failed(let error): return fail("I/O error trying to sync with MASTER: \(error.text)")
      }
    }
  }

  func noteArrival(of count: Int) {
    link.lastHeard = server.unixSeconds
    server.statistics.countSourceBytes(count)
  }

  private func consume() {
    let input = self.input
    while !isOver, case .unknown = length {
      guard let line = input.content.takeLine() else {
        if input.content.count > Self.longestLine { fail("Bad protocol from MASTER, an endless line") }
        return
      }
      readLength(line)
    }
    if isOver || input.content.isEmpty { return }
    do throws(SystemError) {
      try collect()
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
    let loadsAsItComes = replication.loadsAsItComes
    let target = loadsAsItComes ? "parser" : "disk"
    if text.hasPrefix("$EOF:"), line.count >= 5 + Self.markLength {
      length = .mark(Array(line[5..<5 + Self.markLength]))
      Log.notice("MASTER <-> REPLICA sync: receiving streamed RDB from master with EOF to \(target)")
    } else if line[0] == UInt8(ascii: "$"), let count = Int(text.dropFirst()), count > 0 {
      length = .bytes(count)
      Log.notice("MASTER <-> REPLICA sync: receiving \(count) bytes from master to \(target)")
    } else {
      return fail(
        "Bad protocol from MASTER, the first byte is not '$' (we received '\(text)'), are you sure the host and port "
          + "are right?")
    }
    if loadsAsItComes { loadAsItComes() } else { openFile() }
  }

  // MARK: Collecting

  private func openFile() {
    do throws(SystemError) {
      dump = try ReceivedDump(server)
    } catch {
      fail("Opening the temp file needed for MASTER <-> REPLICA synchronization: \(error.text)")
    }
  }

  private func collect() throws(SystemError) {
    guard let dump else { return }
    let input = self.input
    switch length {
    case .unknown: return
    case .bytes(let total):
      let part = min(total - received, input.content.count)
      try dump.append(input.content.bytes[0..<part])
      received += part
      if received == total { rest.content.append(input.content.bytes[part..<input.content.count]) }
      input.content.removeAll(keepingCapacityUpTo: Self.readSize)
      if received == total { complete() }
    case .mark(let mark):
      try dump.append(input.content.bytes)
      received += input.content.count
      let last = max(0, input.content.count - Self.markLength)
      tail = Array((tail + input.content.bytes[last..<input.content.count].array).suffix(Self.markLength))
      input.content.removeAll(keepingCapacityUpTo: Self.readSize)
      if tail != mark { return }
      received -= Self.markLength
      try dump.removeLast(Self.markLength)
      complete()
    }
  }

  private func complete() {
    isOver = true
    connection.pause()
    link.load(self)
  }

  private func loadAsItComes() {
    loadsBeside = replication.settings.disklessLoad.value == .swapDatabase
    connection.pause()
    link.load(self)
  }
}
