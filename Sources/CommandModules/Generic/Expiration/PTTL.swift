import ServerKernel

/// `PTTL key`
enum PTTL: RedisCommand {
  static let spec = CommandSpec(
    "pttl", arity: 2, flags: [.readOnly, .fast],
    keys: [.one([.readOnly, .access])],
    categories: [.keyspace],
    group: .generic, since: "2.6.0", complexity: "O(1)",
    summary: "Get the time to live for a key in milliseconds",
    arguments: [
      .key()
    ],
    history: [
      ("2.8.0", "Added the -2 reply.")
    ],
    hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    ExpireFamily.timeToLive(call, &context, .milliseconds, isAbsolute: false)
  }
}
