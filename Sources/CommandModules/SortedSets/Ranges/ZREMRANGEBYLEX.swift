import ServerKernel

/// `ZREMRANGEBYLEX key min max`
enum ZREMRANGEBYLEX: RedisCommand {
  static let spec = CommandSpec(
    "zremrangebylex", arity: 4, flags: .write,
    keys: [.one([.readWrite, .delete])],
    categories: [.sortedSet],
    group: .sortedSet, since: "2.8.9",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by "
      + "the operation.",
    summary: "Remove all members in a sorted set between the given lexicographical range",
    arguments: [
      .key(),
      .string("min"),
      .string("max"),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try removeMembers(call, &context, by: .member, event: "zremrangebylex")
  }
}
