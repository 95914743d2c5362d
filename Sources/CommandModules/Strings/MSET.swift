import ServerKernel

/// `MSET key value [key value ...]`
enum MSET: RedisCommand {
  static let spec = CommandSpec(
    "mset", arity: -3, flags: [.write, .denyOOM],
    keys: [.all([.overwrite, .update], step: 2)],
    categories: [.string],
    group: .string, since: "1.0.1", complexity: "O(N) where N is the number of keys to set.",
    summary: "Set multiple keys to multiple values",
    arguments: [
      .block("key_value", .multiple, [.key(), .string("value")])
    ],
    hints: ["request_policy:multi_shard", "response_policy:all_succeeded"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    if call.count % 2 == 0 { throw .wrongArity("mset") }
    setAll(call, &context)
    context.reply.ok()
  }
}

/// `MSETNX key value [key value ...]`
enum MSETNX: RedisCommand {
  static let spec = CommandSpec(
    "msetnx", arity: -3, flags: [.write, .denyOOM],
    keys: [.all([.overwrite, .insert], step: 2)],
    categories: [.string],
    group: .string, since: "1.0.1", complexity: "O(N) where N is the number of keys to set.",
    summary: "Set multiple keys to multiple values, only if none of the keys exist",
    arguments: [
      .block("key_value", .multiple, [.key(), .string("value")])
    ],
    hints: ["request_policy:multi_shard", "response_policy:agg_min"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    if call.count % 2 == 0 { throw .wrongArity("msetnx") }
    for index in stride(from: 1, to: call.count, by: 2) where context.db.containsForUpdate(call[index]) {
      return context.reply.integer(0)
    }
    setAll(call, &context)
    context.reply.integer(1)
  }
}

private func setAll(_ call: borrowing Call, _ context: inout Context) {
  for index in stride(from: 1, to: call.count, by: 2) { context.db.setString(call[index], call[index + 1]) }
}
