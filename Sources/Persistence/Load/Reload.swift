import RDB
import ServerKernel

/// DEBUG RELOAD and LOADAOF: the data set written out and read back.
struct Reload {
  let owner: AppendOnlyFile
  let dump: DumpFile

  /// Does it; returns an error reply without the `-`, nil when all went well.
  func run(_ kind: ReloadKind) -> String? {
    let server = owner.server
    if server.isLoading || server.isLoadingBeside { return "LOADING Redis is loading the dataset in memory" }
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
    case .dump(let saves, let flushes, let merges):
      if saves && !dump.save() { return "ERR" }
      var options = RDBReader.Options()
      options.merges = merges
      var isLoaded = false
      server.whileReloading {
        if flushes { server.emptyDatabases() }
        isLoaded = DumpLoader(dump: dump, appendOnlyFile: owner).load(options)
      }
      if !isLoaded { return "ERR Error trying to load the RDB dump" }
    }
    return nil
  }
}
