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
      let dump = MemoryDump()
      // One that was given up may not have been cleared away.
      if !owner.rewrite.isRunning { server.completeSnapshot() }
      guard server.beginSnapshot(dump) else { return "ERR Background append only file rewriting in progress" }
      server.completeSnapshot()
      var failure: ElementError?
      server.whileReloading {
        if flushes { server.emptyDatabases() }
        do throws(ElementError) { try dump.restore(server) } catch { failure = error }
      }
      if let failure {
        Log.warning("The data set cannot be made of its own elements: \(failure.reason)")
        return "ERR Error trying to load the RDB dump"
      }
    }
    return nil
  }
}
