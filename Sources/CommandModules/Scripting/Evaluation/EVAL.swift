import ServerKernel

/// `EVAL script numkeys [key [key ...]] [arg [arg ...]]`
enum EVAL: RedisCommand {
  static let spec = evaluationSpec(
    "eval", script: "script", isReadOnly: false, since: "2.6.0", summary: "Execute a Lua script server side",
    notes: "We cannot tell how the keys will be used so we assume the worst, RW and UPDATE")

  static func flags(_ call: borrowing Call, _ server: Server) -> CommandFlags { evaluationFlags(call, spec.flags) }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try evaluate(call, &context, isReadOnly: false)
  }
}
