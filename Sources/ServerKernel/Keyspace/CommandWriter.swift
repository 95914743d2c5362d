import Containers

/// Commands written as clients would send them, for the append-only file: a count of arguments, then so many
/// arguments.
public struct CommandWriter: ~Copyable {
  /// What was written.
  public var output = ByteBuffer()
  /// An empty buffer.
  public init() {}

  /// Begins a command of `arguments` arguments after its name.
  public mutating func begin(_ name: StaticString, arguments: Int) { begin(Bytes(name), arguments: arguments) }

  /// Begins a command of `arguments` arguments after its name.
  public mutating func begin(_ name: borrowing Bytes, arguments: Int) {
    header(UInt8(ascii: "*"), arguments + 1)
    argument(name)
  }

  /// Adds an argument to the command that was begun.
  public mutating func argument(_ bytes: borrowing Bytes) {
    header(UInt8(ascii: "$"), bytes.count)
    output.append(bytes)
    output.append(Bytes("\r\n"))
  }

  /// Adds a number as decimal text.
  public mutating func argument(_ integer: Int64) {
    let text = DecimalText(integer)
    argument(text.bytes)
  }

  /// A whole call with its own name.
  public mutating func write(_ call: borrowing Call) {
    header(UInt8(ascii: "*"), call.count)
    for index in 0..<call.count { argument(call[index]) }
  }

  private mutating func header(_ mark: UInt8, _ number: Int) {
    output.append(mark)
    let text = DecimalText(Int64(number))
    output.append(text.bytes)
    output.append(Bytes("\r\n"))
  }
}
