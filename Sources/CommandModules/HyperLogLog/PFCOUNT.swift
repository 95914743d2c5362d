import Containers
import ServerKernel

/// `PFCOUNT key [key ...]`
enum PFCOUNT: RedisCommand {
  static let spec = CommandSpec(
    "pfcount", arity: -2, flags: [.readOnly, .mayReplicate],
    keys: [
      KeySpec(
        [.readWrite, .access], .index(1), .range(last: -1, step: 1, limit: 0),
        notes: "RW because it may change the internal representation of the key, and propagate to replicas"),
    ],
    categories: [.hyperLogLog],
    group: .hyperLogLog, since: "2.8.9",
    complexity:
      "O(1) with a very small average constant time when called with a single key. O(N) with N being the number "
      + "of keys, and much bigger constant times, when called with multiple keys.",
    summary: "Return the approximated cardinality of the set(s) observed by the HyperLogLog at key(s).",
    arguments: [
      .key("key", 0, .multiple),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    if call.count > 2 {
      let registers = try union(of: 1..<call.count, call, context)
      return context.reply.integer(Int64(bitPattern: registers.cardinality))
    }
    guard let cardinality = try cardinality(call[1], context) else { return context.reply.integer(0) }
    if !cardinality.isCached {
      // A read for those who look at flags, and yet the string changes, also where effects go.
      try context.db.editString(call[1]) { string, change throws(CommandError) in
        HyperLogLog.cache(cardinality.value, in: &string)
        change.record(.none)
      }
    }
    context.reply.integer(Int64(bitPattern: cardinality.value))
  }

  /// The cardinality of a key's HyperLogLog, and whether it was known; nil when there is no such key.
  private static func cardinality(
    _ key: borrowing Bytes, _ context: borrowing Context
  ) throws(CommandError) -> (value: UInt64, isCached: Bool)? {
    guard let value = try context.db.string(key) else { return nil }
    _ = try encoding(of: value)
    if let cached = HyperLogLog.cachedCardinality(of: value.storedBytes) { return (cached, true) }
    guard let cardinality = HyperLogLog.cardinality(of: value.storedBytes) else { throw .corruptedHyperLogLog }
    return (cardinality, false)
  }
}
