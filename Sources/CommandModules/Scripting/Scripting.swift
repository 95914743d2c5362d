import ScriptEngines
import ServerKernel

/// Scripts that the server runs, in Lua.
public enum Scripting: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [EVAL.self, EVALSHA.self, EVALSHA_RO.self, EVAL_RO.self, SCRIPT.self]
  }

  /// How long a script runs until others are told that the server is busy, and may end it, milliseconds; 0 for ever.
  static let busyThreshold = Setting<Int>(
    "busy-reply-threshold", default: 5000, range: 0...Int.max, aliases: ["lua-time-limit"])

  /// The most that the interpreter may allocate, bytes; a script that needs more fails. 0 for no limit.
  static let memoryLimit = Setting<Int>("lua-memory-limit", default: 0, range: 0...Int.max, format: .memory)

  public static func register(in registry: Registry) {
    let scripts = Scripts(busyGate: registry.add(BusyCheck.self))
    registry.setService(scripts)
    registry.add(busyThreshold.parameter, memoryLimit.parameter(onChange: { scripts.limitMemory() }))
    registry.setScriptStatus { scripts.status }
    registry.onStart { _ in scripts.start() }
  }
}
