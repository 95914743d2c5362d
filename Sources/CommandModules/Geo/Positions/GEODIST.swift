import ServerKernel
import SortedSetValues

/// `GEODIST key member1 member2 [M|KM|FT|MI]`
enum GEODIST: RedisCommand {
  static let spec = CommandSpec(
    "geodist", arity: -4, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.geo],
    group: .geo, since: "3.2.0", complexity: "O(log(N))",
    summary: "Returns the distance between two members of a geospatial index",
    arguments: [
      .key(),
      .string("member1"),
      .string("member2"),
      .oneOf("unit", .optional, [.token("m", "M"), .token("km", "KM"), .token("ft", "FT"), .token("mi", "MI")]),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    if call.count > 5 { throw .syntax }
    let unit = call.count == 5 ? try call.unit(4) : GeoUnit(meters: 1)
    guard let set = try context.db.value(SortedSetValue.self, call[1]),
      let first = set.value.score(of: call[2]), let second = set.value.score(of: call[3])
    else { return reply.null() }
    let distance = GeoCell(score: first).center.distance(to: GeoCell(score: second).center)
    reply.distance(distance / unit.meters)
  }
}
