import ServerKernel
import SortedSetValues

/// `GEOPOS key member [member ...]`
enum GEOPOS: RedisCommand {
  static let spec = CommandSpec(
    "geopos", arity: -2, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.geo],
    group: .geo, since: "3.2.0", complexity: "O(N) where N is the number of members requested.",
    summary: "Returns longitude and latitude of members of a geospatial index",
    arguments: [
      .key(),
      .string("member", [.optional, .multiple]),
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    let set = try context.db.value(SortedSetValue.self, call[1])
    reply.array(call.count - 2)
    for index in 2..<call.count {
      if let score = set?.value.score(of: call[index]) {
        reply.point(GeoCell(score: score).center)
      } else {
        reply.nullArray()
      }
    }
  }
}
