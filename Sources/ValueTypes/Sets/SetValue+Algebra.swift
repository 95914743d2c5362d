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
    case .packed(let list):
      switch other.storage {
      case .packed(let others): return list.forEachCommon(others, while: visit)
      default: break
      }
    case .table(let table):
      switch other.storage {
      case .table(let others): return table.forEachMember(areIn: true, others, while: { visit(.bytes($0)) })
      default: break
      }
    }
    return forEachMember(while: { member in other.contains(member) ? visit(member) : true })
  }

  /// Visits the members that `other` has not. O(count * N).
  public func forEachMissing(from other: borrowing SetValue, _ visit: (_ member: borrowing PackedElement) -> Void) {
    switch storage {
    case .table(let table):
      switch other.storage {
      case .table(let others):
        table.forEachMember(areIn: false, others) { member in
          visit(.bytes(member))
          return true
        }
        return
      default: break
      }
    default: break
    }
    forEach { if !other.contains($0) { visit($0) } }
  }

  /// Adds the members of `other`. O(other.count * N).
  public mutating func formUnion(_ other: borrowing SetValue) {
    switch other.storage {
    case .integers(let others): if changeIntegers({ $0.formUnion(others) }) { return }
    case .table(let others):
      if isEmpty && others.count > Self.integersMax.value && others.count > Self.packedEntriesMax.value {
        self = SetValue(.table(others.copy()))
        return
      }
      if withTable({ table in
        table.formUnion(others)
        return true
      }) { return }
    default: break
    }
    other.forEach { insert($0) }
  }

  /// Removes the members of `other`. O(other.count * N).
  public mutating func subtract(_ other: borrowing SetValue) {
    switch other.storage {
    case .integers(let others): if changeIntegers({ $0.subtract(others) }) { return }
    case .table(let others):
      if withTable({ table in
        table.subtract(others)
        return true
      }) { return }
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
