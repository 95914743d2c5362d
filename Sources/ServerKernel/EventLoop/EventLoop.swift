// Unsafe: requests hold addresses into read buffers and of client states. Both outlive the batch: buffers are
// not moved while one runs, and clients are freed at the end of a tick only.

import CLinux
import Containers
import Glibc

/// One request of a batch, parsed where it lies.
@safe
struct Request {
  let client: Client
  /// The first of its arguments in the parser's list.
  let firstArgument: Int
  let argumentCount: Int
  let command: CommandHandle?
  /// Hash of its first key, 0 when that is not known yet.
  var hash: UInt64
  let start: UnsafeRawPointer
  let end: UnsafeRawPointer
  let isMultibulk: Bool
  /// Executed ahead of its turn.
  var isDone = false
}

@safe
struct LoopState: ~Copyable {
  var serverReference: ServerReference?
  var parser: RequestParser
  var requests: [Request] = []
  /// A batch is being executed; a tick within it would execute its requests again.
  var isExecuting = false
  /// The request that is being executed.
  var current = 0
  /// A turn in the midst of a command; see `tickInside`.
  var isInside = false
  /// What such a turn puts aside; made when there is one.
  var outerBatch: OuterBatch?
  /// Clients with requests in the batch.
  var batchClients: [Client] = []
  /// What is read in this tick for clients that have no input of their own.
  var arena: UnsafeMutableRawPointer
  var arenaUsed = 0
  /// Clients to write to at the end of the tick.
  var scheduledOutput: [Client] = []
  var scheduledClose: [Client] = []
  var closed: [Client] = []
  /// Clients whose input holds requests that were put off.
  var pendingInput: [Client] = []
  /// Output buffers that wait for a client: the first `pooledCount` places are filled.
  let bufferPool: UnsafeMutablePointer<ByteBuffer>
  var pooledCount = 0
  var limits = RequestLimits(bulkLength: 512 << 20, arguments: Int(Int32.max), isAuthenticated: true)
  var ticks = 0
  /// Descriptors that others than clients have watched, by token.
  var watches: [UInt64: DescriptorWatch] = [:]
  /// The token of the last one.
  var lastWatch: UInt64 = 1

  init(lentStrings: LentStrings) {
    parser = RequestParser(lentStrings: lentStrings)
    unsafe arena = .allocate(byteCount: EventLoop.arenaSize, alignment: 64)
    unsafe bufferPool = .allocate(capacity: EventLoop.poolSize)
  }
}

/// Reads requests, has them executed in batches, and writes the replies; see `tick`.
final class EventLoop {
  static let arenaSize = 1 << 20
  /// One read takes at most this much, bytes.
  static let readSize = 64 << 10
  /// The first read of a request that is probably large takes no more than this: the rest goes straight to where it
  /// is kept.
  static let headSize = 8 << 10
  /// One read of a large argument takes at most this much, bytes.
  static let largeReadSize = 1 << 20
  /// Requests that are executed before anything else is read.
  static let batchSize = 1024
  /// Requests whose table lines are fetched together.
  static let window = 32
  /// Parts of an output that are written together when some are stored strings.
  static let partsPerWrite = 64
  /// Output buffers kept for the next clients that need one.
  static let poolSize = 128

  let state: Place<LoopState>
  let poller = Poller()
  let listeners = Listeners()

  init(lentStrings: LentStrings) { state = Place(LoopState(lentStrings: lentStrings)) }

  var server: Server { unsafe state.value.serverReference.unsafelyUnwrapped.object }
}
