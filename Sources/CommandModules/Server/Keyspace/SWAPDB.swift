import ServerKernel

/// `SWAPDB index1 index2`
enum SWAPDB: RedisCommand {
  static let spec = CommandSpec(
    "swapdb", arity: 3, flags: [.write, .fast],
    categories: [.keyspace, .dangerous],
    group: .server, since: "4.0.0",
    complexity: "O(N) where N is the count of clients watching or blocking on keys from both databases.",
    summary: "Swaps two Redis databases",
    arguments: [
      .integer("index1"),
      .integer("index2")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let first = call[1].integer, Int32(exactly: first) != nil else {
      throw .literal("ERR invalid first DB index")
    }
    guard let second = call[2].integer, Int32(exactly: second) != nil else {
      throw .literal("ERR invalid second DB index")
    }
    guard var database = context.server.database(Int(first)), let other = context.server.database(Int(second)) else {
      throw .literal("ERR DB index is out of range")
    }
    if first == second {
      context.journal.force()
    } else {
      database.exchange(with: other)
    }
    context.reply.ok()
  }
}
