import Containers

/// A place on the earth, in degrees.
struct GeoPoint {
  /// To the east, -180 to 180.
  var longitude: Double
  /// To the north; the poles are beyond the map.
  var latitude: Double

  /// The map's edges: those of the Mercator projection that web maps use (EPSG:3857).
  static let longitudes = -180.0...180.0
  static let latitudes = -85.05112878...85.05112878

  /// Meters; the radius that Redis computes with.
  static let earthRadius = 6372797.560856

  var isOnMap: Bool { Self.longitudes.contains(longitude) && Self.latitudes.contains(latitude) }

  static func radians(_ degrees: Double) -> Double { degrees * (.pi / 180) }
  static func degrees(_ radians: Double) -> Double { radians / (.pi / 180) }

  /// The distance on the sphere, in meters (haversine formula).
  func distance(to other: GeoPoint) -> Double {
    let ownLatitude = Self.radians(latitude)
    let ownLongitude = Self.radians(longitude)
    let otherLatitude = Self.radians(other.latitude)
    let otherLongitude = Self.radians(other.longitude)
    let u = ((otherLatitude - ownLatitude) / 2).sine
    let v = ((otherLongitude - ownLongitude) / 2).sine
    // On one meridian the formula would only lose the last bits.
    if v == 0 { return Self.earthRadius * (otherLatitude - ownLatitude).magnitude }
    let square = u * u + ownLatitude.cosine * otherLatitude.cosine * v * v
    return 2 * Self.earthRadius * square.squareRoot().arcSine
  }
}
