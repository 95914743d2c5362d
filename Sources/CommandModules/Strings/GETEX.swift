import ServerKernel

/// `GETEX key [EX seconds | PX milliseconds | EXAT time | PXAT time | PERSIST]`
enum GETEX: RedisCommand {
  static let spec = CommandSpec(
    "getex", arity: -2, flags: [.write, .fast],
    keys: [
      KeySpec([
        .readWrite, .access, .update
      ], .index(1), .range(last: 0, step: 1, limit: 0), notes: "RW and UPDATE because it changes the TTL")
    ],
    categories: [.string],
    group: .string, since: "6.2.0", complexity: "O(1)",
    summary: "Get the value of a key and optionally set its expiration",
    arguments: [
      .key(),
      .oneOf("expiration", .optional, [
        .integer("seconds", token: "EX"), .integer("milliseconds", token: "PX"),
        .unixTime("unix-time-seconds", token: "EXAT"), .unixTime("unix-time-milliseconds", token: "PXAT"),
        .token("persist", "PERSIST")
      ])
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let options = try StringOptions(call, from: 2, isGet: true)
    var deadline: Int64?
    if let value = try context.db.string(call[1]) {
      deadline = try options.deadline(call, context.db.now, "getex")
      context.reply.bulk(value)
    } else {
      return context.reply.null()
    }
    if let deadline {
      context.expire(call[1], at: deadline)
    } else if options.persists, context.db.persist(call[1]) {
      context.journal.replace("PERSIST", call[1])
    }
  }
}
