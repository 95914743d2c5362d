// Unsafe: commands are executed where they lie, in memory that the caller keeps until the end.

import Containers

/// How the replay of a file of commands ended.
public enum ReplayOutcome: Equatable {
  case complete
  /// The file ends inside a command, or inside a transaction, that begins at `offset`: what stands before it was
  /// executed.
  case truncated(offset: Int)
  /// There is no command at `offset`.
  case malformed(offset: Int)
  case unknownCommand(name: String, offset: Int)
}

extension Server {
  /// Executes the commands of an append-only file, in memory as a whole, as the system's own client: no admission, no
  /// journal, replies thrown away. `progress` is called now and then with the offset reached.
  ///
  /// Commands are executed in windows whose keys' cache misses overlap, as those of clients are.
  public func replay(_ bytes: borrowing Bytes, progress: (Int) -> Void) -> ReplayOutcome {
    let client = makeClient(descriptor: -1)
    defer { unsafe client.place.free() }
    var context = makeContext()
    context.origin = .replay
    var parser = RequestParser()
    let limits = RequestLimits(bulkLength: .max, arguments: Int(Int32.max), isAuthenticated: true)
    let start = unsafe bytes.baseAddress
    let end = unsafe start + bytes.count
    var position = unsafe start
    var transactionStart: Int?
    var requests: [Request] = []
    requests.reserveCapacity(EventLoop.window)
    while unsafe position < end {
      parser.reset()
      requests.removeAll(keepingCapacity: true)
      var outcome: ReplayOutcome?
      while unsafe requests.count < EventLoop.window && position < end {
        let offset = unsafe position - start
        let mark = unsafe position.load(as: UInt8.self)
        if mark == UInt8(ascii: "#") {
          // An annotation, such as a timestamp: up to the end of its line.
          guard let newline = bytes.firstIndex(of: 10, from: offset) else {
            outcome = .truncated(offset: offset)
            break
          }
          unsafe position = start + newline + 1
          continue
        }
        guard mark == UInt8(ascii: "*") else {
          outcome = .malformed(offset: offset)
          break
        }
        let first = parser.count
        guard let parsed = unsafe try? parser.parse(position, end, nil, limits) else {
          outcome = .malformed(offset: offset)
          break
        }
        guard case .complete(let next, _) = parsed else {
          outcome = .truncated(offset: offset)
          break
        }
        guard parser.count > first else {
          outcome = .malformed(offset: offset)
          break
        }
        let name = unsafe parser.arguments[first]
        guard let entry = unsafe commands.find(Bytes(unsafeStart: name.start, count: name.count)) else {
          outcome = .unknownCommand(
            name: unsafe Bytes(unsafeStart: name.start, count: name.count).string, offset: offset)
          break
        }
        unsafe requests.append(
          Request(
            client: client, firstArgument: first, argumentCount: parser.count - first, command: entry, hash: 0,
            start: position, end: next, isMultibulk: true))
        unsafe position = next
      }
      unsafe execute(&requests, parser, client, start, &transactionStart, &context)
      unsafe progress(position - start)
      if let outcome {
        if case .truncated = outcome, let transactionStart { return .truncated(offset: transactionStart) }
        return outcome
      }
    }
    if let transactionStart { return .truncated(offset: transactionStart) }
    return .complete
  }

  @unsafe
  private func execute(
    _ requests: inout [Request], _ parser: borrowing RequestParser, _ client: Client, _ start: UnsafeRawPointer,
    _ transactionStart: inout Int?, _ context: inout Context
  ) {
    let prefetch = unsafe Prefetch(keyspace, UnsafePointer(parser.arguments))
    var fetched = 0
    for index in requests.indices {
      if index == fetched {
        unsafe requests.withUnsafeMutableBufferPointer { requests in
          unsafe fetched += prefetch.run(UnsafeMutableBufferPointer(rebasing: requests[index...]))
        }
      }
      let request = requests[index]
      let call = unsafe Call(UnsafePointer(parser.arguments) + request.firstArgument, count: request.argumentCount)
      if request.hash != 0 {
        keyspace.value.prehashedKey = unsafe UInt(
          bitPattern: call[request.command?.value.firstKey ?? 0].baseAddress)
        keyspace.value.prehash = request.hash
      }
      context.client = client
      context.reply = Reply(client.place)
      context.db.state = client.place.value.database
      let wasInTransaction = client.isInTransaction
      replay(request.command, call, &context)
      if client.isInTransaction != wasInTransaction {
        transactionStart = unsafe client.isInTransaction ? request.start - start : nil
      }
      let output = client.place.value.output.buffer.count
      if output > 0 && client.place.value.output.buffer[0] == UInt8(ascii: "-") {
        let offset = unsafe request.start - start
        Log.warning(
          "The command at offset \(offset) of the append only file was refused: "
            + client.place.value.output.buffer.bytes.string.prefix(200).replacingLineBreaks)
      }
      client.place.value.output.buffer.truncate(to: 0)
    }
    keyspace.value.prehashedKey = 0
  }

  /// Executes a command of the file, or queues it in the transaction that is being read.
  ///
  /// What was written was admitted once: no limit of memory, no state of the disk and no pause applies to it. But only
  /// what acts on the data set belongs into a file. Another command could end the process, pause it for ever, or leave
  /// the trace of a client that goes with the load.
  private func replay(
    _ entry: CommandHandle?, _ call: borrowing Call, _ context: inout Context
  ) {
    guard let entry = resolve(entry, call, context.client) else { return }
    let flags = entry.value.flags
    if flags.isDisjoint(with: [.write, .readOnly, .mayReplicate, .framesEffects]) {
      let name = entry.value.command.fullName
      return fail(.text("ERR '\(name)' does not act on the data set"), context.reply)
    }
    if context.client.isInTransaction && !flags.contains(.notQueued) {
      enqueue(entry, flags: entry.value.flags, call, context.client)
    } else {
      execute(entry, call, Bytes(""), &context)
    }
  }
}

extension StringProtocol {
  /// The text on one line, for the log.
  public var replacingLineBreaks: String { String(map { $0.isNewline ? " " : $0 }) }
}
