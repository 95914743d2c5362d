import ServerKernel

/// `BAGADD key word count`: replies with how often the word is in the bag now.
enum BAGADD: RedisCommand {
  static let spec = CommandSpec(
    "bagadd", arity: 4, flags: [.write, .denyOOM, .fast], keys: [.one([.readWrite, .update])],
    group: .module, since: "1.0.0", complexity: "O(1)",
    summary: "Adds a word to a bag some times.",
    arguments: [.key(), .string("word"), .integer("count")])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let added = try call.integer(3, in: 1...Int64(Int32.max))
    let count = try context.db.update(BagValue.self, call[1]) { bag, change throws(CommandError) -> Int64 in
      let old = bag.words.value(of: call[2])?.integer
      if old == nil && bag.words.count >= Bags.maxWords.value { throw .literal("ERR the bag is full") }
      let (count, overflow) = (old ?? 0).addingReportingOverflow(added)
      if overflow { throw .literal("ERR count would overflow") }
      let text = DecimalText(count)
      bag.words.set(call[2], text.bytes)
      change.record(KeyspaceEvent(.module, "bagadd"))
      return count
    }
    context.reply.integer(count)
  }
}
