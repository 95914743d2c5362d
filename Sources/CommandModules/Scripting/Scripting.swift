import ScriptEngines
import ServerKernel

/// Scripts and functions that the server runs, in Lua.
public enum Scripting: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [
      EVAL.self, EVALSHA.self, EVALSHA_RO.self, EVAL_RO.self, SCRIPT.self, FCALL.self, FCALL_RO.self, FUNCTION.self,
    ]
  }

  /// How long a script runs until others are told that the server is busy, and may end it, milliseconds; 0 for ever.
  static let busyThreshold = Setting<Int>(
    "busy-reply-threshold", default: 5000, range: 0...Int.max, aliases: ["lua-time-limit"])

  /// The most that the interpreter may allocate, bytes; a script that needs more fails. 0 for no limit.
  static let memoryLimit = Setting<Int>("lua-memory-limit", default: 0, range: 0...Int.max, format: .memory)

  /// The library of Lua 5.1 that is opened at start, by name or path; the one that systems have where it is empty.
  static let library = StringSetting("lua-library", default: "")

  public static func register(in registry: Registry) {
    let scripts = Scripts(busyGate: registry.add(BusyCheck.self))
    registry.setService(scripts)
    registry.add(
      busyThreshold.parameter, memoryLimit.parameter(onChange: { scripts.limitMemory() }), library.parameter)
    registry.add(
      KeylessData(
        command: ["FUNCTION", "LOAD"], opcode: LibraryPayload.opcode,
        forEachRecord: { body in
          for library in scripts.functions.table.libraries.values {
            let source = library.source
            body(source.bytes)
          }
        },
        load: { source, replaces, context in
          do throws(CommandError) {
            _ = try scripts.loadLibrary(source, replaces: replaces, &context)
            return nil
          } catch {
            return error.text
          }
        },
        removeAll: { scripts.functions.removeAll() }))
    registry.addInfo("Memory", group: "scripts", after: "use") { info, _ in scripts.describe(&info) }
    registry.addMemoryOverhead("lua.caches") { scripts.cachedBytes.scripts }
    registry.addMemoryOverhead("functions.caches") { scripts.cachedBytes.functions }
    registry.addDebugSubcommand("set-disable-deny-scripts", arguments: 1) { call, context in
      context.server.scriptsMayCallAll = call.isOn(2)
    }
    registry.onStart { _ in scripts.start() }
  }
}
