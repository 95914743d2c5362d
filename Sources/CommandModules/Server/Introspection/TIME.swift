import ServerKernel

/// `TIME`
enum TIME: RedisCommand {
  static let spec = CommandSpec(
    "time", arity: 1, flags: [.loading, .stale, .fast],
    group: .server, since: "2.6.0", complexity: "O(1)",
    summary: "Return the current server time",
    hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let now = Clock.unixMicroseconds()
    context.reply.array(2)
    context.reply.bulk(integer: now / 1_000_000)
    context.reply.bulk(integer: now % 1_000_000)
  }
}
