import Containers

/// An area between corners, taken as a plane figure of longitudes and latitudes: it does not reach across the
/// meridian of 180 degrees. The last corner is joined with the first.
struct GeoPolygon {
  /// At least three.
  let corners: [GeoPoint]

  /// The middle of the corners on the sphere, from which distances are told.
  var center: GeoPoint {
    var (x, y, z) = (0.0, 0.0, 0.0)
    for corner in corners {
      let longitude = GeoPoint.radians(corner.longitude), latitude = GeoPoint.radians(corner.latitude)
      x += latitude.cosine * longitude.cosine
      y += latitude.cosine * longitude.sine
      z += latitude.sine
    }
    let count = Double(corners.count)
    (x, y, z) = (x / count, y / count, z / count)
    return GeoPoint(
      longitude: GeoPoint.degrees(y.arcTangent(over: x)),
      latitude: GeoPoint.degrees(z.arcTangent(over: (x * x + y * y).squareRoot())))
  }

  /// Meridians and parallels around it.
  var bounds: GeoArea {
    var area = GeoArea(west: .infinity, east: -.infinity, south: .infinity, north: -.infinity)
    for corner in corners {
      area.west = min(area.west, corner.longitude)
      area.east = max(area.east, corner.longitude)
      area.south = min(area.south, corner.latitude)
      area.north = max(area.north, corner.latitude)
    }
    return area
  }

  /// The farthest that a corner is from `center`, meters.
  func reach(from center: GeoPoint) -> Double {
    corners.reduce(0) { max($0, center.distance(to: $1)) }
  }

  /// Whether a place lies in it: a line from there to one side crosses an odd number of its sides.
  func contains(_ point: GeoPoint) -> Bool {
    var isInside = false
    var previous = corners[corners.count - 1]
    for corner in corners {
      if (corner.latitude > point.latitude) != (previous.latitude > point.latitude) {
        let crossing =
          (previous.longitude - corner.longitude) * (point.latitude - corner.latitude)
          / (previous.latitude - corner.latitude) + corner.longitude
        if point.longitude < crossing { isInside.toggle() }
      }
      previous = corner
    }
    return isInside
  }
}
