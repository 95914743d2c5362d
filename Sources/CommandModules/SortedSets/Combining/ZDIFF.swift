import ServerKernel

/// `ZDIFF numkeys key [key ...] [WITHSCORES]`
enum ZDIFF: RedisCommand {
  static let spec = CommandSpec(
    "zdiff", arity: -3, flags: [.readOnly, .movableKeys],
    keys: [KeySpec([.readOnly, .access], .index(1), .counted(number: 0, first: 1, step: 1))],
    categories: [.sortedSet],
    group: .sortedSet, since: "6.2.0",
    complexity:
      "O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N is the size of "
      + "the first set, and K is the size of the result set.",
    summary: "Subtract multiple sorted sets",
    arguments: [
      .integer("numkeys"),
      .key("key", 0, .multiple),
      .token("withscores", "WITHSCORES", .optional),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try replyCombination(call, &context, .difference, command: "zdiff")
  }
}
