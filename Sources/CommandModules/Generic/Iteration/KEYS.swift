import Containers
import ServerKernel

/// `KEYS pattern`
enum KEYS: RedisCommand {
  static let spec = CommandSpec(
    "keys", arity: 2, flags: .readOnly,
    categories: [.keyspace, .dangerous],
    group: .generic, since: "1.0.0",
    complexity:
      "O(N) with N being the number of keys in the database, under the assumption that the key names in the "
      + "database and the given pattern have limited length.",
    summary: "Find all keys matching the given pattern",
    arguments: [
      .pattern("pattern")
    ],
    hints: ["request_policy:all_shards", "nondeterministic_output_order"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    let isAll = call[1] == Bytes("*")
    let keys = reply.deferredArray()
    var count = 0
    context.db.forEachKey { key in
      if isAll || globMatches(pattern: call[1], key, ignoringCase: false) {
        reply.bulk(key)
        count += 1
      }
    }
    reply.finish(keys, count: count)
  }
}
