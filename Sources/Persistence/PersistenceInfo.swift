import ServerKernel

/// What INFO tells of the files.
struct PersistenceInfo {
  let file: AppendOnlyFile
  let dump: DumpFile

  func register(in registry: Registry) {
    registry.addInfo("Persistence", group: "snapshot") { info, _ in writeSnapshot(&info) }
    registry.addInfo("Persistence", group: "dump", writeDump)
    registry.addInfo("Persistence", group: "append-only file", writeFile)
    registry.addInfo("Persistence", group: "append-only file's sizes") { info, _ in writeSizes(&info) }
    registry.addInfo("Persistence", group: "loading", writeLoading)
    registry.addMemoryOverhead("aof.buffer") { [file] in file.waitingBytes }
    registry.addUncountedMemory { [file] in file.waitingBytes }
  }

  /// Seconds since then; -1 when it has not begun.
  private func seconds(since start: Int64?, _ server: Server) -> Int {
    start.map { Int(server.unixSeconds - $0) } ?? -1
  }

  private func status(_ isFailed: Bool) -> StaticString { isFailed ? "err" : "ok" }

  private func writeSnapshot(_ info: inout InfoWriter) {
    let done = dump.running?.file.keyCount ?? 0, total = dump.running?.keysAtStart ?? 0
    // Nothing is copied on write: no process is forked.
    info.field("current_cow_peak", 0)
    info.field("current_cow_size", 0)
    info.field("current_cow_size_age", 0)
    info.field("current_fork_perc", total > 0 ? Double(done) / Double(total) * 100 : 0)
    info.field("current_save_keys_processed", done)
    info.field("current_save_keys_total", total)
  }

  private func writeDump(_ info: inout InfoWriter, _ server: Server) {
    let startedAt = dump.saveStartedAt
    info.field("rdb_changes_since_last_save", max(0, server.changes - dump.changesAtLastSave))
    info.field("rdb_bgsave_in_progress", startedAt != nil)
    info.field("rdb_last_save_time", Int(dump.lastSaveTime ?? server.startTime))
    info.field("rdb_last_bgsave_status", status(dump.lastFailed))
    info.field("rdb_last_bgsave_time_sec", Int(dump.lastSeconds))
    info.field("rdb_current_bgsave_time_sec", seconds(since: startedAt, server))
    info.field("rdb_saves", dump.count)
    info.field("rdb_last_cow_size", 0)
    info.field("rdb_last_load_keys_expired", dump.loaded.expiredKeys)
    info.field("rdb_last_load_keys_loaded", dump.loaded.keys)
  }

  private func writeFile(_ info: inout InfoWriter, _ server: Server) {
    let rewrite = file.rewrite
    info.field("aof_enabled", file.state != .off)
    info.field("aof_rewrite_in_progress", rewrite.isRunning)
    info.field("aof_rewrite_scheduled", rewrite.isScheduled)
    info.field("aof_last_rewrite_time_sec", Int(rewrite.lastSeconds))
    info.field("aof_current_rewrite_time_sec", seconds(since: rewrite.runningSince, server))
    info.field("aof_last_bgrewrite_status", status(!rewrite.lastSucceeded))
    info.field("aof_rewrites", rewrite.count)
    info.field("aof_rewrites_consecutive_failures", rewrite.consecutiveFailures)
    info.field("aof_last_write_status", status(file.isInTrouble))
    info.field("aof_last_cow_size", 0)
  }

  private func writeSizes(_ info: inout InfoWriter) {
    if file.state == .off { return }
    info.field("aof_current_size", file.totalSize)
    info.field("aof_base_size", file.sizeAfterRewrite)
    info.field("aof_pending_rewrite", file.rewrite.isScheduled)
    info.field("aof_buffer_length", file.bufferedBytes)
    info.field("aof_pending_bio_fsync", file.pendingSyncs)
    info.field("aof_delayed_fsync", file.delayedSyncs)
  }

  private func writeLoading(_ info: inout InfoWriter, _ server: Server) {
    if !server.isLoading { return }
    let total = file.loadingTotal, loaded = file.loadedBytes
    let elapsed = server.unixSeconds - file.loadingSince
    // The clock may have been set meanwhile, by half a century.
    let rest = Double(total - loaded) / Double(loaded + 1)
    let left = elapsed == 0 ? 1 : Double(elapsed) * rest
    info.field("loading_start_time", Int(file.loadingSince))
    info.field("loading_total_bytes", total)
    info.field("loading_rdb_used_mem", 0)
    info.field("loading_loaded_bytes", loaded)
    info.field("loading_loaded_perc", total > 0 ? Double(loaded) / Double(total) * 100 : 0)
    info.field("loading_eta_seconds", Int(max(-0x1p62, min(left, 0x1p62))))
  }
}
