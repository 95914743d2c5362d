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
    let isList: Void? = try context.db.read(ListValue.self, call[1]) { list throws(CommandError) in
      let positions = list.positions(start, stop)
      reply.array(positions.count)
      list.forEach(in: positions) { reply.bulk($0) }
    }
    if isList == nil { reply.array(0) }
  }
}
