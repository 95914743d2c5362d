// Blocks given back by helper threads. Unsafe throughout: it is the allocator.

import Glibc
import Synchronization

/// The blocks of one slab that other threads gave back, in one word, so that both change together.
///
///     [ count: 16 bits | address of the newest block: 48 bits ]; 0 when there is none
///
/// Each block's first word holds the address of the one before. The count lies beside the address and not in
/// the block, because the owner may take the block back, and hand it out, while a helper still looks at it.
struct RemoteBlocks {
  let word: UInt

  var newest: UInt { word & 0x0000_ffff_ffff_ffff }
  var count: Int { Int(word >> 48) }

  /// The word after `block` joined.
  @unsafe
  func adding(_ block: UnsafeMutableRawPointer) -> UInt { UInt(count + 1) << 48 | UInt(bitPattern: block) }
}

extension Heap {
  /// Whether the calling thread is the one that may allocate. O(1), about 2 ns: ask once per collection
  /// that is freed, not once per block.
  public var isOwnedByCallingThread: Bool { unsafe pthread_equal(state.pointee.owner, pthread_self()) != 0 }

  /// Makes the calling thread the owner. At first the thread that used the heap first owns it. The former
  /// owner must not use the heap any more but for `deallocateRemotely`.
  public func adopt() { unsafe state.pointee.owner = pthread_self() }

  /// Gives back a block of `size` bytes from whatever thread; whoever frees many asks once which it is instead.
  @unsafe
  func deallocateAnywhere(_ pointer: UnsafeMutableRawPointer, _ size: Int) {
    if isOwnedByCallingThread {
      unsafe deallocate(pointer, size)
    } else {
      unsafe deallocateRemotely(pointer, size)
    }
  }

  /// Gives back a block of `size` bytes from a thread that does not own the heap. The owner can use it
  /// again after `collectRemote`.
  @unsafe
  public func deallocateRemotely(_ pointer: UnsafeMutableRawPointer, _ size: Int) {
    if Heap.usesMalloc(size) {
      unsafe state.pointee.remoteMallocBytes.add(Heap.blockSize(size), ordering: .relaxed)
      unsafe Malloc.free(pointer)
      return
    }
    let slab = unsafe Heap.slab(of: pointer)
    unsafe assert(slab.pointee.blockSize == Heap.blockSize(size), "a block of another size, or of no slab")
    var known = unsafe RemoteBlocks(word: slab.pointee.remote.load(ordering: .relaxed))
    while true {
      unsafe pointer.storeBytes(of: known.newest, as: UInt.self)
      let pushed = unsafe slab.pointee.remote.compareExchange(
        expected: known.word, desired: known.adding(pointer), ordering: .acquiringAndReleasing)
      if pushed.exchanged { break }
      known = RemoteBlocks(word: pushed.original)
    }
    if known.word == 0 { unsafe announce(slab) }
  }

  /// Puts a slab on the heap's list. Only whoever pushed its first block does: the owner takes a slab off the
  /// list before it takes the slab's blocks, so no slab is on it twice.
  @unsafe
  private func announce(_ slab: UnsafeMutablePointer<SlabHeader>) {
    while true {
      let first = unsafe state.pointee.remote.load(ordering: .acquiring)
      unsafe slab.pointee.nextRemote = first
      let pushed = unsafe state.pointee.remote.compareExchange(
        expected: first, desired: UInt(bitPattern: slab), ordering: .acquiringAndReleasing)
      if pushed.exchanged { return }
    }
  }

  /// Takes back what other threads freed, at most `limit` slabs of it; false when more is left.
  @discardableResult
  public func collectRemote(limit: Int) -> Bool {
    // Most times there is nothing, and asking costs less than taking.
    if unsafe state.pointee.remoteMallocBytes.load(ordering: .relaxed) != 0 {
      let freed = unsafe state.pointee.remoteMallocBytes.exchange(0, ordering: .relaxed)
      unsafe state.pointee.bytesInUse &-= freed
      unsafe state.pointee.mallocBytes &-= freed
    }
    for _ in 0..<limit {
      if unsafe state.pointee.remotePending == 0 {
        if unsafe state.pointee.remote.load(ordering: .relaxed) == 0 { return true }
        unsafe state.pointee.remotePending = state.pointee.remote.exchange(0, ordering: .acquiringAndReleasing)
      }
      guard let slab = unsafe UnsafeMutablePointer<SlabHeader>(bitPattern: state.pointee.remotePending) else {
        return true
      }
      unsafe state.pointee.remotePending = slab.pointee.nextRemote
      let blocks = unsafe RemoteBlocks(word: slab.pointee.remote.exchange(0, ordering: .acquiringAndReleasing))
      assert(blocks.count > 0, "a slab on the list without blocks")
      unsafe collect(slab, blocks)
    }
    return unsafe state.pointee.remotePending == 0 && state.pointee.remote.load(ordering: .relaxed) == 0
  }

  @unsafe
  private func collect(_ slab: UnsafeMutablePointer<SlabHeader>, _ blocks: RemoteBlocks) {
    unsafe slab.pointee.used &-= Int32(blocks.count)
    unsafe state.pointee.bytesInUse &-= blocks.count * Int(slab.pointee.blockSize)
    unsafe assert(slab.pointee.used >= 0, "more blocks given back than handed out")
    // An empty slab needs no list of its blocks; this is the case after a flush, and it costs nothing.
    if unsafe slab.pointee.used > 0 || state.pointee.current[Int(slab.pointee.blockSize) >> 3] == slab {
      let newest = unsafe UnsafeMutableRawPointer(bitPattern: blocks.newest).unsafelyUnwrapped
      var oldest = unsafe newest
      while let next = unsafe UnsafeMutableRawPointer(bitPattern: oldest.load(as: UInt.self)) { unsafe oldest = next }
      unsafe oldest.storeBytes(of: slab.pointee.free, as: UnsafeMutableRawPointer?.self)
      unsafe slab.pointee.free = newest
    }
    if unsafe slab.pointee.used == 0 || !slab.pointee.isListed { unsafe slabGainedRoom(slab) }
  }
}
