import Containers

/// A client's connection: what arrived over it and was not executed, and how far that is taken apart.
///
/// A turn of the event loop has three phases: connections are read and parsed into a batch, the batch is executed, what
/// there is to send is sent. In the first and the last nothing is touched but the connection, what is handed to its
/// methods, and the system, so that they ask for no particular thread. What follows from how they went
/// (limits, statistics, the end of a client) is seen to by the command thread, before and after it executes the batch.
@safe
struct Connection: ~Copyable {
  let transport: Transport
  /// Bytes that arrived and were not executed: part of a request, or requests behind a blocked one.
  var input = InputBuffer()
  var partial: PartialRequest?
  /// How long the large argument was that arrived last, if the last request had one; 0 if not. The next may be so, too.
  var lastLarge: UInt32 = 0
  /// What of its bytes is in the batch.
  var chunk = InputChunk()
  /// Its requests are in the batch.
  var isInBatch = false
  /// A request of the running batch was put off, and with it all later ones.
  var hasPostponed = false
  /// The last read did not find out that there is nothing more.
  var mayHaveMore = false
  /// Why no more can be read of it.
  var end: InputEnd?
  /// When it was read or written last, Unix seconds.
  var lastInteraction: Int64

  init(_ transport: Transport, now: Int64) {
    self.transport = transport
    lastInteraction = now
  }

  /// What stands in the place of the connection while that is read elsewhere.
  var standIn: Connection { Connection(transport, now: lastInteraction) }

  /// Bytes that arrived and were not executed.
  var inputCount: Int { input.count + (partial?.collectedCount ?? 0) }
  /// As many of them as Redis would have in its query buffer: what comes before a large argument leaves that.
  var queryCount: Int {
    if isInBatch { return Int(chunk.end - chunk.executedTo) }
    return partial.flatMap { $0.collectedCount > 0 ? $0.collectedCount : nil } ?? inputCount
  }
  /// Bytes of the memory for what arrived.
  var inputMemory: Int { input.capacity + (partial?.memoryUse ?? 0) }
}

/// Bytes of one connection that are in a batch, as addresses; all 0 while none are.
struct InputChunk {
  var start: UInt = 0
  var end: UInt = 0
  var parsedTo: UInt = 0
  var executedTo: UInt = 0
  /// Of a command source: up to where it was told what was executed, and where the last whole unit of that ends.
  var toldTo: UInt = 0
  var wholeTo: UInt = 0
  /// It holds requests behind `parsedTo` that the batch left out.
  var isCutShort = false

  init() {}

  init(_ start: UnsafeRawPointer, count: Int) {
    self.start = UInt(bitPattern: start)
    end = self.start + UInt(count)
    parsedTo = self.start
    executedTo = self.start
    toldTo = self.start
    wholeTo = self.start
  }
}

/// Why no more can be read of a connection.
enum InputEnd {
  /// The other side has closed it.
  case closed
  case failed(SystemError)
  /// What follows the requests that were parsed is none. `shown` is how it begins, for the log.
  indirect case broken(ProtocolError, shown: String, whileAuthenticated: Bool)
}

/// What holds for a connection's input while it is read.
struct InputRules {
  var limits: RequestLimits
  /// Bytes that may be kept without being executed.
  var bufferLimit: Int
  /// The client waits: what arrives is kept and not parsed.
  var isWaiting: Bool
  /// It is a command source's.
  var isObeyed: Bool
  /// The other side sends no more: the end comes behind what is there.
  var hasHungUp: Bool
}
