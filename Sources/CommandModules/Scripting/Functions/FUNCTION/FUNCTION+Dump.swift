import Containers
import ServerKernel

// Subcommands for libraries on their way to other servers.
extension FUNCTION {
  /// `FUNCTION DUMP`
  enum DUMP: RedisCommand {
    static let spec = CommandSpec(
      "dump", arity: 2, flags: [.noScript], categories: [.scripting],
      group: .scripting, since: "7.0.0", complexity: "O(N) where N is the number of functions",
      summary: "Dump all functions into a serialized binary payload")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let libraries = try Scripts.of(context.server).functions.table.libraries.values
      var payload = LibraryPayload()
      for library in libraries {
        let source = library.source
        payload.append(source.bytes)
      }
      payload.finish()
      context.reply.bulk(payload.output.bytes)
    }
  }

  /// `FUNCTION RESTORE serialized-value [FLUSH|APPEND|REPLACE]`
  enum RESTORE: RedisCommand {
    static let spec = CommandSpec(
      "restore", arity: -3, flags: [.write, .denyOOM, .noScript], categories: [.scripting],
      group: .scripting, since: "7.0.0", complexity: "O(N) where N is the number of functions on the payload",
      summary: "Restore all the functions on the given payload",
      arguments: [
        .string("serialized-value"),
        .oneOf(
          "policy", .optional,
          [.token("flush", "FLUSH"), .token("append", "APPEND"), .token("replace", "REPLACE")]),
      ],
      hints: ["request_policy:all_shards", "response_policy:all_succeeded"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      if call.count > 4 { throw .unknownSubcommand(call, of: "FUNCTION") }
      var policy = RestorePolicy.append
      if call.count == 4 {
        if call.matches(3, "flush") {
          policy = .flush
        } else if call.matches(3, "replace") {
          policy = .replace
        } else if !call.matches(3, "append") {
          throw .literal("ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.")
        }
      }
      let sources = try LibraryPayload.sources(call[2])
      try Scripts.of(context.server).restore(sources, policy, &context)
      context.countChange()
      context.reply.ok()
    }
  }
}
