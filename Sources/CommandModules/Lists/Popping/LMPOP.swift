import ListValues
import ServerKernel

/// `LMPOP numkeys key [key ...] LEFT|RIGHT [COUNT count]`
enum LMPOP: RedisCommand {
  static let spec = CommandSpec(
    "lmpop", arity: -4, flags: [.write, .movableKeys],
    keys: [KeySpec([.readWrite, .access, .delete], .index(1), .counted(number: 0, first: 1, step: 1))],
    categories: [.list],
    group: .list, since: "7.0.0",
    complexity:
      "O(N+M) where N is the number of provided keys and M is the number of elements returned.",
    summary: "Pop elements from a list",
    arguments: [
      .integer("numkeys"),
      .key("key", 0, .multiple),
      .oneOf("where", [.token("left", "LEFT"), .token("right", "RIGHT")]),
      .integer("count", .optional, token: "COUNT")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let pop = try MultiPop(call, from: 1)
    if !(try pop.execute(call, &context, pop.keys)) { context.reply.nullArray() }
  }
}
