import Containers
import ServerKernel

/// DEBUG RELOAD and LOADAOF: the data set written out and read back.
struct Reload {
  let owner: AppendOnlyFile

  /// Does it; returns an error reply without the `-`, nil when all went well.
  func run(_ kind: ReloadKind) -> String? {
    let server = owner.server
    if server.isLoading { return "LOADING Redis is loading the dataset in memory" }
    switch kind {
    case .appendOnlyFile:
      do throws(SystemError) {
        try owner.writeOut()
      } catch {
        return "ERR Error trying to load the AOF files, check server logs."
      }
      let loader = Loader(owner: owner)
      loader.readManifest()
      let isThere = loader.prepare()
      server.whileReloading {
        server.emptyDatabases()
        if isThere { loader.load() }
      }
    case .dump(let saves, let flushes, _):
      // There is no dump on disk to load without having made it.
      if !saves { return "ERR Error trying to load the RDB dump" }
      let copy = Copy()
      guard server.beginSnapshot(copy) else { return "ERR Background append only file rewriting in progress" }
      server.completeSnapshot()
      server.whileReloading {
        if flushes { server.emptyDatabases() }
        copy.replay(server)
      }
    }
    return nil
  }

  /// A snapshot kept in memory.
  private final class Copy: SnapshotConsumer {
    private var commands = ByteBuffer()
    var canTakeMore: Bool { true }
    func take(_ more: consuming ByteBuffer) { commands.append(more.bytes) }
    func snapshotDidEnd() {}

    func replay(_ server: Server) {
      var buffer = ByteBuffer()
      swap(&buffer, &commands)
      _ = server.replay(buffer.bytes) { _ in }
    }
  }
}
