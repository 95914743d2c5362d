import ListValues
import ServerKernel

/// `LPOP key [count]`
enum LPOP: RedisCommand {
  static let spec = CommandSpec(
    "lpop", arity: -2, flags: [.write, .fast],
    keys: [.one([.readWrite, .access, .delete])],
    categories: [.list],
    group: .list, since: "1.0.0", complexity: "O(N) where N is the number of elements returned",
    summary: "Remove and get the first elements in a list",
    arguments: [
      .key(),
      .integer("count", .optional, since: "6.2.0")
    ],
    history: [
      ("6.2.0", "Added the `count` argument.")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try popElements(call, &context, at: .left, command: "lpop")
  }
}
