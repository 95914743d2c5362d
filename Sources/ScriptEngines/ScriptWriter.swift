import Containers

/// Values for a script, written one after another. A handle that is free to copy.
public struct ScriptWriter {
  let place = Place(ByteBuffer())

  init() {}

  /// Forgets what was written.
  public func restart() { place.value.truncate(to: 0) }

  /// Forgets what was written, and gives much memory back.
  func removeAll() { place.value.removeAll(keepingCapacityUpTo: 64 << 10) }

  /// Nil.
  public func null() { place.value.append(UInt8(ascii: "N")) }

  /// The null pointer, which stands for JSON's null.
  public func nullPointer() { place.value.append(UInt8(ascii: "U")) }

  /// True or false.
  public func boolean(_ value: Bool) { place.value.append(UInt8(ascii: value ? "T" : "F")) }

  /// A number.
  public func number(_ value: Double) {
    place.value.append(UInt8(ascii: "D"))
    place.value.append(littleEndian: value.bitPattern)
  }

  /// A string.
  public func string(_ bytes: borrowing Bytes) {
    place.value.append(UInt8(ascii: "S"))
    place.value.append(littleEndian: UInt64(bytes.count))
    place.value.append(bytes)
  }

  /// A string that is a literal.
  public func string(_ literal: StaticString) { string(Bytes(literal)) }

  /// A table of the `count` values that follow, from 1 on.
  public func array(_ count: Int) {
    place.value.append(UInt8(ascii: "["))
    place.value.append(littleEndian: UInt64(count))
  }

  /// A table of the `count` pairs that follow, keys and values by turns.
  public func table(_ count: Int) {
    place.value.append(UInt8(ascii: "{"))
    place.value.append(littleEndian: UInt64(count))
  }

  /// A table whose number of elements is told at its end.
  public struct Deferred {
    let position: Int
  }

  /// Begins a table of pairs, or of values from 1 on, whose number is not known.
  public func begin(isArray: Bool) -> Deferred {
    let position = place.value.count
    if isArray { array(0) } else { table(0) }
    return Deferred(position: position)
  }

  /// Ends a table that has `count` values, or pairs.
  public func end(_ deferred: Deferred, count: Int) {
    write(UInt64(count), at: deferred.position + 1)
  }

  /// A number that is told later, by `set`.
  public func reserveNumber() -> Deferred {
    let position = place.value.count
    number(0)
    return Deferred(position: position)
  }

  /// Tells a number that was reserved.
  public func set(_ deferred: Deferred, _ value: Double) { write(value.bitPattern, at: deferred.position + 1) }

  private func write(_ value: UInt64, at start: Int) {
    var word = value
    for offset in start..<start + 8 {
      place.value[offset] = UInt8(truncatingIfNeeded: word)
      word >>= 8
    }
  }
}
