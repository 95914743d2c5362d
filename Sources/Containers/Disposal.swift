// Unsafe: memory to unmap is handed over as an address.

import Glibc
import Synchronization

/// The helper thread that gives large memory back, so that no command waits for it.
public enum Disposal {
  private static let thread = HelperThread()

  /// Jobs handed over and not yet finished.
  public static var pendingJobs: Int { thread.pendingJobs }

  private static let pending = Atomic<Int>(0)
  private static let freed = Atomic<Int>(0)

  /// Objects, in the caller's sense, that wait to be freed.
  public static var pendingObjects: Int { pending.load(ordering: .relaxed) }

  /// Objects that were freed since the process started.
  public static var freedObjects: Int { freed.load(ordering: .relaxed) }

  /// Runs `job`, which frees `objects` objects that it owns, on the disposal thread.
  public static func free(_ objects: Int, _ job: @escaping @Sendable () -> Void) {
    pending.add(objects, ordering: .relaxed)
    thread.run {
      job()
      pending.subtract(objects, ordering: .relaxed)
      freed.add(objects, ordering: .relaxed)
    }
  }

  /// Bytes of mapped memory that are given back at once.
  private static let unmapStep = 256 << 10

  /// Unmaps memory, off the calling thread when it is large enough to be noticed.
  ///
  /// A process' memory map has one lock, and freeing the pages of a mapping holds it: other threads would wait for it
  /// when they map memory. So the pages go first, a few at a time, and the empty mapping last.
  @unsafe
  static func unmap(_ memory: UnsafeMutableRawPointer, _ bytes: Int) {
    if bytes <= 1 << 20 {
      unsafe munmap(memory, bytes)
    } else {
      let address = UInt(bitPattern: memory)
      thread.run {
        guard let memory = unsafe UnsafeMutableRawPointer(bitPattern: address) else { return }
        for offset in stride(from: 0, to: bytes, by: unmapStep) {
          unsafe madvise(memory + offset, min(unmapStep, bytes - offset), MADV_DONTNEED)
        }
        unsafe munmap(memory, bytes)
      }
    }
  }
}
