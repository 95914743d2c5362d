import ServerKernel

/// The metadata of EVAL and its relatives, FCALL among them.
func evaluationSpec(
  _ name: String, script: String, isReadOnly: Bool, since: String, summary: String, notes: String? = nil
) -> CommandSpec {
  CommandSpec(
    name, arity: -3,
    flags: [
      .noScript, .stale, .skipMonitor, .noMandatoryKeys, .movableKeys, .dependOnArguments,
      isReadOnly ? .readOnly : .mayReplicate,
    ],
    keys: [
      KeySpec(
        isReadOnly ? [.readOnly, .access] : [.readWrite, .access, .update], .index(2),
        .counted(number: 0, first: 1, step: 1), notes: notes)
    ],
    categories: [.scripting],
    group: .scripting, since: since,
    complexity: "Depends on the \(script == "function" ? script : "script") that is executed.", summary: summary,
    arguments: [
      .string(script), .integer("numkeys"), .key("key", 0, [.optional, .multiple]),
      .string("arg", [.optional, .multiple]),
    ])
}

/// EVAL and EVAL_RO: a script that comes with the call.
func evaluate(_ call: borrowing Call, _ context: inout Context, isReadOnly: Bool) throws(CommandError) {
  let server = context.server
  server.showToMonitors(call, context.client)
  let scripts = try Scripts.of(server)
  let keyCount = try Scripts.keyCount(call)
  let script = try scripts.load(call[1], keeps: false)
  try scripts.run(
    script.subject, on: scripts.requireEngine(), of: server, call, keyCount: keyCount, &context,
    isReadOnly: isReadOnly)
}

/// What such a call may do: the script's first line tells.
func evaluationFlags(_ call: borrowing Call, _ flags: CommandFlags) -> CommandFlags {
  guard let shebang = try? Shebang(call[1]), shebang.isPresent else { return flags }
  return shebang.flags.commandFlags(flags)
}

/// EVALSHA and EVALSHA_RO: a script that the server knows.
func evaluateNamed(_ call: borrowing Call, _ context: inout Context, isReadOnly: Bool) throws(CommandError) {
  let server = context.server
  server.showToMonitors(call, context.client)
  let scripts = try Scripts.of(server)
  // What cannot be a name is refused first.
  if call[1].count != ScriptName.length { throw noScript }
  let keyCount = try Scripts.keyCount(call)
  guard let script = scripts.find(call[1]) else { throw noScript }
  try scripts.run(
    script, on: scripts.requireEngine(), of: server, call, keyCount: keyCount, &context, isReadOnly: isReadOnly)
}

/// What such a call may do.
func namedEvaluationFlags(_ call: borrowing Call, _ flags: CommandFlags, _ server: Server) -> CommandFlags {
  guard let script = server.service(Scripts.self)?.find(call[1]), script.isDeclared else { return flags }
  return script.flags.commandFlags(flags)
}

private var noScript: CommandError { .literal("NOSCRIPT No matching script. Please use EVAL.") }
