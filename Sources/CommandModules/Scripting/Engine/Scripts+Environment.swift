import ScriptEngines

// What scripts and functions find.
extension Scripts {
  /// An interpreter with all libraries; nil where Lua is not installed, or there is no memory.
  func makeEngine(for purpose: LuaEngine.Purpose) -> LuaEngine? {
    // Each has options of its own for JSON, which its scripts may change.
    let json = JSONOptions()
    let shared = redisLoadingGlobals
    var globals = ScriptGlobals(
      functions: redisFunctions + shared.functions + json.functions + BitLibrary.functions + StructLibrary.functions
        + MessagePackLibrary.functions,
      constants: redisConstants + shared.constants + json.constants + MessagePackLibrary.constants,
      // Its options are those of the table that it is a copy of.
      copiers: [("cjson", "new")])
    let engine: LuaEngine?
    switch purpose {
    case .scripts:
      globals.functions += redisScriptFunctions
      engine = LuaEngine(for: purpose, globals) { [self] in interruption(&$0) }
    case .functions:
      var loading = shared
      loading.functions.append(functions.registerFunction)
      engine = LuaEngine(for: purpose, globals, loading: loading) { [self] context in
        if let loading = functions.loading { return functions.loadTimeout(loading.start) }
        return interruption(&context)
      }
    }
    engine?.limitMemory(Scripting.memoryLimit.value)
    return engine
  }
}
