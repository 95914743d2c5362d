// Unsafe: arguments are handed on as addresses into the storage that is owned here.

import Containers

/// Arguments in memory of their own: one block, of their places and then their bytes.
@safe
final class OwnedArguments {
  private let arguments: UnsafeMutablePointer<Argument>
  private let count: Int

  init(copying call: borrowing Call) {
    count = call.count
    var bytes = 0
    for index in 0..<call.count { bytes += call[index].count }
    unsafe arguments = unsafe Self.allocate(count, bytes)
    var position = unsafe UnsafeMutableRawPointer(arguments + count)
    for index in 0..<call.count {
      let argument = call[index]
      unsafe position.copyMemory(from: argument.baseAddress, byteCount: argument.count)
      unsafe (arguments + index).initialize(to: Argument(UnsafeRawPointer(position), argument.count))
      unsafe position += argument.count
    }
  }

  /// Copies a call, with other words in the place of some arguments.
  convenience init(copying call: borrowing Call, replacing replacements: [Int: [UInt8]]) {
    if replacements.isEmpty {
      self.init(copying: call)
    } else {
      var words: [[UInt8]] = []
      for index in 0..<call.count { words.append(replacements[index] ?? call[index].array) }
      self.init(words)
    }
  }

  init(_ words: [[UInt8]]) {
    count = words.count
    let bytes = words.reduce(0) { $0 + $1.count }
    unsafe arguments = unsafe Self.allocate(count, bytes)
    var position = unsafe UnsafeMutableRawPointer(arguments + count)
    for (index, word) in words.enumerated() {
      unsafe word.withUnsafeBytes {
        if let start = $0.baseAddress { unsafe position.copyMemory(from: start, byteCount: $0.count) }
      }
      unsafe (arguments + index).initialize(to: Argument(UnsafeRawPointer(position), word.count))
      unsafe position += word.count
    }
  }

  deinit { unsafe Malloc.free(arguments) }

  @unsafe
  private static func allocate(_ count: Int, _ bytes: Int) -> UnsafeMutablePointer<Argument> {
    let places = count * MemoryLayout<Argument>.stride
    return unsafe Malloc.allocate(places + bytes).bindMemory(to: Argument.self, capacity: count)
  }

  /// Calls `body` with the arguments as a call.
  func withCall(_ body: (borrowing Call) -> Void) {
    unsafe body(Call(UnsafePointer(arguments), count: count))
    withExtendedLifetime(self) {}
  }
}
