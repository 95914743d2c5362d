import ServerKernel

/// `EVAL_RO script numkeys [key [key ...]] [arg [arg ...]]`
enum EVAL_RO: RedisCommand {
  static let spec = evaluationSpec(
    "eval_ro", script: "script", isReadOnly: true, since: "7.0.0",
    summary: "Execute a read-only Lua script server side",
    notes: "We cannot tell how the keys will be used so we assume the worst, RO and ACCESS")

  static func flags(_ call: borrowing Call, _ server: Server) -> CommandFlags { evaluationFlags(call, spec.flags) }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try evaluate(call, &context, isReadOnly: true)
  }
}
