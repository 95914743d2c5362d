// Unsafe: as in ValueView.swift. Looking up a key may remove one that has expired, which is none of those that were
// found before: all are asked for at one time.

import Containers

/// The values of several keys, where they lie: as `ValueView` is that of one.
@safe
public struct ValueViews<Value: StoredValue & ~Copyable>: ~Escapable {
  /// Nil for a key that is not there.
  private var addresses: [UnsafePointer<Value>?]

  @unsafe @_lifetime(immortal)
  fileprivate init(_ addresses: [UnsafePointer<Value>?]) { unsafe self.addresses = addresses }

  /// How many keys were asked for.
  public var count: Int { unsafe addresses.count }

  /// Whether every key is there.
  public var areAllThere: Bool { unsafe addresses.allSatisfy { unsafe $0 != nil } }

  /// The value of a key, by its number among those that were asked for; nil when there is none.
  public subscript(index: Int) -> ValueView<Value>? {
    @_lifetime(copy self) get {
      guard let address = unsafe addresses[index] else { return nil }
      return unsafe _overrideLifetime(ValueView(address), copying: self)
    }
  }

  /// Whether the values of two keys are one and the same: the keys are.
  public func isSame(_ first: Int, _ second: Int) -> Bool { unsafe addresses[first] == addresses[second] }

  /// Orders the values from the number `first` on, those of keys that are not there last.
  public mutating func sort(
    from first: Int = 0, by isBefore: (_ left: borrowing Value, _ right: borrowing Value) -> Bool
  ) {
    unsafe addresses[first...].sort { left, right in
      guard let left = unsafe left else { return false }
      guard let right = unsafe right else { return true }
      return unsafe isBefore(left.pointee, right.pointee)
    }
  }
}

extension Database {
  /// The values of the call's arguments at `keys`. Throws WRONGTYPE when one of them is of another type.
  @_lifetime(borrow self)
  public func values<V: StoredValue & ~Copyable>(
    _ type: V.Type, _ call: borrowing Call, _ keys: Range<Int>
  ) throws(CommandError) -> ValueViews<V> {
    var addresses: [UnsafePointer<V>?] = unsafe []
    unsafe addresses.reserveCapacity(keys.count)
    for index in keys {
      if let entry = unsafe lookup(call[index]) {
        unsafe addresses.append(UnsafePointer(try typed(type, entry)))
      } else {
        unsafe addresses.append(nil)
      }
    }
    return unsafe _overrideLifetime(ValueViews(addresses), borrowing: self)
  }
}
