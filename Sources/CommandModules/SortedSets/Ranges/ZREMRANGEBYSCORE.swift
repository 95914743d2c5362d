import ServerKernel

/// `ZREMRANGEBYSCORE key min max`
enum ZREMRANGEBYSCORE: RedisCommand {
  static let spec = CommandSpec(
    "zremrangebyscore", arity: 4, flags: .write,
    keys: [.one([.readWrite, .delete])],
    categories: [.sortedSet],
    group: .sortedSet, since: "1.2.0",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by "
      + "the operation.",
    summary: "Remove all members in a sorted set within the given scores",
    arguments: [
      .key(),
      .double("min"),
      .double("max"),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try removeMembers(call, &context, by: .score, event: "zremrangebyscore")
  }
}
