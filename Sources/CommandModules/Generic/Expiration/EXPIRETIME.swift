import ServerKernel

/// `EXPIRETIME key`
enum EXPIRETIME: RedisCommand {
  static let spec = CommandSpec(
    "expiretime", arity: 2, flags: [.readOnly, .fast],
    keys: [.one([.readOnly, .access])],
    categories: [.keyspace],
    group: .generic, since: "7.0.0", complexity: "O(1)",
    summary: "Get the expiration Unix timestamp for a key",
    arguments: [
      .key()
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    ExpireFamily.timeToLive(call, &context, .seconds, isAbsolute: true)
  }
}
