// Unsafe: memory to unmap is handed over as an address.

import Glibc

/// The helper thread that gives large memory back, so that no command waits for it.
public enum Disposal {
  private static let thread = HelperThread()

  /// Jobs handed over and not yet finished.
  public static var pendingJobs: Int { thread.pendingJobs }

  /// Runs `job`, which owns what it frees, on the disposal thread.
  public static func run(_ job: @escaping @Sendable () -> Void) { thread.run(job) }

  /// Unmaps memory, off the calling thread when it is large enough to be noticed.
  @unsafe
  static func unmap(_ memory: UnsafeMutableRawPointer, _ bytes: Int) {
    if bytes <= 1 << 20 {
      unsafe munmap(memory, bytes)
    } else {
      let address = UInt(bitPattern: memory)
      run { unsafe munmap(UnsafeMutableRawPointer(bitPattern: address), bytes) }
    }
  }
}
