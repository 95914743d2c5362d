// Unsafe: arguments are handed on as addresses into the buffer that is owned here, for the time of a call.

import Containers

/// Calls that are made later, with the bytes of their arguments one behind another. Emptied, it keeps its memory for
/// the next ones.
struct QueuedCalls: ~Copyable {
  private struct Entry {
    let command: CommandHandle
    let argumentCount: Int
  }

  private var entries: [Entry] = []
  private var bytes = ByteBuffer()
  /// Where each argument ends.
  private var ends: [Int] = []

  /// Calls, and bytes of their arguments, of which the memory is kept.
  private static let mostKept = 64
  private static let mostKeptBytes = 4 << 10

  var count: Int { entries.count }

  /// Bytes that the calls take.
  var memoryUse: Int {
    bytes.count + ends.count * MemoryLayout<Int>.stride + entries.count * MemoryLayout<Entry>.stride
  }

  mutating func append(_ command: CommandHandle, _ call: borrowing Call) {
    for index in 0..<call.count {
      bytes.append(call[index])
      ends.append(bytes.count)
    }
    entries.append(Entry(command: command, argumentCount: call.count))
  }

  mutating func removeAll() {
    let isKept = entries.count <= Self.mostKept && ends.count <= 4 * Self.mostKept
    entries.removeAll(keepingCapacity: isKept)
    ends.removeAll(keepingCapacity: isKept)
    bytes.removeAll(keepingCapacityUpTo: Self.mostKeptBytes)
  }

  /// Passes on each call, in order.
  func forEach(_ body: (CommandHandle, borrowing Call) -> Void) {
    unsafe bytes.withArguments(endingAt: ends) { arguments in
      var first = unsafe arguments
      for entry in entries {
        unsafe body(entry.command, Call(first, count: entry.argumentCount))
        unsafe first += entry.argumentCount
      }
    }
  }
}
