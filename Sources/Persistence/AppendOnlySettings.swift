import ServerKernel

/// When what was written is forced to disk: the values of `appendfsync`.
enum SyncPolicy: Int, SettingChoice {
  /// Once a second, on a helper thread.
  case everySecond
  /// Before any reply of the tick.
  case always
  /// When the system likes to.
  case never

  var name: String {
    switch self {
    case .always: "always"
    case .everySecond: "everysec"
    case .never: "no"
    }
  }
}

/// The parameters of the append-only file, named as in Redis 7.0.
final class AppendOnlySettings {
  /// On by default, unlike in Redis: what a server acknowledged should survive it.
  let isEnabled = Setting("appendonly", default: true, flags: [.deniedWhileLoading, .alwaysWritten])
  let fileName = StringSetting(
    "appendfilename", default: "appendonly.aof", flags: .immutable,
    validate: FileNameRules.nameOnly("appendfilename"))
  let directoryName = StringSetting(
    "appenddirname", default: "appendonlydir", flags: .immutable,
    validate: FileNameRules.nameOnly("appenddirname", noun: "dirname"))
  let syncPolicy = Setting("appendfsync", default: SyncPolicy.everySecond)
  let skipsSyncOnRewrite = Setting("no-appendfsync-on-rewrite", default: false)
  let rewritePercentage = Setting("auto-aof-rewrite-percentage", default: 100, range: 0...Int(Int32.max))
  let rewriteMinimumSize = Setting(
    "auto-aof-rewrite-min-size", default: 64 << 20, range: 0...Int.max, format: .memory)
  let loadsTruncated = Setting("aof-load-truncated", default: true)
  let writesTimestamps = Setting("aof-timestamp-enabled", default: false)
  /// Keeps files that are no longer needed; for tests.
  let keepsHistory = Setting("aof-disable-auto-gc", default: false)
  /// Whether bases are written as dump files are, which load faster, and not as commands.
  let usesPreamble = Setting("aof-use-rdb-preamble", default: true)
  let syncsIncrementally = Setting("aof-rewrite-incremental-fsync", default: true)
  /// Bytes of a file, of a dump file as well, between two moments in which clients are served while it is loaded.
  let bytesPerService = Setting(
    "loading-process-events-interval-bytes", default: 2 << 20, range: 1024...Int(Int32.max), flags: .hidden)

  func register(
    in registry: Registry, onToggle: @escaping () throws(ConfigurationError) -> Void,
    onKeepHistory: @escaping () -> Void
  ) {
    for parameter in [
      isEnabled.parameter(onChange: onToggle), fileName.parameter, directoryName.parameter, syncPolicy.parameter,
      skipsSyncOnRewrite.parameter, rewritePercentage.parameter, rewriteMinimumSize.parameter,
      loadsTruncated.parameter, writesTimestamps.parameter, keepsHistory.parameter(onChange: onKeepHistory),
      syncsIncrementally.parameter, usesPreamble.parameter, bytesPerService.parameter,
    ] {
      registry.add(parameter)
    }
  }

  /// Where the files lie, relative to the working directory.
  var directory: String { directoryName.text }
  /// What the names of all files begin with.
  var prefix: String { fileName.text }
  var manifestName: String { "\(prefix).manifest" }
  func path(_ name: String) -> String { "\(directory)/\(name)" }
}
