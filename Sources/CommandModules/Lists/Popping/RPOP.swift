import ListValues
import ServerKernel

/// `RPOP key [count]`
enum RPOP: RedisCommand {
  static let spec = CommandSpec(
    "rpop", arity: -2, flags: [.write, .fast],
    keys: [.one([.readWrite, .access, .delete])],
    categories: [.list],
    group: .list, since: "1.0.0", complexity: "O(N) where N is the number of elements returned",
    summary: "Remove and get the last elements in a list",
    arguments: [
      .key(),
      .integer("count", .optional, since: "6.2.0")
    ],
    history: [
      ("6.2.0", "Added the `count` argument.")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try popElements(call, &context, at: .right, command: "rpop")
  }
}
