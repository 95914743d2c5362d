import Containers
import RDB
import ServerKernel

/// `MIGRATE host port key|"" destination-db timeout [COPY] [REPLACE] [AUTH password | AUTH2 username password]
/// [KEYS key ...]`: all other clients wait meanwhile, so that nobody sees a key in both places, or in none.
enum MIGRATE: RedisCommand {
  static let spec = CommandSpec(
    "migrate", arity: -6, flags: [.write, .movableKeys],
    keys: [
      .one([.readWrite, .access, .delete], at: 3),
      KeySpec(
        [.readWrite, .access, .delete, .incomplete], .keyword("KEYS", from: -2), .range(last: -1, step: 1, limit: 0)),
    ],
    categories: [.keyspace, .dangerous],
    group: .generic, since: "2.6.0",
    complexity: "This command actually executes a DUMP+DEL in the source instance, and a RESTORE in the target "
      + "instance. See the pages of these commands for time complexity. Also an O(N) data transfer between the two "
      + "instances is performed.",
    summary: "Atomically transfer a key from a Redis instance to another one.",
    arguments: [
      .string("host"), .integer("port"),
      .oneOf("key_or_empty_string", [.key(), .token("empty_string", "")]),
      .integer("destination-db"), .integer("timeout"),
      .token("copy", "COPY", .optional, since: "3.0.0"), .token("replace", "REPLACE", .optional, since: "3.0.0"),
      .oneOf(
        "authentication", .optional,
        [
          .string("password", .optional, token: "AUTH", since: "4.0.7"),
          .block(
            "username_password", .optional, token: "AUTH2", since: "6.0.0",
            [.string("username"), .string("password")]),
        ]),
      ArgumentSpec(.key, "key", token: "KEYS", flags: [.optional, .multiple], keySpec: 1, since: "3.0.6"),
    ],
    history: [
      ("3.0.0", "Added the `COPY` and `REPLACE` options."), ("3.0.6", "Added the `KEYS` option."),
      ("4.0.7", "Added the `AUTH` option."), ("6.0.0", "Added the `AUTH2` option."),
    ],
    hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let options = try MigrationOptions(call, context)
    var migration = Migration(options)
    for position in options.keys where context.db.contains(call[position]) { migration.keys.append(position) }
    if migration.keys.isEmpty { return context.reply.status(Bytes("NOKEY")) }
    if try migration.run(call, &context) { context.reply.ok() }
  }

  /// The key, or those behind the last `KEYS`, which may be a password as well.
  static func findKeys(_ call: borrowing Call) -> [KeyReference]? {
    let flags: KeySpec.Flags = [.readWrite, .access, .delete]
    var index = 6
    while index < call.count {
      if call.matches(index, "keys") && call[3].isEmpty {
        return (index + 1..<call.count).map { KeyReference(position: $0, flags: flags) }
      }
      index += call.matches(index, "auth") ? 2 : call.matches(index, "auth2") ? 3 : 1
    }
    return [KeyReference(position: 3, flags: flags)]
  }
}
