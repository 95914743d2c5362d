// Unsafe: arguments are handed on as addresses into the buffer that is owned here, for the time of a call.

import Containers

/// A call that is put together, the command's name first, to be made with `Context.call`. Emptied, it keeps its memory
/// for the next one.
public struct CommandArguments: ~Copyable {
  private var bytes = ByteBuffer()
  /// Where each argument ends.
  private var ends: [Int] = []

  /// A call of a command, without arguments so far.
  public init(_ name: StaticString) { append(Bytes(name)) }

  /// Nothing: the name of the command comes first.
  public init() {}

  /// Arguments so far, the command's name included.
  public var count: Int { ends.count }

  /// Adds an argument.
  public mutating func append(_ argument: borrowing Bytes) {
    bytes.append(argument)
    ends.append(bytes.count)
  }

  /// Adds a number as decimal text.
  public mutating func append(_ integer: Int64) {
    bytes.append(decimal: integer)
    ends.append(bytes.count)
  }

  /// Forgets the name and all arguments.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacityUpTo: 64 << 10)
    ends.removeAll(keepingCapacity: true)
  }

  /// Passes the arguments on as a call.
  func withCall(_ body: (borrowing Call) -> Void) {
    unsafe bytes.withArguments(endingAt: ends) { unsafe body(Call($0, count: ends.count)) }
  }
}

extension ByteBuffer {
  /// Passes on the arguments of which the bytes stand here one behind another, each up to where `ends` says.
  @unsafe
  func withArguments(endingAt ends: [Int], _ body: (UnsafePointer<Argument>) -> Void) {
    let start = unsafe bytes.baseAddress
    unsafe withUnsafeTemporaryAllocation(of: Argument.self, capacity: max(1, ends.count)) { arguments in
      guard let first = arguments.baseAddress else { return }
      var position = 0
      for (index, end) in ends.enumerated() {
        unsafe (first + index).initialize(to: Argument(start + position, end - position))
        position = end
      }
      unsafe body(UnsafePointer(first))
    }
  }
}
