import Containers
import ServerKernel

/// `INCRBYFLOAT key increment`
///
/// Adds in extended precision, as Redis does on this platform.
enum INCRBYFLOAT: RedisCommand {
  static let spec = CommandSpec(
    "incrbyfloat", arity: 3, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .access, .update])],
    categories: [.string],
    group: .string, since: "2.6.0", complexity: "O(1)",
    summary: "Increment the float value of a key by the given amount",
    arguments: [
      .key(),
      .double("increment")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    var value: Extended = 0
    if let old = try context.db.stringForUpdate(call[1]) { value = try number(old) }
    guard let step = call[2].extended else { throw .notFloat }
    value += step
    if !value.isFinite { throw .literal("ERR increment would produce NaN or Infinity") }
    let text = HumanText(value)
    context.db.setText(call[1], text.bytes, event: .string("incrbyfloat"))
    // The sum and not the step: a replay must not round again.
    context.journal.replace("SET", call[1], text.bytes, Bytes("KEEPTTL"))
    context.reply.bulk(text.bytes)
  }

  private static func number(_ string: borrowing StringView) throws(CommandError) -> Extended {
    if let integer = string.storedInteger { return Extended(integer) }
    return try string.withText { text throws(CommandError) in
      guard let value = text.extended else { throw .notFloat }
      return value
    }
  }
}
