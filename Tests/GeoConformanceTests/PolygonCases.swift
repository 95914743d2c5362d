import ConformanceSupport

private let cities: [Command] = [
  "GEOADD s 13.361389 38.115556 Palermo 15.087269 37.502669 Catania",
  "GEOADD s 12.758489 38.788135 edge1 17.241510 38.788135 edge2",
  "GEOADD s 2.3522 48.8566 Paris 13.4050 52.5200 Berlin -0.1276 51.5072 London 18.0686 59.3293 Stockholm",
]

/// Replies with these bytes, which are those of Valkey too. The journal of redis-server has none of it.
private func newer(_ name: String, _ command: Command, _ reply: String) -> ConformanceCase {
  ConformanceCase(
    name, setup: cities, command,
    comparing: .deviation(reason: "Valkey 9 has it, Redis 7.0 does not") { $0.raw == Array(reply.utf8) },
    isPersistent: false
  ).replyingAs(.valkey)
}

/// GEOSEARCH and GEOSEARCHSTORE within a polygon.
let polygonCases: [ConformanceCase] = [
  newer(
    "GEOSEARCH by polygon", "GEOSEARCH s BYPOLYGON 3 12 37 16 37 14 40 ASC WITHDIST",
    "*2\r\n*2\r\n$7\r\nPalermo\r\n$10\r\n57112.6019\r\n*2\r\n$7\r\nCatania\r\n$11\r\n111096.0599\r\n"),
  newer(
    "GEOSEARCH by polygon, unsorted", "GEOSEARCH s BYPOLYGON 4 -1 45 20 45 20 60 -1 60",
    "*4\r\n$5\r\nParis\r\n$6\r\nBerlin\r\n$9\r\nStockholm\r\n$6\r\nLondon\r\n"),
  newer(
    "GEOSEARCH by polygon, the nearest", "GEOSEARCH s BYPOLYGON 4 -1 45 20 45 20 60 -1 60 COUNT 2",
    "*2\r\n$6\r\nBerlin\r\n$6\r\nLondon\r\n"),
  newer(
    "GEOSEARCH by polygon, any", "GEOSEARCH s BYPOLYGON 4 -1 45 20 45 20 60 -1 60 COUNT 2 ANY",
    "*2\r\n$5\r\nParis\r\n$6\r\nBerlin\r\n"),
  newer(
    "GEOSEARCH by polygon with a dent", "GEOSEARCH s BYPOLYGON 5 -1 45 20 45 20 60 10 46 -1 60 WITHDIST",
    "*2\r\n*2\r\n$5\r\nParis\r\n$11\r\n597486.6530\r\n*2\r\n$6\r\nLondon\r\n$11\r\n673493.7382\r\n"),
  newer("GEOSEARCH by polygon of nothing", "GEOSEARCH absent BYPOLYGON 3 12 37 16 37 14 40", "*0\r\n"),
  newer(
    "GEOSEARCH by polygon of no number", "GEOSEARCH s BYPOLYGON x 12 37 16 37 14 40",
    "-ERR invalid number of vertices\r\n"),
  newer(
    "GEOSEARCH by polygon of too large a number", "GEOSEARCH s BYPOLYGON 2147483648 12 37 16 37 14 40",
    "-ERR invalid number of vertices\r\n"),
  newer(
    "GEOSEARCH by polygon without a corner", "GEOSEARCH s BYPOLYGON 4 12 37 16 37 14 40",
    "-ERR GEOSEARCH BYPOLYGON must have at least 3 vertices\r\n"),
  newer(
    "GEOSEARCH by polygon off the map", "GEOSEARCH s BYPOLYGON 3 12 37 16 37 14 99",
    "-ERR invalid longitude,latitude pair 14.000000,99.000000\r\n"),
  newer(
    "GEOSEARCH by polygon from a member", "GEOSEARCH s BYPOLYGON 3 12 37 16 37 14 40 FROMMEMBER Palermo",
    "-ERR syntax error\r\n"),
  newer(
    "GEOSEARCH by polygon and radius", "GEOSEARCH s BYPOLYGON 3 12 37 16 37 14 40 BYRADIUS 10 km",
    "-ERR syntax error\r\n"),
  newer(
    "GEOSEARCHSTORE by polygon", "GEOSEARCHSTORE d s BYPOLYGON 3 12 37 16 37 14 40 STOREDIST", ":2\r\n"),
]
