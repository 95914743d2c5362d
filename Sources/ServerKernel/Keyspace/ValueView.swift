// Unsafe: a view is an address in an entry. It lasts as long as the borrow of the database that gave it, and an entry
// that was live when it was looked up stays where it is until the database is changed.

import Containers

/// The value of a key, where it lies: what `StringView` is for strings.
///
/// The compiler refuses to keep a view, and to change the database while one is there. A command over several keys may
/// hold as many as it needs.
@safe @frozen
public struct ValueView<Value: StoredValue & ~Copyable>: ~Escapable {
  @usableFromInline let address: UnsafePointer<Value>

  @unsafe @inlinable @_lifetime(immortal)
  init(_ address: UnsafePointer<Value>) { unsafe self.address = address }

  /// The value, to be read.
  @inlinable
  public var value: Value {
    @_transparent unsafeAddress { unsafe address }
  }
}

extension Database {
  /// The value of a key; nil when there is no such key. Throws WRONGTYPE for another type.
  @inlinable @_lifetime(borrow self)
  public func value<V: StoredValue & ~Copyable>(
    _ type: V.Type, _ key: borrowing Bytes
  ) throws(CommandError) -> ValueView<V>? {
    guard let entry = unsafe lookup(key) else { return nil }
    return try unsafe _overrideLifetime(ValueView(typed(type, entry)), borrowing: self)
  }

  /// As `value`, for a command that is about to change it, or that looks at a key beside those that it was asked for:
  /// counts neither hit nor miss.
  @inlinable @_lifetime(borrow self)
  public func valueForUpdate<V: StoredValue & ~Copyable>(
    _ type: V.Type, _ key: borrowing Bytes
  ) throws(CommandError) -> ValueView<V>? {
    guard let entry = unsafe lookupForWrite(hash(key), key) else { return nil }
    return try unsafe _overrideLifetime(ValueView(typed(type, entry)), borrowing: self)
  }
}
