// Unsafe: a place is an address, and whoever frees it vouches that nobody uses it afterwards.

/// A fixed place in memory for one value: a handle that is free to copy.
///
/// State that many parts of the server touch lives in places and not in class instances, because a
/// property of a class costs a retain, a release and an exclusivity check wherever it is used.
@safe
@frozen
public struct Place<Value: ~Copyable>: Equatable {
  @usableFromInline let pointer: UnsafeMutablePointer<Value>

  /// Allocates a place and moves `value` into it.
  public init(_ value: consuming Value) {
    precondition(MemoryLayout<Value>.alignment <= 16, "malloc aligns to 16 bytes")
    let block = unsafe Malloc.allocate(MemoryLayout<Value>.size)
    unsafe pointer = block.bindMemory(to: Value.self, capacity: 1)
    unsafe pointer.initialize(to: value)
  }

  /// The place at an address that the caller manages.
  @unsafe @inlinable
  public init(at pointer: UnsafeMutablePointer<Value>) {
    unsafe self.pointer = pointer
  }

  /// The value, read and changed where it is.
  @inlinable
  public var value: Value {
    @_transparent unsafeAddress { unsafe UnsafePointer(pointer) }
    @_transparent nonmutating unsafeMutableAddress { unsafe pointer }
  }

  @unsafe @inlinable
  public var address: UnsafeMutablePointer<Value> { unsafe pointer }

  /// Ends the value and frees the place. No handle may be used afterwards.
  @unsafe
  public func free() {
    unsafe pointer.deinitialize(count: 1)
    unsafe Malloc.free(pointer)
  }

  @inlinable
  public static func == (left: Place, right: Place) -> Bool { unsafe left.pointer == right.pointer }
}
