import Containers
import Persistence
import ServerKernel

/// A dump file that is saved for replicas, and then sent to each of them.
final class FileTransfer: Transfer {
  private unowned let replication: Replication
  private var members: [ConnectedReplica] = []
  /// The offset that the file's data set is at.
  private let offset: Int64
  private var file: MappedFile?
  private var header: [UInt8] = []

  /// Bytes that are passed on at once.
  private static let pieceSize = 256 << 10

  /// Begins to save the data set as it is at `offset`; nil when that fails.
  init?(_ replication: Replication, from offset: Int64) {
    self.replication = replication
    self.offset = offset
    guard let dump = replication.server.service(DumpFile.self) else { return nil }
    let isStarted = dump.saveInBackground { [weak self] isSaved in self?.didSave(isSaved, dump.path) }
    if !isStarted { return nil }
  }

  /// One more replica is sent the file; false when the stream has gone on too far for it.
  func join(_ replica: ConnectedReplica) -> Bool {
    guard file == nil else { return false }
    members.append(replica)
    replication.replicas.announce(replica, self, from: offset)
    return true
  }

  private func didSave(_ isSaved: Bool, _ path: String) {
    if isSaved { file = try? MappedFile(path) }
    guard let file else {
      Log.warning("SYNC failed. BGSAVE child returned an error")
      for member in members { member.client.close() }
      return replication.replicas.transferDidEnd(self)
    }
    header = Array("$\(file.count)\r\n".utf8)
    for member in members { member.client.outputSourceHasMore() }
  }

  var endsWithMark: Bool { false }
  var isPrepared: Bool { file != nil }

  func withBytes(for replica: ConnectedReplica, from position: Int, _ body: (borrowing Bytes) -> Int) -> Int {
    guard let file else { return 0 }
    let header = self.header
    if position < header.count { return body(header.bytes[position..<header.count]) }
    let start = position - header.count
    return file.withBytes { bytes in
      start < bytes.count ? body(bytes[start..<min(bytes.count, start + Self.pieceSize)]) : 0
    }
  }

  func didSend(to replica: ConnectedReplica) {}

  func isSent(upTo position: Int) -> Bool { file.map { position == header.count + $0.count } ?? false }

  func leave(_ replica: ConnectedReplica) {
    members.removeAll { $0 === replica }
    if members.isEmpty { cancel() }
  }

  func cancel() {
    let dump = replication.server.service(DumpFile.self)
    if file == nil { dump?.giveUp() } else { dump?.syncFileWasSent() }
    replication.replicas.transferDidEnd(self)
  }
}
