import ServerKernel

/// `GEOSEARCH key FROMMEMBER member|FROMLONLAT longitude latitude BYRADIUS radius unit|BYBOX width height unit ...`
enum GEOSEARCH: RedisCommand {
  static let spec = CommandSpec(
    "geosearch", arity: -7, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.geo],
    group: .geo, since: "6.2.0",
    complexity:
      "O(N+log(M)) where N is the number of elements in the grid-aligned bounding box area around the shape "
      + "provided as the filter and M is the number of items inside the shape",
    summary:
      "Query a sorted set representing a geospatial index to fetch members inside an area of a box or a circle.",
    arguments: [
      .key(),
      .oneOf(
        "from", [
          .string("member", token: "FROMMEMBER"),
          .block("longitude_latitude", token: "FROMLONLAT", [.double("longitude"), .double("latitude")])
        ]),
      .oneOf(
        "by", [
          .block(
          "circle", [
            .double("radius", token: "BYRADIUS"),
            .oneOf("unit", [.token("m", "M"), .token("km", "KM"), .token("ft", "FT"), .token("mi", "MI")])
          ]),
          .block(
          "box", [
            .double("width", token: "BYBOX"),
            .double("height"),
            .oneOf("unit", [.token("m", "M"), .token("km", "KM"), .token("ft", "FT"), .token("mi", "MI")])
          ])
        ]),
      .oneOf("order", .optional, [.token("asc", "ASC"), .token("desc", "DESC")]),
      .block("count", .optional, [.integer("count", token: "COUNT"), .token("any", "ANY", .optional)]),
      .token("withcoord", "WITHCOORD", .optional),
      .token("withdist", "WITHDIST", .optional),
      .token("withhash", "WITHHASH", .optional),
    ],
    history: [
      ("7.0.0", "Added support for uppercase unit names."),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try SearchQuery(call, context, .search).execute(call, &context)
  }
}
