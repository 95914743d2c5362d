import ServerKernel

/// `EXPIREAT key unix-time-seconds [NX | XX | GT | LT]`
enum EXPIREAT: RedisCommand {
  static let spec = CommandSpec(
    "expireat", arity: -3, flags: [.write, .fast],
    keys: [.one([.readWrite, .update])],
    categories: [.keyspace],
    group: .generic, since: "1.2.0", complexity: "O(1)",
    summary: "Set the expiration for a key as a UNIX timestamp",
    arguments: [
      .key(),
      .unixTime("unix-time-seconds"),
      .oneOf("condition", .optional, since: "7.0.0", [
        .token("nx", "NX"), .token("xx", "XX"), .token("gt", "GT"), .token("lt", "LT")
      ])
    ],
    history: [
      ("7.0.0", "Added options: `NX`, `XX`, `GT` and `LT`.")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try ExpireFamily.execute(call, &context, "expireat", .seconds, from: 0)
  }
}
