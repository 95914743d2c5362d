import ServerKernel

/// `SORT_RO key [BY pattern] [LIMIT offset count] [GET pattern ...] [ASC|DESC] [ALPHA]`
enum SORT_RO: RedisCommand {
  static let spec = CommandSpec(
    "sort_ro", arity: -2, flags: [.readOnly, .movableKeys],
    keys: [
      .one([.readOnly, .access]),
      KeySpec(
        [.readOnly, .access], .unknown, .unknown,
        notes:
          "For the optional BY/GET keyword. It is marked 'unknown' because the key names derive from the content "
          + "of the key we sort"),
    ],
    categories: [.set, .sortedSet, .list, .dangerous],
    group: .generic, since: "7.0.0",
    complexity:
      "O(N+M*log(M)) where N is the number of elements in the list or set to sort, and M the number of returned "
      + "elements. When the elements are not sorted, complexity is O(N).",
    summary: "Sort the elements in a list, set or sorted set. Read-only variant of SORT.",
    arguments: [
      .key(),
      ArgumentSpec(.pattern, "pattern", token: "BY", flags: .optional, keySpec: 1),
      .block("offset_count", .optional, token: "LIMIT", [.integer("offset"), .integer("count")]),
      ArgumentSpec(.pattern, "pattern", token: "GET", flags: [.optional, .multiple, .multipleToken], keySpec: 1),
      .oneOf("order", .optional, [.token("asc", "ASC"), .token("desc", "DESC")]),
      .token("sorting", "ALPHA", .optional),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let options = try SortOptions(call, allowingStore: false)
    try SortedElements(call, options, &context).reply(call, &context)
  }

  /// The keys that patterns lead to are not among the arguments.
  static func findKeys(_ call: borrowing Call) -> [KeyReference]? {
    [KeyReference(position: 1, flags: [.readOnly, .access])]
  }
}
