import ConformanceSupport

private let sicily: Command = "GEOADD s 13.361389 38.115556 Palermo 15.087269 37.502669 Catania"

/// Places that are stored, and what is told of them.
let placeCases: [ConformanceCase] = [
  ConformanceCase(
    "GEOADD", sicily, "ZRANGE s 0 -1 WITHSCORES", "GEOADD s 13.361389 38.115556 Palermo",
    "GEOADD s CH 13.4 38.1 Palermo",
    "GEOADD s NX 1 1 Palermo 2 2 x", "GEOADD s XX CH 3 3 Palermo 4 4 y", "GEOADD s xx ch 5 5 Palermo",
    "ZRANGE s 0 -1 WITHSCORES", "GEOADD absent XX 1 1 a", "EXISTS absent"),
  ConformanceCase(
    "GEOADD at the edges", "GEOADD e -180 -85.05112878 a 180 85.05112878 b 0 0 c -0 -0 d 179.9999999 0 f",
    "ZRANGE e 0 -1 WITHSCORES", "GEOPOS e a b c d f", "GEOHASH e a b c d f"),
  ConformanceCase(
    "GEOADD errors", setup: ["SET t x"], "GEOADD", "GEOADD s 1 2", "GEOADD s 1 2 a 3", "GEOADD s x 1 a",
    "GEOADD s 1 x a",
    "GEOADD s 181 1 a", "GEOADD s -181 1 a", "GEOADD s 1 85.1 a", "GEOADD s 1 -86 a", "GEOADD s inf 1 a",
    "GEOADD s 1e30 1 a", "GEOADD s NX XX 1 1 a", "GEOADD s 1 1 a 200 1 b", "GEOADD t 1 1 a", "GEOADD s FOO 1 1 a",
    "GEOADD s NX CH CH", "GEOADD s nan 1 a", "GEOADD t 181 1 a", "EXISTS s"),
  ConformanceCase(
    "GEODIST", setup: [sicily, "SET t x"], "GEODIST s Palermo Catania", "GEODIST s Palermo Catania km",
    "GEODIST s Catania Palermo MI", "GEODIST s Palermo Catania ft", "GEODIST s Palermo Palermo", "GEODIST s Palermo x",
    "GEODIST absent a b", "GEODIST s Palermo Catania x", "GEODIST s a b m x", "GEODIST t a b", "GEODIST s a",
    "GEODIST absent a b x"),
  ConformanceCase(
    "GEOPOS", setup: [sicily, "SET t x"], "GEOPOS s Palermo x Catania", "GEOPOS absent a b", "GEOPOS s", "GEOPOS t a",
    "GEOPOS"),
  ConformanceCase(
    "GEOHASH", setup: [sicily, "SET t x"], "GEOHASH s Palermo x Catania", "GEOHASH absent a b", "GEOHASH s",
    "GEOHASH t a",
    "GEOHASH"),
  ConformanceCase(
    "scores that are no cells", setup: ["ZADD z 0.5 a 1e15 b 4503599627370496 c -1 d 1e19 e inf f -inf g 1e300 h"],
    "GEOPOS z a b c d e f g h", "GEOHASH z a b c d e f g h", "GEODIST z a b", "GEODIST z c d"),
]
