import ServerKernel
import SortedSetValues

/// `ZSCORE key member`
enum ZSCORE: RedisCommand {
  static let spec = CommandSpec(
    "zscore", arity: 3, flags: [.readOnly, .fast],
    keys: [.one([.readOnly, .access])],
    categories: [.sortedSet],
    group: .sortedSet, since: "1.2.0", complexity: "O(1)",
    summary: "Get the score associated with the given member in a sorted set",
    arguments: [
      .key(),
      .string("member"),
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let set = try context.db.value(SortedSetValue.self, call[1])
    if let score = set?.value.score(of: call[2]) { context.reply.double(score) } else { context.reply.null() }
  }
}
