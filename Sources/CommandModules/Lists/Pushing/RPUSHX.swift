import ListValues
import ServerKernel

/// `RPUSHX key element [element ...]`
enum RPUSHX: RedisCommand {
  static let spec = CommandSpec(
    "rpushx", arity: -3, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .insert])],
    categories: [.list],
    group: .list, since: "2.2.0",
    complexity:
      "O(1) for each element added, so O(N) to add N elements when the command is called with multiple "
      + "arguments.",
    summary: "Append an element to a list, only if the list exists",
    arguments: [
      .key(),
      .string("element", .multiple)
    ],
    history: [
      ("4.0.0", "Accepts multiple `element` arguments.")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.integer(try pushElementsToExisting(call, &context, at: .right))
  }
}
