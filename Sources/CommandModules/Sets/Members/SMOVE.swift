import ServerKernel
import SetValues

/// `SMOVE source destination member`
enum SMOVE: RedisCommand {
  static let spec = CommandSpec(
    "smove", arity: 4, flags: [.write, .fast],
    keys: [.one([.readWrite, .access, .delete]), .one([.readWrite, .insert], at: 2)],
    categories: [.set],
    group: .set, since: "1.0.0", complexity: "O(1)",
    summary: "Move a member from one set to another",
    arguments: [
      .key("source"),
      .key("destination", 1),
      .string("member"),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let member = call[3]
    guard let isThere = try context.db.valueForUpdate(SetValue.self, call[1])?.value.contains(member) else {
      return context.reply.integer(0)
    }
    // Both types are looked at before anything is changed.
    _ = try context.db.valueForUpdate(SetValue.self, call[2])
    context.reply.integer(isThere ? 1 : 0)
    if !isThere || call[1] == call[2] { return }
    _ = try context.db.updateExisting(SetValue.self, call[1]) { set, change throws(CommandError) in
      set.remove(member)
      change.record(.set("srem"))
    }
    try context.db.update(SetValue.self, call[2]) { set, change throws(CommandError) in
      if set.insert(member) { change.record(.set("sadd")) }
    }
  }
}
