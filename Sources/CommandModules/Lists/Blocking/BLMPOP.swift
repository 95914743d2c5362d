import ListValues
import ServerKernel

/// `BLMPOP timeout numkeys key [key ...] LEFT|RIGHT [COUNT count]`
enum BLMPOP: RedisCommand {
  static let spec = CommandSpec(
    "blmpop", arity: -5, flags: [.write, .blocking, .movableKeys],
    keys: [KeySpec([.readWrite, .access, .delete], .index(2), .counted(number: 0, first: 1, step: 1))],
    categories: [.list],
    group: .list, since: "7.0.0",
    complexity:
      "O(N+M) where N is the number of provided keys and M is the number of elements returned.",
    summary: "Pop elements from a list, or block until one is available",
    arguments: [
      .double("timeout"),
      .integer("numkeys"),
      .key("key", 0, .multiple),
      .oneOf("where", [.token("left", "LEFT"), .token("right", "RIGHT")]),
      .integer("count", .optional, token: "COUNT")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let pop = try MultiPop(call, from: 2)
    let timeout = try call.timeout(1)
    if try pop.execute(call, &context, context.keysToTry(call, pop.keys)) { return }
    context.block(call, keys: pop.keys, until: ListValue.self, milliseconds: timeout, onTimeout: .nullArray)
  }
}
