import Containers
import ServerKernel
import StreamValues

/// `XGROUP subcommand`: the consumer groups of a stream.
enum XGROUP: RedisCommand {
  static let spec = CommandSpec(
    "xgroup", arity: -2,
    group: .stream, since: "5.0.0", complexity: "Depends on subcommand.",
    summary: "A container for consumer groups commands",
    subcommands: [
      CREATE.self, CREATECONSUMER.self, DELCONSUMER.self, DESTROY.self, HELP.self, SETID.self,
    ])
}

extension XGROUP {
  /// `XGROUP HELP`
  enum HELP: RedisCommand {
    static let spec = CommandSpec(
      "help", arity: 2, flags: [.loading, .stale],
      categories: [.stream],
      group: .stream, since: "5.0.0", complexity: "O(1)",
      summary: "Show helpful text about the different subcommands")
    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.help(
        "XGROUP",
        """
        CREATE <key> <groupname> <id|$> [option]
            Create a new consumer group. Options are:
            * MKSTREAM
              Create the empty stream if it does not exist.
            * ENTRIESREAD entries_read
              Set the group's entries_read counter (internal use).
        CREATECONSUMER <key> <groupname> <consumer>
            Create a new consumer in the specified group.
        DELCONSUMER <key> <groupname> <consumer>
            Remove the specified consumer.
        DESTROY <key> <groupname>
            Remove the specified group.
        SETID <key> <groupname> <id|$> [ENTRIESREAD entries_read]
            Set the current group ID and entries_read counter.
        """)
    }
  }
}

extension Context {
  /// Throws unless a group is there: the arguments 2 and 3 are its key and its name.
  func checkGroup(_ call: borrowing Call) throws(CommandError) {
    guard let value = try db.valueForUpdate(StreamValue.self, call[2]) else { throw .noStream }
    if value.value.stream.group(call[3]) == nil {
      throw .text("NOGROUP No such consumer group '\(call[3])' for key name '\(call[2])'")
    }
  }
}

extension CommandError {
  /// A subcommand of XGROUP for a key that is not there.
  static var noStream: CommandError {
    .text(
      ErrorText(
        "ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM "
          + "option to create an empty stream automatically."))
  }
}

extension StreamValue {
  /// Changes the group that the argument 3 names, which is there.
  mutating func changeGroup<Result>(_ call: borrowing Call, _ body: (inout ConsumerGroup) -> Result) -> Result {
    guard let group = stream.group(call[3]) else { preconditionFailure("the group was there") }
    return stream.changeGroup(group, body)
  }
}
