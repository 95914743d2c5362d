import ListValues
import ServerKernel

/// `RPUSH key element [element ...]`
enum RPUSH: RedisCommand {
  static let spec = CommandSpec(
    "rpush", arity: -3, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .insert])],
    categories: [.list],
    group: .list, since: "1.0.0",
    complexity:
      "O(1) for each element added, so O(N) to add N elements when the command is called with multiple "
      + "arguments.",
    summary: "Append one or multiple elements to a list",
    arguments: [
      .key(),
      .string("element", .multiple)
    ],
    history: [
      ("2.4.0", "Accepts multiple `element` arguments.")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.integer(try pushElements(call, &context, at: .right))
  }
}
