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
      .geoCenter, .geoShape,
      .geoOrder,
      .geoCount,
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
