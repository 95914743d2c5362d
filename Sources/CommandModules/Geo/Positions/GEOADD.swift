import Containers
import ServerKernel
import SortedSetValues

/// `GEOADD key [NX|XX] [CH] longitude latitude member [longitude latitude member ...]`
///
/// A ZADD of the places' cells, as which it is journaled.
enum GEOADD: RedisCommand {
  static let spec = CommandSpec(
    "geoadd", arity: -5, flags: [.write, .denyOOM],
    keys: [.one([.readWrite, .update])],
    categories: [.geo],
    group: .geo, since: "3.2.0",
    complexity:
      "O(log(N)) for each item added, where N is the number of elements in the sorted set.",
    summary: "Add one or more geospatial items in the geospatial index represented using a sorted set",
    arguments: [
      .key(),
      .oneOf("condition", .optional, since: "6.2.0", [.token("nx", "NX"), .token("xx", "XX")]),
      .token("change", "CH", .optional, since: "6.2.0"),
      .block(
        "longitude_latitude_member", .multiple, [
          .double("longitude"),
          .double("latitude"),
          .string("member")
        ]),
    ],
    history: [
      ("6.2.0", "Added the `CH`, `NX` and `XX` options."),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    var condition: ScoreCondition = []
    var countsUpdates = false
    var first = 2
    options: while first < call.count {
      if call.matches(first, "NX") {
        condition.insert(.isNew)
      } else if call.matches(first, "XX") {
        condition.insert(.isThere)
      } else if call.matches(first, "CH") {
        countsUpdates = true
      } else {
        break options
      }
      first += 1
    }
    let count = (call.count - first) / 3
    if (call.count - first) % 3 != 0 || condition.isSuperset(of: [.isNew, .isThere]) { throw .syntax }
    for number in 0..<count { _ = try call.point(first + 3 * number) }
    if count == 0 { throw .syntax }
    let added = try add(call, &context, condition, from: first)
    context.reply.integer(countsUpdates ? added.added + added.updated : added.added)
    if added.added + added.updated == 0 { return }
    // In the letters in which Redis does.
    context.journal.begin("zadd", arguments: first - 1 + 2 * count)
    for index in 1..<first { context.journal.argument(call[index]) }
    for index in stride(from: first, to: call.count, by: 3) {
      context.journal.argument(Int64(GeoCell(try call.point(index), steps: GeoCell.finest).bits))
      context.journal.argument(call[index + 2])
    }
  }

  private static func add(
    _ call: borrowing Call, _ context: inout Context, _ condition: ScoreCondition, from first: Int
  ) throws(CommandError) -> (added: Int, updated: Int) {
    if condition.contains(.isThere) {
      let result = try context.db.updateExisting(SortedSetValue.self, call[1]) { set, change throws(CommandError) in
        try set.add(call, condition, from: first, &change)
      }
      return result ?? (0, 0)
    }
    return try context.db.update(SortedSetValue.self, call[1]) { set, change throws(CommandError) in
      try set.add(call, condition, from: first, &change)
    }
  }
}

extension SortedSetValue {
  /// Adds a call's places.
  fileprivate mutating func add(
    _ call: borrowing Call, _ condition: ScoreCondition, from first: Int, _ change: inout Change
  ) throws(CommandError) -> (added: Int, updated: Int) {
    var (added, updated) = (0, 0)
    for index in stride(from: first, to: call.count, by: 3) {
      let cell = GeoCell(try call.point(index), steps: GeoCell.finest)
      let outcome = set(call[index + 2], cell.score, if: condition)
      if outcome == .added { added += 1 }
      if outcome == .updated { updated += 1 }
    }
    change.record(.sortedSet("zadd"), by: added + updated)
    return (added, updated)
  }
}
