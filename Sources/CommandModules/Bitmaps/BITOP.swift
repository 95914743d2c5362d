import Containers
import ServerKernel

/// `BITOP AND | OR | XOR | NOT | DIFF | DIFF1 | ANDOR | ONE destkey key [key ...]`
enum BITOP: RedisCommand {
  static let spec = CommandSpec(
    "bitop", arity: -4, flags: [.write, .denyOOM],
    keys: [.one([.overwrite, .update], at: 2), .all([.readOnly, .access], from: 3)],
    categories: [.bitmap],
    group: .bitmap, since: "2.6.0", complexity: "O(N)",
    summary: "Perform bitwise operations between strings",
    arguments: [
      .string("operation"),
      .key("destkey"),
      .key("key", 1, .multiple),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let operation = try BitOperation(call, 1)
    try operation.check(sources: call.count - 3)
    let result = try result(of: operation, call, context)
    let count = result.count
    if count > 0 {
      context.db.setString(call[2], taking: result, event: .string("set"))
    } else {
      context.db.remove(call[2])
    }
    context.reply.integer(count)
  }

  /// The sources combined: as long as the longest of them, of which the others are taken to be followed by zeros.
  private static func result(
    of operation: BitOperation, _ call: borrowing Call, _ context: borrowing Context
  ) throws(CommandError) -> ByteBuffer {
    let sources = try context.db.strings(call, 3..<call.count)
    var longest = 0
    for index in 0..<sources.count { longest = max(longest, sources[index].count) }
    var combiner = BitCombiner(operation, count: longest)
    while combiner.appendBlock(sources) {}
    return combiner.finish()
  }
}
