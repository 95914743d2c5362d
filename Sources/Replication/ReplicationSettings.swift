import ServerKernel

/// The directives of replication, named as in Redis 7.0.
final class ReplicationSettings {
  // As a primary.
  let backlogSize = Setting("repl-backlog-size", default: 1 << 20, range: 1...Int.max, format: .memory)
  /// Seconds after which the backlog goes when no replica has come back; 0 keeps it.
  let backlogTTL = Setting("repl-backlog-ttl", default: 3600, range: 0...Int.max)
  let isDiskless = Setting("repl-diskless-sync", default: true)
  /// Seconds for which a transfer waits for other replicas to join.
  let disklessDelay = Setting("repl-diskless-sync-delay", default: 5, range: 0...Int(Int32.max))
  /// Replicas that end that wait; 0 for any number.
  let disklessMaxReplicas = Setting("repl-diskless-sync-max-replicas", default: 0, range: 0...Int(Int32.max))
  let pingPeriod = Setting(
    "repl-ping-replica-period", default: 10, range: 1...Int(Int32.max), aliases: ["repl-ping-slave-period"])
  let disablesNoDelay = Setting("repl-disable-tcp-nodelay", default: false)
  let minimumReplicas = Setting(
    "min-replicas-to-write", default: 0, range: 0...Int(Int32.max), aliases: ["min-slaves-to-write"])
  let maximumLag = Setting(
    "min-replicas-max-lag", default: 10, range: 0...Int(Int32.max), aliases: ["min-slaves-max-lag"])

  // As a replica.
  let source = StructuredSetting(
    "replicaof", default: ReplicationSource(), aliases: ["slaveof"], flags: .immutable)
  let primaryUser = StringSetting("masteruser", default: nil, flags: .sensitive)
  let primaryPassword = StringSetting("masterauth", default: nil, flags: .sensitive)
  let disklessLoad = Setting("repl-diskless-load", default: DisklessLoad.disabled, flags: .deniedWhileLoading)
  let servesStaleData = Setting("replica-serve-stale-data", default: true, aliases: ["slave-serve-stale-data"])
  let isReadOnly = Setting("replica-read-only", default: true, aliases: ["slave-read-only"])
  let flushesLazily = Setting("replica-lazy-flush", default: false, aliases: ["slave-lazy-flush"])
  let ignoresMemoryLimit = Setting("replica-ignore-maxmemory", default: true, aliases: ["slave-ignore-maxmemory"])
  let priority = Setting("replica-priority", default: 100, range: 0...Int(Int32.max), aliases: ["slave-priority"])
  let isAnnounced = Setting("replica-announced", default: true)
  let announcedAddress = StringSetting("replica-announce-ip", default: nil, aliases: ["slave-announce-ip"])
  let announcedPort = Setting(
    "replica-announce-port", default: 0, range: 0...65535, aliases: ["slave-announce-port"])

  // As both.
  /// Seconds after which a link that is silent is given up.
  let timeout = Setting("repl-timeout", default: 60, range: 1...Int(Int32.max))

  /// Registers all of them; `onChange` runs when one is set that the primary's side goes by.
  func register(in registry: Registry, onChange: @escaping () -> Void) {
    for parameter in [
      backlogSize.parameter(onChange: onChange), backlogTTL.parameter, isDiskless.parameter, disklessDelay.parameter,
      disklessMaxReplicas.parameter, pingPeriod.parameter, disablesNoDelay.parameter,
      minimumReplicas.parameter(onChange: onChange), maximumLag.parameter(onChange: onChange), timeout.parameter,
    ] { registry.add(parameter) }
    for parameter in [
      source.parameter, primaryUser.parameter, primaryPassword.parameter, disklessLoad.parameter,
      servesStaleData.parameter(onChange: onChange), isReadOnly.parameter(onChange: onChange), flushesLazily.parameter,
      ignoresMemoryLimit.parameter(onChange: onChange), priority.parameter,
      isAnnounced.parameter, announcedAddress.parameter, announcedPort.parameter,
    ] { registry.add(parameter) }
  }
}

/// Where a replica puts what a primary transfers: the values of `repl-diskless-load`.
enum DisklessLoad: Int, SettingChoice {
  /// It is received whole, and then takes the place of the data set.
  case disabled
  /// It is loaded as it comes when there is no data set.
  case onEmptyDatabase
  /// It is loaded beside the data set, which is served meanwhile.
  case swapDatabase

  var name: String {
    switch self {
    case .disabled: "disabled"
    case .onEmptyDatabase: "on-empty-db"
    case .swapDatabase: "swapdb"
    }
  }
}
