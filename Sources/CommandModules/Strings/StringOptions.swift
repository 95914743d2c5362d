import ServerKernel

/// The options that SET and GETEX share.
struct StringOptions {
  enum Condition { case always, exists, isMissing }

  enum Unit {
    case seconds, milliseconds, unixSeconds, unixMilliseconds

    var isSeconds: Bool { self == .seconds || self == .unixSeconds }
    var isRelative: Bool { self == .seconds || self == .milliseconds }
  }

  private(set) var condition = Condition.always
  private(set) var getsOld = false
  private(set) var keepsTime = false
  private(set) var persists = false
  private var unit: Unit?
  /// The argument that is the time.
  private var time = 0

  /// Reads the options from an argument on: those of GETEX or those of SET.
  init(_ call: borrowing Call, from start: Int, isGet: Bool) throws(CommandError) {
    var index = start
    while index < call.count {
      if !isGet && condition != .exists && call.matches(index, "NX") {
        condition = .isMissing
      } else if !isGet && condition != .isMissing && call.matches(index, "XX") {
        condition = .exists
      } else if !isGet && call.matches(index, "GET") {
        getsOld = true
      } else if !isGet && unit == nil && call.matches(index, "KEEPTTL") {
        keepsTime = true
      } else if isGet && unit == nil && call.matches(index, "PERSIST") {
        persists = true
      } else if let unit = Self.unit(call, index), (self.unit ?? unit) == unit, !keepsTime, !persists,
        index + 1 < call.count
      {
        self.unit = unit
        index += 1
        time = index
      } else {
        throw .syntax
      }
      index += 1
    }
  }

  private static func unit(_ call: borrowing Call, _ index: Int) -> Unit? {
    if call.matches(index, "EX") { return .seconds }
    if call.matches(index, "PX") { return .milliseconds }
    if call.matches(index, "EXAT") { return .unixSeconds }
    if call.matches(index, "PXAT") { return .unixMilliseconds }
    return nil
  }

  /// When the time to live ends, Unix milliseconds; nil when the options do not say.
  func deadline(_ call: borrowing Call, _ now: Int64, _ command: String) throws(CommandError) -> Int64? {
    guard let unit else { return nil }
    return try Self.deadline(call, time, unit, now, command)
  }

  /// The argument at `index` as the end of a time to live, Unix milliseconds: positive, and within 64 bits.
  static func deadline(
    _ call: borrowing Call, _ index: Int, _ unit: Unit, _ now: Int64, _ command: String
  ) throws(CommandError) -> Int64 {
    var time = try call.integer(index)
    if time <= 0 || (unit.isSeconds && time > .max / 1000) { throw .invalidExpireTime(command) }
    if unit.isSeconds { time *= 1000 }
    if unit.isRelative { time &+= now }
    if time <= 0 { throw .invalidExpireTime(command) }
    return time
  }
}
