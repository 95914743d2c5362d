// Unsafe: as in ValueView.swift, of a value whose type is not known.

import Containers

/// What SORT finds in values of a type.
public enum SortableElements: Sendable {
  /// Nothing: they are not to be sorted.
  case none
  /// Elements without an order of their own, as a set's.
  case unordered
  /// Elements in an order of their own, as a list's.
  case ordered
}

/// A value whose elements can be sorted, where it lies: of a list, a set, or another type that says so.
@safe
public struct SortableView: ~Escapable {
  private let kind: ValueKind
  private let address: UnsafeMutableRawPointer

  @unsafe @_lifetime(immortal)
  fileprivate init(_ kind: ValueKind, _ address: UnsafeMutableRawPointer) {
    self.kind = kind
    unsafe self.address = address
  }

  /// Whether the elements have an order of their own.
  public var isOrdered: Bool { kind.sortableElements == .ordered }

  /// How many elements there are.
  public var count: Int { unsafe kind.elementCount(address) }

  /// Visits the elements at some positions in their own order, or in the reverse one, where 0 is the last element.
  public func forEach(
    in positions: Range<Int>, reversed: Bool, _ visit: (_ element: borrowing PackedElement) -> Void
  ) {
    precondition(positions.lowerBound >= 0 && positions.upperBound <= count, "position out of range")
    unsafe kind.forEachSortable(address, in: positions, reversed: reversed, visit)
  }
}

extension Database {
  /// The value of a key as SORT takes it, whatever its type; nil when there is no such key. Throws WRONGTYPE for one
  /// whose elements are not to be sorted.
  @_lifetime(borrow self)
  public func sortable(_ key: borrowing Bytes) throws(CommandError) -> SortableView? {
    guard let entry = unsafe lookup(key) else { return nil }
    guard let kind = unsafe kind(entry), kind.sortableElements != .none else { throw .wrongType }
    return unsafe _overrideLifetime(SortableView(kind, KeyEntry.value(entry)), borrowing: self)
  }
}
