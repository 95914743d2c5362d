import RDB
import ServerKernel

/// The parameters of the dump file, named as in Redis 7.0.
final class DumpSettings {
  let savePoints = StructuredSetting("save", default: SavePoints.standard)
  let fileName = StringSetting(
    "dbfilename", default: "dump.rdb", flags: .protected,
    validate: FileNameRules.nameOnly("dbfilename", mayBeEmpty: true))
  let stopsWrites = Setting("stop-writes-on-bgsave-error", default: true)
  let syncsIncrementally = Setting("rdb-save-incremental-fsync", default: true)
  /// Whether files that were saved or received for replication alone are deleted where nothing else keeps the data set.
  let deletesSyncFiles = Setting("rdb-del-sync-files", default: false)
  /// Microseconds that each key takes to be saved, or loaded; for tests.
  let saveDelay = Setting(
    "rdb-key-save-delay", default: 0, range: Int(Int32.min)...Int(Int32.max), flags: .hidden)
  let loadDelay = Setting("key-load-delay", default: 0, range: Int(Int32.min)...Int(Int32.max), flags: .hidden)

  func register(in registry: Registry, onChange: @escaping () -> Void) {
    let parameters =
      [
        savePoints.parameter(onChange: onChange), fileName.parameter, stopsWrites.parameter(onChange: onChange),
        syncsIncrementally.parameter, deletesSyncFiles.parameter, saveDelay.parameter, loadDelay.parameter,
      ] + RDBSettings.parameters
    for parameter in parameters { registry.add(parameter) }
  }
}
