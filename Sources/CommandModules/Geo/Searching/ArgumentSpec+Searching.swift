import ServerKernel

// Arguments of all commands that search.
extension ArgumentSpec {
  static var geoUnit: ArgumentSpec {
    .oneOf("unit", [.token("m", "M"), .token("km", "KM"), .token("ft", "FT"), .token("mi", "MI")])
  }

  static var geoOrder: ArgumentSpec { .oneOf("order", .optional, [.token("asc", "ASC"), .token("desc", "DESC")]) }

  static var geoCount: ArgumentSpec {
    .block("count", .optional, [.integer("count", token: "COUNT"), .token("any", "ANY", .optional)])
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
