import ServerKernel
import SetValues

/// `SADD key member [member ...]`
enum SADD: RedisCommand {
  static let spec = CommandSpec(
    "sadd", arity: -3, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .insert])],
    categories: [.set],
    group: .set, since: "1.0.0",
    complexity:
      "O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.",
    summary: "Add one or more members to a set",
    arguments: [
      .key(),
      .string("member", .multiple),
    ],
    history: [
      ("2.4.0", "Accepts multiple `member` arguments.")
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let added = try context.db.update(SetValue.self, call[1]) { set, change throws(CommandError) in
      var added = 0
      for index in 2..<call.count where set.insert(call[index]) { added += 1 }
      change.record(.set("sadd"), by: added)
      return added
    }
    context.reply.integer(added)
  }
}
