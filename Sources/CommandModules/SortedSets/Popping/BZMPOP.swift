import ServerKernel
import SortedSetValues

/// `BZMPOP timeout numkeys key [key ...] MIN|MAX [COUNT count]`
enum BZMPOP: RedisCommand {
  static let spec = CommandSpec(
    "bzmpop", arity: -5, flags: [.write, .blocking, .movableKeys],
    keys: [KeySpec([.readWrite, .access, .delete], .index(2), .counted(number: 0, first: 1, step: 1))],
    categories: [.sortedSet],
    group: .sortedSet, since: "7.0.0",
    complexity:
      "O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the sorted "
      + "set, and M being the number of elements popped.",
    summary: "Remove and return members with scores in a sorted set or block until one is available",
    arguments: [
      .double("timeout"),
      .integer("numkeys"),
      .key("key", 0, .multiple),
      .oneOf("where", [.token("min", "MIN"), .token("max", "MAX")]),
      .integer("count", .optional, token: "COUNT"),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let pop = try MultiPop(call, from: 2)
    let timeout = try call.timeout(1)
    if try pop.execute(call, &context, context.keysToTry(call, pop.keys)) { return }
    context.block(call, keys: pop.keys, until: SortedSetValue.self, milliseconds: timeout, onTimeout: .nullArray)
  }
}
