import Containers
import Persistence
import RDB
import ServerKernel
import Synchronization

/// A snapshot that goes straight to the connections of those replicas that waited when it began. It is made once for
/// all of them; the slowest of them sets its pace.
final class DisklessTransfer: Transfer, SnapshotConsumer {
  private unowned let replication: Replication
  private var members: [ConnectedReplica]
  private let encoderOptions: RDBEncoder.Options
  private let format = RDBStream(checksums: RDBSettings.checksums.value)
  /// What is to be sent: the pieces from `first` on, whose first byte is number `firstOffset` of the transfer.
  private var pieces: [SharedBuffer] = []
  private var firstOffset = 0
  private var end = 0
  /// Bytes on their way through the helper thread.
  private var compressing = 0
  private(set) var isComplete = false
  private var isCancelled = false
  /// The same for the helper thread.
  private let stops = StopMark()
  private let keyDelay: Int
  private let mark = RunIdentifier.make()

  /// Compresses and sums up.
  static let thread = HelperThread()
  /// Bytes that may wait to be sent before the snapshot does.
  private static let queueLimit = 8 << 20

  init(_ replication: Replication, to members: [ConnectedReplica]) {
    self.replication = replication
    self.members = members
    encoderOptions = RDBEncoder.Options(replication.server)
    let dump = replication.server.service(DumpFile.self)
    keyDelay = dump?.keyDelay ?? 0
    dump?.transferStartedAt = replication.server.unixSeconds
    add(SharedBuffer(Self.text("$EOF:\(mark)\r\n")))
  }

  private static func text(_ text: String) -> ByteBuffer {
    var buffer = ByteBuffer()
    buffer.append(text)
    return buffer
  }

  /// Sends what a file begins with; comes before the snapshot.
  func begin() {
    let header = RDBHeader.bytes(
      replication.server, version: RDBSettings.version.value, isBaseOfAppendOnlyFile: false)
    Log.notice("Background RDB transfer started by pid \(replication.server.processIdentifier)")
    onThread(header) { format, header, write in format.give(header.content.bytes, write) }
  }

  // MARK: Taking the snapshot

  var canTakeMore: Bool { end - firstOffset + compressing < Self.queueLimit }

  func makeEncoder() -> any SnapshotEncoder { RDBEncoder(encoderOptions) }

  func take(_ piece: consuming ByteBuffer) {
    let keyDelay = self.keyDelay, stops = self.stops
    onThread(piece) { format, piece, write in
      let keys = format.process(piece.content.bytes, write)
      SaveDelay.wait(keys: keys, each: keyDelay) { !stops.isSet.load(ordering: .relaxed) }
    }
  }

  func snapshotDidEnd() { finish() }

  /// Sends what is no key, and ends.
  func writeKeylessData() {
    let encoder = RDBEncoder(encoderOptions)
    for data in replication.server.keylessData { data.forEachRecord { encoder.write($0, of: data) } }
    take(encoder.takeBytes())
    finish()
  }

  /// No key follows.
  func finish() {
    var end = ByteBuffer()
    end.append(mark)
    onThread(end, isLast: true) { format, mark, write in
      format.end(write)
      write(mark.content.bytes)
    }
  }

  private func onThread(
    _ input: consuming ByteBuffer, isLast: Bool = false,
    _ work: @escaping @Sendable (RDBStream, SharedBuffer, (borrowing Bytes) -> Void) -> Void
  ) {
    let input = SharedBuffer(input), count = input.content.count
    compressing += count
    let format = self.format, mailbox = replication.server.mailbox, reference = CommandThreadReference(self)
    Self.thread.run {
      let output = SharedBuffer(ByteBuffer())
      work(format, input) { output.content.append($0) }
      mailbox.post { _ in reference.object.arrived(output, of: count, isLast: isLast) }
    }
  }

  private func arrived(_ piece: SharedBuffer, of count: Int, isLast: Bool) {
    compressing -= count
    if isCancelled { return }
    if isLast {
      isComplete = true
      // Redis' words, though there is no pipe.
      Log.notice("Diskless rdb transfer, done reading from pipe, \(members.count) replicas still up.")
      replication.server.service(DumpFile.self)?.transferStartedAt = nil
    }
    add(piece)
    for member in members { member.client.outputSourceHasMore() }
  }

  private func add(_ piece: SharedBuffer) {
    if piece.content.count == 0 { return }
    pieces.append(piece)
    end += piece.content.count
  }

  // MARK: Sending

  var endsWithMark: Bool { true }
  var isPrepared: Bool { true }

  func withBytes(for replica: ConnectedReplica, from position: Int, _ body: (borrowing Bytes) -> Int) -> Int {
    var start = firstOffset
    for piece in pieces {
      let count = piece.content.count
      if position < start + count { return body(piece.content.bytes[position - start..<count]) }
      start += count
    }
    return 0
  }

  func didSend(to replica: ConnectedReplica) { release() }

  func isSent(upTo position: Int) -> Bool { isComplete && position == end }

  func leave(_ replica: ConnectedReplica) {
    members.removeAll { $0 === replica }
    if members.isEmpty && !isComplete {
      if !isCancelled { Log.warning("Diskless rdb transfer, last replica dropped, killing fork child.") }
      return cancel()
    }
    release()
  }

  /// Lets go of what every replica was sent.
  private func release() {
    let sent = members.map(\.transferred).min() ?? end
    var count = 0
    while count < pieces.count && firstOffset + pieces[count].content.count <= sent {
      firstOffset += pieces[count].content.count
      count += 1
    }
    if count > 0 { pieces.removeFirst(count) }
    if members.isEmpty { replication.replicas.transferDidEnd(self) }
  }

  /// What is being sent is of no use any more: its replicas come back for something else.
  func giveUp() {
    if isComplete { return }
    let clients = members.map(\.client)
    cancel()
    for client in clients { client.close() }
  }

  func cancel() {
    if isCancelled { return }
    isCancelled = true
    stops.isSet.store(true, ordering: .relaxed)
    pieces = []
    if !isComplete {
      replication.server.cancelSnapshot()
      replication.server.service(DumpFile.self)?.transferStartedAt = nil
    }
    replication.replicas.transferDidEnd(self)
  }
}

/// Tells the helper thread that nobody waits for it.
private final class StopMark: Sendable {
  let isSet = Atomic(false)
}
