import ListValues
import ServerKernel

/// `LPUSH key element [element ...]`
enum LPUSH: RedisCommand {
  static let spec = CommandSpec(
    "lpush", arity: -3, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .insert])],
    categories: [.list],
    group: .list, since: "1.0.0",
    complexity:
      "O(1) for each element added, so O(N) to add N elements when the command is called with multiple "
      + "arguments.",
    summary: "Prepend one or multiple elements to a list",
    arguments: [
      .key(),
      .string("element", .multiple)
    ],
    history: [
      ("2.4.0", "Accepts multiple `element` arguments.")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.integer(try pushElements(call, &context, at: .left))
  }
}
