// Unsafe: its slots are memory of its own, of which the first `count` are filled.

/// A list of bounded length whose elements may be such as are never copied.
@safe
public struct SlotList<Element: ~Copyable>: ~Copyable {
  private let slots: UnsafeMutablePointer<Element>
  /// How many there may be.
  public let capacity: Int
  /// How many there are.
  public private(set) var count = 0

  /// An empty list with room for `capacity` elements.
  public init(capacity: Int) {
    unsafe slots = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit {
    unsafe slots.deinitialize(count: count)
    unsafe slots.deallocate()
  }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { count == 0 }
  /// Whether there is no room for another one.
  public var isFull: Bool { count == capacity }

  /// Adds an element at the end; traps when the list is full.
  public mutating func append(_ element: consuming Element) {
    precondition(count < capacity, "the list is full")
    unsafe (slots + count).initialize(to: element)
    count += 1
  }

  /// Takes the last element away; traps when there is none.
  public mutating func removeLast() -> Element {
    precondition(count > 0, "the list is empty")
    count -= 1
    return unsafe (slots + count).move()
  }

  /// Empties the list.
  public mutating func removeAll() {
    unsafe slots.deinitialize(count: count)
    count = 0
  }

  /// The element at `index`; a trap when out of range.
  public subscript(index: Int) -> Element {
    unsafeAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
      return unsafe UnsafePointer(slots + index)
    }
    unsafeMutableAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
      return unsafe slots + index
    }
  }
}
