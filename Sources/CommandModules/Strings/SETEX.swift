import ServerKernel

/// `SETEX key seconds value`
enum SETEX: RedisCommand {
  static let spec = CommandSpec(
    "setex", arity: 4, flags: [.write, .denyOOM],
    keys: [.one([.overwrite, .update])],
    categories: [.string],
    group: .string, since: "2.0.0", complexity: "O(1)",
    summary: "Set the value and expiration of a key",
    arguments: [
      .key(),
      .integer("seconds"),
      .string("value")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let deadline = try StringOptions.deadline(call, 2, .seconds, context.db.now, "setex")
    context.setString(call[1], call[3], until: deadline)
    context.reply.ok()
  }
}

/// `PSETEX key milliseconds value`
enum PSETEX: RedisCommand {
  static let spec = CommandSpec(
    "psetex", arity: 4, flags: [.write, .denyOOM],
    keys: [.one([.overwrite, .update])],
    categories: [.string],
    group: .string, since: "2.6.0", complexity: "O(1)",
    summary: "Set the value and expiration in milliseconds of a key",
    arguments: [
      .key(),
      .integer("milliseconds"),
      .string("value")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let deadline = try StringOptions.deadline(call, 2, .milliseconds, context.db.now, "psetex")
    context.setString(call[1], call[3], until: deadline)
    context.reply.ok()
  }
}
