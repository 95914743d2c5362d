import ServerKernel

/// `ZREMRANGEBYRANK key start stop`
enum ZREMRANGEBYRANK: RedisCommand {
  static let spec = CommandSpec(
    "zremrangebyrank", arity: 4, flags: .write,
    keys: [.one([.readWrite, .delete])],
    categories: [.sortedSet],
    group: .sortedSet, since: "2.0.0",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by "
      + "the operation.",
    summary: "Remove all members in a sorted set within the given indexes",
    arguments: [
      .key(),
      .integer("start"),
      .integer("stop"),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try removeMembers(call, &context, by: .rank, event: "zremrangebyrank")
  }
}
