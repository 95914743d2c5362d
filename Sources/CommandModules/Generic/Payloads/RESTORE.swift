import Containers
import RDB
import ServerKernel

/// `RESTORE key ttl serialized-value [REPLACE] [ABSTTL] [IDLETIME seconds] [FREQ frequency]`
enum RESTORE: RedisCommand {
  static let spec = CommandSpec(
    "restore", arity: -4, flags: [.write, .denyOOM], keys: [.one([.overwrite, .update])],
    categories: [.keyspace, .dangerous],
    group: .generic, since: "2.6.0",
    complexity: "O(1) to create the new key and additional O(N*M) to reconstruct the serialized value, where N is the "
      + "number of Redis objects composing the value and M their average size. For small string values the time "
      + "complexity is thus O(1)+O(1*M) where M is small, so simply O(1). However for sorted set values the complexity "
      + "is O(N*M*log(N)) because inserting values into sorted sets is O(log(N)).",
    summary: "Create a key using the provided serialized value, previously obtained using DUMP.",
    arguments: [
      .key(), .integer("ttl"), .string("serialized-value"),
      .token("replace", "REPLACE", .optional, since: "3.0.0"),
      .token("absttl", "ABSTTL", .optional, since: "5.0.0"),
      .integer("seconds", .optional, token: "IDLETIME", since: "5.0.0"),
      .integer("frequency", .optional, token: "FREQ", since: "5.0.0"),
    ],
    history: [
      ("3.0.0", "Added the `REPLACE` modifier."), ("5.0.0", "Added the `ABSTTL` modifier."),
      ("5.0.0", "Added the `IDLETIME` and `FREQ` options."),
    ])

  private struct Options {
    var replaces = false
    var isAbsolute = false
    var idle: Int64?
    var frequency: Int64?

    init(_ call: borrowing Call) throws(CommandError) {
      var index = 4
      while index < call.count {
        let hasMore = index + 1 < call.count
        if call.matches(index, "replace") {
          replaces = true
        } else if call.matches(index, "absttl") {
          isAbsolute = true
        } else if call.matches(index, "idletime") && hasMore && frequency == nil {
          index += 1
          let seconds = try call.integer(index)
          if seconds < 0 { throw .literal("ERR Invalid IDLETIME value, must be >= 0") }
          idle = seconds
        } else if call.matches(index, "freq") && hasMore && idle == nil {
          index += 1
          let counter = try call.integer(index)
          if !(0...255).contains(counter) { throw .literal("ERR Invalid FREQ value, must be >= 0 and <= 255") }
          frequency = counter
        } else {
          throw .syntax
        }
        index += 1
      }
    }
  }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let options = try Options(call)
    let isThere = context.db.containsForUpdate(call[1])
    if isThere && !options.replaces { throw .literal("BUSYKEY Target key name already exists.") }
    var time = try call.integer(2)
    if time < 0 { throw .literal("ERR Invalid TTL value, must be >= 0") }
    guard RDBPayload.isIntact(call[3]) else {
      throw .literal("ERR DUMP payload version or checksum are wrong")
    }
    let expires = time > 0
    if expires && !options.isAbsolute { time = time.addingSaturated(context.db.now) }
    // In a file, what removes the key follows.
    let isPast = expires && time <= context.db.now && !context.origin.mustBeObeyed
    do throws(ElementError) {
      if isPast {
        try RDBPayload.check(call[3], context.server)
      } else {
        try RDBPayload.load(call[3], call[1], into: &context.db, context.server, expiration: expires ? time : nil)
      }
    } catch {
      Log.warning("The payload that was to be restored is damaged: \(error.reason)")
      throw .literal("ERR Bad data format")
    }
    if isPast {
      if isThere {
        context.db.remove(call[1])
        context.journal.replace("DEL", call[1])
      }
      return context.reply.ok()
    }
    if let idle = options.idle { context.db.setIdleSeconds(call[1], Int(clamping: idle)) }
    if let frequency = options.frequency { context.db.setAccessFrequency(call[1], UInt8(clamping: frequency)) }
    context.db.announceLoaded(call[1], event: .generic("restore"))
    if expires && !options.isAbsolute { journal(call, deadline: time, context) }
    context.reply.ok()
  }

  /// A time to live goes into the file as the time at which it ends.
  private static func journal(_ call: borrowing Call, deadline: Int64, _ context: borrowing Context) {
    context.journal.begin("RESTORE", arguments: call.count)
    context.journal.argument(call[1])
    context.journal.argument(deadline)
    for index in 3..<call.count { context.journal.argument(call[index]) }
    context.journal.argument(Bytes("ABSTTL"))
  }
}
