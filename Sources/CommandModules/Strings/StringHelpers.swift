import Containers
import ServerKernel

extension Context {
  /// Answers with a key's string, or with null when there is no such key; whether there is one.
  @inline(__always)
  func replyString(_ key: borrowing Bytes) throws(CommandError) -> Bool {
    guard let value = try db.string(key) else {
      reply.null()
      return false
    }
    reply.bulk(value)
    return true
  }

  /// Sets a string whose time to live ends at `deadline`, Unix milliseconds.
  mutating func setString(_ key: borrowing Bytes, _ value: borrowing Bytes, until deadline: Int64) {
    db.setString(key, value, expiration: .at(deadline))
    db.notify(.generic("expire"), key)
    let text = DecimalText(deadline)
    journal.replace("SET", key, value, Bytes("PXAT"), text.bytes)
  }
}

/// Refuses a string of `count` and `more` bytes together when there can be none, or when that is above
/// `proto-max-bulk-len`; but what was journaled was allowed once.
func checkStringLength(_ count: Int, _ more: Int, _ context: borrowing Context) throws(CommandError) {
  let (total, overflow) = count.addingReportingOverflow(more)
  let limit = context.origin.mustBeObeyed ? .max : context.server.settings.maxBulkLength.value
  if overflow || total > limit {
    throw .literal("ERR string exceeds maximum allowed size (proto-max-bulk-len)")
  }
}
