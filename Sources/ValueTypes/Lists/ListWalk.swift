import Containers
import ServerKernel

/// The walk of a snapshot over a list, in pieces, while it goes on changing.
///
/// What the list held when the walk began is kept as spans, in order. Each is made of elements of the list to pass over
/// (they came later, or were written), of old elements put aside because they were about to change or go, and of
/// elements that the list still holds and that are to be written:
///
///     list    | passed over | to be written | passed over | to be written | added at the end
///     spans   | 0: passed, aside, remaining | 1: passed, aside, remaining |
///
/// A change takes the elements around it out of the walk first, some dozens at once, so that changes close by cost
/// nothing more and the spans stay few. What is removed in one piece goes over to the walk in whole nodes, and is
/// written later as all else.
final class ListWalk: QuickListCompanion {
  private struct Span {
    /// Elements of the list to pass over.
    var passed: Int
    /// Old elements that come next.
    var aside: [Piece] = []
    /// Elements of the list that come after those.
    var remaining: Int
  }

  /// Elements at some positions of a list that is the walk's own.
  private struct Piece {
    let list: OwnList
    var positions: Range<Int>
  }

  private final class OwnList {
    let elements: QuickList
    init(_ elements: consuming QuickList) { self.elements = elements }
  }

  private var spans: [Span]
  /// The first span that is not done with.
  private var first = 0
  /// Elements put aside of that span that were written.
  private var asideWritten = 0

  /// Elements taken out of the walk around one that changes, to either side.
  private static let reach = 64
  /// Elements of a piece: so many bytes of them, as they are on average, and no more than so many.
  private static let pieceBytes = 64 << 10
  private static let pieceElements = 512
  /// Lists of fewer bytes are written at once.
  private static let leastBytes = 64 << 10

  /// Begins to walk a list; nil when it is not so large.
  init?(_ list: borrowing QuickList) {
    if list.memoryUse < Self.leastBytes { return nil }
    spans = [Span(passed: 0, remaining: list.count)]
  }

  // MARK: Changes

  /// Puts the elements around a position aside that are to be written.
  func take(around position: Int, _ list: borrowing QuickList) {
    take(max(0, position - Self.reach)..<min(list.count, position + Self.reach), list)
  }

  /// Puts the elements at some positions aside that are to be written.
  func take(_ range: Range<Int>, _ list: borrowing QuickList) {
    for (span, taken) in withdraw(range) {
      spans[span].aside.append(Piece(list: OwnList(Self.copy(taken, list)), positions: 0..<taken.count))
    }
  }

  /// Puts those of a part's elements aside that are to be written.
  func take(_ part: consuming QuickList.Part) {
    let start = part.positions.lowerBound
    let places = withdraw(part.positions)
    if places.isEmpty { return }
    let own = OwnList(part.takeElements())
    for (span, taken) in places {
      spans[span].aside.append(
        Piece(list: own, positions: taken.lowerBound - start..<taken.upperBound - start))
    }
  }

  /// Passes over the elements at some positions from now on; returns those that were to be written, and the spans where
  /// they are to be put aside.
  private func withdraw(_ range: Range<Int>) -> [(span: Int, positions: Range<Int>)] {
    var found: [(span: Int, positions: Range<Int>)] = []
    var index = first
    var base = 0
    while index < spans.count && base < range.upperBound {
      base += spans[index].passed
      let end = base + spans[index].remaining
      let taken = range.clamped(to: base..<end)
      if taken.isEmpty {
        base = end
        index += 1
        continue
      }
      if taken.lowerBound == base {
        spans[index].passed += taken.count
        spans[index].remaining -= taken.count
      } else {
        spans[index].remaining = taken.lowerBound - base
        spans.insert(Span(passed: taken.count, remaining: end - taken.upperBound), at: index + 1)
        index += 1
      }
      found.append((index, taken))
      base = end
      index += 1
    }
    return found
  }

  /// Whether anything is still to be written that only the list holds.
  var needsList: Bool { spans[first...].contains { $0.remaining > 0 } }

  /// An element comes before that at `position`, which is not to be written any more, or is the first.
  func inserted(at position: Int) {
    var base = 0
    for index in spans.indices[first...] {
      if position <= base + spans[index].passed {
        spans[index].passed += 1
        return
      }
      base += spans[index].passed + spans[index].remaining
    }
  }

  /// The elements at some positions go; none of them is to be written any more.
  func removed(_ range: Range<Int>) {
    var base = 0
    for index in spans.indices[first...] {
      let passed = spans[index].passed
      let gone = min(base + passed, range.upperBound) - max(base, range.lowerBound)
      if gone > 0 { spans[index].passed -= gone }
      base += passed + spans[index].remaining
      if base >= range.upperBound { return }
    }
  }

  /// A part was cut out of the list.
  func removed(_ part: consuming QuickList.Part) {
    let positions = part.positions
    if positions.isEmpty { return }
    take(part)
    removed(positions)
  }

  // MARK: Writing

  /// Writes the next piece; false when it was the last.
  func advance(_ list: borrowing QuickList, into writer: inout ElementWriter) -> Bool {
    while first < spans.count {
      if asideWritten < spans[first].aside.count {
        writeAside(into: &writer)
        return true
      }
      if spans[first].remaining > 0 {
        let start = spans[first].passed
        let count = min(spans[first].remaining, Self.pieceCount(list))
        list.forEach(in: start..<start + count) { writer.write($0) }
        spans[first].passed += count
        spans[first].remaining -= count
        return true
      }
      let passed = spans[first].passed
      spans[first].aside = []
      first += 1
      asideWritten = 0
      if first < spans.count { spans[first].passed += passed }
    }
    return false
  }

  /// Writes what was put aside next.
  private func writeAside(into writer: inout ElementWriter) {
    let piece = spans[first].aside[asideWritten]
    let positions = piece.positions
    let end = min(positions.upperBound, positions.lowerBound + Self.pieceCount(piece.list.elements))
    piece.list.elements.forEach(in: positions.lowerBound..<end) { writer.write($0) }
    if end < positions.upperBound {
      spans[first].aside[asideWritten].positions = end..<positions.upperBound
    } else {
      asideWritten += 1
    }
  }

  private static func pieceCount(_ list: borrowing QuickList) -> Int {
    max(1, min(pieceElements, pieceBytes / max(1, list.memoryUse / max(1, list.count))))
  }

  private static func copy(_ range: Range<Int>, _ list: borrowing QuickList) -> QuickList {
    let limit = ListValue.limit
    var copy = QuickList()
    var text = DecimalText()
    list.forEach(in: range) { copy.append($0.text(&text), limit) }
    return copy
  }
}
