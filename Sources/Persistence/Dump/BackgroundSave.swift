import Containers
import RDB
import ServerKernel

/// A snapshot on its way into a dump file.
final class BackgroundSave: SnapshotConsumer {
  private unowned let owner: DumpFile
  let file: SnapshotFile
  /// What the file is to be called.
  let path: String
  let startedAt: Int64
  let changesAtStart: Int
  let keysAtStart: Int
  /// Whether the snapshot still takes keys; behind it the file is written and synced.
  private(set) var isWalking = true
  /// Who asked for it hears of its end: whether the file is there.
  var whenDone: ((Bool) -> Void)?
  /// Whether the command thread waits for it.
  private let waits: Bool
  private let options: RDBEncoder.Options

  init(_ owner: DumpFile, _ file: SnapshotFile, path: String, waits: Bool) {
    self.owner = owner
    self.file = file
    self.path = path
    self.waits = waits
    let server = owner.server
    startedAt = server.unixSeconds
    changesAtStart = server.changes
    keysAtStart = (0..<server.databaseCount).reduce(0) { $0 + (server.database($1)?.count ?? 0) }
    options = RDBEncoder.Options(server)
  }

  var canTakeMore: Bool {
    if waits { while !file.hasRoom { Pause.microseconds(100) } }
    return file.hasRoom
  }

  func makeEncoder() -> any SnapshotEncoder { RDBEncoder(options) }

  func take(_ piece: consuming ByteBuffer) { file.write(piece) }

  func snapshotDidEnd() {
    isWalking = false
    if waits { return }
    let mailbox = owner.server.mailbox
    let reference = CommandThreadReference(self)
    file.finish { error, _ in
      mailbox.post { _ in reference.object.owner.didFinish(reference.object, error) }
    }
  }
}
