import ServerKernel
import SetValues

/// `SINTERSTORE destination key [key ...]`
enum SINTERSTORE: RedisCommand {
  static let spec = CommandSpec(
    "sinterstore", arity: -3, flags: [.write, .denyOOM],
    keys: [.one([.readWrite, .update]), .all([.readOnly, .access], from: 2)],
    categories: [.set],
    group: .set, since: "1.0.0",
    complexity:
      "O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.",
    summary: "Intersect multiple sets and store the resulting set in a key",
    arguments: [
      .key("destination"),
      .key("key", 1, .multiple),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    var result = SetValue()
    forEachCommonMember(try context.db.values(SetValue.self, call, 2..<call.count)) { member in
      result.insert(member)
      return true
    }
    storeResult(result, call, &context, event: "sinterstore")
  }
}
