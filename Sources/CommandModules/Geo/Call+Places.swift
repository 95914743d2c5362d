import Containers
import ServerKernel

/// A unit of length, by the meters that it has.
struct GeoUnit {
  var meters: Double
}

extension Call {
  /// The argument as a floating-point number, with an error for one that is none.
  func double(_ index: Int, or error: StaticString) throws(CommandError) -> Double {
    guard let number = self[index].double else { throw .literal(error) }
    return number
  }

  /// A longitude, and behind it a latitude.
  func point(_ index: Int) throws(CommandError) -> GeoPoint {
    let point = GeoPoint(
      longitude: try double(index, or: "ERR value is not a valid float"),
      latitude: try double(index + 1, or: "ERR value is not a valid float"))
    if !point.isOnMap {
      let longitude = ErrorText(sixDecimalsText(point.longitude))
      let latitude = ErrorText(sixDecimalsText(point.latitude))
      throw .text("ERR invalid longitude,latitude pair \(longitude),\(latitude)")
    }
    return point
  }

  /// A unit of length.
  func unit(_ index: Int) throws(CommandError) -> GeoUnit {
    if matches(index, "M") { return GeoUnit(meters: 1) }
    if matches(index, "KM") { return GeoUnit(meters: 1000) }
    if matches(index, "FT") { return GeoUnit(meters: 0.3048) }
    if matches(index, "MI") { return GeoUnit(meters: 1609.34) }
    throw .literal("ERR unsupported unit provided. please use M, KM, FT, MI")
  }

  /// A radius, and behind it its unit.
  func radius(_ index: Int) throws(CommandError) -> (outline: GeoShape.Outline, unit: GeoUnit) {
    let radius = try double(index, or: "ERR need numeric radius")
    if radius < 0 { throw .literal("ERR radius cannot be negative") }
    let unit = try unit(index + 1)
    return (.circle(radius * unit.meters), unit)
  }

  /// A width, a height, and behind them their unit.
  func box(_ index: Int) throws(CommandError) -> (outline: GeoShape.Outline, unit: GeoUnit) {
    let width = try double(index, or: "ERR need numeric width")
    let height = try double(index + 1, or: "ERR need numeric height")
    if width < 0 || height < 0 { throw .literal("ERR height or width cannot be negative") }
    let unit = try unit(index + 2)
    return (.box(width * unit.meters, height * unit.meters), unit)
  }
}

extension Call {
  /// A number of corners, and behind it as many longitudes and latitudes.
  func polygon(_ index: Int) throws(CommandError) -> GeoPolygon {
    guard let number = self[index].integer, let number = Int32(exactly: number) else {
      throw .literal("ERR invalid number of vertices")
    }
    if number < 3 || Int(number) > (count - index - 1) / 2 {
      throw .literal("ERR GEOSEARCH BYPOLYGON must have at least 3 vertices")
    }
    var corners: [GeoPoint] = []
    for corner in 0..<Int(number) { corners.append(try point(index + 1 + 2 * corner)) }
    return GeoPolygon(corners: corners)
  }
}

extension Reply {
  /// A distance, with four decimals.
  func distance(_ meters: Double) {
    let text = DecimalText(fixed: meters, decimals: 4)
    bulk(text.bytes)
  }

  /// A longitude and a latitude.
  func point(_ point: GeoPoint) {
    array(2)
    let longitude = HumanText(Extended(point.longitude))
    double(longitude.bytes)
    let latitude = HumanText(Extended(point.latitude))
    double(latitude.bytes)
  }
}
