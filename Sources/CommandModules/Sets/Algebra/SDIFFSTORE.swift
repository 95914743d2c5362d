import ServerKernel
import SetValues

/// `SDIFFSTORE destination key [key ...]`
enum SDIFFSTORE: RedisCommand {
  static let spec = CommandSpec(
    "sdiffstore", arity: -3, flags: [.write, .denyOOM],
    keys: [.one([.overwrite, .update]), .all([.readOnly, .access], from: 2)],
    categories: [.set],
    group: .set, since: "1.0.0", complexity: "O(N) where N is the total number of elements in all given sets.",
    summary: "Subtract multiple sets and store the resulting set in a key",
    arguments: [
      .key("destination"),
      .key("key", 1, .multiple),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    var result = SetValue()
    forEachDifference(try context.db.values(SetValue.self, call, 2..<call.count)) { result.insert($0) }
    storeResult(result, call, &context, event: "sdiffstore")
  }
}
