import ServerKernel

/// `GEOSEARCHSTORE destination source ...`: as GEOSEARCH, with the results stored.
enum GEOSEARCHSTORE: RedisCommand {
  static let spec = CommandSpec(
    "geosearchstore", arity: -8, flags: [.write, .denyOOM],
    keys: [.one([.overwrite, .update]), .one([.readOnly, .access], at: 2)],
    categories: [.geo],
    group: .geo, since: "6.2.0",
    complexity:
      "O(N+log(M)) where N is the number of elements in the grid-aligned bounding box area around the shape "
      + "provided as the filter and M is the number of items inside the shape",
    summary:
      "Query a sorted set representing a geospatial index to fetch members inside an area of a box or a circle, "
      + "and store the result in another key.",
    arguments: [
      .key("destination"),
      .key("source", 1),
      .geoCenter, .geoShape,
      .geoOrder,
      .geoCount,
      .token("storedist", "STOREDIST", .optional),
    ],
    history: [
      ("7.0.0", "Added support for uppercase unit names."),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try SearchQuery(call, context, .searchAndStore).execute(call, &context)
  }
}
