import ServerKernel

/// `ZPOPMAX key [count]`
enum ZPOPMAX: RedisCommand {
  static let spec = CommandSpec(
    "zpopmax", arity: -2, flags: [.write, .fast],
    keys: [.one([.readWrite, .access, .delete])],
    categories: [.sortedSet],
    group: .sortedSet, since: "5.0.0",
    complexity:
      "O(log(N)*M) with N being the number of elements in the sorted set, and M being the number of elements "
      + "popped.",
    summary: "Remove and return members with the highest scores in a sorted set",
    arguments: [
      .key(),
      .integer("count", .optional),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try popMembers(call, &context, at: .max)
  }
}
