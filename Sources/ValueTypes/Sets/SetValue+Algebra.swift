import Containers
import ServerKernel

// Operations on two sets. Two sets of integers are merged; of others, members of one are looked up in the other.
extension SetValue {
  /// Visits the members that are in `other` too until `visit` returns false; true when all were visited. Best called of
  /// the smaller one: O(count * N).
  @discardableResult
  public func forEachCommon(
    _ other: borrowing SetValue, while visit: (_ member: borrowing PackedElement) -> Bool
  ) -> Bool {
    switch storage {
    case .integers(let integers):
      switch other.storage {
      case .integers(let others): return integers.forEachCommon(others) { visit(.integer($0)) }
      default: break
      }
    default: break
    }
    return forEachMember(while: { member in other.contains(member) ? visit(member) : true })
  }

  /// Adds the members of `other`. O(other.count * N).
  public mutating func formUnion(_ other: borrowing SetValue) {
    switch other.storage {
    case .integers(let others): if changeIntegers({ $0.formUnion(others) }) { return }
    default: break
    }
    other.forEach { insert($0) }
  }

  /// Removes the members of `other`. O(other.count * N).
  public mutating func subtract(_ other: borrowing SetValue) {
    switch other.storage {
    case .integers(let others): if changeIntegers({ $0.subtract(others) }) { return }
    default: break
    }
    other.forEach { remove($0) }
  }

  /// Lets `body` change the members of a set of integers; false when it is none.
  private mutating func changeIntegers(_ body: (inout IntegerSet) -> Void) -> Bool {
    switch consume storage {
    case .integers(var integers):
      body(&integers)
      self = SetValue(Self.limited(integers))
      return true
    case .packed(let list): self = SetValue(.packed(list))
    case .table(let table): self = SetValue(.table(table))
    }
    return false
  }
}
