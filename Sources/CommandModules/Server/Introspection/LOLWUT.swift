import ServerKernel

/// `LOLWUT [VERSION version [columns [rows]]]`
enum LOLWUT: RedisCommand {
  static let spec = CommandSpec(
    "lolwut", arity: -1, flags: [.readOnly, .fast],
    group: .server, since: "5.0.0", complexity: "",
    summary: "Display some computer art and the Redis version",
    arguments: [
      .integer("version", .optional, token: "VERSION")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let version = call.count >= 3 && call.matches(1, "version") ? try call.integer(2) : 7
    var text = ""
    switch version {
    case 5: text = ComputerArt.automaton(columns: try size(call, 3, 66), rows: try size(call, 4, 16)) + "\n"
    case 6: text = ComputerArt.skyline(columns: try size(call, 3, 80), rows: try size(call, 4, 20)) + "\n"
    default: break
    }
    context.reply.verbatim(text + "Redis ver. \(RedisCompatibility.version)\n")
  }

  /// Columns or rows of a terminal, at least one and not more than anybody has.
  private static func size(_ call: borrowing Call, _ index: Int, _ usual: Int) throws(CommandError) -> Int {
    call.count > index ? min(max(Int(try call.integer(index)), 1), 1000) : usual
  }
}
