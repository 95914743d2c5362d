import ServerKernel

/// Durability: the append-only file, attached to the kernel's hooks.
public enum Persistence: CommandModule {
  public static var commands: [any RedisCommand.Type] { [BGREWRITEAOF.self] }

  public static func register(in registry: Registry) {
    let settings = AppendOnlySettings()
    let file = AppendOnlyFile(registry.server, settings)
    settings.register(in: registry) { () throws(ConfigurationError) in try file.toggle() }
    registry.add(file)
    registry.onLoad { _ in file.start() }
    registry.onShutdown { options, _ in
      if file.state == .waitingForRewrite && !options.contains(.force) {
        Log.warning("Writing initial AOF, can't exit.")
        return false
      }
      if file.rewrite.isRunning {
        Log.warning("There is a child rewriting the AOF. Killing it!")
        file.rewrite.cancel()
      }
      return file.finish()
    }
    registry.addTimer(milliseconds: 100) { _ in file.tick() }
    registry.addInfo("Persistence") { _ in file.info }
    registry.setService(file)
  }
}

extension AppendOnlyFile {
  /// The lines of INFO persistence about the append-only file.
  var info: String {
    let isOn = state != .off
    var text =
      "aof_enabled:\(isOn ? 1 : 0)\r\naof_rewrite_in_progress:\(rewrite.isRunning ? 1 : 0)\r\n"
      + "aof_rewrite_scheduled:\(rewrite.isScheduled ? 1 : 0)\r\naof_last_rewrite_time_sec:\(rewrite.lastSeconds)\r\n"
      + "aof_current_rewrite_time_sec:\(rewrite.currentSeconds)\r\n"
      + "aof_last_bgrewrite_status:\(rewrite.lastSucceeded ? "ok" : "err")\r\naof_rewrites:\(rewrite.count)\r\n"
      + "aof_rewrites_consecutive_failures:\(rewrite.consecutiveFailures)\r\n"
      + "aof_last_write_status:\(writeError == nil ? "ok" : "err")\r\naof_last_cow_size:0\r\n"
    if isOn {
      text +=
        "aof_current_size:\(totalSize)\r\naof_base_size:\(sizeAfterRewrite)\r\n"
        + "aof_pending_rewrite:\(state == .waitingForRewrite ? 1 : 0)\r\naof_buffer_length:\(bufferedBytes)\r\n"
        + "aof_pending_bio_fsync:\(pendingSyncs)\r\naof_delayed_fsync:\(delayedSyncs)\r\n"
    }
    return text
  }
}
