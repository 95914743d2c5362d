import Containers

/// The clients that wait for one key.
final class WaitQueue {
  let database: Int
  let key: [UInt8]
  let hash: UInt64
  var clients = ClientQueue()
  /// One bit for each kind of value that some client waits for.
  var kinds: UInt64 = 0
  /// Some client is also to hear that the key has no such value any more.
  var mindsLoss = false
  /// It stands in the list of those to serve.
  var isReady = false

  init(database: Int, key: [UInt8], hash: UInt64) {
    self.database = database
    self.key = key
    self.hash = hash
  }
}

/// The wait queues of a database, by the hashes of their keys: whether anyone waits for a key is asked for every key
/// that is added while someone waits for some key, so it must not cost an allocation.
struct WaitQueues {
  private var queues: [UInt64: [WaitQueue]] = [:]

  var isEmpty: Bool { queues.isEmpty }

  func find(_ hash: UInt64, _ key: borrowing Bytes) -> WaitQueue? {
    guard let candidates = queues[hash] else { return nil }
    for queue in candidates {
      let name = queue.key
      if name.bytes == key { return queue }
    }
    return nil
  }

  mutating func add(_ queue: WaitQueue) { queues[queue.hash, default: []].append(queue) }

  mutating func remove(_ queue: WaitQueue) {
    queues[queue.hash]?.removeAll { $0 === queue }
    if queues[queue.hash]?.isEmpty ?? false { queues[queue.hash] = nil }
  }

  /// All queues, in no order.
  var all: [WaitQueue] { queues.values.flatMap { $0 } }
}
