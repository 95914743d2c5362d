import ServerKernel

extension InfoSections {
  /// What is known of files, as the persistence left it in `Server.persistence`.
  static func registerPersistence(in registry: Registry) {
    registry.addInfo("Persistence", group: "snapshot", snapshot)
    registry.addInfo("Persistence", group: "dump", dump)
    registry.addInfo("Persistence", group: "append-only file", appendOnlyFile)
    registry.addInfoStandIn(
      "Persistence", group: "modules", [("module_fork_in_progress", "0"), ("module_fork_last_cow_size", "0")])
    registry.addInfo("Persistence", group: "sizes", appendOnlySizes)
    registry.addInfo("Persistence", group: "loading", loading)
  }

  /// Seconds since then; -1 when it has not begun.
  private static func seconds(since start: Int64?, _ server: Server) -> Int {
    start.map { Int(server.unixSeconds - $0) } ?? -1
  }

  private static func status(_ isFailed: Bool) -> StaticString { isFailed ? "err" : "ok" }

  private static func snapshot(_ info: inout InfoWriter, _ server: Server) {
    let status = server.persistence
    info.field("loading", server.isLoading)
    info.field("async_loading", server.isLoadingBeside)
    // Nothing is copied on write: no process is forked.
    info.field("current_cow_peak", 0)
    info.field("current_cow_size", 0)
    info.field("current_cow_size_age", 0)
    info.field("current_fork_perc", status.snapshotPercent)
    info.field("current_save_keys_processed", status.snapshotKeysDone)
    info.field("current_save_keys_total", status.snapshotKeysTotal)
  }

  private static func dump(_ info: inout InfoWriter, _ server: Server) {
    let status = server.persistence
    info.field("rdb_changes_since_last_save", max(0, server.changes - status.changesAtLastSave))
    info.field("rdb_bgsave_in_progress", status.saveStartedAt != nil)
    info.field("rdb_last_save_time", Int(status.lastSaveTime ?? server.startTime))
    info.field("rdb_last_bgsave_status", Self.status(status.lastSaveFailed))
    info.field("rdb_last_bgsave_time_sec", Int(status.lastSaveSeconds))
    info.field("rdb_current_bgsave_time_sec", seconds(since: status.saveStartedAt, server))
    info.field("rdb_saves", status.saves)
    info.field("rdb_last_cow_size", 0)
    info.field("rdb_last_load_keys_expired", status.loadedKeysExpired)
    info.field("rdb_last_load_keys_loaded", status.loadedKeys)
  }

  private static func appendOnlyFile(_ info: inout InfoWriter, _ server: Server) {
    let status = server.persistence
    info.field("aof_enabled", status.appendOnlyFile != nil)
    info.field("aof_rewrite_in_progress", status.rewriteStartedAt != nil)
    info.field("aof_rewrite_scheduled", status.isRewriteScheduled)
    info.field("aof_last_rewrite_time_sec", Int(status.lastRewriteSeconds))
    info.field("aof_current_rewrite_time_sec", seconds(since: status.rewriteStartedAt, server))
    info.field("aof_last_bgrewrite_status", Self.status(status.lastRewriteFailed))
    info.field("aof_rewrites", status.rewrites)
    info.field("aof_rewrites_consecutive_failures", status.rewriteFailures)
    info.field("aof_last_write_status", Self.status(status.lastWriteFailed))
    info.field("aof_last_cow_size", 0)
  }

  private static func appendOnlySizes(_ info: inout InfoWriter, _ server: Server) {
    let status = server.persistence
    guard let file = status.appendOnlyFile else { return }
    info.field("aof_current_size", file.size)
    info.field("aof_base_size", file.baseSize)
    info.field("aof_pending_rewrite", status.isRewriteScheduled)
    info.field("aof_buffer_length", file.bufferLength)
    info.field("aof_pending_bio_fsync", file.pendingSyncs)
    info.field("aof_delayed_fsync", file.delayedSyncs)
  }

  private static func loading(_ info: inout InfoWriter, _ server: Server) {
    guard server.isLoading, let loading = server.persistence.loading else { return }
    let percent = loading.total > 0 ? Double(loading.loaded) / Double(loading.total) * 100 : 0
    let elapsed = server.unixSeconds - loading.startedAt
    // The clock may have been set meanwhile, by half a century.
    let rest = Double(loading.total - loading.loaded) / Double(loading.loaded + 1)
    let left = elapsed == 0 ? 1 : Double(elapsed) * rest
    info.field("loading_start_time", Int(loading.startedAt))
    info.field("loading_total_bytes", loading.total)
    info.field("loading_rdb_used_mem", 0)
    info.field("loading_loaded_bytes", loading.loaded)
    info.field("loading_loaded_perc", percent)
    info.field("loading_eta_seconds", Int(max(-0x1p62, min(left, 0x1p62))))
  }
}
