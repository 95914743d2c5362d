import Containers
import ScriptEngines
import ServerKernel

/// The interpreter of scripts, the scripts that it knows, and what runs now.
final class Scripts {
  private let state = Place(State())
  private var scripts: [ScriptName: Script] = [:]
  private var sourceBytes = 0
  /// The gate of `BusyCheck`.
  let busyGate: Gate
  /// Libraries of functions, which have an interpreter of their own.
  let functions = FunctionLibraries()

  /// Scripts that EVAL brings are kept up to this number, those least recently used are forgotten first.
  private static let mostEvaluated = 500
  /// After so many runs a bit of the garbage is collected, whatever the interpreter itself does.
  private static let runsPerCollection = 50
  /// A heap up to this size, bytes, is left to the interpreter.
  private static let smallHeap = 1 << 20

  init(busyGate: Gate) { self.busyGate = busyGate }

  static func of(_ server: Server) throws(CommandError) -> Scripts {
    guard let scripts = server.service(Scripts.self) else { throw .literal("ERR scripts are not available") }
    return scripts
  }

  /// Opens the library and makes the interpreter, and says in the log when there is none.
  func start() {
    if LuaLibrary.open(Scripting.library.text) { state.value.engine = makeEngine(for: .scripts) }
    if engine == nil {
      Log.warning("Scripts are not available: the library of Lua 5.1 is not installed (Debian package \(package)).")
    }
  }

  /// The package to install where the library is missing.
  private var package: String { LuaLibrary.package(of: Scripting.library.text) }

  /// Holds the interpreters to what the configuration allows.
  func limitMemory() {
    engine?.limitMemory(Scripting.memoryLimit.value)
    functions.engine?.limitMemory(Scripting.memoryLimit.value)
  }

  func requireEngine() throws(CommandError) -> LuaEngine {
    if let engine { return engine }
    throw missingLibrary
  }

  /// The interpreter of functions, which is made when it is first needed.
  func requireFunctionEngine() throws(CommandError) -> LuaEngine {
    if let engine = functions.engine { return engine }
    guard LuaLibrary.isPresent, let engine = makeEngine(for: .functions) else { throw missingLibrary }
    functions.engine = engine
    return engine
  }

  private var missingLibrary: CommandError {
    .text("ERR scripts need the library of Lua 5.1: install the package \(package) and restart")
  }

  /// Bytes of the scripts that EVAL keeps, and of the libraries of functions, without their interpreters.
  var cachedBytes: (scripts: Int, functions: Int) {
    (sourceBytes + scripts.count * 100, functions.table.sourceBytes + functions.table.functionCount * 100)
  }

  /// What INFO shows of memory.
  func describe(_ info: inout InfoWriter) {
    let interpreter = engine?.memoryInUse ?? 0
    let functionInterpreter = functions.engine?.memoryInUse ?? 0
    let cached = cachedBytes
    info.field("used_memory_lua", interpreter)
    info.field("used_memory_vm_eval", interpreter)
    info.human("used_memory_lua", interpreter)
    info.field("used_memory_scripts_eval", cached.scripts)
    info.field("number_of_cached_scripts", scripts.count)
    info.field("number_of_functions", functions.table.functionCount)
    info.field("number_of_libraries", functions.table.libraries.count)
    info.field("used_memory_vm_functions", functionInterpreter)
    info.bytes("used_memory_vm_total", interpreter + functionInterpreter)
    info.field("used_memory_functions", cached.functions)
    info.bytes("used_memory_scripts", cached.scripts + cached.functions)
  }

  /// The script of this name, which counts as used.
  func find(_ name: ScriptName) -> Script? {
    guard let script = scripts[name] else { return nil }
    if let slot = script.slot { state.value.evaluated.use(slot) }
    return script
  }

  /// The script of the name that a text spells, which counts as used.
  func find(_ text: borrowing Bytes) -> ScriptSubject? {
    let place = state
    guard let name = ShortName(text) else { return nil }
    if let found = place.value.recent.find(name) {
      if let slot = found.slot { place.value.evaluated.use(slot) }
      return found.subject
    }
    guard let script = ScriptName(text).flatMap(find) else { return nil }
    // By the digits that it is forgotten by.
    if let name = script.shortName { place.value.recent.add(name, .init(subject: script.subject, slot: script.slot)) }
    return script.subject
  }

  /// The script of this name, which does not count as used.
  func peek(_ name: ScriptName) -> Script? { scripts[name] }

  /// The script with this source, compiled if it is new; `keeps` it until SCRIPT FLUSH.
  func load(_ source: borrowing Bytes, keeps: Bool) throws(CommandError) -> Script {
    let engine = try requireEngine()
    let name = ScriptName(of: source)
    if let known = find(name) {
      if keeps, let slot = known.slot {
        known.slot = nil
        state.value.evaluated.remove(slot)
        forgetRecent(known)
      }
      return known
    }
    let shebang = try Shebang(source)
    let compiled = try engine.compile(
      source[shebang.length..<source.count], problem: "Error compiling script (new function)")
    let script = Script(name, compiled, shebang, source: source.array)
    scripts[name] = script
    sourceBytes += source.count
    if !keeps {
      script.slot = state.value.evaluated.add(name)
      if state.value.evaluated.count > Self.mostEvaluated { forgetOldest() }
    }
    return script
  }

  private func forgetOldest() {
    guard let name = state.value.evaluated.oldest, let oldest = scripts.removeValue(forKey: name) else { return }
    if let slot = oldest.slot { state.value.evaluated.remove(slot) }
    forgetRecent(oldest)
    sourceBytes -= oldest.source.count
    engine?.release(oldest.compiled)
  }

  private func forgetRecent(_ script: Script) {
    if let name = script.shortName { state.value.recent.remove(name) }
  }

  /// Forgets all scripts, with an interpreter that is new.
  func flush() {
    scripts = [:]
    state.value.evaluated = RecencyList()
    state.value.recent = RecentSubjects()
    sourceBytes = 0
    if engine != nil { state.value.engine = makeEngine(for: .scripts) }
  }

  /// After a script has run.
  func didRun(_ engine: LuaEngine) {
    state.value.runs &+= 1
    if state.value.runs % Self.runsPerCollection == 0 && engine.memoryInUse > Self.smallHeap {
      engine.collectGarbage(completely: false)
    }
  }
}

extension Scripts {
  /// What every run touches: in a place, where no access has to be checked.
  private struct State {
    var engine: LuaEngine?
    /// Those of the scripts that only EVAL brought.
    var evaluated = RecencyList<ScriptName>()
    /// Scripts that were found last.
    var recent = RecentSubjects()
    var runs = 0
    var run: ScriptRun?
  }

  /// Nil where the library is not installed.
  var engine: LuaEngine? { state.value.engine }

  /// The script or function that runs now.
  var run: ScriptRun? {
    get { state.value.run }
    set { state.value.run = newValue }
  }

  /// The rules for the calls that it makes.
  var rules: CallRules { state.value.run?.rules ?? [] }

  /// Whether others are told of it.
  var isBusy: Bool { state.value.run?.isBusy ?? false }

  /// It has made a call of a command that writes: in the midst of what it does it is not stopped for want of memory.
  func noteWrite() {
    let place = state
    place.value.run?.hasWritten = true
    place.value.run?.rules.remove(.outOfMemory)
  }
}
