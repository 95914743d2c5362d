import Containers
import ServerKernel

/// What the commands have in common that set, or tell, a key's time to live.
enum ExpireFamily {
  enum Unit { case seconds, milliseconds }

  /// EXPIRE and its relatives: the time at argument 2 counts from `base`, Unix milliseconds.
  static func execute(
    _ call: borrowing Call, _ context: inout Context, _ command: String, _ unit: Unit, from base: Int64
  ) throws(CommandError) {
    let condition = try ExpireCondition(call)
    var time = try call.integer(2)
    if unit == .seconds {
      let (milliseconds, overflow) = time.multipliedReportingOverflow(by: 1000)
      if overflow { throw .invalidExpireTime(command) }
      time = milliseconds
    }
    let (end, overflow) = time.addingReportingOverflow(base)
    if overflow { throw .invalidExpireTime(command) }
    guard context.db.containsForUpdate(call[1]), condition.allows(end, context.db.expiration(call[1])) else {
      return context.reply.integer(0)
    }
    switch context.db.expire(call[1], at: end) {
    case .missing: return context.reply.integer(0)
    case .removed(let lazily): context.journal.replace(lazily ? "UNLINK" : "DEL", call[1])
    case .set:
      // An absolute time in milliseconds is journaled as it came.
      if unit == .seconds || base != 0 { journal(call, end, context) }
    }
    context.reply.integer(1)
  }

  /// Journals the end of the time to live, with the condition as it was given, as Redis does.
  private static func journal(_ call: borrowing Call, _ end: Int64, _ context: borrowing Context) {
    context.journal.begin("PEXPIREAT", arguments: call.count - 1)
    context.journal.argument(call[1])
    context.journal.argument(end)
    for index in 3..<max(3, call.count) { context.journal.argument(call[index]) }
  }

  /// TTL and its relatives: the rest of the time to live, or its end as Unix time when `isAbsolute`; -1 without one,
  /// -2 without the key.
  static func timeToLive(_ call: borrowing Call, _ context: inout Context, _ unit: Unit, isAbsolute: Bool) {
    guard context.db.contains(call[1], touching: false) else { return context.reply.integer(-2) }
    guard let end = context.db.expiration(call[1]) else { return context.reply.integer(-1) }
    let time = max(0, isAbsolute ? end : end.subtractingSaturated(context.db.now))
    // To the nearest second, without overflow at the end of time.
    context.reply.integer(unit == .seconds ? time / 1000 + (time % 1000 >= 500 ? 1 : 0) : time)
  }
}

/// NX, XX, GT and LT: when EXPIRE and its relatives act.
struct ExpireCondition {
  private var ifNone = false
  private var ifSome = false
  private var ifLater = false
  private var ifEarlier = false

  /// Reads the options from argument 3 on.
  init(_ call: borrowing Call) throws(CommandError) {
    for index in 3..<max(3, call.count) {
      if call.matches(index, "NX") {
        ifNone = true
      } else if call.matches(index, "XX") {
        ifSome = true
      } else if call.matches(index, "GT") {
        ifLater = true
      } else if call.matches(index, "LT") {
        ifEarlier = true
      } else {
        throw .text("ERR Unsupported option \(call[index])")
      }
    }
    if ifNone && (ifSome || ifLater || ifEarlier) {
      throw .literal("ERR NX and XX, GT or LT options at the same time are not compatible")
    }
    if ifLater && ifEarlier { throw .literal("ERR GT and LT options at the same time are not compatible") }
  }

  /// Whether a key whose time to live ends at `current` may be given one that ends at `end`. No time to live counts
  /// as one without end.
  func allows(_ end: Int64, _ current: Int64?) -> Bool {
    guard let current else { return !ifSome && !ifLater }
    return !ifNone && !(ifLater && end <= current) && !(ifEarlier && end >= current)
  }
}
