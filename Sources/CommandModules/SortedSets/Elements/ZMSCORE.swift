import ServerKernel
import SortedSetValues

/// `ZMSCORE key member [member ...]`
enum ZMSCORE: RedisCommand {
  static let spec = CommandSpec(
    "zmscore", arity: -3, flags: [.readOnly, .fast],
    keys: [.one([.readOnly, .access])],
    categories: [.sortedSet],
    group: .sortedSet, since: "6.2.0", complexity: "O(N) where N is the number of members being requested.",
    summary: "Get the score associated with the given members in a sorted set",
    arguments: [
      .key(),
      .string("member", .multiple),
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    let set = try context.db.value(SortedSetValue.self, call[1])
    reply.array(call.count - 2)
    for index in 2..<call.count {
      if let score = set?.value.score(of: call[index]) { reply.double(score) } else { reply.null() }
    }
  }
}
