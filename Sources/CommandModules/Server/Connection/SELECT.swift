import ServerKernel

/// `SELECT index`
enum SELECT: RedisCommand {
  static let spec = CommandSpec(
    "select", arity: 2, flags: [.loading, .stale, .fast, .framesEffects],
    categories: [.connection],
    group: .connection, since: "1.0.0", complexity: "O(1)",
    summary: "Change the selected database for the current connection",
    arguments: [
      .integer("index")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let number = try call.integer(1)
    guard let index = Int32(exactly: number) else {
      throw .literal("ERR value is out of range, value must between -2147483648 and 2147483647")
    }
    guard context.select(Int(index)) else { throw .literal("ERR DB index is out of range") }
    context.reply.ok()
  }
}
