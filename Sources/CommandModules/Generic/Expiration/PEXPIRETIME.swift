import ServerKernel

/// `PEXPIRETIME key`
enum PEXPIRETIME: RedisCommand {
  static let spec = CommandSpec(
    "pexpiretime", arity: 2, flags: [.readOnly, .fast],
    keys: [.one([.readOnly, .access])],
    categories: [.keyspace],
    group: .generic, since: "7.0.0", complexity: "O(1)",
    summary: "Get the expiration Unix timestamp for a key in milliseconds",
    arguments: [
      .key()
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    ExpireFamily.timeToLive(call, &context, .milliseconds, isAbsolute: true)
  }
}
