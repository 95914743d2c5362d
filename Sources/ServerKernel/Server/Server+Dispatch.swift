// Unsafe: command entries are addressed directly; they are never freed.

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
  func process(
    _ entry: UnsafeMutablePointer<CommandEntry>?, _ call: borrowing Call, _ raw: borrowing Bytes,
    _ context: inout Context
  ) -> Bool {
    if context.client.place.value.gate.contains(.muted) { return unsafe processMuted(entry, call, raw, &context) }
    return unsafe processRequest(entry, call, raw, &context)
  }

  @inline(__always)
  func processRequest(
    _ entry: UnsafeMutablePointer<CommandEntry>?, _ call: borrowing Call, _ raw: borrowing Bytes,
    _ context: inout Context
  ) -> Bool {
    var command = unsafe entry
    if let entry = unsafe entry, unsafe !entry.pointee.hasSubcommands,
      unsafe entry.pointee.accepts(call.count)
    {
      // The usual case: a plain command with as many arguments as it takes.
    } else {
      guard let found = unsafe resolve(entry, call, context.client) else {
        checkUnexecuted(context.client)
        return true
      }
      unsafe command = found
    }
    let entry = unsafe command.unsafelyUnwrapped
    unsafe context.client.place.value.lastCommand = entry
    let gate = context.client.place.value.gate.union(state.value.gate)
    if !gate.isEmpty {
      do throws(CommandError) {
        switch unsafe try admission.admit(entry, call, gate, &context) {
        case .granted: break
        case .answered:
          checkUnexecuted(context.client)
          return true
        case .postponed: return false
        }
      } catch {
        unsafe entry.pointee.rejectedCalls += 1
        unsafe reject(error, entry, context.client)
        checkUnexecuted(context.client)
        return true
      }
    }
    unsafe execute(entry, call, raw, &context)
    if context.client.place.value.output.buffer.count > state.value.outputLimit { checkOutputLimit(context.client) }
    if !blocking.state.value.ready.isEmpty { serveBlocked(&context) }
    return true
  }

  /// A request was answered and not executed: such answers, too, pile up where they are not read.
  private func checkUnexecuted(_ client: Client) {
    let place = client.place
    if place.value.awaitsWritable || place.value.output.buffer.count > state.value.outputLimit {
      checkOutputLimit(client)
    }
  }

  /// Calls a command, counts and times it, and propagates what it changed.
  @unsafe
  func execute(
    _ entry: UnsafeMutablePointer<CommandEntry>, _ call: borrowing Call, _ raw: borrowing Bytes,
    _ context: inout Context
  ) {
    let client = context.client
    let start = context.stamp
    let dirty = keyspace.value.dirty
    unsafe run(entry, call, &context)
    context.stamp = Clock.ticks()
    let duration = context.stamp &- start
    unsafe entry.pointee.calls &+= 1
    unsafe entry.pointee.ticks &+= duration
    statistics.processed.value &+= 1
    if state.value.tracksLatency {
      if unsafe entry.pointee.histogram == nil { unsafe entry.pointee.histogram = LatencyHistogram() }
      unsafe entry.pointee.histogram?.record(state.value.tickRate.nanoseconds(duration))
    }
    if duration >= state.value.slowTicks { unsafe tookLong(entry, call, duration, client) }
    if state.value.gate.contains(.monitored) { unsafe showToMonitors(entry, call, client) }
    if !calls.value.redactedArguments.isEmpty { calls.value.redactedArguments.removeAll() }
    if propagateEffect(call, raw, since: dirty, &context) { context.stamp = Clock.ticks() }
  }

  /// Carries a command out and, when it throws, writes the error.
  @unsafe @inline(__always)
  func run(_ entry: UnsafeMutablePointer<CommandEntry>, _ call: borrowing Call, _ context: inout Context) {
    let place = context.client.place
    unsafe CrashReport.setCommand(unsafeName: entry.pointee.name)
    let flags = unsafe entry.pointee.flags
    // What holds for this call alone, and is rare.
    let isPlain = !flags.contains(.touchesArbitraryKeys) && !place.value.gate.contains(.noTouch)
    if !isPlain {
      calls.value.touchesArbitraryKeys = flags.contains(.touchesArbitraryKeys)
      keyspace.value.leavesClock = place.value.gate.contains(.noTouch) && !flags.contains(.alwaysTouches)
    }
    do {
      try unsafe entry.pointee.type.execute(call, &context)
    } catch {
      fail(error, Reply(place))
      unsafe entry.pointee.failedCalls += 1
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
    return journal.state.value.isActive
  }

  @unsafe
  private func tookLong(
    _ entry: UnsafeMutablePointer<CommandEntry>, _ call: borrowing Call, _ duration: UInt64, _ client: Client
  ) {
    let command = unsafe entry.pointee.command
    let microseconds = state.value.tickRate.microseconds(duration)
    for hook in hooks.slowCommand { hook(call, client, command, microseconds, self) }
    // Commands behind a slow one must not see its time as now.
    if keyspaceTimeIsFree { updateTime() }
  }

  @unsafe
  private func showToMonitors(_ entry: UnsafeMutablePointer<CommandEntry>, _ call: borrowing Call, _ client: Client) {
    if unsafe entry.pointee.flags.isDisjoint(with: [.skipMonitor, .admin]) {
      for hook in hooks.monitoredCommand { hook(call, client, self) }
    }
  }

  /// Whether the time may advance: not inside a transaction, whose commands share one.
  private var keyspaceTimeIsFree: Bool { journal.state.value.unitDepth == 0 }

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
      writer.write(call)
      journal.state.value.emit(writer.output.bytes, database: database, to: targets)
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
  @unsafe
  func reject(_ error: CommandError, _ entry: UnsafeMutablePointer<CommandEntry>?, _ client: Client) {
    let reply = Reply(client.place)
    guard let entry = unsafe entry, unsafe entry.pointee.flags.contains(.runsTransaction) else {
      client.place.value.transaction?.isAborted = true
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
    _ entry: UnsafeMutablePointer<CommandEntry>?, _ call: borrowing Call, _ client: Client
  ) -> UnsafeMutablePointer<CommandEntry>? {
    unsafe client.place.value.lastCommand = nil
    guard let entry = unsafe entry else {
      if isHTTP(call[0]) {
        Log.warning(
          "Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. "
            + "This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your Redis "
            + "instance. Connection aborted.")
        scheduleClose(client)
        return nil
      }
      unsafe reject(.text(Self.unknownCommand(call)), nil, client)
      return nil
    }
    var found = unsafe entry
    if call.count > 1, unsafe entry.pointee.hasSubcommands {
      guard let subcommand = unsafe entry.pointee.command.subcommand(call[1]) else {
        let name = unsafe entry.pointee.command.spec.name
        unsafe reject(
          .text("ERR unknown subcommand '\(call[1], limit: 128)'. Try \(name.uppercased()) HELP."), entry, client)
        return nil
      }
      unsafe found = subcommand.entry.unsafelyUnwrapped
    }
    unsafe client.place.value.lastCommand = found
    if unsafe !found.pointee.accepts(call.count) {
      unsafe found.pointee.rejectedCalls += 1
      unsafe reject(.wrongArity(found.pointee.command.fullName), found, client)
      return nil
    }
    return unsafe found
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
