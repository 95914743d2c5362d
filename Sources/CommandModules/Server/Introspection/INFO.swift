import ServerKernel

/// `INFO [section ...]`
enum INFO: RedisCommand {
  static let spec = CommandSpec(
    "info", arity: -1, flags: [.loading, .stale],
    categories: [.dangerous],
    group: .server, since: "1.0.0", complexity: "O(1)",
    summary: "Get information and statistics about the server",
    arguments: [
      .string("section", [.optional, .multiple])
    ],
    history: [
      ("7.0.0", "Added support for taking multiple section arguments.")
    ],
    hints: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let names = (1..<call.count).map { call[$0].string.lowercased() }
    let text = context.server.info.text(names, context.server)
    context.reply.verbatim(text.bytes, format: Bytes("txt"))
  }
}
