import ServerKernel

// Arguments of all commands that search.
extension ArgumentSpec {
  static var geoUnit: ArgumentSpec {
    .oneOf("unit", [.token("m", "M"), .token("km", "KM"), .token("ft", "FT"), .token("mi", "MI")])
  }

  static var geoOrder: ArgumentSpec { .oneOf("order", .optional, [.token("asc", "ASC"), .token("desc", "DESC")]) }

  static var geoCount: ArgumentSpec { geoCount(anySince: nil) }

  private static func geoCount(anySince: String?) -> ArgumentSpec {
    .block("count", .optional, [.integer("count", token: "COUNT"), .token("any", "ANY", .optional, since: anySince)])
  }

  /// The arguments of GEORADIUS and its relatives, which search around `center`.
  static func geoRadius(from center: [ArgumentSpec], anySince: String? = nil) -> [ArgumentSpec] {
    [.key()] + center + [
      .double("radius"), .geoUnit, .token("withcoord", "WITHCOORD", .optional),
      .token("withdist", "WITHDIST", .optional), .token("withhash", "WITHHASH", .optional),
      geoCount(anySince: anySince), .geoOrder,
    ]
  }

  /// Where those of them that write put what they find.
  static var geoRadiusStores: [ArgumentSpec] {
    [
      ArgumentSpec(.key, "key", token: "STORE", flags: .optional, keySpec: 1),
      ArgumentSpec(.key, "key", token: "STOREDIST", flags: .optional, keySpec: 2),
    ]
  }

  /// Where GEOSEARCH and GEOSEARCHSTORE search from.
  static var geoCenter: ArgumentSpec {
    .oneOf(
      "from", [
        .string("member", token: "FROMMEMBER"),
        .block("longitude_latitude", token: "FROMLONLAT", [.double("longitude"), .double("latitude")]),
      ])
  }

  /// How far they search.
  static var geoShape: ArgumentSpec {
    .oneOf(
      "by", [
        .block("circle", [.double("radius", token: "BYRADIUS"), .geoUnit]),
        .block("box", [.double("width", token: "BYBOX"), .double("height"), .geoUnit]),
      ])
  }
}
