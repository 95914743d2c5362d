import ServerKernel

/// `SET key value [NX | XX] [GET] [EX seconds | PX milliseconds | EXAT time | PXAT time | KEEPTTL]`
enum SET: RedisCommand {
  static let spec = CommandSpec(
    "set", arity: -3, flags: [.write, .denyOOM],
    keys: [
      KeySpec([
        .readWrite, .access, .update, .variable
      ], .index(1), .range(last: 0, step: 1, limit: 0), notes: "RW and ACCESS due to the optional `GET` argument")
    ],
    categories: [.string],
    group: .string, since: "1.0.0", complexity: "O(1)",
    summary: "Set the string value of a key",
    arguments: [
      .key(),
      .string("value"),
      .oneOf("condition", .optional, since: "2.6.12", [.token("nx", "NX"), .token("xx", "XX")]),
      .token("get", "GET", .optional, since: "6.2.0"),
      .oneOf("expiration", .optional, [
        .integer("seconds", token: "EX", since: "2.6.12"), .integer("milliseconds", token: "PX", since: "2.6.12"),
        .unixTime("unix-time-seconds", token: "EXAT", since: "6.2.0"),
        .unixTime("unix-time-milliseconds", token: "PXAT", since: "6.2.0"),
        .token("keepttl", "KEEPTTL", since: "6.0.0")
      ])
    ],
    history: [
      ("2.6.12", "Added the `EX`, `PX`, `NX` and `XX` options."),
      ("6.0.0", "Added the `KEEPTTL` option."),
      ("6.2.0", "Added the `GET`, `EXAT` and `PXAT` option."),
      ("7.0.0", "Allowed the `NX` and `GET` options to be used together.")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    if call.count == 3 {
      context.db.setString(call[1], call[2])
      return context.reply.ok()
    }
    let options = try StringOptions(call, from: 3, isGet: false)
    let deadline = try options.deadline(call, context.db.now, "set")
    if options.getsOld { _ = try context.replyString(call[1]) }
    if options.condition != .always, context.db.containsForUpdate(call[1]) != (options.condition == .exists) {
      if !options.getsOld { context.reply.null() }
      return
    }
    if let deadline {
      context.setString(call[1], call[2], until: deadline)
    } else {
      context.db.setString(call[1], call[2], expiration: options.keepsTime ? .keep : .none)
      if options.getsOld { journalWithoutGet(call, context) }
    }
    if !options.getsOld { context.reply.ok() }
  }

  /// Only with GET is the old value read.
  static func findKeys(_ call: borrowing Call) -> [KeyReference]? {
    for index in 3..<max(3, call.count) where call.matches(index, "get") {
      return [KeyReference(position: 1, flags: [.readWrite, .access, .update])]
    }
    return [KeyReference(position: 1, flags: [.overwrite, .update])]
  }

  /// GET changes nothing, and SET with NX and GET was an error before Redis 7.
  private static func journalWithoutGet(_ call: borrowing Call, _ context: borrowing Context) {
    var count = call.count
    for index in 3..<call.count where call.matches(index, "GET") { count -= 1 }
    context.journal.begin(call[0], arguments: count - 1)
    for index in 1..<call.count where index < 3 || !call.matches(index, "GET") {
      context.journal.argument(call[index])
    }
  }
}
