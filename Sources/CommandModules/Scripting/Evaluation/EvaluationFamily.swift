import Containers
import ScriptEngines
import ServerKernel

/// The metadata of EVAL and its relatives.
func evaluationSpec(
  _ name: String, script: String, isReadOnly: Bool, since: String, summary: String, notes: String? = nil
) -> CommandSpec {
  CommandSpec(
    name, arity: -3,
    flags: [
      .noScript, .stale, .skipMonitor, .noMandatoryKeys, .movableKeys, isReadOnly ? .readOnly : .mayReplicate,
    ],
    keys: [
      KeySpec(
        isReadOnly ? [.readOnly, .access] : [.readWrite, .access, .update], .index(2),
        .counted(number: 0, first: 1, step: 1), notes: notes)
    ],
    categories: [.scripting],
    group: .scripting, since: since, complexity: "Depends on the script that is executed.", summary: summary,
    arguments: [
      .string(script), .integer("numkeys"), .key("key", 0, [.optional, .multiple]),
      .string("arg", [.optional, .multiple]),
    ])
}

/// EVAL and EVAL_RO: a script that comes with the call.
func evaluate(_ call: borrowing Call, _ context: inout Context, isReadOnly: Bool) throws(CommandError) {
  let scripts = try Scripts.of(context.server)
  let keyCount = try checkedKeyCount(call)
  let script = try scripts.load(call[1], keeps: false)
  try scripts.run(script, call, keyCount: keyCount, &context, isReadOnly: isReadOnly)
}

/// EVALSHA and EVALSHA_RO: a script that the server knows.
func evaluateNamed(_ call: borrowing Call, _ context: inout Context, isReadOnly: Bool) throws(CommandError) {
  let scripts = try Scripts.of(context.server)
  // What cannot be a name is refused first.
  if call[1].count != ScriptName.length { throw noScript }
  let keyCount = try checkedKeyCount(call)
  guard let name = ScriptName(call[1]), let script = scripts.find(name) else { throw noScript }
  try scripts.run(script, call, keyCount: keyCount, &context, isReadOnly: isReadOnly)
}

private var noScript: CommandError { .literal("NOSCRIPT No matching script. Please use EVAL.") }

private func checkedKeyCount(_ call: borrowing Call) throws(CommandError) -> Int {
  let count = try call.integer(2)
  if count > Int64(call.count - 3) { throw .literal("ERR Number of keys can't be greater than number of args") }
  if count < 0 { throw .literal("ERR Number of keys can't be negative") }
  return Int(count)
}

extension Scripts {
  /// Runs a script, and replies with what it returns.
  fileprivate func run(
    _ script: Script, _ call: borrowing Call, keyCount: Int, _ context: inout Context, isReadOnly: Bool
  ) throws(CommandError) {
    let engine = try requireEngine()
    let flags = script.shebang.flags
    var run = ScriptRun(script, isReadOnly: isReadOnly, context)
    if !flags.contains(.allowOOM) && context.server.isOutOfMemory {
      // Of a script that tells what it does it is known before it runs.
      if script.shebang.isPresent && !flags.contains(.noWrites) {
        throw .literal("OOM command not allowed when used memory > 'maxmemory'.")
      }
      run.rules.insert(.outOfMemory)
    }
    if script.shebang.isPresent && isReadOnly && !flags.contains(.noWrites) {
      throw .literal("ERR Can not execute a script with write flag using *_ro command.")
    }
    context.hasCalledWrite = false
    self.run = run
    defer { end(context.server) }
    try engine.call(script.compiled, call, from: 3, keyCount: keyCount, &context) {
      (outcome, context) throws(CommandError) in
      if outcome.isFailure { return try self.fail(outcome) }
      let result = ResultWriter(context.reply, scriptSpeaksRESP3: self.run?.rules.contains(.repliesInRESP3) ?? false)
      try result.reply(outcome.value)
    }
  }

  private func end(_ server: Server) {
    if let run, run.isBusy { endBusy(server) }
    run = nil
    didRun()
  }

  /// Throws the error that a script ended with.
  private func fail(_ outcome: borrowing ScriptOutcome) throws(CommandError) {
    var text: [UInt8]
    var isCounted = false
    if outcome.value.kind == .table {
      let fields = ErrorFields(outcome.value)
      text = fields.text ?? Array("ERR unknown error".utf8)
      isCounted = fields.isCounted
    } else {
      text = Array("ERR ".utf8) + (outcome.value.text ?? [])
    }
    if !outcome.source.isEmpty, let run {
      text += Array(" script: ".utf8) + run.name.text + Array(", on ".utf8) + outcome.source
      text += Array(":\(outcome.line).".utf8)
    }
    throw isCounted ? .counted(ErrorText(text)) : .text(ErrorText(text))
  }
}
