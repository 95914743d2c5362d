import ServerKernel

/// `MGET key [key ...]`
enum MGET: RedisCommand {
  static let spec = CommandSpec(
    "mget", arity: -2, flags: [.readOnly, .fast],
    keys: [.all([.readOnly, .access])],
    categories: [.string],
    group: .string, since: "1.0.0", complexity: "O(N) where N is the number of keys to retrieve.",
    summary: "Get the values of all the given keys",
    arguments: [
      .key("key", 0, .multiple)
    ],
    hints: ["request_policy:multi_shard"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.array(call.count - 1)
    for index in 1..<call.count {
      do throws(CommandError) {
        if let value = try context.db.string(call[index]) {
          context.reply.bulk(value)
        } else {
          context.reply.null()
        }
      } catch {
        // What holds no string has no string.
        context.reply.null()
      }
    }
  }
}
