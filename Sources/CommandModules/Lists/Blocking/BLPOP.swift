import ListValues
import ServerKernel

/// `BLPOP key [key ...] timeout`
enum BLPOP: RedisCommand {
  static let spec = CommandSpec(
    "blpop", arity: -3, flags: [.write, .noScript, .blocking],
    keys: [KeySpec([.readWrite, .access, .delete], .index(1), .range(last: -2, step: 1, limit: 0))],
    categories: [.list],
    group: .list, since: "2.0.0", complexity: "O(N) where N is the number of provided keys.",
    summary: "Remove and get the first element in a list, or block until one is available",
    arguments: [
      .key("key", 0, .multiple),
      .double("timeout")
    ],
    history: [
      ("6.0.0", "`timeout` is interpreted as a double instead of an integer.")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try popOrBlock(call, &context, at: .left)
  }
}
