// Unsafe: the struct owns one malloc'ed block. Invariants: `filled <= allocated`, the block has
// `allocated` bytes, and `start` is nil exactly when that is 0.
import Glibc

/// A growable run of bytes in one malloc'ed block: a connection's input or replies, a file's tail.
///
/// Grows to twice its size up to 1 MB and by a quarter beyond, never without an append or
/// `reserve`. It may be freed on another thread than the one that filled it.
@safe
@frozen
public struct ByteBuffer: ~Copyable, @unchecked Sendable {
  @usableFromInline var start: UnsafeMutableRawPointer?
  @usableFromInline var filled: Int
  @usableFromInline var allocated: Int

  /// How many bytes it holds.
  @inlinable public var count: Int { filled }

  /// How many bytes fit in its block.
  @inlinable public var capacity: Int { allocated }

  /// An empty buffer without a block.
  @inlinable
  public init() {
    unsafe start = nil
    filled = 0
    allocated = 0
  }

  /// An empty buffer with room for `capacity` bytes.
  public init(capacity: Int) {
    self.init()
    reserve(capacity)
  }

  @inlinable deinit { unsafe Malloc.free(start) }

  @inlinable public var isEmpty: Bool { count == 0 }

  /// The bytes held, until the next change.
  @inlinable
  public var bytes: Bytes {
    @_lifetime(borrow self) get {
      let address = unsafe UnsafeRawPointer(start) ?? [UInt8].nowhere
      return unsafe _overrideLifetime(Bytes(unsafeStart: address, count: count), borrowing: self)
    }
  }

  /// The byte at `index`; a trap when out of range.
  @inlinable
  public subscript(index: Int) -> UInt8 {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "byte index out of range")
      return unsafe start.unsafelyUnwrapped.load(fromByteOffset: index, as: UInt8.self)
    }
    set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "byte index out of range")
      unsafe start.unsafelyUnwrapped.storeBytes(of: newValue, toByteOffset: index, as: UInt8.self)
    }
  }

  /// Makes room for `additional` more bytes. O(count) when it grows, else O(1).
  @inlinable
  public mutating func reserve(_ additional: Int) {
    if additional > capacity &- count { grow(by: additional) }
  }

  @usableFromInline
  mutating func grow(by additional: Int) {
    precondition(additional >= 0, "negative reservation")
    let needed = count + additional
    let step = capacity < 1 << 20 ? capacity : capacity / 4
    resize(max(needed, capacity + step, 64))
  }

  /// Gives the block exactly `newCapacity` bytes, which hold the content; traps when out of memory.
  mutating func resize(_ newCapacity: Int) {
    precondition(newCapacity >= count && newCapacity > 0)
    unsafe start = unsafe Malloc.reallocate(start, newCapacity)
    allocated = newCapacity
  }
}
