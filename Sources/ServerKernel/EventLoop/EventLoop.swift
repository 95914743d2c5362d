// Unsafe: memory for pooled buffers, of which the first places are filled, and the server's address.

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
  /// Output buffers that wait for a client: the first `pooledCount` places are filled.
  let bufferPool: UnsafeMutablePointer<ByteBuffer>
  var pooledCount = 0
  /// What holds for the input of a client of whom nothing else is known.
  var inputRules = InputRules(
    limits: RequestLimits(bulkLength: 512 << 20, arguments: Int(Int32.max), isAuthenticated: true),
    bufferLimit: 1 << 30, isWaiting: false, isObeyed: false)
  var ticks = 0
  /// Descriptors that others than clients have watched, by token.
  var watches: [UInt64: DescriptorWatch] = [:]
  /// The token of the last one.
  var lastWatch: UInt64 = 1

  init(_ commands: CommandTable) {
    batch = RequestBatch(commands)
    unsafe bufferPool = .allocate(capacity: EventLoop.poolSize)
  }
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

  /// `commands` are those that requests can name.
  init(_ commands: CommandTable) { state = Place(LoopState(commands)) }

  var server: Server { unsafe state.value.serverReference.unsafelyUnwrapped.object }
}
