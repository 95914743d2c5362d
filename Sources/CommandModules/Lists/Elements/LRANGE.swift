import ListValues
import ServerKernel

/// `LRANGE key start stop`
enum LRANGE: RedisCommand {
  static let spec = CommandSpec(
    "lrange", arity: 4, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.list],
    group: .list, since: "1.0.0",
    complexity:
      "O(S+N) where S is the distance of start offset from HEAD for small lists, from nearest end (HEAD or "
      + "TAIL) for large lists; and N is the number of elements in the specified range.",
    summary: "Get a range of elements from a list",
    arguments: [
      .key(),
      .integer("start"),
      .integer("stop")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let start = try call.integer(2)
    let stop = try call.integer(3)
    let reply = context.reply
    guard let list = try context.db.value(ListValue.self, call[1]) else { return reply.array(0) }
    let positions = list.value.positions(start, stop)
    reply.array(positions.count)
    list.value.forEach(in: positions) { reply.bulk($0) }
  }
}
