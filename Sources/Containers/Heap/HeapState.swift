// The heap's bookkeeping: which slab serves a class, which slabs have room, which are empty.
// Unsafe throughout: it is the allocator.

import CLinux
import Glibc
import Synchronization

@safe
@usableFromInline
struct HeapState: ~Copyable {
  @inlinable static var slabBytes: Int { 64 << 10 }
  static let regionBytes = 64 << 20
  static let hugePageBytes = 2 << 20
  static let headerBytes = (MemoryLayout<SlabHeader>.size + 63) & ~63
  /// At most so many bytes of the region are populated before they are handed out, and at least half of them.
  static let populatedAhead = 8 * slabBytes
  /// Empty slabs kept resident; memory of the others goes back to the system.
  static let warmEmptySlabs = 16

  /// For each class (block size / 8) the slab that serves it.
  @usableFromInline let current: UnsafeMutablePointer<UnsafeMutablePointer<SlabHeader>?>
  /// For each class the other slabs with room, doubly linked.
  let withRoom: UnsafeMutablePointer<UnsafeMutablePointer<SlabHeader>?>
  var empty: UnsafeMutablePointer<SlabHeader>? = nil
  var emptyCount = 0
  /// Slabs whose memory went back to the system: their addresses.
  var cold: [UInt] = []
  var regionNext: UnsafeMutableRawPointer? = nil
  var regionEnd: UnsafeMutableRawPointer? = nil
  /// The part of the open region that is populated, or about to be, ends here.
  var regionPopulated: UnsafeMutableRawPointer? = nil
  @usableFromInline var bytesInUse = 0
  /// The part of `bytesInUse` that came from malloc.
  var mallocBytes = 0
  var bytesReserved = 0
  /// Slabs that other threads gave blocks back to, linked by `nextRemote`.
  let remote = Atomic<UInt>(0)
  /// The part of that list which the owner took and has not worked off.
  var remotePending: UInt = 0
  /// Bytes of blocks of malloc that other threads freed and `bytesInUse` still holds.
  let remoteMallocBytes = Atomic<Int>(0)
  /// The thread that may allocate.
  var owner = pthread_self()

  init() {
    // Overflow buckets of hash tables rely on it: blocks of 64 bytes are cache lines of their own.
    assert(HeapState.headerBytes % 64 == 0 && HeapState.headerBytes <= 128)
    // A slab's remote blocks are counted in 16 bits.
    assert(HeapState.slabBytes / 16 < 1 << 16)
    let classes = Heap.largestBlock >> 3 + 1
    unsafe current = .allocate(capacity: classes)
    unsafe current.initialize(repeating: nil, count: classes)
    unsafe withRoom = .allocate(capacity: classes)
    unsafe withRoom.initialize(repeating: nil, count: classes)
  }

  /// 64 KB from the warm slabs, the cold ones, the open region, or a new region.
  mutating func takeSlabMemory() -> UnsafeMutableRawPointer {
    if let slab = unsafe empty {
      unsafe empty = slab.pointee.next
      emptyCount -= 1
      return UnsafeMutableRawPointer(slab)
    }
    if let address = cold.popLast(), let slab = unsafe UnsafeMutableRawPointer(bitPattern: address) {
      return unsafe slab
    }
    if unsafe regionNext == regionEnd { openRegion() }
    let slab = unsafe regionNext.unsafelyUnwrapped
    unsafe regionNext = slab + HeapState.slabBytes
    bytesReserved += HeapState.slabBytes
    populateAhead()
    return unsafe slab
  }

  private mutating func openRegion() {
    // A huge page more, so that the region can be aligned to them. What is left over is never touched.
    let raw = unsafe AddressSpace.map(HeapState.regionBytes + HeapState.hugePageBytes)
    let region = unsafe raw.alignedUp(toMultipleOf: HeapState.hugePageBytes)
    // A heap that stays small needs neither more memory than it uses nor a thread.
    unsafe regionPopulated = bytesReserved == 0 ? region + HeapState.hugePageBytes : region
    unsafe regionNext = region
    unsafe regionEnd = region + HeapState.regionBytes
  }

  private mutating func populateAhead() {
    let (next, populated) = unsafe (regionNext.unsafelyUnwrapped, regionPopulated.unsafelyUnwrapped)
    let step = HeapState.populatedAhead / 2
    if unsafe next + step <= populated || populated == regionEnd { return }
    unsafe AddressSpace.populate(populated, step)
    unsafe regionPopulated = populated + step
  }

  mutating func giveSlabMemory(_ slab: UnsafeMutablePointer<SlabHeader>) {
    unsafe assert(slab.pointee.used == 0 && slab.pointee.remote.load(ordering: .relaxed) == 0)
    if emptyCount < HeapState.warmEmptySlabs {
      unsafe slab.pointee.next = empty
      unsafe empty = slab
      emptyCount += 1
    } else {
      unsafe madvise(UnsafeMutableRawPointer(slab), HeapState.slabBytes, MADV_DONTNEED)
      cold.append(UInt(bitPattern: slab))
    }
  }

  /// Puts a slab that has room again among those of its class.
  mutating func list(_ slab: UnsafeMutablePointer<SlabHeader>) {
    let index = unsafe Int(slab.pointee.blockSize) >> 3
    unsafe assert(!slab.pointee.isListed && current[index] != slab)
    unsafe slab.pointee.previous = nil
    unsafe slab.pointee.next = withRoom[index]
    if let first = unsafe withRoom[index] { unsafe first.pointee.previous = slab }
    unsafe withRoom[index] = slab
    unsafe slab.pointee.isListed = true
  }

  mutating func unlist(_ slab: UnsafeMutablePointer<SlabHeader>) {
    let index = unsafe Int(slab.pointee.blockSize) >> 3
    unsafe assert(slab.pointee.isListed && current[index] != slab)
    if let next = unsafe slab.pointee.next { unsafe next.pointee.previous = slab.pointee.previous }
    if let previous = unsafe slab.pointee.previous {
      unsafe previous.pointee.next = slab.pointee.next
    } else {
      unsafe withRoom[index] = slab.pointee.next
    }
    unsafe slab.pointee.isListed = false
  }
}

extension Heap {
  @unsafe @usableFromInline
  func allocateByMalloc(_ block: Int) -> UnsafeMutableRawPointer {
    let memory = unsafe Malloc.allocate(block)
    unsafe state.pointee.bytesInUse &+= block
    unsafe state.pointee.mallocBytes &+= block
    return unsafe memory
  }

  @unsafe @usableFromInline
  func deallocateByMalloc(_ pointer: UnsafeMutableRawPointer, _ block: Int) {
    unsafe state.pointee.bytesInUse &-= block
    unsafe state.pointee.mallocBytes &-= block
    unsafe Malloc.free(pointer)
  }

  @unsafe @usableFromInline
  func allocateFromAnotherSlab(_ block: Int) -> UnsafeMutableRawPointer {
    let index = block >> 3
    // The slab that served so far is full: it is on no list until a block of it comes back. It counts as
    // listed while it serves, so that giving back stays one comparison.
    if let full = unsafe state.pointee.current[index] { unsafe full.pointee.isListed = false }
    unsafe state.pointee.current[index] = nil
    // What others gave back is used before memory that never was: taking back more than is handed out, the owner
    // keeps pace however fast it allocates.
    if unsafe state.pointee.withRoom[index] == nil { collectRemote(limit: 2) }
    if let slab = unsafe state.pointee.withRoom[index] {
      unsafe state.pointee.unlist(slab)
      unsafe slab.pointee.isListed = true
      unsafe state.pointee.current[index] = slab
    } else {
      let memory = unsafe state.pointee.takeSlabMemory()
      let slab = unsafe memory.bindMemory(to: SlabHeader.self, capacity: 1)
      unsafe slab.initialize(
        to: SlabHeader(blockSize: block, blocks: memory + HeapState.headerBytes, end: memory + HeapState.slabBytes))
      unsafe slab.pointee.isListed = true
      unsafe state.pointee.current[index] = slab
    }
    unsafe state.pointee.bytesInUse &-= block
    return unsafe allocate(block)
  }

  /// A full slab has room again, or a slab is empty. An empty slab that is current stays: a class in use keeps
  /// one slab, however often its last block comes and goes.
  @unsafe @usableFromInline
  func slabGainedRoom(_ slab: UnsafeMutablePointer<SlabHeader>) {
    let index = unsafe Int(slab.pointee.blockSize) >> 3
    if unsafe state.pointee.current[index] == slab {
      unsafe assert(slab.pointee.isListed)
      return
    }
    if unsafe slab.pointee.used > 0 {
      unsafe state.pointee.list(slab)
      return
    }
    if unsafe slab.pointee.isListed { unsafe state.pointee.unlist(slab) }
    unsafe state.pointee.giveSlabMemory(slab)
  }
}
