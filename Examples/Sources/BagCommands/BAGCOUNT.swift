import ServerKernel

/// `BAGCOUNT key word`
enum BAGCOUNT: RedisCommand {
  static let spec = CommandSpec(
    "bagcount", arity: 3, flags: [.readOnly, .fast], keys: [.one([.readOnly, .access])],
    group: .module, since: "1.0.0", complexity: "O(1)",
    summary: "Returns how often a word is in a bag.",
    arguments: [.key(), .string("word")])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let bag = try context.db.value(BagValue.self, call[1])
    context.reply.integer(bag?.value.words.value(of: call[2])?.integer ?? 0)
  }
}
