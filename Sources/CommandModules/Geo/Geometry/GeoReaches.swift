import Containers

/// How far a shape reaches from a place to all four sides, in degrees: what is decided by that takes no trigonometry.
///
/// A place that is farther is not in the shape; one that is nearer than the inner reaches is in the box of that width
/// and height. Between the two lies more than what rounding makes of a distance.
struct GeoReaches {
  private var center: GeoPoint
  private var latitude: Double
  private var longitude: Double
  private var innerLatitude = -1.0
  private var innerLongitude = -1.0

  /// More than the error of a distance: a part of it, and meters.
  private static let tolerance = (part: 1e-6, meters: 0.001)

  /// Those of a circle, or of a box; meters.
  init(_ center: GeoPoint, halfWidth: Double, halfHeight: Double) {
    self.center = center
    let (part, meters) = Self.tolerance
    let height = (halfHeight * (1 + part) + meters) / GeoPoint.earthRadius
    latitude = GeoPoint.degrees(height)
    // Meridians run together towards the poles: the parallel nearest to one decides what may lie in the shape, the
    // farthest what certainly does.
    let highest = center.latitude.magnitude + latitude
    let width = (halfWidth * (1 + part) + meters) / GeoPoint.earthRadius
    let ratio = highest < 90 && width < .pi ? (width / 2).sine / GeoPoint.radians(highest).cosine : 1
    longitude = ratio < 0.99 ? GeoPoint.degrees(2 * ratio.arcSine) : 360
    let lowest = max(0, center.latitude.magnitude - latitude)
    innerLatitude = GeoPoint.degrees((halfHeight * (1 - part) - meters) / GeoPoint.earthRadius)
    innerLongitude = GeoPoint.degrees(
      (halfWidth * (1 - part) - meters) / GeoPoint.earthRadius / GeoPoint.radians(lowest).cosine)
  }

  /// Those of an area that does not reach across the meridian of 180 degrees.
  init(_ area: GeoArea) {
    center = GeoPoint(longitude: (area.west + area.east) / 2, latitude: (area.south + area.north) / 2)
    latitude = (area.north - area.south) / 2 + Self.tolerance.part
    longitude = (area.east - area.west) / 2 + Self.tolerance.part
  }

  /// Whether a place may lie in the shape.
  func mayHold(_ point: GeoPoint) -> Bool {
    let east = (point.longitude - center.longitude).magnitude
    return (point.latitude - center.latitude).magnitude <= latitude && (east <= longitude || 360 - east <= longitude)
  }

  /// Whether a place certainly lies in a box.
  func surelyHold(_ point: GeoPoint) -> Bool {
    (point.latitude - center.latitude).magnitude <= innerLatitude
      && (point.longitude - center.longitude).magnitude <= innerLongitude
  }

  /// Whether places of an area may lie in the shape.
  func mayHold(_ area: GeoArea) -> Bool {
    if area.south > center.latitude + latitude || area.north < center.latitude - latitude { return false }
    for turn in [-360.0, 0, 360] {
      if area.west + turn <= center.longitude + longitude && area.east + turn >= center.longitude - longitude {
        return true
      }
    }
    return false
  }
}
