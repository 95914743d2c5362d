/// A command: its metadata and what it does.
///
/// Conforming types are enums without cases, named after the command in capitals; they are never made.
/// The server calls them through a table of metatypes, which costs about two nanoseconds.
public protocol RedisCommand: SendableMetatype {
  /// All metadata. Everything else that knows of commands (COMMAND, ACL, key routing, propagation,
  /// the documentation) is derived from it.
  static var spec: CommandSpec { get }

  /// Carries the command out: arity is checked, keys are not. Writes exactly one reply, or throws the error
  /// that becomes the reply; a command that throws has changed nothing.
  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError)

  /// The keys of a call, for commands whose key specs cannot tell: where positions depend on options, or flags do
  /// (`KeySpec.Flags.variable`, `.incomplete`). Nil has the key specs decide; an empty list means bad arguments.
  static func findKeys(_ call: borrowing Call) -> [KeyReference]?

  /// What a call may do, for commands whose flags depend on its arguments (`CommandFlags.dependOnArguments`).
  static func flags(_ call: borrowing Call, _ server: Server) -> CommandFlags

  /// The argument that names an element of the value at the first key, as the field of HGET does; 0 for none. What
  /// a lookup of it will read is fetched into the cache ahead of the call (`StoredValue.prefetch`).
  static var elementArgument: Int { get }
}

extension RedisCommand {
  /// None are found by code: the key specifications tell all.
  public static func findKeys(_ call: borrowing Call) -> [KeyReference]? { nil }

  /// All calls may do the same.
  public static func flags(_ call: borrowing Call, _ server: Server) -> CommandFlags { spec.flags }

  /// The command is not about one element.
  public static var elementArgument: Int { 0 }

  /// What a command with subcommands answers when none of them is named.
  public static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    throw .wrongArity(spec.name)
  }
}

/// A group of commands and what belongs to it: a folder under `Sources/CommandModules`, or a package of
/// someone else's.
public protocol CommandModule {
  /// The module's commands; subcommands are listed by their parent's spec.
  static var commands: [any RedisCommand.Type] { get }

  /// Registers what else the module brings: value types, settings, INFO sections, timers. Called once at
  /// start, before the configuration is read.
  static func register(in registry: Registry)
}

extension CommandModule {
  /// Nothing but its commands to add.
  public static func register(in registry: Registry) {}
}
