import Containers

/// A cell of the grid that divides the map: each step halves it in both directions.
///
/// `bits` are those of latitude and longitude in turn, the lowest one of latitude. 26 steps make 52 bits, which a score
/// holds exactly.
struct GeoCell: Equatable {
  /// Steps of the cells that stand for places.
  static let finest = 26

  var bits: UInt64
  var steps: Int

  init(bits: UInt64, steps: Int) {
    self.bits = bits
    self.steps = steps
  }

  /// The cell of a place on a map of these latitudes.
  init(_ point: GeoPoint, steps: Int, latitudes: ClosedRange<Double> = GeoPoint.latitudes) {
    let longitudes = GeoPoint.longitudes
    let scale = Double(UInt64(1) << UInt64(steps))
    let y = (point.latitude - latitudes.lowerBound) / (latitudes.upperBound - latitudes.lowerBound) * scale
    let x = (point.longitude - longitudes.lowerBound) / (longitudes.upperBound - longitudes.lowerBound) * scale
    bits = Self.spread(Self.coordinate(y)) | Self.spread(Self.coordinate(x)) << 1
    self.steps = steps
  }

  /// The cell whose bits are a score's, as C converts that.
  init(score: Double) {
    bits = Self.integer(score)
    steps = Self.finest
  }

  /// The score of a place's cell, or the lowest of those in a larger one.
  var score: Double { Double(bits << UInt64(52 - steps * 2)) }

  /// The lowest score behind the cell's.
  var nextScore: Double { Double((bits &+ 1) << UInt64(52 - steps * 2)) }

  /// The edges of the cell.
  var area: GeoArea {
    let (longitudes, latitudes) = (GeoPoint.longitudes, GeoPoint.latitudes)
    let scale = Double(UInt64(1) << UInt64(steps))
    let y = Self.gather(bits), x = Self.gather(bits >> 1)
    let height = latitudes.upperBound - latitudes.lowerBound
    let width = longitudes.upperBound - longitudes.lowerBound
    return GeoArea(
      west: longitudes.lowerBound + Double(x) / scale * width,
      east: longitudes.lowerBound + Double(x &+ 1) / scale * width,
      south: latitudes.lowerBound + Double(y) / scale * height,
      north: latitudes.lowerBound + Double(y &+ 1) / scale * height)
  }

  /// One of the four cells of the next step, which are numbered in the order of their scores.
  func part(_ number: Int) -> GeoCell { GeoCell(bits: bits << 2 | UInt64(number), steps: steps + 1) }

  /// The place in the middle of the cell.
  var center: GeoPoint {
    let area = self.area
    let (longitudes, latitudes) = (GeoPoint.longitudes, GeoPoint.latitudes)
    return GeoPoint(
      longitude: max(longitudes.lowerBound, min(longitudes.upperBound, (area.west + area.east) / 2)),
      latitude: max(latitudes.lowerBound, min(latitudes.upperBound, (area.south + area.north) / 2)))
  }

  /// The cell of the same size so many to the east and to the north; behind an edge of the map comes the other one.
  ///
  /// Places on the eastern or northern edge itself are in a cell behind the last one, which only a move in that
  /// direction leaves.
  func moved(east: Int, north: Int) -> GeoCell {
    let mask = UInt32(truncatingIfNeeded: (UInt64(1) << UInt64(steps)) - 1)
    var x = Self.gather(bits >> 1)
    var y = Self.gather(bits)
    if east != 0 { x = (x &+ UInt32(truncatingIfNeeded: east)) & mask }
    if north != 0 { y = (y &+ UInt32(truncatingIfNeeded: north)) & mask }
    return GeoCell(bits: Self.spread(y) | Self.spread(x) << 1, steps: steps)
  }

  // MARK: Numbers

  /// A coordinate as C converts it to 32 bits.
  private static func coordinate(_ value: Double) -> UInt32 { UInt32(truncatingIfNeeded: integer(value)) }

  /// A number as C converts it to an unsigned integer of 64 bits on this platform, where that is not defined as well.
  private static func integer(_ value: Double) -> UInt64 {
    let whole = value.rounded(.towardZero)
    if whole < 0x1p63 { return UInt64(bitPattern: Int64(exactly: whole) ?? .min) }
    return UInt64(bitPattern: Int64(exactly: whole - 0x1p63) ?? .min) ^ 1 << 63
  }

  /// The bits of a number in the even places of another.
  private static func spread(_ value: UInt32) -> UInt64 {
    var bits = UInt64(value)
    bits = (bits | bits << 16) & 0x0000_ffff_0000_ffff
    bits = (bits | bits << 8) & 0x00ff_00ff_00ff_00ff
    bits = (bits | bits << 4) & 0x0f0f_0f0f_0f0f_0f0f
    bits = (bits | bits << 2) & 0x3333_3333_3333_3333
    return (bits | bits << 1) & 0x5555_5555_5555_5555
  }

  /// The bits in the even places of a number.
  private static func gather(_ value: UInt64) -> UInt32 {
    var bits = value & 0x5555_5555_5555_5555
    bits = (bits | bits >> 1) & 0x3333_3333_3333_3333
    bits = (bits | bits >> 2) & 0x0f0f_0f0f_0f0f_0f0f
    bits = (bits | bits >> 4) & 0x00ff_00ff_00ff_00ff
    bits = (bits | bits >> 8) & 0x0000_ffff_0000_ffff
    return UInt32(truncatingIfNeeded: bits | bits >> 16)
  }
}

/// A part of the map between two meridians and two parallels, in degrees.
struct GeoArea {
  var west: Double
  var east: Double
  var south: Double
  var north: Double

  /// Whether all of it is on the map.
  var isOnMap: Bool { east <= GeoPoint.longitudes.upperBound && north <= GeoPoint.latitudes.upperBound }
}
