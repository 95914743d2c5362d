import Containers

/// Commands queued between MULTI and EXEC.
final class Transaction {
  /// One queued command with arguments of its own.
  @safe
  final class Queued {
    let command: CommandHandle
    let arguments: OwnedArguments

    init(_ command: CommandHandle, _ arguments: OwnedArguments) {
      self.command = command
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

extension Server {
  /// Queues a call in its client's transaction, and answers it.
  func enqueue(_ entry: CommandHandle, _ call: borrowing Call, _ client: Client) {
    guard let transaction = client.place.value.transaction else { return }
    // Nothing of a transaction that will be refused needs to be kept.
    if !transaction.isAborted {
      let queued = Transaction.Queued(entry, OwnedArguments(copying: call))
      transaction.memoryUse += queued.arguments.memoryUse
      transaction.queue.append(queued)
      transaction.flags.formUnion(entry.value.flags)
      transaction.commonFlags.formIntersection(entry.value.flags)
    }
    client.reply.simple("QUEUED")
  }
}

// Unsafe: arguments are handed on as addresses into the storage that is owned here.

/// Arguments in memory of their own: one block, of their places and then their bytes.
@safe
final class OwnedArguments {
  private let arguments: UnsafeMutablePointer<Argument>
  let count: Int
  let memoryUse: Int

  init(copying call: borrowing Call) {
    count = call.count
    var bytes = 0
    for index in 0..<call.count { bytes += call[index].count }
    memoryUse = bytes + count * MemoryLayout<Argument>.stride
    unsafe arguments = unsafe Self.allocate(count, memoryUse)
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
    memoryUse = bytes + words.count * MemoryLayout<Argument>.stride
    unsafe arguments = unsafe Self.allocate(count, memoryUse)
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
    unsafe Malloc.allocate(bytes).bindMemory(to: Argument.self, capacity: count)
  }

  /// Calls `body` with the arguments as a call.
  func withCall(_ body: (borrowing Call) -> Void) {
    unsafe body(Call(UnsafePointer(arguments), count: count))
    withExtendedLifetime(self) {}
  }
}
