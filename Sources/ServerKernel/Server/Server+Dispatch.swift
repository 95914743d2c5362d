import Containers

extension Server {
  func makeContext() -> Context {
    let client = systemClient
    return Context(
      db: Database(client.place.value.database, keyspace), reply: Reply(client.place), journal: journal, client: client,
      origin: .user, serverReference: ServerReference(self), stamp: Clock.ticks())
  }

  /// Executes one request, or answers why not. False when it has to wait: the client is paused.
  /// `raw` is the request as it arrived, empty when it was not sent as an array.
  @inline(__always)
  func process(
    _ entry: CommandHandle?, _ call: borrowing Call, _ raw: borrowing Bytes,
    _ context: inout Context
  ) -> Bool {
    let gate = context.client.place.value.gate
    if gate.isDisjoint(with: .repliesWithheld) { return processRequest(entry, call, raw, &context) }
    if gate.contains(.muted) { return processMuted(entry, call, raw, &context) }
    return processFollower(entry, call, raw, &context)
  }

  @inline(__always)
  func processRequest(
    _ command: CommandHandle?, _ call: borrowing Call, _ raw: borrowing Bytes,
    _ context: inout Context
  ) -> Bool {
    guard let entry = entry(command, call, context.client) else {
      checkUnexecuted(context.client)
      return true
    }
    context.client.place.value.lastCommand = entry
    let gate = context.client.place.value.gate.union(state.value.gate)
    if !gate.isEmpty {
      do throws(CommandError) {
        switch try admission.admit(entry, call, gate, &context) {
        case .granted: break
        case .answered:
          checkUnexecuted(context.client)
          return true
        case .postponed: return false
        }
      } catch {
        entry.value.rejectedCalls += 1
        reject(error, entry, context.client)
        checkUnexecuted(context.client)
        return true
      }
    }
    execute(entry, call, raw, &context)
    if context.client.place.value.output.buffer.count > state.value.outputLimit { checkOutputLimit(context.client) }
    if !blocking.state.value.ready.isEmpty { serveBlocked(&context) }
    return true
  }

  /// The command to execute, or nil, and the request is answered, where there is none.
  @inline(__always)
  func entry(_ command: CommandHandle?, _ call: borrowing Call, _ client: Client) -> CommandHandle? {
    // The usual case: a plain command with as many arguments as it takes.
    if let command, !command.value.hasSubcommands, command.value.accepts(call.count) { return command }
    return resolve(command, call, client)
  }

  /// A request was answered and not executed: such answers, too, pile up where they are not read.
  private func checkUnexecuted(_ client: Client) {
    let place = client.place
    if place.value.readiness.awaitsWritable || place.value.output.buffer.count > state.value.outputLimit {
      checkOutputLimit(client)
    }
  }

  /// Calls a command, counts and times it, and propagates what it changed.
  func execute(
    _ entry: CommandHandle, _ call: borrowing Call, _ raw: borrowing Bytes,
    _ context: inout Context
  ) {
    let client = context.client
    let start = context.stamp
    let dirty = keyspace.value.dirty
    run(entry, call, &context)
    context.stamp = Clock.ticks()
    let duration = context.stamp &- start
    entry.value.calls &+= 1
    entry.value.ticks &+= duration
    statistics.processed.value &+= 1
    if state.value.tracksLatency {
      if entry.value.histogram == nil { entry.value.histogram = LatencyHistogram() }
      entry.value.histogram?.record(state.value.tickRate.nanoseconds(duration))
    }
    if duration >= state.value.slowTicks {
      tookLong(entry, call, duration, client, client.isBlocked ? .blocked : .done)
    }
    if state.value.gate.contains(.monitored) { showToMonitors(entry, call, client) }
    if !calls.value.redactedArguments.isEmpty { calls.value.redactedArguments.removeAll() }
    if propagateEffect(call, raw, since: dirty, &context) { context.stamp = Clock.ticks() }
  }

  /// Carries a command out and, when it throws, writes the error.
  @inline(__always)
  func run(_ entry: CommandHandle, _ call: borrowing Call, _ context: inout Context) {
    let place = context.client.place
    CrashReport.setCommand(entry)
    let flags = entry.value.flags
    // What holds for this call alone, and is rare.
    let isPlain = !flags.contains(.touchesArbitraryKeys) && !place.value.gate.contains(.noTouch)
    if !isPlain {
      calls.value.touchesArbitraryKeys = flags.contains(.touchesArbitraryKeys)
      keyspace.value.leavesClock = place.value.gate.contains(.noTouch) && !flags.contains(.alwaysTouches)
    }
    do {
      try entry.value.type.execute(call, &context)
    } catch {
      fail(error, Reply(place))
      entry.value.failedCalls += 1
    }
    if !isPlain {
      calls.value.touchesArbitraryKeys = false
      keyspace.value.leavesClock = false
    }
  }

  /// Propagates what a command did that began when there were `dirty` changes; whether that went to anyone.
  @inline(__always)
  func propagateEffect(
    _ call: borrowing Call, _ raw: borrowing Bytes, since dirty: Int, _ context: inout Context
  ) -> Bool {
    let isDirty = keyspace.value.dirty != dirty && journal.state.value.isActive
    if !isDirty && !journal.state.value.hasOverride { return false }
    // Calls that it made have propagated theirs.
    let changed = isDirty && keyspace.value.dirty != dirty &+ context.nestedChanges
    context.nestedChanges = 0
    propagate(call, raw, database: context.client.place.value.database.value.number, changed: changed)
    context.client.place.value.effectEnd = journal.state.value.streamEnd
    context.client.place.value.fileEnd = journal.state.value.fileEnd
    return journal.state.value.isActive
  }

  /// Shows a command to those who want to hear of slow ones.
  func tookLong(
    _ entry: CommandHandle, _ call: borrowing Call, _ duration: UInt64, _ client: Client, _ outcome: SlowCommandOutcome
  ) {
    let command = entry.value.command
    let microseconds = state.value.tickRate.microseconds(duration)
    for hook in hooks.slowCommand where hook.threshold() ?? .max <= microseconds {
      hook.work(call, client, command, microseconds, outcome)
    }
    // Commands behind a slow one must not see its time as now.
    if keyspaceTimeIsFree { updateTime() }
  }

  private func showToMonitors(_ entry: CommandHandle, _ call: borrowing Call, _ client: Client) {
    if entry.value.flags.isDisjoint(with: [.skipMonitor, .admin]) {
      for hook in hooks.monitoredCommand { hook(call, client, self) }
    }
  }

  /// Whether the time may advance: not inside a transaction, whose commands share one.
  var keyspaceTimeIsFree: Bool { journal.state.value.unitDepth == 0 }

  /// Hands the effect of a command to the listeners.
  func propagate(_ call: borrowing Call, _ raw: borrowing Bytes, database: Int, changed: Bool) {
    defer {
      journal.state.value.clearOverride()
      journal.state.value.endCommandUnit()
    }
    let targets = journal.state.value.targets
    if !journal.state.value.isActive || targets.isEmpty { return }
    if !changed && journal.state.value.replacements == 0 && !journal.state.value.isForced { return }
    if journal.state.value.replacements > 0 {
      let count = journal.state.value.replacements
      journal.state.value.beginUnit()
      var commands = ByteBuffer()
      swap(&commands, &journal.state.value.replacement.output)
      journal.state.value.emit(commands.bytes, database: database, count: count, to: targets)
      swap(&commands, &journal.state.value.replacement.output)
      journal.state.value.endUnit()
    } else if raw.count > 0 {
      journal.state.value.emit(raw, database: database, to: targets)
    } else {
      var writer = CommandWriter()
      swap(&writer, &journal.state.value.restated)
      writer.write(call)
      journal.state.value.emit(writer.output.bytes, database: database, to: targets)
      writer.output.removeAll(keepingCapacityUpTo: 64 << 10)
      swap(&writer, &journal.state.value.restated)
    }
  }

  /// Writes the error reply of a command.
  func fail(_ error: CommandError, _ reply: Reply) {
    switch error {
    case .literal(let text):
      statistics.countError(Bytes(text))
      reply.errorLiteral(text)
    case .text(let text): reply.error(text.trimmed)
    case .counted(let text): reply.error(text.trimmed, isCounted: false)
    }
  }

  /// Answers a request that is not executed; inside MULTI, EXEC will refuse too. EXEC itself ends the transaction
  /// and says so.
  func reject(_ error: CommandError, _ entry: CommandHandle?, _ client: Client) {
    let reply = Reply(client.place)
    guard let entry, entry.value.flags.contains(.runsTransaction) else {
      if client.isInTransaction { client.ownTransaction.state.value.isAborted = true }
      return fail(error, reply)
    }
    endTransaction(client)
    let text = error.text.bytes
    // The general code is dropped, others tell the reason.
    let reason = text.starts(with: "ERR ".utf8) ? Array(text.dropFirst(4)) : text
    reply.error("EXECABORT Transaction discarded because of: \(ErrorText(reason))")
  }

  /// The command or subcommand that the call names, with as many arguments as it takes; otherwise the error is
  /// sent and nil returned.
  func resolve(
    _ entry: CommandHandle?, _ call: borrowing Call, _ client: Client
  ) -> CommandHandle? {
    client.place.value.lastCommand = nil
    guard let entry else {
      if isHTTP(call[0]) {
        Log.warning(
          "Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. "
            + "This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your Redis "
            + "instance. Connection aborted.")
        scheduleClose(client)
        return nil
      }
      reject(.text(Self.unknownCommand(call)), nil, client)
      return nil
    }
    var found = entry
    if call.count > 1, entry.value.hasSubcommands {
      guard let subcommand = entry.value.command.subcommand(call[1]) else {
        let name = entry.value.command.spec.name
        reject(
          .text("ERR unknown subcommand '\(call[1], limit: 128)'. Try \(name.uppercased()) HELP."), entry, client)
        return nil
      }
      found = subcommand.handle
    }
    client.place.value.lastCommand = found
    if !found.value.accepts(call.count) {
      found.value.rejectedCalls += 1
      reject(.wrongArity(found.value.command.fullName), found, client)
      return nil
    }
    return found
  }

  private func isHTTP(_ name: borrowing Bytes) -> Bool {
    name.equalsIgnoringCase("host:") || name.equalsIgnoringCase("post")
  }

  private static func unknownCommand(_ call: borrowing Call) -> ErrorText {
    var arguments: ErrorText = ""
    for index in 1..<max(1, call.count) where arguments.bytes.count < 128 {
      arguments.append("'\(call[index], limit: 128 - arguments.bytes.count)' ")
    }
    return "ERR unknown command '\(call[0], limit: 128)', with args beginning with: \(arguments)"
  }
}
