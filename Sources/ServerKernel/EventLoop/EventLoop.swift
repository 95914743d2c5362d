// Unsafe: the server's address.

import Containers

@safe
struct LoopState: ~Copyable {
  var serverReference: ServerReference?
  var batch: RequestBatch
  /// The batch is being executed; a tick within it would execute its requests again.
  var isExecuting = false
  /// The request that is being executed.
  var current = 0
  /// A turn in the midst of a command; see `tickInside`.
  var isInside = false
  /// What such a turn puts aside; made when there is one.
  var outerBatch: OuterBatch?
  /// Clients to write to at the end of the tick.
  var scheduledOutput: [Client] = []
  var scheduledClose: [Client] = []
  var closed: [Client] = []
  /// Clients whose input holds requests that were put off.
  var pendingInput: [Client] = []
  /// Clients of whom there may be more to read than was.
  var unread: [Client] = []
  /// How many at its front have been taken from it, while they are read one after the other.
  var unreadTaken = 0
  /// Clients that threads are to read.
  var toRead: [Client] = []
  var threadUse = ThreadUse()
  /// Clients to whom threads are to send.
  var toSend: [Client] = []
  /// Output buffers that wait for a client.
  var bufferPool = SlotList<ByteBuffer>(capacity: EventLoop.poolSize)
  /// What holds for the input of a client of whom nothing else is known.
  var inputRules = InputRules(
    limits: RequestLimits(bulkLength: 512 << 20, arguments: Int(Int32.max), isAuthenticated: true),
    bufferLimit: 1 << 30, isWaiting: false, isObeyed: false, hasHungUp: false)
  var ticks = 0
  /// Descriptors that others than clients have watched, by token.
  var watches: [UInt64: DescriptorWatch] = [:]
  /// What the poller told of these in this tick.
  var watchEvents: [(token: UInt64, events: DescriptorEvents)] = []
  /// The token of the last one.
  var lastWatch: UInt64 = 1

  init(_ commands: CommandTable) { batch = RequestBatch(commands) }
}

/// Has requests read, executes them in batches, and has the replies sent; see `tick`.
final class EventLoop {
  /// Requests whose table lines are fetched together.
  static let window = 32
  /// Output buffers kept for the next clients that need one.
  static let poolSize = 128

  let state: Place<LoopState>
  let poller = Poller()
  let listeners = Listeners()
  let threads: IOThreads

  /// `commands` are those that requests can name.
  init(_ commands: CommandTable, _ mailbox: Mailbox) {
    state = Place(LoopState(commands))
    threads = IOThreads(mailbox, commands)
  }

  var server: Server { unsafe state.value.serverReference.unsafelyUnwrapped.object }
}
