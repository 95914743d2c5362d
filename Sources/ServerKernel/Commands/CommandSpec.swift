/// All metadata of one command: what COMMAND INFO and COMMAND DOCS tell, and what the kernel decides by.
///
/// Facts of built-in commands (wording, complexity, history) are those of Redis 7.0.
public struct CommandSpec: Sendable {
  /// Lower case; of a subcommand the last word only.
  public var name: String
  /// Arguments with the command's name; -n means at least n.
  public var arity: Int
  /// What the server has to know to admit, count and propagate it.
  public var flags: CommandFlags
  /// Where keys stand among the arguments.
  public var keys: [KeySpec]
  /// ACL categories beyond those that flags and group imply.
  public var categories: [ACLCategory]
  /// The group of commands it belongs to.
  public var group: CommandGroup
  /// The version of Redis that brought the command.
  public var since: String
  /// Time complexity, as the documentation tells it.
  public var complexity: String
  /// What it does, in one sentence.
  public var summary: String
  /// Its arguments, for COMMAND DOCS.
  public var arguments: [ArgumentSpec]
  /// Changes of behaviour: version and what changed.
  public var history: [(version: String, change: String)]
  /// Hints for client libraries (`nondeterministic_output`, `request_policy:all_shards`, ...).
  public var hints: [String]
  /// Since when, and in favour of what, it is deprecated.
  public var deprecated: Deprecation?
  /// For internal commands that users have no business with.
  public var isSystem: Bool
  /// Its subcommands; empty for most.
  public var subcommands: [any RedisCommand.Type]

  /// A specification; what is left out has none.
  public init(
    _ name: String, arity: Int, flags: CommandFlags = [], keys: [KeySpec] = [], categories: [ACLCategory] = [],
    group: CommandGroup, since: String, complexity: String, summary: String, arguments: [ArgumentSpec] = [],
    history: [(version: String, change: String)] = [], hints: [String] = [], deprecated: Deprecation? = nil,
    isSystem: Bool = false, subcommands: [any RedisCommand.Type] = []
  ) {
    self.name = name
    self.arity = arity
    self.flags = flags
    self.keys = keys
    self.categories = categories
    self.group = group
    self.since = since
    self.complexity = complexity
    self.summary = summary
    self.arguments = arguments
    self.history = history
    self.hints = hints
    self.deprecated = deprecated
    self.isSystem = isSystem
    self.subcommands = subcommands
  }

  /// Since when a command is deprecated and what to use instead.
  public struct Deprecation: Sendable {
    /// The version of Redis that deprecated it.
    public var since: String
    /// What to use instead.
    public var replacement: String

    /// A deprecation.
    public init(since: String, replacement: String) {
      self.since = since
      self.replacement = replacement
    }
  }
}

/// Redis' command groups, spelled as COMMAND DOCS spells them.
public enum CommandGroup: String, Sendable, CaseIterable {
  case generic, string, list, set, sortedSet = "sorted-set", hash, pubSub = "pubsub", transactions, connection
  case server, scripting, hyperLogLog = "hyperloglog", cluster, sentinel, geo, stream, bitmap, module
}

/// The categories of ACL rules (`+@read`), in the order in which Redis lists them.
public enum ACLCategory: String, Sendable, CaseIterable {
  case keyspace, read, write, set, sortedSet = "sortedset", list, hash, string, bitmap
  case hyperLogLog = "hyperloglog", geo, stream, pubSub = "pubsub", admin, fast, slow, blocking, dangerous
  case connection, transaction, scripting
}

extension CommandSpec {
  /// All categories of the command: its own, and those that flags imply, in Redis' order.
  public var allCategories: [ACLCategory] {
    var implied = categories
    if flags.contains(.write) { implied.append(.write) }
    if flags.contains(.readOnly) && !categories.contains(.scripting) { implied.append(.read) }
    if flags.contains(.admin) { implied += [.admin, .dangerous] }
    if flags.contains(.pubSub) { implied.append(.pubSub) }
    implied.append(flags.contains(.fast) ? .fast : .slow)
    if flags.contains(.blocking) { implied.append(.blocking) }
    return ACLCategory.allCases.filter(implied.contains)
  }
}
