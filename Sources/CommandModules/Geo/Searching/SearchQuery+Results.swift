import Containers
import ServerKernel
import SortedSetValues

/// A member that was found.
struct SearchResult {
  var rank: Int
  var score: Double
  /// Meters.
  var distance: Double
}

extension SearchQuery {
  /// Members that are looked at before it is asked whether there are enough.
  private static let piece = 256

  /// Visits the members in the shape, all or as many as may be any.
  private func forEachFound(
    in set: borrowing SortedSetValue, _ shape: GeoShape, isDistanceNeeded: Bool,
    _ visit: (_ member: borrowing PackedElement, _ found: SearchResult) -> Void
  ) {
    var left = takesAny ? count : Int.max
    GeoWalk(shape: shape).forEachRange(in: set) { ranks in
      for first in stride(from: ranks.lowerBound, to: ranks.upperBound, by: Self.piece) where left > 0 {
        var rank = first
        set.forEach(in: first..<min(ranks.upperBound, first + Self.piece)) { member, score in
          if left > 0,
            let distance = shape.distance(of: GeoCell(score: score).center, isNeeded: isDistanceNeeded)
          {
            visit(member, SearchResult(rank: rank, score: score, distance: distance))
            left -= 1
          }
          rank += 1
        }
      }
      return left > 0
    }
  }

  /// Whether the members are replied as they are found.
  private var isUnordered: Bool { order == .none && (count == 0 || takesAny) }

  /// The members in the shape, in order, no more than asked for.
  private func results(in set: borrowing SortedSetValue, _ shape: GeoShape) -> [SearchResult] {
    var results: [SearchResult] = []
    let isDistanceNeeded = !isUnordered || storesDistances
    forEachFound(in: set, shape, isDistanceNeeded: isDistanceNeeded) { _, found in results.append(found) }
    // The nearest are asked for where only some are.
    let order = count > 0 && self.order == .none && !takesAny ? .ascending : self.order
    if order != .none {
      let sign = order == .ascending ? 1.0 : -1.0
      if count > 0 && count < results.count {
        results.sortPrefix(count) { sign * ($0.distance - $1.distance) }
      } else {
        results.sort { sign * $0.distance < sign * $1.distance }
      }
    }
    if count > 0 && count < results.count { results.removeLast(results.count - count) }
    return results
  }

  /// Replies or stores what is found.
  func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    var stored = ScoreTable()
    if let set = try context.db.value(SortedSetValue.self, call[source]), let center, let outline {
      let shape = GeoShape(center: center, outline: outline)
      if destination == nil { return reply(in: set.value, shape, to: context.reply) }
      for result in results(in: set.value, shape) {
        let score = storesDistances ? result.distance / unit.meters : result.score
        set.value.forEach(in: result.rank..<result.rank + 1) { member, _ in
          var text = DecimalText()
          stored.update(member.text(&text)) { _ in score }
        }
      }
    } else if destination == nil {
      return context.reply.array(0)
    }
    guard let destination else { return }
    let count = stored.count
    let event: StaticString = if case .searchAndStore = form { "geosearchstore" } else { "georadiusstore" }
    if count > 0 {
      context.db.store(SortedSetValue(stored), call[destination], .sortedSet(event))
    } else {
      context.db.remove(call[destination])
    }
    context.reply.integer(count)
  }

  private func reply(in set: borrowing SortedSetValue, _ shape: GeoShape, to reply: Reply) {
    if isUnordered {
      let members = reply.deferredArray()
      var number = 0
      forEachFound(in: set, shape, isDistanceNeeded: withDistance) { member, found in
        self.reply(member, found, to: reply)
        number += 1
      }
      return reply.finish(members, count: number)
    }
    let results = results(in: set, shape)
    reply.array(results.count)
    for result in results {
      set.forEach(in: result.rank..<result.rank + 1) { member, _ in self.reply(member, result, to: reply) }
    }
  }

  private func reply(_ member: borrowing PackedElement, _ found: SearchResult, to reply: Reply) {
    let fields = (withDistance ? 1 : 0) + (withHash ? 1 : 0) + (withPoint ? 1 : 0)
    if fields > 0 { reply.array(1 + fields) }
    reply.bulk(member)
    if withDistance { reply.distance(found.distance / unit.meters) }
    if withHash { reply.integer(Int64(exactly: found.score.rounded(.towardZero)) ?? .min) }
    if withPoint { reply.point(GeoCell(score: found.score).center) }
  }
}
