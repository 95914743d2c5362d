import ServerKernel

/// `ZINTERSTORE destination numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE SUM|MIN|MAX]`
enum ZINTERSTORE: RedisCommand {
  static let spec = CommandSpec(
    "zinterstore", arity: -4, flags: [.write, .denyOOM, .movableKeys],
    keys: [
      .one([.overwrite, .update]),
      KeySpec([.readOnly, .access], .index(2), .counted(number: 0, first: 1, step: 1)),
    ],
    categories: [.sortedSet],
    group: .sortedSet, since: "2.0.0",
    complexity:
      "O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the number of input "
      + "sorted sets and M being the number of elements in the resulting sorted set.",
    summary: "Intersect multiple sorted sets and store the resulting sorted set in a new key",
    arguments: [
      .key("destination"),
      .integer("numkeys"),
      .key("key", 1, .multiple),
      .weights, .aggregate,
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try storeCombination(call, &context, .intersection, command: "zinterstore")
  }
}
