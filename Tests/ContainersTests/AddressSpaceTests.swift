// Unsafe: it looks at memory by address.

import CLinux
import Glibc
import Testing

@testable import Containers

@Suite struct AddressSpaceTests {
  static let page = sysconf(Int32(_SC_PAGESIZE))

  /// Kernels before 5.14 do not populate: there nothing is ahead.
  static let canPopulate: Bool = {
    let memory = unsafe AddressSpace.map(page)
    defer { unsafe AddressSpace.unmap(memory, page) }
    return unsafe madvise(memory, page, CLINUX_MADV_POPULATE_WRITE) == 0
  }()

  /// The pages from `memory` on, of `bytes` bytes, that are backed; waits up to a minute until `wanted` are.
  private func residentPages(_ memory: UnsafeMutableRawPointer, _ bytes: Int, wanted: Int) -> Int {
    var state = [UInt8](repeating: 0, count: bytes / Self.page)
    var count = 0
    for _ in 0..<60_000 {
      unsafe mincore(memory, bytes, &state)
      count = state.count { $0 & 1 != 0 }
      if count >= wanted { break }
      usleep(1000)
    }
    return count
  }

  @Test(.enabled(if: canPopulate), arguments: [1, 2, 4])
  func populatesAllAndKeepsContents(stripes: Int) {
    let bytes = 1 << 20
    let memory = unsafe AddressSpace.map(bytes)
    defer { unsafe AddressSpace.unmap(memory, bytes) }
    let written = unsafe memory + 300_000
    unsafe written.storeBytes(of: 0x0123_4567_89ab_cdef, as: Int.self)
    let before = unsafe residentPages(memory, bytes, wanted: 0)
    #expect(before == 1)
    unsafe AddressSpace.populate(memory, bytes, stripes: stripes)
    let after = unsafe residentPages(memory, bytes, wanted: bytes / Self.page)
    #expect(after == bytes / Self.page)
    let kept = unsafe written.load(as: Int.self)
    #expect(kept == 0x0123_4567_89ab_cdef)
  }

  /// The slabs that come next are there before a block lies in them, and not much more than those.
  @Test(.enabled(if: canPopulate && !Heap.usesMalloc(1024)))
  func populatesAheadOfTheHeap() {
    let heap = Heap()
    var newest = unsafe heap.allocate(1024)
    while heap.bytesInUse < 4 << 20 { unsafe newest = heap.allocate(1024) }
    let ahead = unsafe UnsafeMutableRawPointer(Heap.slab(of: newest)) + HeapState.slabBytes
    let half = HeapState.populatedAhead / 2
    let next = unsafe residentPages(ahead, half, wanted: half / Self.page)
    #expect(next == half / Self.page)
    let later = unsafe residentPages(ahead + HeapState.populatedAhead, 4 << 20, wanted: 0)
    #expect(later == 0)
  }
}
