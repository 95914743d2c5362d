import ServerKernel

/// `EVALSHA_RO sha1 numkeys [key [key ...]] [arg [arg ...]]`
enum EVALSHA_RO: RedisCommand {
  static let spec = evaluationSpec(
    "evalsha_ro", script: "sha1", isReadOnly: true, since: "7.0.0",
    summary: "Execute a read-only Lua script server side")

  static func flags(_ call: borrowing Call, _ server: Server) -> CommandFlags {
    namedEvaluationFlags(call, spec.flags, server)
  }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try evaluateNamed(call, &context, isReadOnly: true)
  }
}
