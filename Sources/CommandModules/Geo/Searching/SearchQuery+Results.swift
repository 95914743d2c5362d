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

  /// The members in the shape, in order, no more than asked for.
  private func results(in set: borrowing SortedSetValue, _ shape: GeoShape) -> [SearchResult] {
    var results: [SearchResult] = []
    let limit = takesAny ? count : Int.max
    for cell in shape.cells {
      let ranks = set.ranks(from: ScoreBound(cell.score), to: ScoreBound(cell.nextScore, isExclusive: true))
      var first = ranks.lowerBound
      while first < ranks.upperBound && results.count < limit {
        let end = min(ranks.upperBound, first + Self.piece)
        var rank = first
        set.forEach(in: first..<end) { _, score in
          if results.count < limit, let distance = shape.distance(of: GeoCell(score: score).center) {
            results.append(SearchResult(rank: rank, score: score, distance: distance))
          }
          rank += 1
        }
        first = end
      }
    }
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
    let reply = context.reply
    var stored = SortedSetValue()
    if let set = try context.db.value(SortedSetValue.self, call[source]), let center, let outline {
      let results = results(in: set.value, GeoShape(center: center, outline: outline))
      if destination == nil { return self.reply(results, in: set.value, to: reply) }
      for result in results {
        let score = storesDistances ? result.distance / unit.meters : result.score
        set.value.forEach(in: result.rank..<result.rank + 1) { member, _ in
          var text = DecimalText()
          stored.set(member.text(&text), score)
        }
      }
    } else if destination == nil {
      return reply.array(0)
    }
    guard let destination else { return }
    let count = stored.count
    let event: StaticString = if case .searchAndStore = form { "geosearchstore" } else { "georadiusstore" }
    if count > 0 {
      context.db.store(stored, call[destination], .sortedSet(event))
    } else {
      context.db.remove(call[destination])
    }
    reply.integer(count)
  }

  private func reply(_ results: [SearchResult], in set: borrowing SortedSetValue, to reply: Reply) {
    let fields = (withDistance ? 1 : 0) + (withHash ? 1 : 0) + (withPoint ? 1 : 0)
    reply.array(results.count)
    for result in results {
      if fields > 0 { reply.array(1 + fields) }
      set.forEach(in: result.rank..<result.rank + 1) { member, _ in reply.bulk(member) }
      if withDistance { reply.distance(result.distance / unit.meters) }
      if withHash { reply.integer(Int64(exactly: result.score.rounded(.towardZero)) ?? .min) }
      if withPoint { reply.point(GeoCell(score: result.score).center) }
    }
  }
}
