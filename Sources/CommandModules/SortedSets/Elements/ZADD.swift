import ServerKernel

/// `ZADD key [NX|XX] [GT|LT] [CH] [INCR] score member [score member ...]`
enum ZADD: RedisCommand {
  static let spec = CommandSpec(
    "zadd", arity: -4, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .update])],
    categories: [.sortedSet],
    group: .sortedSet, since: "1.2.0",
    complexity:
      "O(log(N)) for each item added, where N is the number of elements in the sorted set.",
    summary: "Add one or more members to a sorted set, or update its score if it already exists",
    arguments: [
      .key(),
      .oneOf("condition", .optional, since: "3.0.2", [.token("nx", "NX"), .token("xx", "XX")]),
      .oneOf("comparison", .optional, since: "6.2.0", [.token("gt", "GT"), .token("lt", "LT")]),
      .token("change", "CH", .optional, since: "3.0.2"),
      .token("increment", "INCR", .optional, since: "3.0.2"),
      .block("score_member", .multiple, [.double("score"), .string("member")]),
    ],
    history: [
      ("2.4.0", "Accepts multiple elements."),
      ("3.0.2", "Added the `XX`, `NX`, `CH` and `INCR` options."),
      ("6.2.0", "Added the `GT` and `LT` options."),
    ])

  static var elementArgument: Int { 3 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try addMembers(call, &context, AddOptions(call))
  }
}
