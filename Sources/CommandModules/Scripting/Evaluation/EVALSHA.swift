import ServerKernel

/// `EVALSHA sha1 numkeys [key [key ...]] [arg [arg ...]]`
enum EVALSHA: RedisCommand {
  static let spec = evaluationSpec(
    "evalsha", script: "sha1", isReadOnly: false, since: "2.6.0", summary: "Execute a Lua script server side")

  static func flags(_ call: borrowing Call, _ server: Server) -> CommandFlags {
    namedEvaluationFlags(call, spec.flags, server)
  }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try evaluateNamed(call, &context, isReadOnly: false)
  }
}
