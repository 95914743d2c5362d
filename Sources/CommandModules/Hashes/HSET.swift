import HashValues
import ServerKernel

/// `HSET key field value [field value ...]`
enum HSET: RedisCommand {
  static let spec = CommandSpec(
    "hset", arity: -4, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .update])],
    categories: [.hash],
    group: .hash, since: "2.0.0",
    complexity:
      "O(1) for each field/value pair added, so O(N) to add N field/value pairs when the command is called with "
      + "multiple field/value pairs.",
    summary: "Set the string value of a hash field",
    arguments: [
      .key(),
      .block("field_value", .multiple, [.string("field"), .string("value")]),
    ],
    history: [
      ("4.0.0", "Accepts multiple `field` and `value` arguments.")
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.integer(try setFields(call, &context, command: "hset"))
  }

  /// Sets the call's fields; returns how many are new.
  fileprivate static func setFields(
    _ call: borrowing Call, _ context: inout Context, command: StaticString
  ) throws(CommandError) -> Int {
    if call.count % 2 == 1 { throw .wrongArity(command.description) }
    return try context.db.update(HashValue.self, call[1]) { hash, change throws(CommandError) in
      var added = 0
      var index = 2
      while index < call.count {
        if hash.set(call[index], call[index + 1]) { added += 1 }
        index += 2
      }
      change.record(.hash("hset"), by: (call.count - 2) / 2)
      return added
    }
  }
}

/// `HMSET key field value [field value ...]`
enum HMSET: RedisCommand {
  static let spec = CommandSpec(
    "hmset", arity: -4, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .update])],
    categories: [.hash],
    group: .hash, since: "2.0.0", complexity: "O(N) where N is the number of fields being set.",
    summary: "Set multiple hash fields to multiple values",
    arguments: [
      .key(),
      .block("field_value", .multiple, [.string("field"), .string("value")]),
    ],
    deprecated: .init(since: "4.0.0", replacement: "`HSET` with multiple field-value pairs"))

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    _ = try HSET.setFields(call, &context, command: "hmset")
    context.reply.ok()
  }
}
