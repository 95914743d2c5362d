import Containers
import ScriptEngines
import ServerKernel

extension Scripts {
  /// The number of keys in a call of a script; `problem` is the error when that is no number.
  static func keyCount(_ call: borrowing Call, problem: CommandError = .notInteger) throws(CommandError) -> Int {
    guard let count = call[2].integer else { throw problem }
    if count > Int64(call.count - 3) { throw .literal("ERR Number of keys can't be greater than number of args") }
    if count < 0 { throw .literal("ERR Number of keys can't be negative") }
    return Int(count)
  }

  /// Runs a script or a function, and replies with what it returns. The server is that of the context, which asking for
  /// it again would count.
  func run(
    _ subject: ScriptSubject, on engine: LuaEngine, of server: Server, _ call: borrowing Call, keyCount: Int,
    _ context: inout Context, isReadOnly: Bool
  ) throws(CommandError) {
    if run != nil { throw .literal("ERR a script is running") }
    try check(subject, call, &context)
    run = ScriptRun(subject, try rules(subject, server, isReadOnly: isReadOnly), began: context.began)
    context.hasCalledWrite = false
    defer { end(engine, server) }
    try engine.call(subject.compiled, call, keyCount: keyCount, &context) { outcome, context throws(CommandError) in
      if outcome.isFailure { return try fail(outcome) }
      let result = ResultWriter(context.reply, scriptSpeaksRESP3: rules.contains(.repliesInRESP3))
      try result.reply(outcome.value)
    }
  }

  /// Throws why a script is not to run: of one that tells it is known beforehand what it is going to do.
  private func check(
    _ subject: ScriptSubject, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) {
    let flags = subject.flags
    if !subject.isDeclared || !flags.contains(.allowStale) { try context.check(.staleReplica, flags: [], call) }
    if !subject.isDeclared || flags.contains(.noWrites) { return }
    try context.check(.readOnlyReplica, flags: .write, call)
    try context.check(.diskErrors, flags: .write, call)
    try context.check(.replicaCount, flags: .write, call)
  }

  /// What a script may do, if it may run at all.
  private func rules(
    _ subject: ScriptSubject, _ server: Server, isReadOnly: Bool
  ) throws(CommandError) -> CallRules {
    let flags = subject.flags
    let mayWrite = !flags.contains(.noWrites)
    var rules: CallRules = .ignoresMemory
    if !flags.contains(.allowOOM) && server.isOutOfMemory {
      // Of a script that tells what it does it is known before it runs.
      if subject.isDeclared && mayWrite { throw .literal("OOM command not allowed when used memory > 'maxmemory'.") }
      rules.insert(.outOfMemory)
    }
    if subject.isDeclared && isReadOnly && mayWrite {
      throw .literal("ERR Can not execute a script with write flag using *_ro command.")
    }
    if isReadOnly || !mayWrite { rules.insert(.readOnly) }
    return rules
  }

  private func end(_ engine: LuaEngine, _ server: Server) {
    if isBusy { server.setGate(busyGate, false) }
    run = nil
    didRun(engine)
  }

  /// Throws the error that a script ended with.
  private func fail(_ outcome: borrowing ScriptOutcome) throws(CommandError) {
    let error = ErrorFields(outcome)
    var text = error.text
    if !outcome.source.isEmpty, let run {
      text += Array(" script: ".utf8) + name(of: run.subject) + Array(", on ".utf8) + outcome.source
      text += Array(":\(outcome.line).".utf8)
    }
    throw error.isCounted ? .counted(ErrorText(text)) : .text(ErrorText(text))
  }
}
