import Containers
import ServerKernel

/// `AUTH [username] password`
enum AUTH: RedisCommand {
  static let spec = CommandSpec(
    "auth", arity: -2, flags: [.noScript, .loading, .stale, .fast, .noAuth, .allowBusy],
    categories: [.connection],
    group: .connection, since: "1.0.0", complexity: "O(N) where N is the number of passwords defined for the user",
    summary: "Authenticate to the server",
    arguments: [
      .string("username", .optional, since: "6.0.0"),
      .string("password")
    ],
    history: [
      ("6.0.0", "Added ACL style (username and password).")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    if call.count > 3 { throw .syntax }
    context.redact(1)
    if call.count == 2 {
      guard Password.isRequired(context.server) else {
        throw .literal(
          """
          ERR AUTH <password> called without any password configured for the default user. Are you sure your \
          configuration is correct?
          """
        )
      }
      try Password.authenticate(context.client, "default", call[1], context.server)
    } else {
      context.redact(2)
      try Password.authenticate(context.client, call[1].string, call[2], context.server)
    }
    context.reply.ok()
  }
}

/// The one user there is, `default`, whose password is `requirepass`.
enum Password {
  static func isRequired(_ server: Server) -> Bool { !(server.settings.requirePass.value ?? []).isEmpty }

  /// Lets the client in, or throws WRONGPASS. Without a password any is right.
  static func authenticate(
    _ client: Client, _ user: String, _ password: borrowing Bytes, _ server: Server
  ) throws(CommandError) {
    let expected = server.settings.requirePass.value ?? []
    guard user == "default", expected.isEmpty || isEqual(password, expected) else {
      throw .literal("WRONGPASS invalid username-password pair or user is disabled.")
    }
    client.authenticate(as: user)
  }

  /// Compares in a time that depends on what the client sent alone, so that it tells nothing of the password.
  private static func isEqual(_ given: borrowing Bytes, _ expected: [UInt8]) -> Bool {
    var difference = given.count ^ expected.count
    for index in 0..<given.count { difference |= Int(given[index] ^ expected[index % expected.count]) }
    return difference == 0
  }
}
