import ServerKernel

/// `ZDIFFSTORE destination numkeys key [key ...]`
enum ZDIFFSTORE: RedisCommand {
  static let spec = CommandSpec(
    "zdiffstore", arity: -4, flags: [.write, .denyOOM, .movableKeys],
    keys: [
      .one([.overwrite, .update]),
      KeySpec([.readOnly, .access], .index(2), .counted(number: 0, first: 1, step: 1)),
    ],
    categories: [.sortedSet],
    group: .sortedSet, since: "6.2.0",
    complexity:
      "O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N is the size of "
      + "the first set, and K is the size of the result set.",
    summary: "Subtract multiple sorted sets and store the resulting sorted set in a new key",
    arguments: [
      .key("destination"),
      .integer("numkeys"),
      .key("key", 1, .multiple),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try storeCombination(call, &context, .difference, command: "zdiffstore")
  }
}
