import Containers
import ServerKernel

/// A hash: the value of keys of the type `hash`, which maps fields to values.
///
/// Small ones are packed as field, value, field, value ... in one block, others are a table. A hash becomes a table
/// with the first field or value longer than `hash-max-listpack-value`, or with more fields than
/// `hash-max-listpack-entries`, and stays one. Which of them it is shows in `encodingName` and in the costs: where a
/// complexity is given, N is the number of fields while packed, 512 of them at most by default, and 1 in a table.
///
/// Seven bytes in its key's entry. Views that it gives of fields and values last until it changes.
public struct HashValue: ~Copyable {
  @usableFromInline
  enum Storage: ~Copyable {
    case packed(PackedList)
    case table(FieldTable)
  }

  @usableFromInline var storage: Storage

  init(_ storage: consuming Storage) { self.storage = storage }

  /// A hash without fields; allocates nothing.
  public init() { storage = .packed(PackedList()) }

  /// How many fields there are. O(1).
  @inlinable
  public var count: Int {
    switch storage {
    case .packed(let list): list.count / 2
    case .table(let table): table.count
    }
  }

  /// Whether `field` is there. O(N).
  @inlinable
  public func contains(_ field: borrowing Bytes) -> Bool {
    switch storage {
    case .packed(let list): list.find(field, skipping: 1) != nil
    case .table(let table): table.contains(field)
    }
  }

  /// The value of `field`; nil when it is not there. O(N).
  @inlinable @_lifetime(borrow self)
  public func value(of field: borrowing Bytes) -> PackedElement? {
    switch storage {
    case .packed(let list):
      guard let index = list.find(field, skipping: 1) else { return nil }
      return list.element(at: list.index(after: index))
    case .table(let table):
      guard let value = table.value(of: field) else { return nil }
      return .bytes(value)
    }
  }

  /// Visits every field with its value: in the order of insertion while packed, else in none. O(count).
  @inlinable
  public func forEach(_ visit: (_ field: borrowing PackedElement, _ value: borrowing PackedElement) -> Void) {
    switch storage {
    case .packed(let list):
      var index = list.startIndex
      let end = list.endIndex
      while index < end {
        let value = list.index(after: index)
        visit(list.element(at: index), list.element(at: value))
        index = list.index(after: value)
      }
    case .table(let table):
      table.forEach { field, value in visit(.bytes(field), .bytes(value)) }
    }
  }

  /// Has the memory of several fields fetched that are looked up next, the call's arguments at `fields`, so that their
  /// cache misses overlap: for some sixteen at a time. Does nothing where that is not worth it.
  public func prefetch(_ call: borrowing Call, _ fields: Range<Int>) {
    switch storage {
    case .table(let table) where fields.count > 1 && table.count > 4096:
      for index in fields { table.prefetchBucket(of: call[index]) }
      for index in fields { table.prefetchBlock(of: call[index]) }
    default: break
    }
  }
}
