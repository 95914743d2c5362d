import ServerKernel
import StreamValues

/// `XTRIM key [KEEPREF|DELREF|ACKED] MAXLEN|MINID [=|~] threshold [LIMIT count]`
enum XTRIM: RedisCommand {
  static let spec = CommandSpec(
    "xtrim", arity: -4, flags: .write,
    keys: [.one([.readWrite, .delete])],
    categories: [.stream],
    group: .stream, since: "5.0.0",
    complexity:
      "O(N), with N being the number of evicted entries. Constant times are very small however, since entries "
      + "are organized in macro nodes containing multiple entries that can be released with a single "
      + "deallocation.",
    summary: "Trims the stream to (approximately if '~' is passed) a certain size",
    arguments: [
      .key(),
      .block(
        "trim",
        [
          .oneOf("strategy", [.token("maxlen", "MAXLEN"), .token("minid", "MINID", since: "6.2.0")]),
          .oneOf("operator", .optional, [.token("equal", "="), .token("approximately", "~")]),
          .string("threshold"),
          .integer("count", .optional, token: "LIMIT", since: "6.2.0"),
        ]),
      .oneOf(
        "condition", .optional, since: "8.2.0",
        [.token("keepref", "KEEPREF"), .token("delref", "DELREF"), .token("acked", "ACKED")]),
    ],
    history: [
      ("6.2.0", "Added the `MINID` trimming strategy and the `LIMIT` option."),
      ("8.2.0", "Added the `KEEPREF`, `DELREF` and `ACKED` options."),
    ],
    hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let options = try TrimOptions(call, context, isAdding: false)
    let journal = context.journal
    let trimmed = try context.db.updateExisting(StreamValue.self, call[1]) { value, change throws(CommandError) in
      let trimmed = options.apply(to: &value.stream)
      change.record(.stream("xtrim"), by: trimmed, servesBlocked: false)
      if trimmed > 0 && options.isApproximate {
        journal.begin("XTRIM", arguments: call.count - 1)
        for index in 1..<call.count where !options.journal(index, value.stream, to: journal) {
          journal.argument(call[index])
        }
      }
      return trimmed
    }
    context.reply.integer(trimmed ?? 0)
  }
}
