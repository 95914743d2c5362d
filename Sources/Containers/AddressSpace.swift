// Unsafe: memory comes from mmap(2) as an address.

import Glibc
import Synchronization

/// Memory for the data set, straight from the system.
public enum AddressSpace {
  /// Whether memory that is mapped from now on is advised as huge pages. A random lookup in them costs a cache miss
  /// and no TLB miss, but each is cleared as a whole when it is first touched, which can hold every client up for
  /// milliseconds.
  public static let usesHugePages = Atomic<Bool>(false)

  /// Zeroed memory, aligned to pages; the process ends when there is none.
  @unsafe @usableFromInline
  static func map(_ bytes: Int) -> UnsafeMutableRawPointer {
    let memory = unsafe mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { fatalError("out of memory: \(bytes) bytes") }
    if usesHugePages.load(ordering: .relaxed) { unsafe _ = madvise(memory, bytes, MADV_HUGEPAGE) }
    return unsafe memory
  }
}
