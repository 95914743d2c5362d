// Unsafe: texts are addresses into entries, which stay as they are while the database is borrowed.

import Containers

/// The strings of several keys as text, for as long as the database is not changed.
@safe
public struct StringTexts: ~Copyable, ~Escapable {
  private var texts: [Argument] = []
  /// Texts of what is stored as integers, in the order of the keys.
  private var integers = ByteBuffer()

  @_lifetime(immortal)
  init(capacity: Int) {
    texts.reserveCapacity(capacity)
    // Never moved, so that their addresses hold.
    integers.reserve(capacity * 20)
  }

  /// How many there are.
  public var count: Int { texts.count }

  /// The text of the string at `index`; empty when there is no such key.
  public subscript(index: Int) -> Bytes {
    @_lifetime(borrow self) get {
      let text = texts[index]
      return unsafe _overrideLifetime(Bytes(unsafeStart: text.start, count: text.count), borrowing: self)
    }
  }

  @_lifetime(self: immortal)
  mutating func append(_ text: borrowing Bytes) {
    unsafe texts.append(Argument(text.baseAddress, text.count))
  }

  @_lifetime(self: immortal)
  mutating func append(integer: Int64) {
    let start = integers.count
    integers.append(decimal: integer)
    unsafe texts.append(
      Argument(UnsafeRawPointer(integers.freeSpace) - (integers.count - start), integers.count - start))
  }
}

extension Database {
  /// The strings of the keys that are these arguments, each looked up once. Throws WRONGTYPE when one holds another
  /// type.
  @_lifetime(borrow self)
  public func strings(_ call: borrowing Call, _ keys: Range<Int>) throws(CommandError) -> StringTexts {
    var texts = StringTexts(capacity: keys.count)
    for index in keys {
      if let value = try string(call[index]) {
        if let integer = value.storedInteger {
          texts.append(integer: integer)
        } else {
          texts.append(value.storedBytes)
        }
      } else {
        texts.append(Bytes(""))
      }
    }
    return unsafe _overrideLifetime(texts, borrowing: self)
  }
}
