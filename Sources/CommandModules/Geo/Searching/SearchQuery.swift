import Containers
import ServerKernel
import SortedSetValues

/// What a command of the GEORADIUS and GEOSEARCH families asks for.
struct SearchQuery {
  /// The forms of the arguments.
  enum Form {
    /// `GEORADIUS key longitude latitude radius unit ...`
    case radius(mayStore: Bool)
    /// `GEORADIUSBYMEMBER key member radius unit ...`
    case radiusByMember(mayStore: Bool)
    /// `GEOSEARCH key ...`
    case search
    /// `GEOSEARCHSTORE destination source ...`
    case searchAndStore
  }

  enum Order {
    case none, ascending, descending
  }

  let form: Form
  private(set) var center: GeoPoint?
  private(set) var outline: GeoShape.Outline?
  private(set) var unit = GeoUnit(meters: 1)
  private(set) var withDistance = false
  private(set) var withHash = false
  private(set) var withPoint = false
  private(set) var order = Order.none
  /// The most results; 0 for all.
  private(set) var count = 0
  /// Whether any results will do, not the nearest.
  private(set) var takesAny = false
  /// The argument that is the key for the results.
  private(set) var destination: Int?
  private(set) var storesDistances = false
  private var isFromMember = false
  private var isFromPoint = false

  /// The argument that is the key.
  var source: Int { if case .searchAndStore = form { 2 } else { 1 } }

  private var isPolygon: Bool { if case .polygon = outline { true } else { false } }

  private var isSearch: Bool {
    switch form {
    case .search, .searchAndStore: true
    default: false
    }
  }

  private var mayStore: Bool {
    switch form {
    case .radius(let mayStore), .radiusByMember(let mayStore): mayStore
    default: false
    }
  }

  /// Reads a call, and the places of members that it names. Throws WRONGTYPE before anything else.
  init(_ call: borrowing Call, _ context: borrowing Context, _ form: Form) throws(CommandError) {
    self.form = form
    let set = try context.db.value(SortedSetValue.self, call[source])
    var index: Int
    switch form {
    case .radius:
      center = try call.point(2)
      (outline, unit) = try call.radius(4)
      index = 6
    case .radiusByMember:
      // Without a set there is nothing to find, but the options are looked at.
      if let set {
        center = try Self.place(of: call[2], in: set.value)
        (outline, unit) = try call.radius(3)
      }
      index = 5
    case .search: index = 2
    case .searchAndStore:
      destination = 1
      index = 3
    }
    while index < call.count {
      if let next = try readOption(call, index) {
        index = next
      } else if isSearch, call.matches(index, "FROMMEMBER"), index + 1 < call.count, !isFromPoint, !isPolygon {
        if let set { center = try Self.place(of: call[index + 1], in: set.value) }
        isFromMember = true
        index += 2
      } else {
        throw .syntax
      }
    }
    try check(call)
  }

  private static func place(
    of member: borrowing Bytes, in set: borrowing SortedSetValue
  ) throws(CommandError) -> GeoPoint {
    guard let score = set.score(of: member) else { throw .literal("ERR could not decode requested zset member") }
    return GeoCell(score: score).center
  }

  /// Reads an option other than FROMMEMBER; returns the argument that follows it, nil if there is none.
  private mutating func readOption(_ call: borrowing Call, _ index: Int) throws(CommandError) -> Int? {
    let left = call.count - index - 1
    if call.matches(index, "WITHDIST") {
      withDistance = true
    } else if call.matches(index, "WITHHASH") {
      withHash = true
    } else if call.matches(index, "WITHCOORD") {
      withPoint = true
    } else if call.matches(index, "ANY") {
      takesAny = true
    } else if call.matches(index, "ASC") {
      order = .ascending
    } else if call.matches(index, "DESC") {
      order = .descending
    } else if call.matches(index, "COUNT") && left >= 1 {
      let number = try call.integer(index + 1)
      if number <= 0 { throw .literal("ERR COUNT must be > 0") }
      count = Int(number)
      return index + 2
    } else if mayStore && left >= 1 && (call.matches(index, "STORE") || call.matches(index, "STOREDIST")) {
      destination = index + 1
      storesDistances = call.matches(index, "STOREDIST")
      return index + 2
    } else {
      return isSearch ? try readShape(call, index) : nil
    }
    return index + 1
  }

  private mutating func readShape(_ call: borrowing Call, _ index: Int) throws(CommandError) -> Int? {
    let left = call.count - index - 1
    let isBox = if case .box = outline { true } else { false }
    let isCircle = if case .circle = outline { true } else { false }
    // A polygon has a center of its own.
    if call.matches(index, "BYPOLYGON") && left >= 1 && !isBox && !isCircle && !isFromMember && !isFromPoint {
      let polygon = try call.polygon(index + 1)
      (outline, center) = (.polygon(polygon), polygon.center)
      return index + 2 + 2 * polygon.corners.count
    }
    if isPolygon { return readStoring(call, index) }
    if call.matches(index, "FROMLONLAT") && left >= 2 && !isFromMember {
      center = try call.point(index + 1)
      isFromPoint = true
      return index + 3
    }
    if call.matches(index, "BYRADIUS") && left >= 2 && !isBox {
      (outline, unit) = try call.radius(index + 1)
      return index + 3
    }
    if call.matches(index, "BYBOX") && left >= 3 && !isCircle {
      (outline, unit) = try call.box(index + 1)
      return index + 4
    }
    return readStoring(call, index)
  }

  private mutating func readStoring(_ call: borrowing Call, _ index: Int) -> Int? {
    guard case .searchAndStore = form, call.matches(index, "STOREDIST") else { return nil }
    storesDistances = true
    return index + 1
  }

  /// What options exclude or need one another.
  private func check(_ call: borrowing Call) throws(CommandError) {
    if destination != nil && (withDistance || withHash || withPoint) {
      let name: StaticString = isSearch ? "GEOSEARCHSTORE" : "STORE option in GEORADIUS"
      throw .text("ERR \(name) is not compatible with WITHDIST, WITHHASH and WITHCOORD options")
    }
    if isSearch && !isFromMember && !isFromPoint && !isPolygon {
      throw .text("ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for \(call[0])")
    }
    if isSearch && outline == nil {
      throw .text("ERR exactly one of BYRADIUS and BYBOX can be specified for \(call[0])")
    }
    if takesAny && count == 0 { throw .literal("ERR the ANY argument requires COUNT argument") }
  }
}
