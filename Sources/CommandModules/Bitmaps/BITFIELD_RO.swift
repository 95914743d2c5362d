import ServerKernel

/// `BITFIELD_RO key [GET encoding offset ...]`
enum BITFIELD_RO: RedisCommand {
  static let spec = CommandSpec(
    "bitfield_ro", arity: -2, flags: [.readOnly, .fast],
    keys: [.one([.readOnly, .access])],
    categories: [.bitmap],
    group: .bitmap, since: "6.0.0", complexity: "O(1) for each subcommand specified",
    summary: "Perform arbitrary bitfield integer operations on strings. Read-only variant of BITFIELD",
    arguments: [
      .key(),
      .block("encoding_offset", [.optional, .multiple, .multipleToken], token: "GET", [
        .string("encoding"), .integer("offset"),
      ]),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let subcommands = try BitFieldSubcommands(call, context)
    if subcommands.lastWritten != nil { throw .literal("ERR BITFIELD_RO only supports the GET subcommand") }
    try subcommands.reply(to: call, context)
  }
}
