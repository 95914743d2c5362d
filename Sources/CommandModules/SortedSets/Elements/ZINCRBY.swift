import ServerKernel

/// `ZINCRBY key increment member`
enum ZINCRBY: RedisCommand {
  static let spec = CommandSpec(
    "zincrby", arity: 4, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .access, .update])],
    categories: [.sortedSet],
    group: .sortedSet, since: "1.2.0", complexity: "O(log(N)) where N is the number of elements in the sorted set.",
    summary: "Increment the score of a member in a sorted set",
    arguments: [
      .key(),
      .integer("increment"),
      .string("member"),
    ])

  static var elementArgument: Int { 3 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try addMembers(call, &context, AddOptions(call, isIncrement: true))
  }
}
