import ServerKernel

extension InfoSections {
  /// What is known of files, as the persistence left it in `Server.persistence`.
  static func persistence(_ server: Server) -> String {
    let status = server.persistence
    let now = server.unixSeconds
    func seconds(_ start: Int64?) -> String { start.map { "\(now - $0)" } ?? "-1" }
    var fields: [(String, String)] = [
      ("loading", server.isLoading ? "1" : "0"), ("async_loading", "0"), ("current_cow_peak", "0"),
      ("current_cow_size", "0"), ("current_cow_size_age", "0"),
      ("current_fork_perc", fixed(status.snapshotPercent)),
      ("current_save_keys_processed", "\(status.snapshotKeysDone)"),
      ("current_save_keys_total", "\(status.snapshotKeysTotal)"),
      ("rdb_changes_since_last_save", "\(max(0, server.changes - status.changesAtLastSave))"),
      ("rdb_bgsave_in_progress", status.saveStartedAt == nil ? "0" : "1"),
      ("rdb_last_save_time", "\(status.lastSaveTime ?? server.startTime)"),
      ("rdb_last_bgsave_status", status.lastSaveFailed ? "err" : "ok"),
      ("rdb_last_bgsave_time_sec", "\(status.lastSaveSeconds)"),
      ("rdb_current_bgsave_time_sec", seconds(status.saveStartedAt)), ("rdb_saves", "\(status.saves)"),
      ("rdb_last_cow_size", "0"), ("rdb_last_load_keys_expired", "\(status.loadedKeysExpired)"),
      ("rdb_last_load_keys_loaded", "\(status.loadedKeys)"),
      ("aof_enabled", status.appendOnlyFile == nil ? "0" : "1"),
      ("aof_rewrite_in_progress", status.rewriteStartedAt == nil ? "0" : "1"),
      ("aof_rewrite_scheduled", status.isRewriteScheduled ? "1" : "0"),
      ("aof_last_rewrite_time_sec", "\(status.lastRewriteSeconds)"),
      ("aof_current_rewrite_time_sec", seconds(status.rewriteStartedAt)),
      ("aof_last_bgrewrite_status", status.lastRewriteFailed ? "err" : "ok"), ("aof_rewrites", "\(status.rewrites)"),
      ("aof_rewrites_consecutive_failures", "\(status.rewriteFailures)"),
      ("aof_last_write_status", status.lastWriteFailed ? "err" : "ok"), ("aof_last_cow_size", "0"),
      ("module_fork_in_progress", "0"), ("module_fork_last_cow_size", "0"),
    ]
    if let file = status.appendOnlyFile {
      fields += [
        ("aof_current_size", "\(file.size)"), ("aof_base_size", "\(file.baseSize)"),
        ("aof_pending_rewrite", status.isRewriteScheduled ? "1" : "0"), ("aof_buffer_length", "\(file.bufferLength)"),
        ("aof_pending_bio_fsync", "\(file.pendingSyncs)"), ("aof_delayed_fsync", "\(file.delayedSyncs)"),
      ]
    }
    if server.isLoading, let loading = status.loading {
      let percent = loading.total > 0 ? Double(loading.loaded) / Double(loading.total) * 100 : 0
      let elapsed = now - loading.startedAt
      // The clock may have been set meanwhile, by half a century.
      let rest = Double(loading.total - loading.loaded) / Double(loading.loaded + 1)
      let left = elapsed == 0 ? 1 : Double(elapsed) * rest
      fields += [
        ("loading_start_time", "\(loading.startedAt)"), ("loading_total_bytes", "\(loading.total)"),
        ("loading_rdb_used_mem", "0"), ("loading_loaded_bytes", "\(loading.loaded)"),
        ("loading_loaded_perc", fixed(percent)), ("loading_eta_seconds", "\(Int64(max(-0x1p62, min(left, 0x1p62))))"),
      ]
    }
    return lines(fields)
  }
}
