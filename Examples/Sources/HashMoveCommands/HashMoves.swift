import ServerKernel

/// A command made of other commands.
public enum HashMoves: CommandModule {
  public static var commands: [any RedisCommand.Type] { [HMOVE.self] }
}

/// `HMOVE source destination field`: moves a field from one hash to another, over the one that is there. Replies with
/// 1, or with 0 when the source has no such field.
///
/// Whatever values hashes are made of is none of its business: it calls HGET, HSET and HDEL, and what these did reaches
/// the append-only file as one unit.
enum HMOVE: RedisCommand {
  static let spec = CommandSpec(
    "hmove", arity: 4, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .access, .delete]), .one([.readWrite, .insert], at: 2)],
    group: .module, since: "1.0.0", complexity: "O(1)",
    summary: "Moves a field from one hash to another.",
    arguments: [.key("source"), .key("destination", 1), .string("field")])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    var get = CommandArguments("HGET")
    get.append(call[1])
    get.append(call[3])
    let value = try context.call(get) { reply throws(CommandError) -> [UInt8]? in
      if reply.kind == .error, let text = reply.text { throw .text(ErrorText(text.array)) }
      return reply.text?.array
    }
    guard let value else { return context.reply.integer(0) }

    var set = CommandArguments("HSET")
    set.append(call[2])
    set.append(call[3])
    set.append(value.bytes)
    try context.call(set)

    if call[1] != call[2] {
      var delete = CommandArguments("HDEL")
      delete.append(call[1])
      delete.append(call[3])
      try context.call(delete)
    }
    context.reply.integer(1)
  }
}
