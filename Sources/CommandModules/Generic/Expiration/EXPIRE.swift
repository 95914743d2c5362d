import ServerKernel

/// `EXPIRE key seconds [NX | XX | GT | LT]`
enum EXPIRE: RedisCommand {
  static let spec = CommandSpec(
    "expire", arity: -3, flags: [.write, .fast],
    keys: [.one([.readWrite, .update])],
    categories: [.keyspace],
    group: .generic, since: "1.0.0", complexity: "O(1)",
    summary: "Set a key's time to live in seconds",
    arguments: [
      .key(),
      .integer("seconds"),
      .oneOf("condition", .optional, since: "7.0.0", [
        .token("nx", "NX"), .token("xx", "XX"), .token("gt", "GT"), .token("lt", "LT")
      ])
    ],
    history: [
      ("7.0.0", "Added options: `NX`, `XX`, `GT` and `LT`.")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try ExpireFamily.execute(call, &context, "expire", .seconds, from: context.db.now)
  }
}
