// Unsafe: command entries are addressed directly; they are never freed.

import Containers

/// What of a running command must not be mixed with the one that it calls.
private struct OuterCall: ~Copyable {
  var replacement = CommandWriter()
  var replacements = 0
  var isSuppressed = false
  var isForced = false
  var isCommandUnit = false
  var redactedArguments: [Int] = []
  var touchesArbitraryKeys = false
  var leavesClock = false

  /// Exchanges it with what the server holds for the running command.
  mutating func exchange(with server: Server) {
    swap(&replacement, &server.journal.state.value.replacement)
    swap(&replacements, &server.journal.state.value.replacements)
    swap(&isSuppressed, &server.journal.state.value.isSuppressed)
    swap(&isForced, &server.journal.state.value.isForced)
    swap(&isCommandUnit, &server.journal.state.value.isCommandUnit)
    swap(&redactedArguments, &server.state.value.redactedArguments)
    swap(&touchesArbitraryKeys, &server.state.value.touchesArbitraryKeys)
    swap(&leavesClock, &server.keyspace.value.leavesClock)
  }
}

extension Context {
  /// Executes another command as a part of this one, in the database that is selected, and passes its reply on. What
  /// it changed is propagated as if a client had called it; the effects of all such calls of a command, and its own,
  /// are one unit.
  ///
  /// The call passes the same checks as one of a client. One that is refused or fails has an error for its reply and
  /// changes nothing; the calls before it stay done. Nothing waits in it: BLPOP answers as if its time were over.
  /// A view that was taken from `db` before does not survive the call.
  public mutating func call<Result>(
    _ arguments: borrowing CommandArguments, as origin: CallOrigin = .script,
    _ body: (borrowing ReplyView) throws(CommandError) -> Result
  ) throws(CommandError) -> Result {
    let server = self.server
    guard let caller = server.nestedClient() else { throw .literal("ERR commands call one another without end") }
    caller.place.value.database = db.state
    server.execute(arguments, for: caller, as: origin, changes: &nestedChanges)
    defer { caller.place.value.output.buffer.removeAll(keepingCapacityUpTo: 64 << 10) }
    let place = caller.place
    return try body(ReplyView(place.value.output.buffer.bytes))
  }

  /// Executes another command, as `call` does with a body; throws the error that it replies with.
  public mutating func call(_ arguments: borrowing CommandArguments, as origin: CallOrigin = .script)
    throws(CommandError)
  {
    try call(arguments, as: origin) { reply throws(CommandError) in
      if reply.kind == .error, let text = reply.text { throw .text(ErrorText(text.array)) }
    }
  }
}

extension Server {
  /// Commands that call commands that call commands: more deeply than anybody means it.
  private static let deepestNesting = 16

  /// The client of the next call that is made by a command; nil when calls are nested too deeply.
  fileprivate func nestedClient() -> Client? {
    let depth = state.value.nestingDepth
    if depth == Self.deepestNesting { return nil }
    if depth == state.value.nestedClients.count { state.value.nestedClients.append(makeClient(descriptor: -1)) }
    return state.value.nestedClients[depth]
  }

  /// Executes a call that the running command makes; adds the changes that it propagated to `changes`.
  fileprivate func execute(
    _ arguments: borrowing CommandArguments, for caller: Client, as origin: CallOrigin, changes: inout Int
  ) {
    let dirty = keyspace.value.dirty
    var outer = OuterCall()
    outer.exchange(with: self)
    state.value.nestingDepth += 1
    journal.state.value.beginUnit()
    var context = makeContext()
    context.client = caller
    context.reply = caller.reply
    context.db.state = caller.place.value.database
    context.origin = origin
    arguments.withCall { call in processNested(call, &context) }
    journal.state.value.unitDepth -= 1
    state.value.nestingDepth -= 1
    outer.exchange(with: self)
    if !journal.state.value.isActive { return }
    // Its effect and those that follow are one unit, which ends with the command or, inside a transaction, with that.
    if journal.state.value.unitDepth == 0 { journal.state.value.isCommandUnit = true }
    changes &+= keyspace.value.dirty &- dirty
  }

  private func processNested(_ call: borrowing Call, _ context: inout Context) {
    let client = context.client
    guard call.count > 0, let entry = unsafe resolve(commands.find(call[0]), call, client) else { return }
    do throws(CommandError) {
      if unsafe entry.pointee.flags.contains(.noScript) {
        throw .literal("ERR This Redis command is not allowed from script")
      }
      let gate = client.place.value.gate.union(state.value.gate)
      if !gate.isEmpty, unsafe try admit(entry, call, gate, &context) != .granted { return }
    } catch {
      unsafe entry.pointee.rejectedCalls += 1
      return fail(error, context.reply)
    }
    unsafe execute(entry, call, Bytes(""), &context)
  }
}
