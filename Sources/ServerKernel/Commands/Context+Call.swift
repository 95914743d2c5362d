import Containers

/// What of a running command must not be mixed with the one that it calls.
private struct OuterCall: ~Copyable {
  private var replacement = CommandWriter()
  private var redactedArguments: [Int] = []
  private let replacements: Int
  private let targets: JournalTargets
  private let isForced: Bool
  private let isCommandUnit: Bool
  private let touchesArbitraryKeys: Bool
  private let leavesClock: Bool

  /// Takes it from the server, which holds nothing of the kind then. Most commands leave nothing that owns memory.
  @inline(__always)
  init(of server: Server) {
    let journal = server.journal.state
    replacements = journal.value.replacements
    targets = journal.value.targets
    isForced = journal.value.isForced
    isCommandUnit = journal.value.isCommandUnit
    touchesArbitraryKeys = server.calls.value.touchesArbitraryKeys
    leavesClock = server.keyspace.value.leavesClock
    if replacements > 0 { swap(&replacement, &journal.value.replacement) }
    if !server.calls.value.redactedArguments.isEmpty {
      swap(&redactedArguments, &server.calls.value.redactedArguments)
    }
    journal.value.replacements = 0
    journal.value.isForced = false
    journal.value.isCommandUnit = false
    server.calls.value.touchesArbitraryKeys = false
    server.keyspace.value.leavesClock = false
  }

  /// Gives it back to the server.
  @inline(__always)
  mutating func restore(to server: Server) {
    let journal = server.journal.state
    if replacements > 0 { swap(&replacement, &journal.value.replacement) }
    if !redactedArguments.isEmpty { swap(&redactedArguments, &server.calls.value.redactedArguments) }
    journal.value.replacements = replacements
    journal.value.targets = targets
    journal.value.isForced = isForced
    journal.value.isCommandUnit = isCommandUnit
    server.calls.value.touchesArbitraryKeys = touchesArbitraryKeys
    server.keyspace.value.leavesClock = leavesClock
  }
}

/// What else holds for a call that a command makes.
public struct CallRules: OptionSet, Sendable {
  /// The bits.
  public let rawValue: UInt8
  /// The set of the given bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The reply is in RESP3.
  public static let repliesInRESP3 = CallRules(rawValue: 1 << 0)
  /// Commands that write are refused.
  public static let readOnly = CallRules(rawValue: 1 << 1)
  /// Who calls has seen to the limit of memory: nothing is evicted for the call.
  public static let ignoresMemory = CallRules(rawValue: 1 << 2)
  /// There is no memory: commands that need some are refused.
  public static let outOfMemory = CallRules(rawValue: 1 << 3)
  /// What the call changes is not propagated to the append-only file.
  public static let skipsAppendOnlyFile = CallRules(rawValue: 1 << 4)
  /// What the call changes is not propagated to replicas.
  public static let skipsReplicas = CallRules(rawValue: 1 << 5)

  /// For whom its effects are meant.
  var targets: JournalTargets {
    var targets = JournalTargets.all
    if contains(.skipsAppendOnlyFile) { targets.remove(.appendOnlyFile) }
    if contains(.skipsReplicas) { targets.remove(.replicas) }
    return targets
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
    _ arguments: borrowing CommandArguments, as origin: CallOrigin = .script, rules: CallRules = [],
    _ body: (borrowing ReplyView) throws(CommandError) -> Result
  ) throws(CommandError) -> Result {
    let caller = try beginCall(rules)
    arguments.withCall { call in execute(call, for: caller, as: origin, rules) }
    return try endCall(caller, body)
  }

  /// Executes another command, as `call` does with arguments that were put together: these lie where they came from.
  public mutating func call<Result>(
    _ call: borrowing Call, as origin: CallOrigin = .script, rules: CallRules = [],
    _ body: (borrowing ReplyView) throws(CommandError) -> Result
  ) throws(CommandError) -> Result {
    let caller = try beginCall(rules)
    execute(call, for: caller, as: origin, rules)
    return try endCall(caller, body)
  }

  private mutating func beginCall(_ rules: CallRules) throws(CommandError) -> Client {
    guard let caller = serverReference.borrow({ $0.nestedClient() }) else {
      throw .literal("ERR commands call one another without end")
    }
    caller.place.value.database = db.state
    caller.place.value.output.isRESP3 = rules.contains(.repliesInRESP3)
    return caller
  }

  @inline(__always)
  private mutating func execute(
    _ call: borrowing Call, for caller: Client, as origin: CallOrigin, _ rules: CallRules
  ) {
    let server = serverReference
    if server.borrow({ $0.execute(call, for: caller, as: origin, rules, changes: &nestedChanges) }) {
      hasCalledWrite = true
    }
  }

  @inline(__always)
  private mutating func endCall<Result>(
    _ caller: Client, _ body: (borrowing ReplyView) throws(CommandError) -> Result
  ) throws(CommandError) -> Result {
    // SELECT holds for what the same command calls next.
    db.state = caller.place.value.database
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
    let depth = calls.value.depth
    if depth == Self.deepestNesting { return nil }
    if depth == calls.value.nestedClients.count { calls.value.nestedClients.append(makeClient(descriptor: -1)) }
    return calls.value.nestedClients[depth]
  }

  /// Executes a call that the running command makes; adds the changes that it propagated to `changes`. Whether it was
  /// of a command that writes.
  fileprivate func execute(
    _ call: borrowing Call, for caller: Client, as origin: CallOrigin, _ rules: CallRules, changes: inout Int
  ) -> Bool {
    let dirty = keyspace.value.dirty
    var outer = OuterCall(of: self)
    journal.state.value.targets = rules.targets
    calls.value.depth += 1
    journal.state.value.beginUnit()
    var context = Context(
      db: Database(caller.place.value.database, keyspace), reply: caller.reply, journal: journal, client: caller,
      origin: origin, serverReference: ServerReference(self), stamp: Clock.ticks())
    let writes = processNested(call, rules, &context)
    journal.state.value.unitDepth -= 1
    calls.value.depth -= 1
    outer.restore(to: self)
    if !journal.state.value.isActive { return writes }
    // Its effect and those that follow are one unit, which ends with the command or, inside a transaction, with that.
    if journal.state.value.unitDepth == 0 { journal.state.value.isCommandUnit = true }
    changes &+= keyspace.value.dirty &- dirty
    return writes
  }

  private func processNested(_ call: borrowing Call, _ rules: CallRules, _ context: inout Context) -> Bool {
    let client = context.client
    do throws(CommandError) {
      let entry = try resolveNested(call)
      client.place.value.lastCommand = entry
      do throws(CommandError) {
        let flags = entry.value.flags
        if flags.contains(.noScript) && !calls.value.scriptsMayCallAll {
          throw .literal("ERR This Redis command is not allowed from script")
        }
        if rules.contains(.readOnly) && !flags.isDisjoint(with: [.write, .mayReplicate]) {
          throw .literal("ERR Write commands are not allowed from read-only scripts.")
        }
        if rules.contains(.outOfMemory) && flags.contains(.denyOOM) {
          throw .literal("OOM command not allowed when used memory > 'maxmemory'.")
        }
        var gate = client.place.value.gate.union(state.value.gate)
        if rules.contains(.ignoresMemory) { gate.remove(.memoryLimited) }
        // What a command does that was admitted elsewhere is admitted with it.
        if context.origin.mustBeObeyed { gate = [] }
        if !gate.isEmpty, try admission.admit(entry, call, gate, &context) != .granted { return false }
      } catch {
        entry.value.rejectedCalls += 1
        throw error
      }
      execute(entry, call, Bytes(""), &context)
      return entry.value.flags.contains(.write)
    } catch {
      fail(error, context.reply)
      return false
    }
  }

  /// Whether a call names a command.
  public func isCallable(_ call: borrowing Call) -> Bool {
    guard call.count > 0, let entry = commands.find(call[0]) else { return false }
    if call.count == 1 || !entry.value.hasSubcommands { return true }
    return entry.value.command.subcommand(call[1]) != nil
  }

  /// The command that a call names, with as many arguments as it takes.
  private func resolveNested(_ call: borrowing Call) throws(CommandError) -> CommandHandle {
    guard call.count > 0, var entry = commands.find(call[0]) else {
      throw .literal("ERR Unknown Redis command called from script")
    }
    if call.count > 1, entry.value.hasSubcommands {
      guard let found = entry.value.command.subcommand(call[1])?.entry else {
        throw .literal("ERR Unknown Redis command called from script")
      }
      entry = found
    }
    if !entry.value.accepts(call.count) {
      entry.value.rejectedCalls += 1
      throw .literal("ERR Wrong number of args calling Redis command from script")
    }
    return entry
  }
}
