// Unsafe: memory comes from mmap(2) as an address.

import CLinux
import Glibc
import Synchronization

/// Memory for the data set, straight from the system, and the helper thread that has it ready before the command
/// thread touches it and gives it back after.
public enum AddressSpace {
  /// Whether memory that is mapped from now on is advised as huge pages. A random lookup in them costs a cache miss
  /// and no TLB miss, but each is cleared as a whole when it is first touched, which can hold every client up for
  /// milliseconds.
  public static let usesHugePages = Atomic<Bool>(false)

  /// Jobs run in the order they were handed over, so nothing is populated that was unmapped before.
  public static let thread = HelperThread(givesWay: true)

  /// Zeroed memory, aligned to pages; the process ends when there is none.
  @unsafe @usableFromInline
  static func map(_ bytes: Int) -> UnsafeMutableRawPointer {
    let memory = unsafe mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { fatalError("out of memory: \(bytes) bytes") }
    if usesHugePages.load(ordering: .relaxed) { unsafe _ = madvise(memory, bytes, MADV_HUGEPAGE) }
    return unsafe memory
  }

  /// Bytes that are populated at once. Few, since whoever changes the process' memory map waits for it.
  private static let populateStep = 16 << 10

  /// Has the system back mapped memory with pages, off the calling thread: a page's first touch can take a third of
  /// a millisecond on a virtual machine. The memory may be in use, its contents stay. With `stripes`, memory that
  /// is touched from as many evenly spaced places on is populated in that order.
  @unsafe
  static func populate(_ memory: UnsafeMutableRawPointer, _ bytes: Int, stripes: Int = 1) {
    let address = UInt(bitPattern: memory)
    let stripe = bytes / stripes
    thread.run {
      guard let memory = unsafe UnsafeMutableRawPointer(bitPattern: address) else { return }
      for offset in stride(from: 0, to: stripe, by: populateStep) {
        for first in stride(from: 0, to: bytes, by: stripe) {
          // Kernels before 5.14 do not know of it: there the pages come when they are touched.
          let step = min(populateStep, stripe - offset)
          if unsafe madvise(memory + first + offset, step, CLINUX_MADV_POPULATE_WRITE) != 0 { return }
        }
      }
    }
  }

  /// Bytes of mapped memory that are given back at once.
  private static let unmapStep = 256 << 10

  /// Bytes that wait to be unmapped.
  private static let unmapping = Atomic<Int>(0)

  /// Bytes that may wait: the thread gives way, and on a busy machine memory could go back more slowly than it comes.
  private static let unmappingMax = 64 << 20

  /// Unmaps memory, off the calling thread unless much waits for that already.
  ///
  /// A process' memory map has one lock, and freeing the pages of a mapping holds it: other threads would wait for it
  /// when they map memory. So the pages go first, a few at a time, and the empty mapping last.
  @unsafe
  static func unmap(_ memory: UnsafeMutableRawPointer, _ bytes: Int) {
    let address = UInt(bitPattern: memory)
    let isLate = unmapping.add(bytes, ordering: .relaxed).newValue > unmappingMax
    // The mapping itself stays until its turn: jobs before may be about to populate it.
    if isLate { unsafe discard(memory, bytes) }
    thread.run {
      guard let memory = unsafe UnsafeMutableRawPointer(bitPattern: address) else { return }
      unsafe discard(memory, bytes)
      unsafe munmap(memory, bytes)
      unmapping.subtract(bytes, ordering: .relaxed)
    }
  }

  @unsafe
  private static func discard(_ memory: UnsafeMutableRawPointer, _ bytes: Int) {
    for offset in stride(from: 0, to: bytes, by: unmapStep) {
      unsafe madvise(memory + offset, min(unmapStep, bytes - offset), MADV_DONTNEED)
    }
  }
}
