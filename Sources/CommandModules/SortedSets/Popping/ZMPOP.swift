import ServerKernel

/// `ZMPOP numkeys key [key ...] MIN|MAX [COUNT count]`
enum ZMPOP: RedisCommand {
  static let spec = CommandSpec(
    "zmpop", arity: -4, flags: [.write, .movableKeys],
    keys: [KeySpec([.readWrite, .access, .delete], .index(1), .counted(number: 0, first: 1, step: 1))],
    categories: [.sortedSet],
    group: .sortedSet, since: "7.0.0",
    complexity:
      "O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the sorted "
      + "set, and M being the number of elements popped.",
    summary: "Remove and return members with scores in a sorted set",
    arguments: [
      .integer("numkeys"),
      .key("key", 0, .multiple),
      .oneOf("where", [.token("min", "MIN"), .token("max", "MAX")]),
      .integer("count", .optional, token: "COUNT"),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let pop = try MultiPop(call, from: 1)
    if !(try pop.execute(call, &context, pop.keys)) { context.reply.nullArray() }
  }
}
