import Containers
import ServerKernel
import SortedSetValues

/// `GEOHASH key member [member ...]`
///
/// The text of geohash.org, whose map reaches the poles: eleven letters, of which the last stands for the two bits that
/// are left and is always `0`.
enum GEOHASH: RedisCommand {
  static let spec = CommandSpec(
    "geohash", arity: -2, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.geo],
    group: .geo, since: "3.2.0",
    complexity:
      "O(log(N)) for each member requested, where N is the number of elements in the sorted set.",
    summary: "Returns members of a geospatial index as standard geohash strings",
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
      if let score = set?.value.score(of: call[index]) { replyText(of: score, reply) } else { reply.null() }
    }
  }

  private static func replyText(of score: Double, _ reply: Reply) {
    let alphabet = Bytes("0123456789bcdefghjkmnpqrstuvwxyz")
    let cell = GeoCell(GeoCell(score: score).center, steps: GeoCell.finest, latitudes: -90...90)
    var text = ByteBuffer(capacity: 11)
    for letter in 1...10 { text.append(alphabet[Int(cell.bits >> UInt64(52 - letter * 5) & 0x1f)]) }
    text.append(alphabet[0])
    reply.bulk(text.bytes)
  }
}
