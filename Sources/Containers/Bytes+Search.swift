// Unsafe: memchr is given the address and the count of what is left of the view.
import Glibc

extension Bytes {
  /// The index of the first `byte` at or after `position`, or nil. O(count).
  public func firstIndex(of byte: UInt8, from position: Int = 0) -> Int? {
    guard position < count else { return nil }
    precondition(position >= 0, "byte index out of range")
    guard let found = unsafe memchr(baseAddress + position, Int32(byte), count - position) else { return nil }
    return unsafe UnsafeRawPointer(found) - baseAddress
  }
}
