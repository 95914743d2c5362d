import HashValues
import ServerKernel

/// `HMGET key field [field ...]`
enum HMGET: RedisCommand {
  static let spec = CommandSpec(
    "hmget", arity: -3, flags: [.readOnly, .fast],
    keys: [.one([.readOnly, .access])],
    categories: [.hash],
    group: .hash, since: "2.0.0",
    complexity: "O(N) where N is the number of fields being requested.",
    summary: "Get the values of all the given hash fields",
    arguments: [
      .key(),
      .string("field", .multiple),
    ])

  /// Fields whose cache misses overlap.
  private static let window = 16

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    let hash = try context.db.value(HashValue.self, call[1])
    reply.array(call.count - 2)
    var first = 2
    while first < call.count {
      let end = min(first + window, call.count)
      hash?.value.prefetch(call, first..<end)
      for index in first..<end {
        if let value = hash?.value.value(of: call[index]) { reply.bulk(value) } else { reply.null() }
      }
      first = end
    }
  }
}
