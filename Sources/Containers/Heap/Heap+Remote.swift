// Blocks given back by helper threads. Unsafe throughout: it is the allocator.

import Glibc
import Synchronization

extension Heap {
  /// Gives back a block of `size` bytes from a thread that does not own the heap. The owner can use it
  /// again after `collectRemote`.
  @unsafe
  public func deallocateRemotely(_ pointer: UnsafeMutableRawPointer, _ size: Int) {
    if size > Heap.largestBlock {
      unsafe free(pointer)
      return
    }
    let slab = unsafe Heap.slab(of: pointer)
    while true {
      let newest = unsafe slab.pointee.remote.load(ordering: .acquiring)
      let count = unsafe newest == 0 ? 0 : Heap.remoteCount(newest)
      unsafe pointer.storeBytes(of: newest, as: UInt.self)
      unsafe pointer.storeBytes(of: count + 1, toByteOffset: 8, as: UInt.self)
      let pushed = unsafe slab.pointee.remote.compareExchange(
        expected: newest, desired: UInt(bitPattern: pointer), ordering: .acquiringAndReleasing)
      guard pushed.exchanged else { continue }
      if newest == 0 { unsafe announce(slab) }
      return
    }
  }

  @unsafe
  private static func remoteCount(_ address: UInt) -> UInt {
    unsafe UnsafeRawPointer(bitPattern: address).unsafelyUnwrapped.load(fromByteOffset: 8, as: UInt.self)
  }

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
  /// `largeBytes` is what they freed of blocks over `largestBlock`.
  @discardableResult
  public func collectRemote(limit: Int, largeBytes: Int = 0) -> Bool {
    unsafe state.pointee.bytesInUse &-= largeBytes
    if unsafe state.pointee.remotePending == 0 {
      unsafe state.pointee.remotePending = state.pointee.remote.exchange(0, ordering: .acquiringAndReleasing)
    }
    for _ in 0..<limit {
      guard let slab = unsafe UnsafeMutablePointer<SlabHeader>(bitPattern: state.pointee.remotePending) else {
        return true
      }
      unsafe state.pointee.remotePending = slab.pointee.nextRemote
      let newest = unsafe slab.pointee.remote.exchange(0, ordering: .acquiringAndReleasing)
      if newest != 0 { unsafe collect(slab, newest: newest) }
    }
    return unsafe state.pointee.remotePending == 0
  }

  @unsafe
  private func collect(_ slab: UnsafeMutablePointer<SlabHeader>, newest: UInt) {
    let count = unsafe Heap.remoteCount(newest)
    unsafe slab.pointee.used &-= Int32(count)
    unsafe state.pointee.bytesInUse &-= Int(count) * Int(slab.pointee.blockSize)
    // An empty slab needs no list of its blocks; this is the case after a flush, and it costs nothing.
    if unsafe slab.pointee.used > 0 || state.pointee.current[Int(slab.pointee.blockSize) >> 3] == slab {
      var oldest = unsafe UnsafeMutableRawPointer(bitPattern: newest).unsafelyUnwrapped
      while let next = unsafe UnsafeMutableRawPointer(bitPattern: oldest.load(as: UInt.self)) { unsafe oldest = next }
      unsafe oldest.storeBytes(of: slab.pointee.free, as: UnsafeMutableRawPointer?.self)
      unsafe slab.pointee.free = UnsafeMutableRawPointer(bitPattern: newest)
    }
    if unsafe slab.pointee.used == 0 || !slab.pointee.isListed { unsafe slabGainedRoom(slab) }
  }
}
