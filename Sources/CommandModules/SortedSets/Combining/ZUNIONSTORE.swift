import ServerKernel

/// `ZUNIONSTORE destination numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE SUM|MIN|MAX]`
enum ZUNIONSTORE: RedisCommand {
  static let spec = CommandSpec(
    "zunionstore", arity: -4, flags: [.write, .denyOOM, .movableKeys],
    keys: [
      .one([.overwrite, .update]),
      KeySpec([.readOnly, .access], .index(2), .counted(number: 0, first: 1, step: 1)),
    ],
    categories: [.sortedSet],
    group: .sortedSet, since: "2.0.0",
    complexity:
      "O(N)+O(M log(M)) with N being the sum of the sizes of the input sorted sets, and M being the number of "
      + "elements in the resulting sorted set.",
    summary: "Add multiple sorted sets and store the resulting sorted set in a new key",
    arguments: [
      .key("destination"),
      .integer("numkeys"),
      .key("key", 1, .multiple),
      .weights, .aggregate,
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try storeCombination(call, &context, .union, command: "zunionstore")
  }
}
