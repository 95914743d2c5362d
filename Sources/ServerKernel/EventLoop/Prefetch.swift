// Unsafe: requests and arguments are addressed where they were parsed, and entries where they lie. Nothing changes
// between the passes, so what one found holds in the next.

import Containers

/// Fetches what a window of requests will read into the cache, one kind of line after another, so that the cache
/// misses of all its lookups overlap instead of following one another.
@safe
struct Prefetch: ~Copyable {
  /// Further keys that are fetched at a time: more would push out the first.
  private static let furtherKeys = 128

  private let keyspace: Place<KeyspaceState>
  private let arguments: UnsafePointer<Argument>

  @unsafe
  init(_ keyspace: Place<KeyspaceState>, _ arguments: UnsafePointer<Argument>) {
    self.keyspace = keyspace
    unsafe self.arguments = arguments
  }

  /// Buckets, then entries, then what the commands' elements need; notes the hashes of first keys in the requests.
  /// Ends with a request whose keys are more than should be fetched at a time; returns how many requests it took.
  @unsafe
  func run(_ window: UnsafeMutableBufferPointer<Request>) -> Int {
    var hasElements = false
    var count = 0
    var furtherKeys = 0
    // What one request of a key fetched serves the next one.
    var previous: UInt64 = 0
    while count < window.count && furtherKeys < Self.furtherKeys {
      let request = unsafe window[count]
      count += 1
      guard let command = request.command else { continue }
      let key = command.value.firstKey
      if key == 0 || key >= request.argumentCount { continue }
      let database = request.client.place.value.database
      let hash = unsafe keyspace.value.hash(argument(request, key))
      unsafe window[count - 1].hash = hash
      if hash != previous { database.value.keys.prefetchBucket(hash) }
      previous = hash
      if command.value.keyStep > 0 {
        forFurtherKeys(request) { hash, _ in
          database.value.keys.prefetchBucket(hash)
          furtherKeys += 1
        }
      }
      if command.value.element > 0 { hasElements = true }
    }
    let requests = unsafe UnsafeMutableBufferPointer(rebasing: window[..<count])
    previous = 0
    for unsafe request in unsafe requests where request.hash != 0 {
      let database = request.client.place.value.database
      guard let command = request.command else { continue }
      if request.hash != previous {
        let count = unsafe argument(request, command.value.firstKey).count
        database.value.keys.prefetchEntry(request.hash, span: KeyEntry.shortSize(keyCount: count))
      }
      previous = request.hash
      if command.value.keyStep > 0 {
        forFurtherKeys(request) { hash, count in
          database.value.keys.prefetchEntry(hash, span: KeyEntry.shortSize(keyCount: count))
        }
      }
    }
    if hasElements {
      unsafe prefetchElements(requests, .index)
      unsafe prefetchElements(requests, .element)
    }
    return count
  }

  @inline(never)
  private func forFurtherKeys(_ request: Request, _ body: (_ hash: UInt64, _ byteCount: Int) -> Void) {
    guard let command = request.command else { return }
    let first = command.value.firstKey
    let step = command.value.keyStep
    let relative = command.value.lastKey
    let last = min(
      relative < 0 ? request.argumentCount + relative : first + relative, request.argumentCount - 1,
      first + step * Self.furtherKeys)
    if last <= first { return }
    for key in stride(from: first + step, through: last, by: step) {
      let name = unsafe argument(request, key)
      body(keyspace.value.hash(name), name.count)
    }
  }

  @unsafe
  private func prefetchElements(_ requests: UnsafeMutableBufferPointer<Request>, _ stage: PrefetchStage) {
    // Requests of one key often come in a row. Should another key have its hash, the wrong value is asked: the prefetch
    // is in vain, and nothing else.
    var previous: UInt64 = 0
    var previousDatabase: Place<DatabaseState>?
    var value: UnsafeMutableRawPointer?
    // Not retained for each request: the kinds stay as long as the server.
    var kind: Unmanaged<ValueKind>?
    for unsafe request in unsafe requests where request.hash != 0 {
      guard let command = request.command else { continue }
      let element = command.value.element
      if element == 0 || element >= request.argumentCount { continue }
      let database = request.client.place.value.database
      if request.hash != previous || database != previousDatabase {
        (previous, previousDatabase) = (request.hash, database)
        let key = unsafe argument(request, command.value.firstKey)
        let entry = unsafe database.value.keys.find(request.hash, key)
        unsafe kind = entry.flatMap { entry in unsafe kindOfValue(entry) }
        unsafe value = entry.map { entry in unsafe KeyEntry.value(entry) }
      }
      guard let kind = unsafe kind, let value = unsafe value else { continue }
      unsafe kind._withUnsafeGuaranteedRef { kind in unsafe kind.prefetch(value, argument(request, element), stage) }
    }
  }

  @unsafe
  private func kindOfValue(_ entry: UnsafeMutableRawPointer) -> Unmanaged<ValueKind>? {
    let type = unsafe KeyEntry.type(entry)
    if type < KeyEntry.firstKind { return nil }
    return unsafe Unmanaged.passUnretained(keyspace.value.kinds[Int(type &- KeyEntry.firstKind)])
  }

  @unsafe @inline(__always) @_lifetime(immortal)
  private func argument(_ request: Request, _ index: Int) -> Bytes {
    let argument = unsafe arguments[request.firstArgument &+ index]
    return unsafe Bytes(unsafeStart: argument.start, count: argument.count)
  }
}
