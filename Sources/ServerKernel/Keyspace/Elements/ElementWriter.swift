import Containers

/// Takes a value's elements, part by part, in the order in which the value reads them again.
///
/// A value does not know what becomes of them: commands of the append-only file, or another format.
public struct ElementWriter: ~Copyable {
  private let encoder: any SnapshotEncoder

  init(_ encoder: any SnapshotEncoder) { self.encoder = encoder }

  /// Begins an element of so many parts, of a type that has several kinds of them: the number of its form.
  public mutating func begin(form: Int, parts: Int) { encoder.beginElement(form: form, parts: parts) }

  /// Writes a part of an element.
  public mutating func write(_ part: borrowing Bytes) { encoder.write(part) }

  /// Writes a part that is a number, which is not NaN and is read again to the last bit.
  public mutating func write(_ part: Double) { encoder.write(part) }

  /// Writes a part that is an integer.
  public mutating func write(_ part: Int64) { encoder.write(part) }

  /// Writes all parts of the value at once, as they lie in a packed list, where the format holds them so; false, and
  /// nothing is written, otherwise.
  public mutating func writePackedList(_ list: borrowing PackedList) -> Bool { encoder.writePackedList(list) }

  /// Writes a part that is a packed list's element.
  public mutating func write(_ part: borrowing PackedElement) {
    switch part {
    case .integer(let value): encoder.write(value)
    case .bytes(let bytes): encoder.write(bytes)
    }
  }
}
