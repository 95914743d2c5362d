import Containers

/// Writes fields of INFO, one to a line.
public struct InfoWriter: ~Copyable {
  var text = ByteBuffer()

  /// Writes a number.
  public mutating func field(_ name: StaticString, _ value: Int) {
    begin(name)
    text.append(decimal: Int64(value))
    end()
  }

  /// Writes a word or a text.
  public mutating func field(_ name: StaticString, _ value: String) {
    begin(name)
    append(value)
    end()
  }

  /// Writes 1 or 0.
  public mutating func field(_ name: StaticString, _ value: Bool) { field(name, value ? 1 : 0) }

  /// Writes a number with two decimals, and `unit` behind it.
  public mutating func field(_ name: StaticString, _ value: Double, unit: String = "") {
    field(name, NumberText.fixed(value) + unit)
  }

  /// Writes bytes twice: as a number, and for people as `name_human`.
  public mutating func bytes(_ name: StaticString, _ value: Int) {
    field(name, value)
    text.append(name)
    text.append("_human:")
    append(NumberText.bytes(value))
    end()
  }

  /// Writes a field whose name is made when it is written, as those of commands.
  public mutating func line(_ name: String, _ value: String) {
    append(name)
    text.append(UInt8(ascii: ":"))
    append(value)
    end()
  }

  private mutating func begin(_ name: StaticString) {
    text.append(name)
    text.append(UInt8(ascii: ":"))
  }

  private mutating func end() { text.append("\r\n") }

  mutating func append(_ string: String) { text.append(string) }
}
