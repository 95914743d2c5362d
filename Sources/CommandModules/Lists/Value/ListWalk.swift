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
/// nothing more and the spans stay few.
final class ListWalk {
  private struct Span {
    /// Elements of the list to pass over.
    var passed: Int
    /// Old elements that come next, as arguments.
    var aside: [Piece] = []
    /// Elements of the list that come after those.
    var remaining: Int
  }

  /// Some elements, written as arguments.
  private struct Piece {
    var arguments: [UInt8]
    var count: Int
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
      let pieces = Self.pieces(taken, list)
      if taken.lowerBound == base {
        spans[index].passed += taken.count
        spans[index].aside += pieces
        spans[index].remaining -= taken.count
        base = taken.upperBound
      } else {
        spans[index].remaining = taken.lowerBound - base
        spans.insert(
          Span(passed: taken.count, aside: pieces, remaining: end - taken.upperBound), at: index + 1)
        base = taken.upperBound
        index += 1
      }
      base += spans[index].remaining
      index += 1
    }
  }

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

  // MARK: Writing

  /// Writes the next piece; false when it was the last.
  func advance(_ list: borrowing QuickList, _ key: borrowing Bytes, into commands: inout CommandWriter) -> Bool {
    while first < spans.count {
      if asideWritten < spans[first].aside.count {
        let piece = spans[first].aside[asideWritten]
        asideWritten += 1
        write(piece, key, into: &commands)
        return true
      }
      if spans[first].remaining > 0 {
        let start = spans[first].passed
        let count = min(spans[first].remaining, Self.pieceCount(list))
        write(Self.piece(start..<start + count, list), key, into: &commands)
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

  private func write(_ piece: Piece, _ key: borrowing Bytes, into commands: inout CommandWriter) {
    commands.begin("RPUSH", arguments: 1 + piece.count)
    commands.argument(key)
    commands.output.append(piece.arguments.bytes)
  }

  private static func pieceCount(_ list: borrowing QuickList) -> Int {
    max(1, min(pieceElements, pieceBytes / max(1, list.memoryUse / max(1, list.count))))
  }

  private static func pieces(_ range: Range<Int>, _ list: borrowing QuickList) -> [Piece] {
    let size = pieceCount(list)
    return stride(from: range.lowerBound, to: range.upperBound, by: size).map { start in
      piece(start..<min(start + size, range.upperBound), list)
    }
  }

  private static func piece(_ range: Range<Int>, _ list: borrowing QuickList) -> Piece {
    var writer = CommandWriter()
    list.forEach(in: range) { writer.argument($0) }
    return Piece(arguments: writer.output.bytes.array, count: range.count)
  }
}

// A snapshot takes large lists in pieces.
extension ListValue {
  mutating func beginWalk() -> Bool {
    walk = ListWalk(elements)
    return walk != nil
  }

  mutating func continueWalk(_ key: borrowing Bytes, into commands: inout CommandWriter) -> Bool {
    walk?.advance(elements, key, into: &commands) ?? false
  }

  mutating func endWalk() { walk = nil }
}
