import Containers
import HashValues
import ServerKernel

/// `HINCRBYFLOAT key field increment`
///
/// Adds in extended precision, as Redis does on this platform.
enum HINCRBYFLOAT: RedisCommand {
  static let spec = CommandSpec(
    "hincrbyfloat", arity: 4, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .access, .update])],
    categories: [.hash],
    group: .hash, since: "2.6.0", complexity: "O(1)",
    summary: "Increment the float value of a hash field by the given amount",
    arguments: [
      .key(),
      .string("field"),
      .double("increment"),
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let step = call[3].extended else { throw .notFloat }
    if !step.isFinite { throw .literal("ERR value is NaN or Infinity") }
    let sum = try context.db.update(HashValue.self, call[1]) { hash, change throws(CommandError) in
      let old = if let value = hash.value(of: call[2]) { try number(value) } else { Extended(0) }
      let sum = old + step
      if !sum.isFinite { throw .literal("ERR increment would produce NaN or Infinity") }
      let text = HumanText(sum)
      hash.set(call[2], text.bytes)
      change.record(.hash("hincrbyfloat"))
      return sum
    }
    let text = HumanText(sum)
    // The sum and not the step: a replay must not round again.
    context.journal.replace("HSET", call[1], call[2], text.bytes)
    context.reply.bulk(text.bytes)
  }

  private static func number(_ value: borrowing PackedElement) throws(CommandError) -> Extended {
    switch value {
    case .integer(let integer): return Extended(integer)
    case .bytes(let text):
      guard let number = text.extended else { throw .literal("ERR hash value is not a float") }
      return number
    }
  }
}
