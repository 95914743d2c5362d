import Containers

/// A subcommand of DEBUG that belongs to a module: a switch for tests of it.
struct DebugSubcommand {
  let name: StaticString
  /// Arguments behind its name.
  let arguments: Int
  let body: (borrowing Call, inout Context) throws(CommandError) -> Void
}

extension Registry {
  /// Adds a subcommand of DEBUG, named in lower case, that takes so many arguments; it is answered OK unless it throws.
  /// Two of one name stop the start.
  public func addDebugSubcommand(
    _ name: StaticString, arguments: Int, _ body: @escaping (borrowing Call, inout Context) throws(CommandError) -> Void
  ) {
    let isTaken = server.hooks.debugSubcommands.contains { Bytes($0.name) == Bytes(name) }
    if isTaken { stopStart("two modules bring DEBUG \(name)") }
    server.hooks.debugSubcommands.append(DebugSubcommand(name: name, arguments: arguments, body: body))
  }
}

extension Context {
  /// Carries out a subcommand of DEBUG that a module brought, and answers it; false when there is none.
  public mutating func executeDebugSubcommand(_ call: borrowing Call) throws(CommandError) -> Bool {
    for subcommand in server.hooks.debugSubcommands
    where call.count == 2 + subcommand.arguments && call.matches(1, subcommand.name) {
      try subcommand.body(call, &self)
      reply.ok()
      return true
    }
    return false
  }
}

extension Call {
  /// Whether a switch of DEBUG is on: a number as C's atoi reads it, of which only zero is off.
  public func isOn(_ index: Int) -> Bool {
    let digits = self[index].array.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }.prefix { 48...57 ~= $0 }
    return digits.contains { $0 != 48 }
  }
}
