import ServerKernel

/// `BITFIELD key [GET encoding offset | [OVERFLOW WRAP | SAT | FAIL] SET encoding offset value |
/// INCRBY encoding offset increment ...]`
enum BITFIELD: RedisCommand {
  static let spec = CommandSpec(
    "bitfield", arity: -2, flags: [.write, .denyOOM],
    keys: [
      KeySpec(
        [.readWrite, .access, .update, .variable], .index(1), .range(last: 0, step: 1, limit: 0),
        notes: "This command allows both access and modification of the key"),
    ],
    categories: [.bitmap],
    group: .bitmap, since: "3.2.0", complexity: "O(1) for each subcommand specified",
    summary: "Perform arbitrary bitfield integer operations on strings",
    arguments: [
      .key(),
      .oneOf("operation", [.optional, .multiple], [
        .block("encoding_offset", token: "GET", [.string("encoding"), .integer("offset")]),
        .block("write", [
          .oneOf("wrap_sat_fail", .optional, token: "OVERFLOW", [
            .token("wrap", "WRAP"), .token("sat", "SAT"), .token("fail", "FAIL"),
          ]),
          .oneOf("write_operation", [
            .block("encoding_offset_value", token: "SET", [
              .string("encoding"), .integer("offset"), .integer("value"),
            ]),
            .block("encoding_offset_increment", token: "INCRBY", [
              .string("encoding"), .integer("offset"), .integer("increment"),
            ]),
          ]),
        ]),
      ]),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let subcommands = try BitFieldSubcommands(call, context)
    guard let lastBit = subcommands.lastWritten else { return try subcommands.reply(to: call, context) }
    let reply = context.reply
    try context.db.editString(call[1]) { buffer, change throws(CommandError) in
      let isExtended = buffer.extend(toCount: (lastBit >> 3) + 1)
      var changes = 0
      reply.array(subcommands.count)
      var each = subcommands.start
      while let subcommand = try each.next(call) {
        let outcome = subcommand.execute(on: &buffer, reply)
        if outcome == .changed || isExtended && outcome == .unchanged { changes += 1 }
      }
      // A string that is longer now was changed, even if no field could be.
      change.record(.string("setbit"), by: isExtended ? max(1, changes) : changes)
    }
  }

  /// Only GET leaves the key as it is.
  static func findKeys(_ call: borrowing Call) -> [KeyReference]? {
    var index = 2
    while index + 1 < call.count {
      if call.matches(index, "OVERFLOW") {
        index += 2
      } else if index + 2 < call.count, call.matches(index, "GET") {
        index += 3
      } else {
        break
      }
    }
    let isReading = index >= call.count
    return [KeyReference(position: 1, flags: isReading ? [.readOnly, .access] : [.readWrite, .access, .update])]
  }
}
