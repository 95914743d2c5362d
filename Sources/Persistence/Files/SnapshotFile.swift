import Containers
import RDB
import ServerKernel
import Synchronization

/// The temporary file of a snapshot, written by the thread that all snapshots share: one runs at a time.
final class SnapshotFile: @unchecked Sendable {
  // Shared by both threads are the atomics; all else belongs to the thread once it is at work.
  let path: String
  static let thread = HelperThread()
  private let file: File
  /// Makes the file's bytes of what an encoder gives away; without one that is them already.
  private let stream: RDBStream?
  private let queued = Atomic<Int>(0)
  private let keys = Atomic<Int>(0)
  private let isDiscarded = Atomic<Bool>(false)
  private let syncsIncrementally: Bool
  private let keyDelay: Int
  private var error: SystemError?
  private var size = 0
  private var isClosed = false
  private var unsynced = 0

  /// Bytes that may wait for the disk before the snapshot does.
  private static let queueLimit = 8 << 20
  /// Written and then synced in steps, so that no sync at the end takes long.
  private static let syncStep = 4 << 20

  /// Makes the file. Each key delays it by so many microseconds, for tests; a negative number is one in so many keys.
  init(
    _ path: String, stream: RDBStream?, syncsIncrementally: Bool, keyDelay: Int = 0
  ) throws(SystemError) {
    self.path = path
    self.stream = stream
    self.syncsIncrementally = syncsIncrementally
    self.keyDelay = keyDelay
    file = try File.append(path, truncating: true)
  }

  var hasRoom: Bool { queued.load(ordering: .relaxed) < Self.queueLimit }

  /// Keys that were written, or are just about to be.
  var keyCount: Int { keys.load(ordering: .relaxed) }

  /// Writes what an encoder gave away; without a stream, which finds its keys itself, with so many of them.
  func write(_ bytes: consuming ByteBuffer, keys keyCount: Int = 0) {
    let piece = SharedBuffer(bytes)
    queued.add(piece.content.count, ordering: .relaxed)
    Self.thread.run { [self] in
      queued.subtract(piece.content.count, ordering: .relaxed)
      if isPointless { return }
      var count = keyCount
      if let stream { count = stream.process(piece.content.bytes, append) } else { append(piece.content.bytes) }
      SaveDelay.wait(keys: count, each: keyDelay) { !isPointless }
      keys.add(count, ordering: .relaxed)
    }
  }

  /// Writes what the file begins with.
  func begin(_ header: consuming ByteBuffer) {
    let piece = SharedBuffer(header)
    Self.thread.run { [self] in stream?.give(piece.content.bytes, append) }
  }

  private var isPointless: Bool { error != nil || isDiscarded.load(ordering: .relaxed) }

  private func append(_ bytes: borrowing Bytes) {
    if isPointless { return }
    let result = file.write(bytes)
    size += result.written
    unsynced += result.written
    error = result.error
    if syncsIncrementally && unsynced >= Self.syncStep {
      if error == nil { error = file.syncBytes(from: size - unsynced, count: unsynced) }
      unsynced = 0
    }
  }

  /// Syncs the file and calls `done` on the thread, with the first error that occurred and the file's size.
  func finish(_ done: @escaping @Sendable (SystemError?, Int) -> Void) {
    Self.thread.run { [self] in
      stream?.end(append)
      if !isPointless { error = file.sync() }
      close()
      done(error, size)
    }
  }

  /// As `finish`, while the caller waits.
  func finishNow() -> SystemError? {
    finish { _, _ in }
    Self.thread.drain()
    return error
  }

  /// Deletes the file: its name at once, for the next snapshot's has the same.
  func discard() {
    isDiscarded.store(true, ordering: .relaxed)
    Removal.remove(path)
    Self.thread.run { [self] in close() }
  }

  private func close() {
    if !isClosed { file.close() }
    isClosed = true
  }
}
