import ServerKernel

/// `COPY source destination [DB destination-db] [REPLACE]`
enum COPY: RedisCommand {
  static let spec = CommandSpec(
    "copy", arity: -3, flags: [.write, .denyOOM],
    keys: [.one([.readOnly, .access]), .one([.overwrite, .update], at: 2)],
    categories: [.keyspace],
    group: .generic, since: "6.2.0",
    complexity:
      "O(N) worst case for collections, where N is the number of nested items. O(1) for string values.",
    summary: "Copy a key",
    arguments: [
      .key("source"),
      .key("destination", 1),
      .integer("destination-db", .optional, token: "DB"),
      .token("replace", "REPLACE", .optional)
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    var number = context.db.number
    var isReplacing = false
    var index = 3
    while index < call.count {
      if call.matches(index, "REPLACE") {
        isReplacing = true
      } else if call.matches(index, "DB") && index + 1 < call.count {
        index += 1
        number = try databaseNumber(call, index)
        if context.db.other(number) == nil { throw .literal("ERR DB index is out of range") }
      } else {
        throw .syntax
      }
      index += 1
    }
    if number == context.db.number && call[1] == call[2] {
      throw .literal("ERR source and destination objects are the same")
    }
    guard let target = context.db.other(number) else { throw .literal("ERR DB index is out of range") }
    let isDone = context.db.copy(call[1], to: call[2], in: target, replacing: isReplacing)
    context.reply.integer(isDone ? 1 : 0)
  }
}

/// The argument as the number of a database, which need not exist.
func databaseNumber(_ call: borrowing Call, _ index: Int) throws(CommandError) -> Int {
  guard let number = Int32(exactly: try call.integer(index)) else {
    throw .text("ERR value is out of range, value must between \(Int32.min) and \(Int32.max)")
  }
  return Int(number)
}
