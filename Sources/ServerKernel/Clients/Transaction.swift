import Containers

/// Commands queued between MULTI and EXEC.
final class Transaction {
  /// One queued command with arguments of its own.
  @safe
  final class Queued {
    let command: UnsafeMutablePointer<CommandEntry>
    let arguments: OwnedArguments

    init(_ command: UnsafeMutablePointer<CommandEntry>, _ arguments: OwnedArguments) {
      unsafe self.command = command
      self.arguments = arguments
    }
  }

  var queue: [Queued] = []
  /// A command was refused while queueing: EXEC answers EXECABORT.
  var isAborted = false
  /// The flags of all queued commands together, and those that every one of them has.
  var flags: CommandFlags = []
  var commonFlags = CommandFlags(rawValue: .max)
  /// Those flags of queued commands that decide whether EXEC may run.
  static let decidingFlags: CommandFlags = [.readOnly, .write, .denyOOM, .mayReplicate, .noAsyncLoading]
  /// Bytes that the queued arguments take.
  var memoryUse = 0
}

// Unsafe: arguments are handed on as addresses into the storage that is owned here.

/// Arguments in memory of their own.
@safe
final class OwnedArguments {
  private let storage: UnsafeMutableRawPointer
  private let arguments: UnsafeMutablePointer<Argument>
  let count: Int
  let memoryUse: Int

  init(copying call: borrowing Call) {
    count = call.count
    var bytes = 0
    for index in 0..<call.count { bytes += call[index].count }
    unsafe storage = .allocate(byteCount: max(bytes, 1), alignment: 1)
    unsafe arguments = .allocate(capacity: call.count)
    var position = 0
    for index in 0..<call.count {
      let argument = call[index]
      unsafe (storage + position).copyMemory(from: argument.baseAddress, byteCount: argument.count)
      unsafe (arguments + index).initialize(to: Argument(UnsafeRawPointer(storage + position), argument.count))
      position += argument.count
    }
    memoryUse = bytes + count * MemoryLayout<Argument>.stride
  }

  init(_ words: [[UInt8]]) {
    count = words.count
    let bytes = words.reduce(0) { $0 + $1.count }
    memoryUse = bytes + words.count * MemoryLayout<Argument>.stride
    unsafe storage = .allocate(byteCount: max(bytes, 1), alignment: 1)
    unsafe arguments = .allocate(capacity: max(words.count, 1))
    var position = 0
    for (index, word) in words.enumerated() {
      unsafe word.withUnsafeBytes {
        if let start = $0.baseAddress { unsafe (storage + position).copyMemory(from: start, byteCount: $0.count) }
      }
      unsafe (arguments + index).initialize(to: Argument(UnsafeRawPointer(storage + position), word.count))
      position += word.count
    }
  }

  deinit {
    unsafe storage.deallocate()
    unsafe arguments.deallocate()
  }

  /// The arguments as a call; the caller keeps this object alive while it uses them.
  @unsafe
  var call: Call {
    @_lifetime(immortal) get { unsafe Call(UnsafePointer(arguments), count: count) }
  }
}
