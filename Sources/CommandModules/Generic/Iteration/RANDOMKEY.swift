import ServerKernel

/// `RANDOMKEY`
enum RANDOMKEY: RedisCommand {
  static let spec = CommandSpec(
    "randomkey", arity: 1, flags: [.readOnly, .touchesArbitraryKeys],
    categories: [.keyspace],
    group: .generic, since: "1.0.0", complexity: "O(1)",
    summary: "Return a random key from the keyspace",
    hints: ["request_policy:all_shards", "nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    if context.db.withRandomKey({ key in reply.bulk(key) }) == nil { reply.null() }
  }
}
