import Containers

extension Context {
  /// The reply of a HELP subcommand: a header that names `command`, the lines, and what all of them end with.
  public func help(_ command: StaticString, _ lines: String) {
    let lines = lines.split(separator: "\n", omittingEmptySubsequences: false)
    reply.array(lines.count + 3)
    reply.simple("\(command) <subcommand> [<arg> [value] [opt] ...]. Subcommands are:")
    for line in lines { reply.simple(String(line)) }
    reply.simple("HELP")
    reply.simple("    Prints this help.")
  }
}

extension CommandError {
  /// A subcommand that no one knows, or with arguments that it does not take.
  public static func unknownSubcommand(_ call: borrowing Call, of command: StaticString) -> CommandError {
    .text(
      "ERR unknown subcommand or wrong number of arguments for '\(call[1], limit: 128)'. Try \(command) HELP.")
  }
}
