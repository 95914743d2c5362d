import Containers
import ServerKernel
import StreamValues

/// `XREAD [COUNT count] [BLOCK milliseconds] STREAMS key [key ...] id [id ...]`
enum XREAD: RedisCommand {
  static let spec = CommandSpec(
    "xread", arity: -4, flags: [.readOnly, .blocking, .movableKeys],
    keys: [
      KeySpec(
        [.readOnly, .access], .keyword("STREAMS", from: 1), .range(last: -1, step: 1, limit: 2))
    ],
    categories: [.stream],
    group: .stream, since: "5.0.0",
    complexity:
      "For each stream mentioned: O(N) with N being the number of elements being returned, it means that "
      + "XREAD-ing with a fixed COUNT is O(1). Note that when the BLOCK option is used, XADD will pay O(M) time "
      + "in order to serve the M clients blocked on the stream getting new data.",
    summary:
      "Return never seen elements in multiple streams, with IDs greater than the ones reported by the caller "
      + "for each stream. Can block.",
    arguments: [
      .integer("count", .optional, token: "COUNT"),
      .integer("milliseconds", .optional, token: "BLOCK"),
      .block("streams", token: "STREAMS", [.key("key", 0, .multiple), .string("id", .multiple)]),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let options = try ReadOptions(call, ofGroup: false, origin: context.origin)
    let keys = context.keysToTry(call, options.keys)
    for key in keys {
      if call[options.id(key)] == Bytes(">") {
        throw .literal(
          "ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.")
      }
      _ = try context.lastSeen(call, options, key)
    }
    let reply = context.reply
    let count = options.count(context)
    var replies = StreamReplies(reply)
    for key in keys {
      let lastSeen = try context.lastSeen(call, options, key)
      guard let value = try context.db.value(StreamValue.self, call[key]), let start = lastSeen.successor,
        value.value.stream.hasEntry(from: start, isTriedAgain: context.isTriedAgain)
      else { continue }
      replies.begin(call[key])
      value.value.stream.reply(reply, from: start, to: .max, count: count)
    }
    if replies.finish() { return }
    guard let timeout = options.timeout else { return reply.nullArray() }
    // What is the last entry now is meant, and not what it is when another one comes.
    var resolved: [Int: [UInt8]] = [:]
    for key in keys where call[options.id(key)] == Bytes("$") || call[options.id(key)] == Bytes("+") {
      let text = StreamIDText(try context.lastSeen(call, options, key))
      resolved[options.id(key)] = text.bytes.array
    }
    context.block(
      call, keys: options.keys, until: StreamValue.self, milliseconds: timeout, onTimeout: .nullArray,
      replacing: resolved)
  }
}

extension Context {
  /// The identifier of the last entry that the caller has seen of a stream: what stands there, `$` for the last one,
  /// `+` for the one before that.
  fileprivate func lastSeen(
    _ call: borrowing Call, _ options: ReadOptions, _ key: Int
  ) throws(CommandError) -> StreamID {
    let value = try db.valueForUpdate(StreamValue.self, call[key])
    let id = options.id(key)
    if call[id] == Bytes("$") { return value?.value.stream.lastID ?? .zero }
    if call[id] == Bytes("+") {
      guard let value else { return .zero }
      return value.value.stream.lastEntryID?.predecessor ?? value.value.stream.lastID
    }
    return try call.id(id)
  }
}
