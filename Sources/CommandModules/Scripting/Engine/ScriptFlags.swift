import Containers
import ServerKernel

/// What a script or a function says of itself.
struct ScriptFlags: OptionSet {
  let rawValue: UInt8

  static let noWrites = ScriptFlags(rawValue: 1 << 0)
  static let allowOOM = ScriptFlags(rawValue: 1 << 1)
  static let allowStale = ScriptFlags(rawValue: 1 << 2)
  static let noCluster = ScriptFlags(rawValue: 1 << 3)
  static let allowCrossSlotKeys = ScriptFlags(rawValue: 1 << 4)

  static let names: [(name: StaticString, flag: ScriptFlags)] = [
    ("no-writes", .noWrites), ("allow-oom", .allowOOM), ("allow-stale", .allowStale), ("no-cluster", .noCluster),
    ("allow-cross-slot-keys", .allowCrossSlotKeys),
  ]

  /// The flags of a call of a script that says what it does: of a command that has `flags` for any script.
  func commandFlags(_ flags: CommandFlags) -> CommandFlags {
    var flags = flags.subtracting([.write, .mayReplicate, .denyOOM, .stale])
    if !contains(.noWrites) {
      flags.insert(.write)
      if !contains(.allowOOM) { flags.insert(.denyOOM) }
    }
    if contains(.allowStale) { flags.insert(.stale) }
    return flags
  }
}
