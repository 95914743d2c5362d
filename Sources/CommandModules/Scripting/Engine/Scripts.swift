import Containers
import ScriptEngines
import ServerKernel

/// The interpreter and the scripts that it knows.
final class Scripts {
  /// Nil where the library is not installed.
  private(set) var engine: LuaEngine?
  private var scripts: [ScriptName: Script] = [:]
  /// Those of them that only EVAL brought.
  private var evaluated = 0
  private var uses: UInt64 = 0
  private var runs = 0
  private var sourceBytes = 0
  /// The gate of `BusyCheck`.
  let busyGate: Gate
  /// The script that runs now.
  var run: ScriptRun?
  /// The arguments of a call that the running script makes.
  let arguments = CallArguments()
  let json = JSONOptions()

  /// Scripts that EVAL brings are kept up to this number, those least recently used are forgotten first.
  private static let mostEvaluated = 500
  /// After so many runs a bit of the garbage is collected, whatever the interpreter itself does.
  private static let runsPerCollection = 50

  init(busyGate: Gate) { self.busyGate = busyGate }

  static func of(_ server: Server) throws(CommandError) -> Scripts {
    guard let scripts = server.service(Scripts.self) else { throw .literal("ERR scripts are not available") }
    return scripts
  }

  /// Makes the interpreter, and says in the log when there is none.
  func start() {
    engine = makeEngine()
    limitMemory()
    if engine == nil {
      Log.warning(
        "Scripts are not available: the library of Lua 5.1 is not installed (Debian package \(LuaLibrary.package)).")
    }
  }

  /// Holds the interpreter to what the configuration allows.
  func limitMemory() { engine?.limitMemory(Scripting.memoryLimit.value) }

  func requireEngine() throws(CommandError) -> LuaEngine {
    if let engine { return engine }
    throw .text("ERR scripts need the library of Lua 5.1: install the package \(LuaLibrary.package) and restart")
  }

  var status: ScriptStatus {
    var status = ScriptStatus()
    status.interpreterMemory = engine?.memoryInUse ?? 0
    status.scriptMemory = sourceBytes + scripts.count * 100
    status.scripts = scripts.count
    return status
  }

  /// The script of this name, which counts as used.
  func find(_ name: ScriptName) -> Script? {
    guard let script = scripts[name] else { return nil }
    uses &+= 1
    script.lastUse = uses
    return script
  }

  func contains(_ name: ScriptName) -> Bool { scripts[name] != nil }

  /// The script with this source, compiled if it is new; `keeps` it until SCRIPT FLUSH.
  func load(_ source: borrowing Bytes, keeps: Bool) throws(CommandError) -> Script {
    let engine = try requireEngine()
    let name = ScriptName(of: source)
    if let known = find(name) {
      if keeps && !known.isKept {
        known.isKept = true
        evaluated -= 1
      }
      return known
    }
    let shebang = try Shebang(source)
    let compiled = try engine.compile(source[shebang.length..<source.count])
    uses &+= 1
    let script = Script(name, compiled, shebang, size: source.count, isKept: keeps, lastUse: uses)
    scripts[name] = script
    sourceBytes += source.count
    if !keeps {
      evaluated += 1
      if evaluated > Self.mostEvaluated { forgetOldest() }
    }
    return script
  }

  private func forgetOldest() {
    var oldest: Script?
    for script in scripts.values where !script.isKept && script.lastUse < oldest?.lastUse ?? .max { oldest = script }
    guard let oldest else { return }
    scripts[oldest.name] = nil
    evaluated -= 1
    sourceBytes -= oldest.size
    engine?.release(oldest.compiled)
  }

  /// Forgets all scripts, with an interpreter that is new.
  func flush() {
    scripts = [:]
    evaluated = 0
    sourceBytes = 0
    if engine == nil { return }
    engine = makeEngine()
    limitMemory()
  }

  /// After a script has run.
  func didRun() {
    runs += 1
    if runs % Self.runsPerCollection == 0 { engine?.collectGarbage(completely: false) }
  }
}

/// One script.
final class Script {
  let name: ScriptName
  let compiled: CompiledScript
  let shebang: Shebang
  let size: Int
  /// SCRIPT LOAD brought it: it stays until SCRIPT FLUSH.
  var isKept: Bool
  var lastUse: UInt64

  init(_ name: ScriptName, _ compiled: CompiledScript, _ shebang: Shebang, size: Int, isKept: Bool, lastUse: UInt64) {
    self.name = name
    self.compiled = compiled
    self.shebang = shebang
    self.size = size
    self.isKept = isKept
    self.lastUse = lastUse
  }
}

/// The arguments of a call that a script makes, which keep their memory for the next one.
final class CallArguments {
  let place = Place(CommandArguments())
}
