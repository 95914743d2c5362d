import Containers
import HashValues
import ServerKernel

/// `HINCRBY key field increment`
enum HINCRBY: RedisCommand {
  static let spec = CommandSpec(
    "hincrby", arity: 4, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .access, .update])],
    categories: [.hash],
    group: .hash, since: "2.0.0", complexity: "O(1)",
    summary: "Increment the integer value of a hash field by the given number",
    arguments: [
      .key(),
      .string("field"),
      .integer("increment"),
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let step = try call.integer(3)
    let sum = try context.db.update(HashValue.self, call[1]) { hash, change throws(CommandError) in
      var old: Int64 = 0
      if let value = hash.value(of: call[2]) {
        guard let integer = value.integer else { throw .literal("ERR hash value is not an integer") }
        old = integer
      }
      let (sum, overflow) = old.addingReportingOverflow(step)
      if overflow { throw .literal("ERR increment or decrement would overflow") }
      let text = DecimalText(sum)
      hash.set(call[2], text.bytes)
      change.record(.hash("hincrby"))
      return sum
    }
    context.reply.integer(sum)
  }
}
