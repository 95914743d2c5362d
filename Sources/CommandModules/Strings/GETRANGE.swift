import ServerKernel

/// `GETRANGE key start end`
enum GETRANGE: RedisCommand {
  static let spec = CommandSpec(
    "getrange", arity: 4, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.string],
    group: .string, since: "2.4.0",
    complexity:
      "O(N) where N is the length of the returned string. The complexity is ultimately determined by the "
      + "returned length, but because creating a substring from an existing string is very cheap, it can be "
      + "considered O(1) for small strings.",
    summary: "Get a substring of the string stored at a key",
    arguments: [
      .key(),
      .integer("start"),
      .integer("end")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try replyRange(call, &context)
  }
}

/// `SUBSTR key start end`: the name that GETRANGE had once.
enum SUBSTR: RedisCommand {
  static let spec = CommandSpec(
    "substr", arity: 4, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.string],
    group: .string, since: "1.0.0",
    complexity:
      "O(N) where N is the length of the returned string. The complexity is ultimately determined by the "
      + "returned length, but because creating a substring from an existing string is very cheap, it can be "
      + "considered O(1) for small strings.",
    summary: "Get a substring of the string stored at a key",
    arguments: [
      .key(),
      .integer("start"),
      .integer("end")
    ],
    deprecated: .init(since: "2.0.0", replacement: "`GETRANGE`"))

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try replyRange(call, &context)
  }
}

private func replyRange(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
  let start = try call.integer(2)
  let end = try call.integer(3)
  guard let value = try context.db.string(call[1]) else { return context.reply.bulk("") }
  let reply = context.reply
  try value.withText { text throws(CommandError) in
    let range = byteRange(start, end, of: text.count)
    reply.bulk(text[range])
  }
}

/// The bytes from `start` to `end`, both inclusive and counted from the end when negative.
private func byteRange(_ start: Int64, _ end: Int64, of count: Int) -> Range<Int> {
  if count == 0 || (start < 0 && end < 0 && start > end) { return 0..<0 }
  let count = Int64(count)
  let first = max(0, start < 0 ? start + count : start)
  let last = min(count - 1, max(0, end < 0 ? end + count : end))
  return first > last ? 0..<0 : Int(first)..<Int(last + 1)
}
