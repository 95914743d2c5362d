import Containers
import ServerKernel
import StreamValues

/// `XINFO subcommand`: what a stream is like.
enum XINFO: RedisCommand {
  static let spec = CommandSpec(
    "xinfo", arity: -2,
    group: .stream, since: "5.0.0", complexity: "Depends on subcommand.",
    summary: "A container for stream introspection commands",
    subcommands: [CONSUMERS.self, GROUPS.self, HELP.self, STREAM.self])
}

extension XINFO {
  /// `XINFO HELP`
  enum HELP: RedisCommand {
    static let spec = CommandSpec(
      "help", arity: 2, flags: [.loading, .stale],
      categories: [.stream],
      group: .stream, since: "5.0.0", complexity: "O(1)",
      summary: "Show helpful text about the different subcommands")
    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.help(
        "XINFO",
        """
        CONSUMERS <key> <groupname>
            Show consumers of <groupname>.
        GROUPS <key>
            Show the stream consumer groups.
        STREAM <key> [FULL [COUNT <count>]
            Show information about the stream.
        """)
    }
  }
}

extension XINFO {
  /// `XINFO GROUPS key`
  enum GROUPS: RedisCommand {
    static let spec = CommandSpec(
      "groups", arity: 3, flags: .readOnly,
      keys: [.one([.readOnly, .access], at: 2)],
      categories: [.stream],
      group: .stream, since: "5.0.0", complexity: "O(1)",
      summary: "List the consumer groups of a stream",
      arguments: [
        .key(),
      ],
      history: [
        ("7.0.0", "Added the `entries-read` and `lag` fields"),
      ])
    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let reply = context.reply
      guard let value = try context.db.value(StreamValue.self, call[2]) else { throw .noSuchKey }
      reply.array(value.value.stream.groupCount)
      for number in 0..<value.value.stream.groupCount {
        let lag = value.value.stream.lag(ofGroup: number)
        value.value.stream.withGroup(number) { group in
          let name = group.name
          reply.map(6)
          reply.bulk("name")
          reply.bulk(name.bytes)
          reply.bulk("consumers")
          reply.integer(group.consumerCount)
          reply.bulk("pending")
          reply.integer(group.pendingCount)
          reply.bulk("last-delivered-id")
          reply.id(group.lastID)
          reply.bulk("entries-read")
          reply.integerOrNull(group.entriesRead)
          reply.bulk("lag")
          reply.integerOrNull(lag)
        }
      }
    }
  }
}

extension XINFO {
  /// `XINFO CONSUMERS key group`
  enum CONSUMERS: RedisCommand {
    static let spec = CommandSpec(
      "consumers", arity: 4, flags: .readOnly,
      keys: [.one([.readOnly, .access], at: 2)],
      categories: [.stream],
      group: .stream, since: "5.0.0", complexity: "O(1)",
      summary: "List the consumers in a consumer group",
      arguments: [
        .key(),
        .string("groupname"),
      ],
      hints: ["nondeterministic_output"])
    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let (reply, now) = (context.reply, context.db.now)
      guard let value = try context.db.value(StreamValue.self, call[2]) else { throw .noSuchKey }
      guard let group = value.value.stream.group(call[3]) else {
        throw .text("NOGROUP No such consumer group '\(call[3])' for key name '\(call[2])'")
      }
      value.value.stream.withGroup(group) { group in
        reply.array(group.consumerCount)
        for consumer in group.allConsumers {
          let name = group.name(of: consumer)
          reply.map(3)
          reply.bulk("name")
          reply.bulk(name.bytes)
          reply.bulk("pending")
          reply.integer(group.pendingCount(of: consumer))
          reply.bulk("idle")
          reply.integer(max(0, now.subtractingSaturated(group.seenTime(of: consumer))))
        }
      }
    }
  }
}

extension Reply {
  /// An integer, or a null for what cannot be told.
  func integerOrNull(_ value: Int64?) {
    if let value { integer(value) } else { null() }
  }
}
