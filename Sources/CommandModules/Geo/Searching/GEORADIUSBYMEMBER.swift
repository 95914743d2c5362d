import ServerKernel

/// `GEORADIUSBYMEMBER key member radius M|KM|FT|MI [option ...]`
enum GEORADIUSBYMEMBER: RedisCommand {
  static let spec = CommandSpec(
    "georadiusbymember", arity: -5, flags: [.write, .denyOOM, .movableKeys],
    keys: [
      .one([.readOnly, .access]),
      KeySpec([.overwrite, .update], .keyword("STORE", from: 5), .range(last: 0, step: 1, limit: 0)),
      KeySpec([.overwrite, .update], .keyword("STOREDIST", from: 5), .range(last: 0, step: 1, limit: 0)),
    ],
    categories: [.geo],
    group: .geo, since: "3.2.0",
    complexity:
      "O(N+log(M)) where N is the number of elements inside the bounding box of the circular area delimited by "
      + "center and radius and M is the number of items inside the index.",
    summary:
      "Query a sorted set representing a geospatial index to fetch members matching a given maximum distance from "
      + "a member",
    arguments: ArgumentSpec.geoRadius(from: [.string("member")])
      + ArgumentSpec.geoRadiusStores,
    history: [
      ("7.0.0", "Added support for uppercase unit names."),
    ],
    deprecated: .init(
      since: "6.2.0",
      replacement: "`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` and `FROMMEMBER` arguments"))

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try SearchQuery(call, context, .radiusByMember(mayStore: true)).execute(call, &context)
  }
}

/// `GEORADIUSBYMEMBER_RO key member radius M|KM|FT|MI [option ...]`
enum GEORADIUSBYMEMBER_RO: RedisCommand {
  static let spec = CommandSpec(
    "georadiusbymember_ro", arity: -5, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.geo],
    group: .geo, since: "3.2.10",
    complexity:
      "O(N+log(M)) where N is the number of elements inside the bounding box of the circular area delimited by "
      + "center and radius and M is the number of items inside the index.",
    summary: "A read-only variant for GEORADIUSBYMEMBER",
    arguments: ArgumentSpec.geoRadius(from: [.string("member")]),
    deprecated: .init(since: "6.2.0", replacement: "`GEOSEARCH` with the `BYRADIUS` and `FROMMEMBER` arguments"))

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try SearchQuery(call, context, .radiusByMember(mayStore: false)).execute(call, &context)
  }
}
