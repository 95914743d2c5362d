// Unsafe: it is C's allocator, which deals in addresses.

import CLinux
import Glibc
import Synchronization

/// malloc(3), with what it has handed out counted: whatever of the data set and of clients' buffers is too large for
/// a slab comes from here, so that how much memory is in use is known at any time in O(1).
///
/// Asking malloc itself takes a walk over its free lists, which in a fragmented process is longer than thousands of
/// commands. Any thread may allocate and free.
public enum Malloc {
  private static let inUse = Atomic<Int>(0)

  /// Bytes handed out and not given back, with malloc's own word for each block.
  public static var bytesInUse: Int { inUse.load(ordering: .relaxed) }

  /// Has malloc keep up to 32 MB of memory that was given back for what is asked for next, and take large blocks from
  /// there, too, but for those above 32 MB; for the whole process, and for good.
  ///
  /// By default it keeps 128 KB, and comes to this as it sees larger blocks go. Until then a server whose replies fill
  /// larger buffers has the system clear pages for each of them, which takes longer than all else.
  public static func keepFreedMemory() {
    mallopt(M_MMAP_THRESHOLD, 32 << 20)
    mallopt(M_TRIM_THRESHOLD, 32 << 20)
  }

  /// What malloc keeps beside a block.
  private static let wordBytes = 8

  /// Uninitialised memory; the process ends when there is none.
  @unsafe
  public static func allocate(_ size: Int) -> UnsafeMutableRawPointer {
    guard let block = unsafe malloc(size) else { fatalError("out of memory: \(size) bytes") }
    unsafe count(block)
    return unsafe block
  }

  /// Uninitialised memory at a multiple of `alignment`, a power of two.
  @unsafe
  public static func allocate(_ size: Int, alignment: Int) -> UnsafeMutableRawPointer {
    guard let block = unsafe aligned_alloc(alignment, size) else { fatalError("out of memory: \(size) bytes") }
    unsafe count(block)
    return unsafe block
  }

  /// Gives a block another size, and perhaps another place.
  @unsafe
  public static func reallocate(_ block: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer {
    let before = unsafe block == nil ? -wordBytes : Int(malloc_usable_size(block))
    guard let resized = unsafe realloc(block, size) else { fatalError("out of memory: \(size) bytes") }
    let growth = unsafe Int(malloc_usable_size(resized)) - before
    if growth != 0 { add(growth) }
    return unsafe resized
  }

  /// Gives a block back.
  @unsafe
  public static func free(_ block: UnsafeMutableRawPointer?) {
    guard let block = unsafe block else { return }
    unsafe add(-(Int(malloc_usable_size(block)) + wordBytes))
    unsafe Glibc.free(block)
  }

  /// Counts memory that came from elsewhere, the system or a library; a negative number when it goes back.
  public static func add(_ bytes: Int) { inUse.add(bytes, ordering: .relaxed) }

  @unsafe
  private static func count(_ block: UnsafeMutableRawPointer) { unsafe add(Int(malloc_usable_size(block)) + wordBytes) }
}
