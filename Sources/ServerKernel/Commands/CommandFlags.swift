/// What a command may do and when it may run; the flags of COMMAND INFO.
public struct CommandFlags: OptionSet, Sendable {
  /// The bits.
  public let rawValue: UInt32
  /// The set of the given bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Changes the data set.
  public static let write = CommandFlags(rawValue: 1 << 0)
  /// Reads the data set and changes nothing.
  public static let readOnly = CommandFlags(rawValue: 1 << 1)
  /// Refused while memory is above `maxmemory`.
  public static let denyOOM = CommandFlags(rawValue: 1 << 2)
  /// An administration command: SAVE, SHUTDOWN, ...
  public static let admin = CommandFlags(rawValue: 1 << 3)
  /// Belongs to publish and subscribe.
  public static let pubSub = CommandFlags(rawValue: 1 << 4)
  /// Not allowed in scripts.
  public static let noScript = CommandFlags(rawValue: 1 << 5)
  /// May block the client.
  public static let blocking = CommandFlags(rawValue: 1 << 6)
  /// Allowed while the data set is loading.
  public static let loading = CommandFlags(rawValue: 1 << 7)
  /// Allowed on a replica that lost its master.
  public static let stale = CommandFlags(rawValue: 1 << 8)
  /// MONITOR does not show it.
  public static let skipMonitor = CommandFlags(rawValue: 1 << 9)
  /// The slow log does not show it.
  public static let skipSlowlog = CommandFlags(rawValue: 1 << 10)
  /// A cluster node accepts it for a slot that is being imported.
  public static let asking = CommandFlags(rawValue: 1 << 11)
  /// Constant or logarithmic time; counted as such in the latency monitor.
  public static let fast = CommandFlags(rawValue: 1 << 12)
  /// Allowed before authentication.
  public static let noAuth = CommandFlags(rawValue: 1 << 13)
  /// A command that is no write but may be propagated (PUBLISH, EVAL, ...).
  public static let mayReplicate = CommandFlags(rawValue: 1 << 14)
  /// Key positions are declared, but a call need not have any key.
  public static let noMandatoryKeys = CommandFlags(rawValue: 1 << 15)
  /// Refused while a replica loads beside the old data set.
  public static let noAsyncLoading = CommandFlags(rawValue: 1 << 16)
  /// Not allowed inside MULTI.
  public static let noMulti = CommandFlags(rawValue: 1 << 17)
  /// Key positions depend on other arguments.
  public static let movableKeys = CommandFlags(rawValue: 1 << 18)
  /// Allowed while a script is busy.
  public static let allowBusy = CommandFlags(rawValue: 1 << 19)
  /// Refused unless the configuration enables it (DEBUG).
  public static let protected = CommandFlags(rawValue: 1 << 20)
  /// Comes across keys that nobody named (SCAN, RANDOMKEY): those that it finds expired are no part of its effect.
  public static let touchesArbitraryKeys = CommandFlags(rawValue: 1 << 21)

  /// Executed at once inside MULTI, not queued (EXEC, DISCARD, WATCH, ...).
  public static let notQueued = CommandFlags(rawValue: 1 << 22)
  /// Allowed to a RESP2 client that is subscribed to channels.
  public static let allowedWhileSubscribed = CommandFlags(rawValue: 1 << 23)
  /// Answers as writes do when the disk fails (PING), so that monitoring notices.
  public static let reportsDiskErrors = CommandFlags(rawValue: 1 << 24)
  /// Runs the queued commands, so that their flags decide beside its own (EXEC).
  public static let runsTransaction = CommandFlags(rawValue: 1 << 25)

  /// No write, and yet part of an append-only file: says how writes around it are to be taken (SELECT, MULTI, EXEC).
  public static let framesEffects = CommandFlags(rawValue: 1 << 27)

  /// What a call may do depends on its arguments: `RedisCommand.flags` tells (EVAL, FCALL).
  public static let dependOnArguments = CommandFlags(rawValue: 1 << 28)

  /// Sets the access clock of keys also for a client in no-touch mode (TOUCH).
  public static let alwaysTouches = CommandFlags(rawValue: 1 << 26)

  /// The names that COMMAND INFO lists, in Redis' order; the other flags it hides.
  public static let names: [(flag: CommandFlags, name: StaticString)] = [
    (.write, "write"), (.readOnly, "readonly"), (.denyOOM, "denyoom"), (.admin, "admin"), (.pubSub, "pubsub"),
    (.noScript, "noscript"), (.blocking, "blocking"), (.loading, "loading"), (.stale, "stale"),
    (.skipMonitor, "skip_monitor"), (.skipSlowlog, "skip_slowlog"), (.asking, "asking"), (.fast, "fast"),
    (.noAuth, "no_auth"), (.noMandatoryKeys, "no_mandatory_keys"), (.noAsyncLoading, "no_async_loading"),
    (.noMulti, "no_multi"), (.movableKeys, "movablekeys"), (.allowBusy, "allow_busy"),
  ]
}
