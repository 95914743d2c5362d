import ServerKernel

/// `PEXPIREAT key unix-time-milliseconds [NX | XX | GT | LT]`
enum PEXPIREAT: RedisCommand {
  static let spec = CommandSpec(
    "pexpireat", arity: -3, flags: [.write, .fast],
    keys: [.one([.readWrite, .update])],
    categories: [.keyspace],
    group: .generic, since: "2.6.0", complexity: "O(1)",
    summary: "Set the expiration for a key as a UNIX timestamp specified in milliseconds",
    arguments: [
      .key(),
      .unixTime("unix-time-milliseconds"),
      .oneOf("condition", .optional, since: "7.0.0", [
        .token("nx", "NX"), .token("xx", "XX"), .token("gt", "GT"), .token("lt", "LT")
      ])
    ],
    history: [
      ("7.0.0", "Added options: `NX`, `XX`, `GT` and `LT`.")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try ExpireFamily.execute(call, &context, "pexpireat", .milliseconds, from: 0)
  }
}
