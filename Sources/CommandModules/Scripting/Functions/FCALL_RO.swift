import ServerKernel

/// `FCALL_RO function numkeys [key [key ...]] [arg [arg ...]]`
enum FCALL_RO: RedisCommand {
  static let spec = evaluationSpec(
    "fcall_ro", script: "function", isReadOnly: true, since: "7.0.0", summary: "Invoke a read-only function",
    notes: "We cannot tell how the keys will be used so we assume the worst, RO and ACCESS")

  static func flags(_ call: borrowing Call, _ server: Server) -> CommandFlags {
    functionFlags(call, spec.flags, server)
  }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try callFunction(call, &context, isReadOnly: true)
  }
}
