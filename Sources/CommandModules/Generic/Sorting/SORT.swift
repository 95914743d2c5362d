import ServerKernel

/// `SORT key [BY pattern] [LIMIT offset count] [GET pattern ...] [ASC|DESC] [ALPHA] [STORE destination]`
enum SORT: RedisCommand {
  static let spec = CommandSpec(
    "sort", arity: -2, flags: [.write, .denyOOM, .movableKeys],
    keys: [
      .one([.readOnly, .access]),
      KeySpec(
        [.readOnly, .access], .unknown, .unknown,
        notes:
          "For the optional BY/GET keyword. It is marked 'unknown' because the key names derive from the content "
          + "of the key we sort"),
      KeySpec(
        [.overwrite, .update], .unknown, .unknown,
        notes:
          "For the optional STORE keyword. It is marked 'unknown' because the keyword can appear anywhere in the "
          + "argument array"),
    ],
    categories: [.set, .sortedSet, .list, .dangerous],
    group: .generic, since: "1.0.0",
    complexity:
      "O(N+M*log(M)) where N is the number of elements in the list or set to sort, and M the number of returned "
      + "elements. When the elements are not sorted, complexity is O(N).",
    summary: "Sort the elements in a list, set or sorted set",
    arguments: [
      .key(),
      ArgumentSpec(.pattern, "pattern", token: "BY", flags: .optional, keySpec: 1),
      .block("offset_count", .optional, token: "LIMIT", [.integer("offset"), .integer("count")]),
      ArgumentSpec(.pattern, "pattern", token: "GET", flags: [.optional, .multiple, .multipleToken], keySpec: 1),
      .oneOf("order", .optional, [.token("asc", "ASC"), .token("desc", "DESC")]),
      .token("sorting", "ALPHA", .optional),
      ArgumentSpec(.key, "destination", token: "STORE", flags: .optional, keySpec: 2),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let options = try SortOptions(call, allowingStore: true)
    let sorted = try SortedElements(call, options, &context)
    if options.destination == 0 { sorted.reply(call, &context) } else { try sorted.store(call, &context) }
  }

  /// The key, and the destination, which may stand anywhere among the options; the last one counts.
  static func findKeys(_ call: borrowing Call) -> [KeyReference]? {
    var keys = [KeyReference(position: 1, flags: [.readOnly, .access])]
    var destination = 0
    var index = 2
    while index < call.count {
      if call.matches(index, "LIMIT") {
        index += 2
      } else if call.matches(index, "GET") || call.matches(index, "BY") {
        index += 1
      } else if call.matches(index, "STORE") && index + 1 < call.count {
        destination = index + 1
      }
      index += 1
    }
    if destination > 0 { keys.append(KeyReference(position: destination, flags: [.overwrite, .update])) }
    return keys
  }
}
