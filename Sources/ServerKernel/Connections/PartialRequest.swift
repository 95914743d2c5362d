// Unsafe: hands out where to read to.

import Containers

/// How far the parser came with a request that has not arrived whole, so that a large one is not parsed anew
/// each time more of it arrives.
///
/// An argument that is large gets memory of its own, which a value can take over: then its bytes are copied once, by
/// the system, on their way in.
@safe
final class PartialRequest {
  /// An argument that was found.
  enum Found {
    /// By its offset from the request's first byte, and length.
    case inInput(offset: Int, count: Int)
    case large(LentString)
  }

  /// Arguments of so many bytes are large.
  static let largeLength = 32 << 10
  /// So much is reserved for a large argument whatever has arrived of it, bytes; more only as much as has arrived, or
  /// as the client has sent before.
  private static let reservedLength = 128 << 10

  /// Where the request begins, from the first byte that was not executed.
  var start = 0
  /// Arguments found so far.
  private(set) var arguments: [Found] = []
  /// Arguments still to come.
  private(set) var remaining = 0
  /// Where to go on, from the request's first byte.
  private(set) var offset = 0
  /// Length of the argument that is arriving, -1 while its header has not come.
  private(set) var bulkLength = -1
  /// What has arrived of a large argument, and of the line end behind it.
  private var collected = ByteBuffer()
  private var isCollecting = false
  private var largeMemory = 0

  /// The large arguments among those found.
  var largeArguments: [LentString] {
    arguments.compactMap { if case .large(let string) = $0 { string } else { nil } }
  }

  /// Whether all arguments have arrived.
  var isComplete: Bool { remaining == 0 }

  /// Bytes that have arrived of a large argument.
  var collectedCount: Int { collected.count }
  /// Bytes of the memory for it and for the large arguments before it.
  var memoryUse: Int { collected.capacity + largeMemory }

  /// How many bytes a large argument that is being collected lacks, its line end included.
  var lacking: Int { isCollecting ? wholeLength - collected.count : 0 }

  /// The length of the argument that is arriving, which is what a client says, with its line end.
  private var wholeLength: Int { bulkLength.addingSaturated(2) }

  /// Whether a large argument is arriving that is not collected yet.
  var needsMemory: Bool { !isCollecting && bulkLength >= Self.largeLength }

  func add(_ offset: Int, _ count: Int) { arguments.append(.inInput(offset: offset, count: count)) }

  func note(_ offset: Int, remaining: Int, bulkLength: Int) {
    self.offset = offset
    self.remaining = remaining
    self.bulkLength = bulkLength
  }

  /// Collects the argument that is arriving, of which `bytes` are there, no more than all of it. `expected` bytes are
  /// what may be reserved for it.
  func beginCollecting(_ bytes: borrowing Bytes, expecting expected: Int) {
    isCollecting = true
    collected.reserveExactly(min(wholeLength, max(Self.reservedLength, bytes.count, expected)))
    collected.append(bytes)
  }

  /// How many bytes may be read at once of what is lacking. The memory grows with what has arrived, whatever the header
  /// says.
  var readable: Int { min(lacking, max(Self.reservedLength, collected.count, collected.capacity - collected.count)) }

  /// Where up to `room` bytes go, no more than are `readable`.
  @unsafe
  func space(for room: Int) -> UnsafeMutableRawPointer {
    if room > collected.capacity - collected.count { collected.reserveExactly(readable) }
    return unsafe collected.freeSpace
  }

  /// Counts bytes that were read into `space`.
  func advance(by count: Int) { unsafe collected.advance(by: count) }

  /// Counts a large argument that has arrived among those found.
  func endCollecting() {
    if !isCollecting { return }
    collected.truncate(to: bulkLength)
    largeMemory += collected.capacity
    arguments.append(.large(LentString(taking: &collected)))
    isCollecting = false
    bulkLength = -1
    remaining -= 1
  }
}
