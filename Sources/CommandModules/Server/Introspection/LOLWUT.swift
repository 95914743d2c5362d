import ServerKernel

/// `LOLWUT [VERSION version]`
enum LOLWUT: RedisCommand {
  static let spec = CommandSpec(
    "lolwut", arity: -1, flags: [.readOnly, .fast],
    group: .server, since: "5.0.0", complexity: "",
    summary: "Display some computer art and the Redis version",
    arguments: [
      .integer("version", .optional, token: "VERSION")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    if call.count >= 3 && call.matches(1, "version") { _ = try call.integer(2) }
    context.reply.verbatim("Redis ver. \(RedisCompatibility.version)\n")
  }
}
