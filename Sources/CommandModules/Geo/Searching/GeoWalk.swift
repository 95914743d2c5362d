import Containers
import ServerKernel
import SortedSetValues

/// The ranks at which places of a shape may be found, in the order in which Redis comes to them: that of the shape's
/// cells, and of scores within a cell.
struct GeoWalk {
  /// A cell of more places is looked at in four parts, of which those may be left out that the shape does not touch.
  private static let fewestDivided = 256

  let shape: GeoShape

  /// Visits ranges of ranks until `visit` returns false.
  func forEachRange(in set: borrowing SortedSetValue, while visit: (Range<Int>) -> Bool) {
    for cell in shape.cells {
      let ranks =
        set.rank(before: cell.score, orEqual: false)..<set.rank(before: cell.nextScore, orEqual: false)
      if !forEachRange(of: cell, ranks, in: set, while: visit) { return }
    }
  }

  private func forEachRange(
    of cell: GeoCell, _ ranks: Range<Int>, in set: borrowing SortedSetValue, while visit: (Range<Int>) -> Bool
  ) -> Bool {
    if ranks.isEmpty { return true }
    let area = cell.area
    // What is beyond the map's edge counts as being on it.
    if area.isOnMap && !shape.mayHold(area) { return true }
    if !area.isOnMap || ranks.count <= Self.fewestDivided || cell.steps == GeoCell.finest { return visit(ranks) }
    var start = ranks.lowerBound
    for number in 0..<4 {
      let part = cell.part(number)
      let end = number == 3 ? ranks.upperBound : set.rank(before: part.nextScore, orEqual: false)
      if !forEachRange(of: part, start..<end, in: set, while: visit) { return false }
      start = end
    }
    return true
  }
}
