import Containers
import ServerKernel

/// A set: the value of keys of the type `set`, whose members are different byte strings.
///
/// Small sets of integers are kept sorted in one block, other small ones are packed into one in the order in which
/// members came, and large ones are a table. `set-max-intset-entries`, `set-max-listpack-entries` and
/// `set-max-listpack-value` say what is small. A set goes from the first encoding to the second or third and from the
/// second to the third, and never back. Which one it is shows in `encodingName` and in the costs: where a complexity is
/// given, N is the logarithm of the number of members of a set of integers, the number of members while packed, 128 at
/// most by default, and 1 in a table. Changes of sets of integers are O(count).
///
/// A member that is canonical decimal text may be passed on as `.integer` whatever the encoding.
///
/// Nine bytes in its key's entry. Views that it gives of members last until it changes.
public struct SetValue: ~Copyable {
  @usableFromInline
  enum Storage: ~Copyable {
    case integers(IntegerSet)
    case packed(PackedList)
    case table(FieldSet)
  }

  @usableFromInline var storage: Storage

  init(_ storage: consuming Storage) { self.storage = storage }

  /// A set without members; allocates nothing.
  public init() { storage = .integers(IntegerSet()) }

  /// How many members there are. O(1).
  @inlinable
  public var count: Int {
    switch storage {
    case .integers(let integers): integers.count
    case .packed(let list): list.count
    case .table(let table): table.count
    }
  }

  /// Whether `member` is there. O(N).
  @inlinable
  public func contains(_ member: borrowing Bytes) -> Bool {
    switch storage {
    case .integers(let integers):
      if let value = member.integer { integers.contains(value) } else { false }
    case .packed(let list): list.find(member) != nil
    case .table(let table): table.contains(member)
    }
  }

  /// Whether a member of another set is there. O(N).
  public func contains(_ member: borrowing PackedElement) -> Bool {
    switch member {
    case .bytes(let bytes): return contains(bytes)
    case .integer(let value):
      switch storage {
      case .integers(let integers): return integers.contains(value)
      default:
        let text = DecimalText(value)
        return contains(text.bytes)
      }
    }
  }

  /// Visits every member: integers in ascending order, packed ones as they came, those of a table in no order.
  /// O(count).
  public func forEach(_ visit: (_ member: borrowing PackedElement) -> Void) {
    switch storage {
    case .integers(let integers): integers.forEach { visit(.integer($0)) }
    case .packed(let list):
      var index = list.startIndex
      let end = list.endIndex
      while index < end {
        visit(list.element(at: index))
        index = list.index(after: index)
      }
    case .table(let table): table.forEach { visit(.bytes($0)) }
    }
  }

  /// Visits members as `forEach` does until `visit` returns false; true when all were visited. O(count).
  @discardableResult
  public func forEachMember(while visit: (_ member: borrowing PackedElement) -> Bool) -> Bool {
    switch storage {
    case .integers(let integers):
      for position in 0..<integers.count where !visit(.integer(integers[position])) { return false }
      return true
    case .packed(let list):
      var index = list.startIndex
      let end = list.endIndex
      while index < end {
        if !visit(list.element(at: index)) { return false }
        index = list.index(after: index)
      }
      return true
    case .table(let table): return table.forEachMember(while: { visit(.bytes($0)) })
    }
  }

  /// Has the memory of several members fetched that are looked up next, the call's arguments at `members`, so that
  /// their cache misses overlap: for some sixteen at a time. Does nothing where that is not worth it.
  public func prefetch(_ call: borrowing Call, _ members: Range<Int>) {
    switch storage {
    case .table(let table) where members.count > 1 && table.count > 4096:
      for index in members { table.prefetchBucket(of: call[index]) }
      for index in members { table.prefetchBlock(of: call[index]) }
    default: break
    }
  }
}
