import ServerKernel

/// `GEORADIUS key longitude latitude radius M|KM|FT|MI [option ...]`
enum GEORADIUS: RedisCommand {
  static let spec = CommandSpec(
    "georadius", arity: -6, flags: [.write, .denyOOM, .movableKeys],
    keys: [
      .one([.readOnly, .access]),
      KeySpec([.overwrite, .update], .keyword("STORE", from: 6), .range(last: 0, step: 1, limit: 0)),
      KeySpec([.overwrite, .update], .keyword("STOREDIST", from: 6), .range(last: 0, step: 1, limit: 0)),
    ],
    categories: [.geo],
    group: .geo, since: "3.2.0",
    complexity:
      "O(N+log(M)) where N is the number of elements inside the bounding box of the circular area delimited by "
      + "center and radius and M is the number of items inside the index.",
    summary:
      "Query a sorted set representing a geospatial index to fetch members matching a given maximum distance from "
      + "a point",
    arguments: ArgumentSpec.geoRadius(from: [.double("longitude"), .double("latitude")], anySince: "6.2.0")
      + ArgumentSpec.geoRadiusStores,
    history: [
      ("6.2.0", "Added the `ANY` option for `COUNT`."),
      ("7.0.0", "Added support for uppercase unit names."),
    ],
    deprecated: .init(since: "6.2.0", replacement: "`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` argument"))

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try SearchQuery(call, context, .radius(mayStore: true)).execute(call, &context)
  }
}

/// `GEORADIUS_RO key longitude latitude radius M|KM|FT|MI [option ...]`
enum GEORADIUS_RO: RedisCommand {
  static let spec = CommandSpec(
    "georadius_ro", arity: -6, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.geo],
    group: .geo, since: "3.2.10",
    complexity:
      "O(N+log(M)) where N is the number of elements inside the bounding box of the circular area delimited by "
      + "center and radius and M is the number of items inside the index.",
    summary: "A read-only variant for GEORADIUS",
    arguments: ArgumentSpec.geoRadius(from: [.double("longitude"), .double("latitude")], anySince: "6.2.0"),
    history: [
      ("6.2.0", "Added the `ANY` option for `COUNT`."),
    ],
    deprecated: .init(since: "6.2.0", replacement: "`GEOSEARCH` with the `BYRADIUS` argument"))

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try SearchQuery(call, context, .radius(mayStore: false)).execute(call, &context)
  }
}
