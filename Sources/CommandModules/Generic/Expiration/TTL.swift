import ServerKernel

/// `TTL key`
enum TTL: RedisCommand {
  static let spec = CommandSpec(
    "ttl", arity: 2, flags: [.readOnly, .fast],
    keys: [.one([.readOnly, .access])],
    categories: [.keyspace],
    group: .generic, since: "1.0.0", complexity: "O(1)",
    summary: "Get the time to live for a key in seconds",
    arguments: [
      .key()
    ],
    history: [
      ("2.8.0", "Added the -2 reply.")
    ],
    hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    ExpireFamily.timeToLive(call, &context, .seconds, isAbsolute: false)
  }
}
