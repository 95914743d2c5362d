import ServerKernel

/// Durability: the append-only file, attached to the kernel's hooks.
public enum Persistence: CommandModule {
  public static var commands: [any RedisCommand.Type] { [BGREWRITEAOF.self] }

  public static func register(in registry: Registry) {
    let settings = AppendOnlySettings()
    let file = AppendOnlyFile(registry.server, settings)
    settings.register(
      in: registry, onToggle: { () throws(ConfigurationError) in try file.toggle() }, onKeepHistory: file.deleteHistory)
    registry.onLoad { _ in file.start() }
    registry.onShutdown { options, _ in
      if file.state == .waitingForRewrite && file.rewrite.isRunning {
        if !options.contains(.force) {
          Log.warning("Writing initial AOF, can't exit.")
          return false
        }
        Log.warning("Writing initial AOF. Exit anyway.")
      }
      if file.rewrite.isRunning {
        Log.warning("There is a child rewriting the AOF. Killing it!")
        file.rewrite.cancel()
      }
      return file.finish()
    }
    registry.addTimer(milliseconds: 100) { _ in file.tick() }
    registry.setPersistenceStatus { file.status }
    registry.setService(file)
    registry.onReload { kind, _ in Reload(owner: file).run(kind) }
  }
}

extension AppendOnlyFile {
  /// What INFO tells of the append-only file.
  var status: PersistenceStatus {
    var status = PersistenceStatus()
    status.isRewriteScheduled = rewrite.isScheduled
    status.lastRewriteSeconds = rewrite.lastSeconds
    status.rewriteStartedAt = rewrite.runningSince
    status.lastRewriteFailed = !rewrite.lastSucceeded
    status.rewrites = rewrite.count
    status.rewriteFailures = rewrite.consecutiveFailures
    status.lastWriteFailed = isInTrouble
    if state != .off {
      status.appendOnlyFile = .init(
        size: totalSize, baseSize: sizeAfterRewrite, bufferLength: bufferedBytes, pendingSyncs: pendingSyncs,
        delayedSyncs: delayedSyncs)
    }
    if server.isLoading {
      status.loading = .init(startedAt: loadingSince, total: loadingTotal, loaded: loadedBytes)
    }
    return status
  }
}
