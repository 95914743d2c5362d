import Containers
import ServerKernel

/// The arguments of MIGRATE, by their positions.
struct MigrationOptions {
  let port: Int64
  let database: Int64
  let timeout: Int64
  var copies = false
  var replaces = false
  /// What AUTH is sent: nothing, a password, or a name and a password.
  var credentials = 0..<0
  var keys = 3..<4

  init(_ call: borrowing Call, _ context: borrowing Context) throws(CommandError) {
    var index = 6
    while index < call.count {
      let left = call.count - index - 1
      if call.matches(index, "copy") {
        copies = true
      } else if call.matches(index, "replace") {
        replaces = true
      } else if call.matches(index, "auth") && left >= 1 {
        credentials = index + 1..<index + 2
      } else if call.matches(index, "auth2") && left >= 2 {
        credentials = index + 1..<index + 3
      } else if call.matches(index, "keys") {
        if !call[3].isEmpty {
          throw .literal(
            "ERR When using MIGRATE KEYS option, the key argument must be set to the empty string")
        }
        keys = index + 1..<call.count
        break
      } else {
        throw .syntax
      }
      for position in credentials where position > index { context.redact(position) }
      index = max(index, credentials.upperBound - 1) + 1
    }
    let timeout = try call.integer(5)
    self.timeout = timeout > 0 ? timeout : 1000
    database = try call.integer(4)
    // As C's atoi(3) does, for want of a check in Redis.
    port = call[2].integer ?? 0
  }
}
