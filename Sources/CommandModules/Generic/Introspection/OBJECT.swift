import ServerKernel

/// `OBJECT`: what is behind a key.
enum OBJECT: RedisCommand {
  static let spec = CommandSpec(
    "object", arity: -2,
    group: .generic, since: "2.2.3", complexity: "Depends on subcommand.",
    summary: "A container for object introspection commands",
    subcommands: [FREQ.self, IDLETIME.self, REFCOUNT.self, HELP.self, ENCODING.self])
}

extension OBJECT {
  /// Whether the key of a subcommand is there; its access clock stays as it is, which may be what is asked for.
  static func finds(_ key: borrowing Bytes, _ context: borrowing Context) -> Bool {
    context.db.contains(key, touching: false, announcing: false)
  }
}
