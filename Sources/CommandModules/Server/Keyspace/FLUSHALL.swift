import ServerKernel

/// `FLUSHALL [ASYNC|SYNC]`
enum FLUSHALL: RedisCommand {
  static let spec = CommandSpec(
    "flushall", arity: -1, flags: .write,
    categories: [.keyspace, .dangerous],
    group: .server, since: "1.0.0", complexity: "O(N) where N is the total number of keys in all databases",
    summary: "Remove all keys from all databases",
    arguments: [
      .oneOf("async", .optional, [.token("async", "ASYNC", since: "4.0.0"), .token("sync", "SYNC", since: "6.2.0")])
    ],
    history: [
      ("4.0.0", "Added the `ASYNC` flushing mode modifier."),
      ("6.2.0", "Added the `SYNC` flushing mode modifier.")
    ],
    hints: ["request_policy:all_shards", "response_policy:all_succeeded"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let lazily = try isLazy(call, context.server)
    for number in 0..<context.server.databaseCount {
      if var database = context.server.database(number) { database.removeAll(lazily: lazily) }
    }
    if context.origin != .replay { context.server.allKeysWereRemoved() }
    // Propagated even when there was nothing to remove: a replica may have something.
    context.journal.force()
    context.reply.ok()
  }

  /// Whether keys are freed on the helper thread: as asked for, otherwise as `lazyfree-lazy-user-flush` says.
  static func isLazy(_ call: borrowing Call, _ server: Server) throws(CommandError) -> Bool {
    if call.count == 1 { return server.settings.lazyUserFlush.value }
    guard call.count == 2 else { throw .syntax }
    if call.matches(1, "async") { return true }
    if call.matches(1, "sync") { return false }
    throw .syntax
  }
}

/// `FLUSHDB [ASYNC|SYNC]`
enum FLUSHDB: RedisCommand {
  static let spec = CommandSpec(
    "flushdb", arity: -1, flags: .write,
    categories: [.keyspace, .dangerous],
    group: .server, since: "1.0.0", complexity: "O(N) where N is the number of keys in the selected database",
    summary: "Remove all keys from the current database",
    arguments: [
      .oneOf("async", .optional, [.token("async", "ASYNC", since: "4.0.0"), .token("sync", "SYNC", since: "6.2.0")])
    ],
    history: [
      ("4.0.0", "Added the `ASYNC` flushing mode modifier."),
      ("6.2.0", "Added the `SYNC` flushing mode modifier.")
    ],
    hints: ["request_policy:all_shards", "response_policy:all_succeeded"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let lazily = try FLUSHALL.isLazy(call, context.server)
    context.db.removeAll(lazily: lazily)
    context.journal.force()
    context.reply.ok()
  }
}
