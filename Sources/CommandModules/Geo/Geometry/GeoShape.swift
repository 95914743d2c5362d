import Containers

/// What is searched: the places not farther from a center than a circle or a box says, or those in a polygon.
struct GeoShape {
  enum Outline {
    /// The radius, meters.
    case circle(Double)
    /// Width and height, meters.
    case box(Double, Double)
    case polygon(GeoPolygon)
  }

  let center: GeoPoint
  let outline: Outline
  private let reaches: GeoReaches

  init(center: GeoPoint, outline: Outline) {
    self.center = center
    self.outline = outline
    switch outline {
    case .circle(let radius): reaches = GeoReaches(center, halfWidth: radius, halfHeight: radius)
    case .box(let width, let height): reaches = GeoReaches(center, halfWidth: width / 2, halfHeight: height / 2)
    case .polygon(let polygon): reaches = GeoReaches(polygon.bounds)
    }
  }

  /// The distance of a place that lies in the shape, meters, or any number where it is not needed; nil for others.
  func distance(of point: GeoPoint, isNeeded: Bool) -> Double? {
    if !reaches.mayHold(point) { return nil }
    switch outline {
    case .circle(let radius):
      let distance = center.distance(to: point)
      return distance > radius ? nil : distance
    case .box(let width, let height):
      if !reaches.surelyHold(point) {
        let along = point.distance(to: GeoPoint(longitude: center.longitude, latitude: point.latitude))
        let across = point.distance(to: GeoPoint(longitude: point.longitude, latitude: center.latitude))
        if along > width / 2 || across > height / 2 { return nil }
      }
    case .polygon(let polygon): if !polygon.contains(point) { return nil }
    }
    return isNeeded ? center.distance(to: point) : 0
  }

  /// Whether places of an area may lie in the shape.
  func mayHold(_ area: GeoArea) -> Bool { reaches.mayHold(area) }

  /// The farthest that a place in the shape is from the center, meters.
  private var reach: Double {
    switch outline {
    case .circle(let radius): radius
    case .box(let width, let height): (width / 2 * (width / 2) + height / 2 * (height / 2)).squareRoot()
    case .polygon(let polygon): polygon.reach(from: center)
    }
  }

  /// Meridians and parallels around the shape.
  private var bounds: GeoArea {
    let width: Double, height: Double
    switch outline {
    case .circle(let radius): (width, height) = (radius, radius)
    case .box(let all, let tall): (width, height) = (all / 2, tall / 2)
    case .polygon(let polygon): return polygon.bounds
    }
    let latitude = GeoPoint.degrees(height / GeoPoint.earthRadius)
    // Meridians run together towards the poles: the parallel nearer to one decides.
    let parallel = center.latitude < 0 ? center.latitude - latitude : center.latitude + latitude
    let longitude = GeoPoint.degrees(width / GeoPoint.earthRadius / GeoPoint.radians(parallel).cosine)
    return GeoArea(
      west: center.longitude - longitude, east: center.longitude + longitude, south: center.latitude - latitude,
      north: center.latitude + latitude)
  }

  /// The cells that hold all places of the shape, in the order in which Redis looks at them: the one of the center,
  /// then its neighbours in the north, south, east, west, north-east, north-west, south-east and south-west.
  var cells: [GeoCell] {
    let bounds = self.bounds
    var steps = Self.steps(reach: reach, latitude: center.latitude)
    var cell = GeoCell(center, steps: steps)
    // Near an edge of the cell its neighbour may not be enough.
    let isTooSmall =
      cell.moved(east: 0, north: 1).area.north < bounds.north
      || cell.moved(east: 0, north: -1).area.south > bounds.south
      || cell.moved(east: 1, north: 0).area.east < bounds.east
      || cell.moved(east: -1, north: 0).area.west > bounds.west
    if steps > 1 && isTooSmall {
      steps -= 1
      cell = GeoCell(center, steps: steps)
    }
    let area = cell.area
    let mayLeaveOut = steps >= 2
    let isSouthOut = mayLeaveOut && area.south < bounds.south, isNorthOut = mayLeaveOut && area.north > bounds.north
    let isWestOut = mayLeaveOut && area.west < bounds.west, isEastOut = mayLeaveOut && area.east > bounds.east
    var cells: [GeoCell] = []
    for (east, north) in [(0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1)] {
      if (north < 0 && isSouthOut) || (north > 0 && isNorthOut) || (east < 0 && isWestOut) || (east > 0 && isEastOut) {
        continue
      }
      let neighbour = cell.moved(east: east, north: north)
      // Around a large part of the earth neighbours are the same cell. As in Redis one is compared with the one before
      // only, but never with the center's.
      if cells.count > 1, neighbour == cells[cells.count - 1] { continue }
      cells.append(neighbour)
    }
    return cells
  }

  /// How fine the grid may be for nine cells to hold what is within reach.
  private static func steps(reach: Double, latitude: Double) -> Int {
    if reach == 0 { return GeoCell.finest }
    // Half of the equator of the projection, meters.
    let mercatorMax = 20037726.37
    var (reach, steps) = (reach, 1)
    while reach < mercatorMax {
      reach *= 2
      steps += 1
    }
    steps -= 2
    // Towards the poles cells are narrower.
    if latitude.magnitude > 66 { steps -= 1 }
    if latitude.magnitude > 80 { steps -= 1 }
    return max(1, min(GeoCell.finest, steps))
  }
}
