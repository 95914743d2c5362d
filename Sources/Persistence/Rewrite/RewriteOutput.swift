import Containers
import ServerKernel
import Synchronization

/// The temporary file of a rewrite, written by the thread that all rewrites share: one runs at a time.
final class RewriteOutput: @unchecked Sendable {
  // Shared by both threads are the atomics; the file and the error belong to the thread.
  let path: String
  /// What it will be in the manifest.
  let base: Manifest.Entry
  private let file: File
  static let thread = HelperThread()
  private let queued = Atomic<Int>(0)
  private let isDiscarded = Atomic<Bool>(false)
  private let syncsIncrementally: Bool
  private var error: SystemError?
  private var size = 0
  private var isClosed = false
  private var unsynced = 0

  /// Bytes that may wait for the disk before the snapshot does.
  private static let queueLimit = 8 << 20
  /// Written and then synced in steps, so that no sync at the end takes long.
  private static let syncStep = 4 << 20

  init(_ path: String, for base: Manifest.Entry, syncsIncrementally: Bool) throws(SystemError) {
    self.path = path
    self.base = base
    self.syncsIncrementally = syncsIncrementally
    file = try File.append(path, truncating: true)
  }

  var hasRoom: Bool { queued.load(ordering: .relaxed) < Self.queueLimit }

  // Unsafe: the place is freed with the object that carries it.

  /// Carries a buffer to the thread.
  private final class Piece: @unchecked Sendable {
    private let place: Place<ByteBuffer>
    var count: Int { place.value.count }

    init(_ buffer: consuming ByteBuffer) { place = Place(buffer) }
    deinit { unsafe place.free() }

    func write(to file: File) -> (written: Int, error: SystemError?) {
      let place = self.place
      return file.write(place.value.bytes)
    }
  }

  func write(_ commands: consuming ByteBuffer) {
    let piece = Piece(commands)
    queued.add(piece.count, ordering: .relaxed)
    Self.thread.run { [self] in
      queued.subtract(piece.count, ordering: .relaxed)
      if error != nil || isDiscarded.load(ordering: .relaxed) { return }
      let result = piece.write(to: file)
      size += result.written
      unsynced += result.written
      error = result.error
      if syncsIncrementally && unsynced >= Self.syncStep {
        if error == nil { error = file.syncBytes(from: size - unsynced, count: unsynced) }
        unsynced = 0
      }
    }
  }

  /// Syncs the file and calls `done` on the thread, with the first error that occurred and the file's size.
  func finish(_ done: @escaping @Sendable (SystemError?, Int) -> Void) {
    Self.thread.run { [self] in
      if error == nil && !isDiscarded.load(ordering: .relaxed) { error = file.sync() }
      close()
      done(error, size)
    }
  }

  /// Deletes the file: its name at once, for the next rewrite's has the same.
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
