// Unsafe: requests hold addresses into read buffers and of client states. Both outlive the batch: buffers are
// not moved while one runs, and clients are freed at the end of a tick only.

import Containers

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

/// Requests of many connections that are read together and then executed together, and the memory in which they lie.
@safe
struct RequestBatch: ~Copyable {
  var parser = RequestParser()
  var requests: [Request] = []
  /// Clients with requests in it.
  var clients: [Client] = []
  /// What was read for it.
  var traffic = Statistics.Traffic()
  /// When that was, Unix seconds.
  var unixSeconds: Int64 = 0
  /// Where what is read for connections without input of their own lies.
  private let space: UnsafeMutableRawPointer
  var spaceUsed = 0
  private let commands: CommandTable

  private static let spaceSize = 1 << 20

  init(_ commands: CommandTable) {
    self.commands = commands
    unsafe space = .allocate(byteCount: Self.spaceSize, alignment: 64)
  }

  deinit { unsafe space.deallocate() }

  /// Whether there is no room for another read.
  var isFull: Bool { spaceUsed + Connection.readSize > Self.spaceSize }

  /// Room for one read.
  @unsafe
  var freeSpace: UnsafeMutableRawPointer { unsafe space + spaceUsed }

  /// Adds a request whose arguments are those that the parser has from `first` on.
  @unsafe @inline(__always)
  mutating func add(
    _ client: Client, _ first: Int, _ start: UnsafeRawPointer, _ end: UnsafeRawPointer, isMultibulk: Bool
  ) {
    let name = unsafe parser.arguments[first]
    let command = unsafe commands.find(Bytes(unsafeStart: name.start, count: name.count))
    unsafe requests.append(
      Request(
        client: client, firstArgument: first, argumentCount: parser.count &- first, command: command, hash: 0,
        start: start, end: end, isMultibulk: isMultibulk))
  }

  /// Empties it for the next requests; its memory stays.
  mutating func removeAll() {
    requests.removeAll(keepingCapacity: true)
    clients.removeAll(keepingCapacity: true)
    parser.reset()
    spaceUsed = 0
  }
}
