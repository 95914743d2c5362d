import Containers
import ServerKernel
import StreamValues

/// `XADD key [NOMKSTREAM] [KEEPREF|DELREF|ACKED] [MAXLEN|MINID [=|~] threshold [LIMIT count]] *|id field value ...`
enum XADD: RedisCommand {
  static let spec = CommandSpec(
    "xadd", arity: -5, flags: [.write, .denyOOM, .fast],
    keys: [
      KeySpec(
        [.readWrite, .update], .index(1), .range(last: 0, step: 1, limit: 0),
        notes: "UPDATE instead of INSERT because of the optional trimming feature")
    ],
    categories: [.stream],
    group: .stream, since: "5.0.0",
    complexity:
      "O(1) when adding a new entry, O(N) when trimming where N being the number of entries evicted.",
    summary: "Appends a new entry to a stream",
    arguments: [
      .key(),
      .token("nomkstream", "NOMKSTREAM", .optional, since: "6.2.0"),
      .oneOf(
        "condition", .optional, since: "8.2.0",
        [.token("keepref", "KEEPREF"), .token("delref", "DELREF"), .token("acked", "ACKED")]),
      .block(
        "trim", .optional,
        [
          .oneOf("strategy", [.token("maxlen", "MAXLEN"), .token("minid", "MINID", since: "6.2.0")]),
          .oneOf("operator", .optional, [.token("equal", "="), .token("approximately", "~")]),
          .string("threshold"),
          .integer("count", .optional, token: "LIMIT", since: "6.2.0"),
        ]),
      .oneOf("id_or_auto", [.token("auto_id", "*"), .string("id")]),
      .block("field_value", .multiple, [.string("field"), .string("value")]),
    ],
    history: [
      ("6.2.0", "Added the `NOMKSTREAM` option, `MINID` trimming strategy and the `LIMIT` option."),
      ("7.0.0", "Added support for the `<ms>-*` explicit ID form."),
      ("8.2.0", "Added the `KEEPREF`, `DELREF` and `ACKED` options."),
    ],
    hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let options = try TrimOptions(call, context, isAdding: true)
    let id = options.end
    let first = id + 1
    if call.count - first < 2 || (call.count - first) % 2 == 1 { throw .wrongArity("xadd") }
    let wanted = try WantedID(call, id)
    if wanted == .exactly(.zero) { throw .literal("ERR The ID specified in XADD must be greater than 0-0") }
    if options.createsNoStream {
      let added = try context.addToExisting(call, options, wanted)
      if added == nil { context.reply.null() }
    } else {
      try context.add(call, options, wanted)
    }
  }
}

/// The identifier that a call wants for its entry.
private enum WantedID: Equatable {
  case exactly(StreamID)
  /// Of this time, and of whatever sequence.
  case time(UInt64)
  case any

  init(_ call: borrowing Call, _ index: Int) throws(CommandError) {
    if call[index] == Bytes("*") {
      self = .any
    } else if let time = call.timeAlone(index) {
      self = .time(time)
    } else {
      self = .exactly(try call.id(index))
    }
  }

  /// The identifier behind the last one; nil when there is none.
  func resolved(after last: StreamID, now: UInt64) -> StreamID? {
    switch self {
    case .exactly(let id): return id > last ? id : nil
    case .time(let time):
      if time != last.time { return time > last.time ? StreamID(time, 0) : nil }
      return last.sequence < .max ? StreamID(time, last.sequence + 1) : nil
    case .any: return now > last.time ? StreamID(now, 0) : last.successor
    }
  }
}

extension Context {
  fileprivate mutating func add(
    _ call: borrowing Call, _ options: TrimOptions, _ wanted: WantedID
  ) throws(CommandError) {
    let (reply, journal, now) = (self.reply, self.journal, UInt64(clamping: db.now))
    let trimmed = try db.update(StreamValue.self, call[1]) { value, change throws(CommandError) in
      let trimmed = try value.stream.add(call, options, wanted, now, reply, journal)
      change.record(.stream("xadd"))
      return trimmed
    }
    if trimmed > 0 { db.notify(.stream("xtrim"), call[1]) }
  }

  fileprivate mutating func addToExisting(
    _ call: borrowing Call, _ options: TrimOptions, _ wanted: WantedID
  ) throws(CommandError) -> Int? {
    let (reply, journal, now) = (self.reply, self.journal, UInt64(clamping: db.now))
    let trimmed = try db.updateExisting(StreamValue.self, call[1]) { value, change throws(CommandError) in
      let trimmed = try value.stream.add(call, options, wanted, now, reply, journal)
      change.record(.stream("xadd"))
      return trimmed
    }
    if let trimmed, trimmed > 0 { db.notify(.stream("xtrim"), call[1]) }
    return trimmed
  }
}

extension Stream {
  /// Adds the call's entry, trims, replies the identifier, and journals the call with what it came to; returns how many
  /// entries were trimmed.
  fileprivate mutating func add(
    _ call: borrowing Call, _ options: TrimOptions, _ wanted: WantedID, _ now: UInt64, _ reply: Reply,
    _ journal: Journal
  ) throws(CommandError) -> Int {
    if lastID == .max {
      throw .literal("ERR The stream has exhausted the last possible ID, unable to add more items")
    }
    // Redis words it so.
    if case .time(lastID.time) = wanted, lastID.sequence == .max {
      throw .literal("ERR Elements are too large to be stored")
    }
    guard let id = wanted.resolved(after: lastID, now: now) else {
      throw .literal("ERR The ID specified in XADD is equal or smaller than the target stream top item")
    }
    let fields = options.end + 1..<call.count
    if !append(id, call, fields) { throw .literal("ERR Elements are too large to be stored") }
    reply.id(id)
    let trimmed = options.apply(to: &self)
    var isExact = false
    if case .exactly = wanted { isExact = true }
    if !isExact || options.isApproximate {
      let text = StreamIDText(id)
      journal.begin("XADD", arguments: call.count - 1)
      for index in 1..<call.count {
        if index == options.end && !isExact {
          journal.argument(text.bytes)
        } else if !options.journal(index, self, to: journal) {
          journal.argument(call[index])
        }
      }
    }
    return trimmed
  }

  private mutating func append(_ id: StreamID, _ call: borrowing Call, _ fields: Range<Int>) -> Bool {
    append(id, fieldCount: fields.count / 2, limit: StreamValue.nodeLimit) { visit in
      for index in fields { visit(call[index]) }
    }
  }
}
