import ServerKernel

/// `ZREVRANK key member [WITHSCORE]`, of which the option is Redis 7.2's.
enum ZREVRANK: RedisCommand {
  static let spec = CommandSpec(
    "zrevrank", arity: -3, flags: [.readOnly, .fast],
    keys: [.one([.readOnly, .access])],
    categories: [.sortedSet],
    group: .sortedSet, since: "2.0.0", complexity: "O(log(N))",
    summary: "Determine the index of a member in a sorted set, with scores ordered from high to low",
    arguments: [
      .key(),
      .string("member"),
      .token("withscore", "WITHSCORE", .optional, since: "7.2.0"),
    ],
    history: [
      ("7.2.0", "Added the optional `WITHSCORE` argument."),
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try replyRank(call, &context, isReversed: true, command: "zrevrank")
  }
}
