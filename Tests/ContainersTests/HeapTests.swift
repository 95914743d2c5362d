// Unsafe: blocks of memory are filled and compared at their addresses.

import ConformanceSupport
import Glibc
import Testing

@testable import Containers

/// Under AddressSanitizer all blocks come from malloc.
private let hasSlabs = !Heap.usesMalloc(16)

@Suite struct HeapTests {
  /// Random sizes come and go; contents stay, blocks do not overlap, and the count of bytes is exact.
  @Test(arguments: [1, 2, 3])
  func keepsBlocksApart(seed: UInt64) {
    let run = HeapRun(seed: seed)
    for round in 0..<6 {
      run.change(steps: 20_000, growing: round % 2 == 0)
      let isSound = run.isSound()
      #expect(isSound, "seed \(seed), round \(round)")
    }
    run.freeAll()
    #expect(run.heap.bytesInUse == 0)
    #expect(run.errors == 0)
  }

  /// Slabs left empty serve other sizes: the heap takes no more memory for the second load than for the first.
  @Test(.enabled(if: hasSlabs)) func reusesEmptySlabs() {
    let heap = Heap()
    var reserved = 0
    for size in [24, 40, 1024, 16, 100, 512, 64] {
      let count = (8 << 20) / size
      let blocks = (0..<count).map { _ in unsafe UInt(bitPattern: heap.allocate(size)) }
      #expect(heap.bytesInUse == count * Heap.blockSize(size))
      for block in blocks { unsafe heap.deallocate(UnsafeMutableRawPointer(bitPattern: block)!, size) }
      #expect(heap.bytesInUse == 0)
      if reserved == 0 { reserved = heap.bytesReserved }
      // Each class keeps its current slab, and blocks of 1024 bytes leave the end of a slab unused.
      #expect(heap.bytesReserved <= reserved + 2 << 20)
    }
  }

  /// Blocks of the size of a cache line are cache lines.
  @Test(.enabled(if: hasSlabs)) func alignsCacheLines() {
    let heap = Heap()
    let isAligned = (0..<3000).allSatisfy { _ in UInt(bitPattern: unsafe heap.allocate(64)) % 64 == 0 }
    #expect(isAligned)
  }

  /// A helper frees everything; the owner collects it in steps and can use it all again.
  @Test(.enabled(if: hasSlabs)) func collectsWhatAnotherThreadFreed() {
    let run = HeapRun(seed: 4)
    run.change(steps: 60_000, growing: true)
    let thread = TestThread { run.freeAll(remotely: true) }
    thread.join()
    #expect(run.heap.bytesInUse > 0)
    var calls = 1
    while !run.heap.collectRemote(limit: 3) { calls += 1 }
    #expect(calls > 1)
    #expect(run.heap.bytesInUse == 0)
    let reserved = run.heap.bytesReserved
    run.change(steps: 60_000, growing: true)
    let isSound = run.isSound()
    #expect(isSound)
    #expect(run.heap.bytesReserved <= reserved + 8 << 20)
    #expect(run.errors == 0)
  }

  /// The owner takes back what it needs by itself: however fast it allocates, memory does not grow while a helper
  /// frees as much.
  @Test(.enabled(if: hasSlabs)) func takesBackBeforeItGrows() {
    let run = HeapRun(seed: 8)
    run.change(steps: 60_000, growing: true)
    let reserved = run.heap.bytesReserved
    for _ in 0..<3 {
      TestThread { run.freeAll(remotely: true) }.join()
      run.change(steps: 60_000, growing: true)
    }
    #expect(run.heap.bytesReserved <= reserved + 8 << 20)
    #expect(run.errors == 0)
    run.freeAll()
    while !run.heap.collectRemote(limit: 100) {}
    #expect(run.heap.bytesInUse == 0)
  }

  /// Four helpers free blocks of the same slabs while the owner collects, allocates and frees.
  @Test(arguments: [5, 6])
  func allowsSeveralHelpers(seed: UInt64) {
    let run = HeapRun(seed: seed)
    run.change(steps: 60_000, growing: true)
    var shares: [[HeapRun.Block]] = [[], [], [], []]
    for (index, block) in run.blocks.enumerated() { shares[index % 4].append(block) }
    run.blocks = []
    let heap = run.heap
    let threads = shares.map { share in
      TestThread { for block in share { unsafe heap.deallocateRemotely(block.start, block.size) } }
    }
    for _ in 0..<200 {
      run.heap.collectRemote(limit: 2)
      run.change(steps: 100, growing: true)
    }
    for thread in threads { thread.join() }
    while !run.heap.collectRemote(limit: 100) {}
    let isSound = run.isSound()
    #expect(isSound)
    run.freeAll()
    #expect(run.heap.bytesInUse == 0)
    #expect(run.errors == 0)
  }

  /// AddressSanitizer knows where each block ends, and which one was given back, by whichever thread.
  @Test(.enabled(if: !hasSlabs), arguments: [16, 64, 1024, 5000], [false, true])
  func isSeenByAddressSanitizer(size: Int, isFreedRemotely: Bool) {
    let heap = Heap()
    let block = unsafe heap.allocate(size)
    let first = UInt(bitPattern: block)
    let last = first + UInt(size) - 1
    #expect([first, last, last + 1].map(isPoisoned) == [false, false, true])
    if isFreedRemotely { unsafe heap.deallocateRemotely(block, size) } else { unsafe heap.deallocate(block, size) }
    #expect([first, last].map(isPoisoned) == [true, true])
    heap.collectRemote(limit: 1)
    #expect(heap.bytesInUse == 0)
  }

  @Test func knowsItsOwner() {
    let heap = Heap()
    #expect(heap.isOwnedByCallingThread)
    let thread = TestThread {
      #expect(!heap.isOwnedByCallingThread)
      heap.adopt()
      #expect(heap.isOwnedByCallingThread)
    }
    thread.join()
    #expect(!heap.isOwnedByCallingThread)
  }
}

/// Whether AddressSanitizer forbids access to the byte at this address.
private func isPoisoned(_ address: UInt) -> Bool {
  typealias Question = @convention(c) (UInt) -> Int32
  guard let symbol = unsafe dlsym(nil, "__asan_address_is_poisoned") else { return false }
  return unsafe unsafeBitCast(symbol, to: Question.self)(address) != 0
}

/// A heap and what was allocated from it.
@safe
private final class HeapRun {
  @safe
  struct Block {
    let start: UnsafeMutableRawPointer
    let size: Int
    let fill: UInt8

    /// Whether the block holds what it was filled with.
    var isIntact: Bool {
      unsafe UnsafeRawBufferPointer(start: start, count: size).allSatisfy { $0 == fill }
    }
  }

  let heap = Heap()
  var blocks: [Block] = []
  var errors = 0
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  deinit { freeAll() }

  /// Random steps: two of three allocate when growing, else one of three.
  func change(steps: Int, growing: Bool) {
    for _ in 0..<steps {
      if (random.below(3) < 2) == growing { allocate() } else { free() }
    }
  }

  private func allocate() {
    let size: Int
    switch random.below(10) {
    case 0: size = 1 + random.below(1024)
    case 1: size = 1020 + random.below(10)
    case 2: size = random.below(20) == 0 ? 1025 + random.below(5000) : 1
    default: size = 17 + random.below(48)
    }
    let start = unsafe heap.allocate(size)
    let fill = UInt8(truncatingIfNeeded: random.next())
    unsafe memset(start, Int32(fill), size)
    if UInt(bitPattern: start) % 8 != 0 { errors += 1 }
    unsafe blocks.append(Block(start: start, size: size, fill: fill))
  }

  private func free() {
    guard !blocks.isEmpty else { return }
    let index = random.below(blocks.count)
    blocks.swapAt(index, blocks.count - 1)
    let block = blocks.removeLast()
    if !block.isIntact { errors += 1 }
    unsafe heap.deallocate(block.start, block.size)
  }

  func freeAll(remotely: Bool = false) {
    for block in blocks {
      if !block.isIntact { errors += 1 }
      if remotely {
        unsafe heap.deallocateRemotely(block.start, block.size)
      } else {
        unsafe heap.deallocate(block.start, block.size)
      }
    }
    blocks = []
  }

  /// Whether contents are intact, blocks apart, and bytes counted exactly.
  func isSound() -> Bool {
    let sorted = blocks.sorted { unsafe $0.start < $1.start }
    for (block, next) in zip(sorted, sorted.dropFirst()) {
      if unsafe block.start + block.size > next.start { return false }
    }
    let bytes = blocks.reduce(0) { $0 + Heap.blockSize($1.size) }
    let inSlabs = blocks.reduce(0) { $0 + (Heap.usesMalloc($1.size) ? 0 : Heap.blockSize($1.size)) }
    return heap.bytesInUse == bytes && heap.bytesInSlabs == inSlabs && blocks.allSatisfy(\.isIntact) && errors == 0
  }
}
