import ScriptEngines

// What scripts find.
extension Scripts {
  /// An interpreter with all libraries; nil where Lua is not installed.
  func makeEngine() -> LuaEngine? {
    let functions =
      redisFunctions + json.functions + BitLibrary.functions + StructLibrary.functions + MessagePackLibrary.functions
    let constants = redisConstants + json.constants + MessagePackLibrary.constants
    return LuaEngine(functions: functions, constants: constants) { [self] in interrupts(&$0) }
  }
}
