import ServerKernel

/// `THROTTLE key limit window`: counts a call against a limit per window of milliseconds. Replies with 1 or 0 for
/// allowed or not, the calls left in the window, and the milliseconds until the next one begins.
enum THROTTLE: RedisCommand {
  static let spec = CommandSpec(
    "throttle", arity: 4, flags: [.write, .denyOOM, .fast], keys: [.one([.readWrite, .access, .update])],
    group: .module, since: "1.0.0", complexity: "O(1)",
    summary: "Counts a call against a limit per window of time.",
    arguments: [.key(), .integer("limit"), .integer("window")])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let key = call[1]
    let limit = try call.integer(2, in: 1...Int64.max)
    let window = try call.integer(3, in: 1...Int64(Int32.max))

    // Throws WRONGTYPE when the key holds anything but a string.
    var count: Int64 = 0
    if let stored = try context.db.stringForUpdate(key) {
      guard let integer = stored.integer else { throw .notInteger }
      count = integer
    }
    let end = context.db.expiration(key) ?? context.db.now + window
    let isAllowed = count < limit
    if isAllowed {
      count += 1
      context.db.setInteger(key, count, expiration: .at(end), event: .string("throttle"))
      // What the command did depends on the time, so its effect is journaled and not the command.
      let value = DecimalText(count), deadline = DecimalText(end)
      context.journal.replace("SET", key, value.bytes, Bytes("PXAT"), deadline.bytes)
    }
    context.reply.array(3)
    context.reply.integer(isAllowed ? 1 : 0)
    context.reply.integer(max(0, limit - count))
    context.reply.integer(end - context.db.now)
  }
}
