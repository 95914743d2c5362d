import ServerKernel

/// `FCALL function numkeys [key [key ...]] [arg [arg ...]]`
enum FCALL: RedisCommand {
  static let spec = evaluationSpec(
    "fcall", script: "function", isReadOnly: false, since: "7.0.0", summary: "Invoke a function",
    notes: "We cannot tell how the keys will be used so we assume the worst, RW and UPDATE")

  static func flags(_ call: borrowing Call, _ server: Server) -> CommandFlags {
    functionFlags(call, spec.flags, server)
  }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try callFunction(call, &context, isReadOnly: false)
  }
}

/// FCALL and FCALL_RO.
func callFunction(_ call: borrowing Call, _ context: inout Context, isReadOnly: Bool) throws(CommandError) {
  let server = context.server
  server.showToMonitors(call, context.client)
  let scripts = try Scripts.of(server)
  guard let function = scripts.functions.find(call[1]) else { throw .literal("ERR Function not found") }
  let keyCount = try Scripts.keyCount(call, problem: .literal("ERR Bad number of keys provided"))
  try scripts.run(
    function, on: scripts.requireFunctionEngine(), of: server, call, keyCount: keyCount, &context,
    isReadOnly: isReadOnly)
}

/// What such a call may do.
func functionFlags(_ call: borrowing Call, _ flags: CommandFlags, _ server: Server) -> CommandFlags {
  guard let function = server.service(Scripts.self)?.functions.find(call[1]) else { return flags }
  return function.flags.commandFlags(flags)
}
