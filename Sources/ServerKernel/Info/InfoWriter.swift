import Containers

/// Writes fields of INFO, one to a line, straight into the reply's bytes.
public struct InfoWriter: ~Copyable {
  var text = ByteBuffer()

  /// Writes a number.
  public mutating func field(_ name: StaticString, _ value: Int) {
    begin(name)
    text.append(decimal: Int64(value))
    end()
  }

  /// Writes a word that is known when the program is written.
  public mutating func field(_ name: StaticString, _ value: StaticString) {
    begin(name)
    text.append(value)
    end()
  }

  /// Writes a text.
  @_disfavoredOverload
  public mutating func field(_ name: StaticString, _ value: String) {
    begin(name)
    text.append(value)
    end()
  }

  /// Writes bytes as they are.
  public mutating func field(_ name: StaticString, _ value: borrowing Bytes) {
    begin(name)
    text.append(value)
    end()
  }

  /// Writes 1 or 0.
  public mutating func field(_ name: StaticString, _ value: Bool) { field(name, value ? 1 : 0) }

  /// Writes a number with two decimals, and `unit` behind it.
  public mutating func field(_ name: StaticString, _ value: Double, unit: StaticString = "") {
    begin(name)
    append(value, decimals: 2)
    text.append(unit)
    end()
  }

  /// Writes microseconds as seconds with six decimals.
  public mutating func seconds(_ name: StaticString, microseconds: Int) {
    begin(name)
    end(seconds: microseconds)
  }

  /// As above, a field of which there is one to a number.
  public mutating func seconds(_ prefix: StaticString, _ number: Int, microseconds: Int) {
    begin(prefix, number)
    end(seconds: microseconds)
  }

  private mutating func end(seconds microseconds: Int) {
    text.append(decimal: Int64(microseconds / 1_000_000))
    text.append(UInt8(ascii: "."))
    let fraction = DecimalText(Int64(microseconds % 1_000_000))
    text.append(repeating: UInt8(ascii: "0"), count: 6 - fraction.count)
    text.append(fraction.bytes)
    end()
  }

  /// Writes bytes twice: as a number, and for people as `name_human`.
  public mutating func bytes(_ name: StaticString, _ value: Int) {
    field(name, value)
    human(name, value)
  }

  /// Writes bytes for people as `name_human`, with a unit: `1.50M`.
  public mutating func human(_ name: StaticString, _ value: Int) {
    text.append(name)
    text.append("_human:")
    if value < 1024 {
      text.append(decimal: Int64(value))
      text.append(UInt8(ascii: "B"))
      return end()
    }
    var amount = Double(value) / 1024
    var unit = 0
    while amount >= 1024 && unit < 4 {
      amount /= 1024
      unit += 1
    }
    append(amount, decimals: 2)
    text.append(Bytes("KMGTP")[unit])
    end()
  }

  /// Begins a field whose name is made when it is written, as those of commands: `prefix`, `name` and a colon. Its
  /// value follows in parts, and `end`.
  public mutating func begin(_ prefix: StaticString, _ name: String) {
    text.append(prefix)
    text.append(name)
    text.append(UInt8(ascii: ":"))
  }

  /// Begins a field of which there is one to a number, as those of databases.
  public mutating func begin(_ prefix: StaticString, _ number: Int) {
    text.append(prefix)
    text.append(decimal: Int64(number))
    text.append(UInt8(ascii: ":"))
  }

  /// Adds `label` and a number to the value that was begun.
  public mutating func add(_ label: StaticString, _ value: Int) {
    text.append(label)
    text.append(decimal: Int64(value))
  }

  /// Adds `label` and a number with some decimals to the value that was begun.
  public mutating func add(_ label: StaticString, _ value: Double, decimals: Int) {
    text.append(label)
    append(value, decimals: decimals)
  }

  /// Adds `label` and bytes to the value that was begun.
  public mutating func add(_ label: StaticString, _ bytes: borrowing Bytes) {
    text.append(label)
    text.append(bytes)
  }

  /// Ends the field.
  public mutating func end() { text.append("\r\n") }

  mutating func beginSection(_ title: String) {
    if text.count > 0 { text.append("\r\n") }
    text.append("# ")
    text.append(title)
    end()
  }

  private mutating func begin(_ name: StaticString) {
    text.append(name)
    text.append(UInt8(ascii: ":"))
  }

  private mutating func append(_ value: Double, decimals: Int) {
    // What has more digits, or none, is rare and not worth a second way to format.
    if value.magnitude < 1e17 {
      text.append(DecimalText(fixed: value, decimals: decimals).bytes)
    } else {
      text.append(NumberText.fixed(value, decimals))
    }
  }
}
