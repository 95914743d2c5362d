// A slab allocator for the millions of small, long-lived blocks of a keyspace.
//
//   region   64 MB of address space, aligned to huge pages; populated a little ahead of its use
//   slab     64 KB of a region, aligned to its size; blocks of one size class; header at its start
//   block    a multiple of 8 bytes and nothing else: no header, so 25 bytes cost 32
//
// A block's slab is found by masking its address. Blocks over `largestBlock` go to malloc.
//
// One thread allocates. Others may only give blocks back, with `deallocateRemotely`: the block joins
// its slab's atomic list, and the slab, once, the heap's list of slabs to look at. The owner collects
// whole slabs, so it pays per 64 KB and not per block.
//
// Under AddressSanitizer all blocks go to malloc, which knows of each block its bounds, whether it is
// still alive, and who allocated and freed it.
//
// Unsafe throughout: it is the allocator.

import CLinux
import Glibc
import Synchronization

@safe
@usableFromInline
struct SlabHeader: ~Copyable {
  /// Blocks given back and not yet handed out again; each holds the address of the next.
  @usableFromInline var free: UnsafeMutableRawPointer?
  /// The part of the slab that was never handed out begins here.
  @usableFromInline var untouched: UnsafeMutableRawPointer
  @usableFromInline var end: UnsafeMutableRawPointer
  @usableFromInline var used: Int32 = 0
  @usableFromInline var blockSize: Int32
  /// Neighbours among the slabs of this class that have room; `next` also links the empty slabs.
  @usableFromInline var next: UnsafeMutablePointer<SlabHeader>?
  @usableFromInline var previous: UnsafeMutablePointer<SlabHeader>?
  /// Whether it is on the list of slabs with room, or is its class's current slab, which is on no list but
  /// needs none of what happens to a full slab that gains room.
  @usableFromInline var isListed = false
  /// Blocks that other threads gave back (`RemoteBlocks`); they count as used until they are collected, so
  /// a slab with such blocks is never empty.
  let remote = Atomic<UInt>(0)
  /// The next slab in the heap's list of slabs with remote blocks.
  var nextRemote: UInt = 0

  init(blockSize: Int, blocks: UnsafeMutableRawPointer, end: UnsafeMutableRawPointer) {
    unsafe untouched = blocks
    unsafe self.end = end
    self.blockSize = Int32(blockSize)
  }
}

/// The process's heap for small blocks; a handle that is free to copy. Only the thread that owns the
/// keyspace may allocate from it.
@safe
@frozen
public struct Heap: @unchecked Sendable {
  @usableFromInline let state: UnsafeMutablePointer<HeapState>

  /// The one heap of the process.
  public static let shared = Heap()

  /// Blocks larger than this come from malloc, bytes.
  @inlinable public static var largestBlock: Int { 1024 }

  /// Whether a request for `size` bytes is served by malloc and not by a slab.
  @inlinable
  static func usesMalloc(_ size: Int) -> Bool { size > largestBlock || CLINUX_ADDRESS_SANITIZER != 0 }

  /// A heap of its own, never given back: for the shared one and for tests. The calling thread owns it.
  init() {
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: HeapState())
  }

  /// The bytes that a request for `size` bytes really takes. Two blocks of one size are interchangeable.
  @inlinable
  public static func blockSize(_ size: Int) -> Int {
    size <= largestBlock ? max(16, (size &+ 7) & ~7) : size
  }

  /// Uninitialised memory for `size` bytes, aligned to 8.
  @unsafe @inlinable
  public func allocate(_ size: Int) -> UnsafeMutableRawPointer {
    let block = Heap.blockSize(size)
    if Heap.usesMalloc(size) { return unsafe allocateByMalloc(block) }
    unsafe state.pointee.bytesInUse &+= block
    if let slab = unsafe state.pointee.current[block >> 3] {
      if let free = unsafe slab.pointee.free {
        unsafe slab.pointee.free = free.load(as: UnsafeMutableRawPointer?.self)
        unsafe slab.pointee.used &+= 1
        return unsafe free
      }
      let next = unsafe slab.pointee.untouched
      if unsafe next + block <= slab.pointee.end {
        unsafe slab.pointee.untouched = next + block
        unsafe slab.pointee.used &+= 1
        return unsafe next
      }
    }
    return unsafe allocateFromAnotherSlab(block)
  }

  /// Gives back a block of `size` bytes (the size it was asked for).
  @unsafe @inlinable
  public func deallocate(_ pointer: UnsafeMutableRawPointer, _ size: Int) {
    let block = Heap.blockSize(size)
    if Heap.usesMalloc(size) { return unsafe deallocateByMalloc(pointer, block) }
    unsafe state.pointee.bytesInUse &-= block
    let slab = unsafe Heap.slab(of: pointer)
    unsafe assert(slab.pointee.blockSize == block, "a block of another size, or of no slab")
    unsafe assert(slab.pointee.used > 0, "more blocks given back than handed out")
    unsafe pointer.storeBytes(of: slab.pointee.free, as: UnsafeMutableRawPointer?.self)
    unsafe slab.pointee.free = pointer
    unsafe slab.pointee.used &-= 1
    if unsafe slab.pointee.used == 0 || !slab.pointee.isListed { unsafe slabGainedRoom(slab) }
  }

  /// Asks for the cache line that giving back a block writes to, beside the block itself.
  @unsafe @inlinable
  public func prefetchForDeallocation(_ pointer: UnsafeMutableRawPointer) {
    unsafe clinux_prefetch(Heap.slab(of: pointer))
  }

  @unsafe @inlinable
  static func slab(of block: UnsafeMutableRawPointer) -> UnsafeMutablePointer<SlabHeader> {
    unsafe UnsafeMutablePointer(bitPattern: UInt(bitPattern: block) & ~(UInt(HeapState.slabBytes) - 1))
      .unsafelyUnwrapped
  }

  /// Bytes handed out and not given back, small and large blocks.
  public var bytesInUse: Int { unsafe state.pointee.bytesInUse }

  /// The part of `bytesInUse` that `Malloc.bytesInUse` does not hold.
  public var bytesInSlabs: Int { unsafe state.pointee.bytesInUse &- state.pointee.mallocBytes }

  /// Bytes of all slabs, also of those whose memory went back to the system.
  public var bytesReserved: Int { unsafe state.pointee.bytesReserved }
}
