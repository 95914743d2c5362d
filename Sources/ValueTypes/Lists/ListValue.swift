import Containers
import ServerKernel

/// A list: the value of keys of the type `list`, a sequence of elements.
///
/// Elements lie in nodes of up to 8 KB by default (`list-max-listpack-size`). Both ends are at hand; a position in
/// between is reached over whole nodes, which are n in the complexities given here: a million elements of 17 bytes are
/// 2,300 nodes. Positions count from 0 at the left end, as in an array: one that is not there is a mistake in the
/// program and traps. An index from a client is made one by `position(_:)` or `positions(_:_:)`.
///
/// Eight bytes in its key's entry. Views that it gives of elements last until it changes.
///
/// Every change goes through a method here or in ListValue+Middle.swift: it tells the walk of a snapshot first.
public struct ListValue: ~Copyable {
  @usableFromInline var elements = QuickList()

  /// The walk of a snapshot that takes the list in pieces.
  var walk: ListWalk? {
    @inline(__always) get { elements.isAccompanied ? elements.companion as? ListWalk : nil }
    set { elements.companion = newValue }
  }

  /// A list without elements; allocates nothing.
  public init() {}

  /// How many elements there are. O(1).
  @inlinable public var count: Int { elements.count }

  // MARK: Positions

  /// The position that an index stands for, which counts from the end when negative; nil when it is out of range.
  public func position(_ index: Int64) -> Int? {
    let position = index < 0 ? index + Int64(count) : index
    return position >= 0 && position < Int64(count) ? Int(position) : nil
  }

  /// The positions from the index `start` to the index `stop`, both included; negative ones count from the end, and
  /// what is out of range is left out.
  public func positions(_ start: Int64, _ stop: Int64) -> Range<Int> {
    let size = Int64(count)
    let first = max(0, start < 0 ? start + size : start)
    let last = min(size - 1, stop < 0 ? stop + size : stop)
    return first > last ? 0..<0 : Int(first)..<Int(last) + 1
  }

  // MARK: Elements

  /// The element at a position; nil when there is none. O(n).
  @_lifetime(borrow self)
  public func element(at position: Int) -> PackedElement? { elements.element(at: position) }

  /// The element at an end; the list must not be empty, as no key's value is. O(1).
  @inlinable @_lifetime(borrow self)
  public func element(at end: ListEnd) -> PackedElement {
    guard let element = end == .left ? elements.first : elements.last else {
      preconditionFailure("a list without elements")
    }
    return element
  }

  /// Visits the elements at some positions in their order. O(n + positions).
  public func forEach(in positions: Range<Int>, _ visit: (borrowing PackedElement) -> Void) {
    elements.forEach(in: positions, visit)
  }

  /// Visits the elements at some positions, the last one first. O(n + positions).
  public func forEachReversed(in positions: Range<Int>, _ visit: (borrowing PackedElement) -> Void) {
    elements.forEachReversed(in: positions, visit)
  }

  /// Visits the positions of elements equal to `text` among the first `limit` elements, or the last ones from the end
  /// on, until `visit` returns false. O(limit).
  public func forEachPosition(
    of text: borrowing Bytes, limit: Int = .max, fromEnd: Bool = false, _ visit: (Int) -> Bool
  ) {
    elements.forEachPosition(of: text, limit: limit, fromEnd: fromEnd, visit)
  }
}
