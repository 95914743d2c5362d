import Containers
import ServerKernel

// Changes at the ends of a list, and how long elements may be.
extension ListValue {
  /// Adds an element at an end. O(1), amortised. No longer than `checkElements` allows.
  public mutating func push(_ element: borrowing Bytes, _ end: ListEnd) { push(element, end, Self.limit) }

  /// Adds the call's arguments from `first` on at an end, one after another, as `push` does.
  public mutating func push(_ call: borrowing Call, from first: Int, _ end: ListEnd) {
    let limit = Self.limit
    for index in first..<call.count { push(call[index], end, limit) }
  }

  /// Removes the element at an end; the list must not be empty, as no key's value is. O(1).
  public mutating func removeOne(_ end: ListEnd) {
    if let walk { willRemove(end == .left ? 0..<1 : count - 1..<count, walk) }
    switch end {
    case .left: elements.removeFirst()
    case .right: elements.removeLast()
    }
  }

  /// Throws when one of the call's arguments from `first` on is longer than any node can hold, 4 GB; only a raised
  /// `proto-max-bulk-len` lets such a one arrive. For every command that adds elements, before it changes anything.
  @inlinable @inline(__always)
  public static func checkElements(_ call: borrowing Call, from first: Int) throws(CommandError) {
    for index in first..<call.count where call[index].count > QuickList.elementMax {
      throw .literal("ERR element exceeds the maximum size of list elements")
    }
  }

  private mutating func push(_ element: borrowing Bytes, _ end: ListEnd, _ limit: QuickList.NodeLimit) {
    switch end {
    case .left:
      if let walk { walk.inserted(at: 0) }
      elements.prepend(element, limit)
    case .right: elements.append(element, limit)
    }
  }
}
