// Unsafe: entries are small blocks that the tests read at their addresses.

import ConformanceSupport
import Glibc
import Testing

@testable import Containers

/// Random changes of a hash table and of a dictionary, which must stay alike.
@Suite struct HashTableTests {
  /// Many keys, through growth and shrinking; and keys whose hashes share zeros, in long chains.
  @Test(arguments: [(1, 0), (2, 0), (3, 0x7f), (4, 0xf000_0000_0000_000f), (5, 0x1f)])
  func behavesAsADictionary(seed: UInt64, zeroBits: UInt64) {
    let run = TableRun(seed: seed, zeroBits: zeroBits)
    let steps = zeroBits == 0 ? 20_000 : 1_000
    for round in 0..<8 {
      run.change(steps: steps, growing: round % 2 == 0)
      let isAlike = run.isAlike()
      #expect(isAlike, "seed \(seed), round \(round)")
      if !isAlike { return }
    }
    run.removeAll()
    #expect(run.table.count == 0 && run.table.overflowBuckets == 0)
    while run.table.move(buckets: 100) {}
    #expect(run.table.bucketCount == 1)
    run.insert()
    run.removeAll()
    let leaked = run.heap.bytesInUse
    #expect(leaked == 0)
  }

  /// Entries whose tag is zero, as that of a link, in a chain.
  @Test func tellsEntriesFromLinks() {
    let run = TableRun(seed: 6, zeroBits: 0xffff << 48)
    run.table.pauses = 1
    for _ in 0..<24 { run.insert() }
    #expect(run.table.overflowBuckets == 3)
    let isAlike = run.isAlike()
    #expect(isAlike)
    run.change(steps: 40, growing: false)
    let isAlikeAfterwards = run.isAlike()
    #expect(isAlikeAfterwards)
  }

  /// While paused the table keeps its arrays, whatever comes and goes; afterwards it catches up.
  @Test(arguments: [11, 12])
  func restsWhilePaused(seed: UInt64) {
    let run = TableRun(seed: seed, zeroBits: 0)
    run.change(steps: 3000, growing: true)
    run.table.pauses = 1
    let buckets = run.table.bucketCount
    run.change(steps: 20_000, growing: true)
    run.change(steps: 5000, growing: false)
    #expect(run.table.bucketCount == buckets && !run.table.move(buckets: 10))
    let isAlike = run.isAlike()
    #expect(isAlike)
    run.table.pauses = 0
    run.change(steps: 5000, growing: true)
    while run.table.move(buckets: 100) {}
    #expect(run.table.count <= run.table.bucketCount * 8)
    let isAlikeAfterwards = run.isAlike()
    #expect(isAlikeAfterwards)
  }

  /// Whoever is in the table from the first call to the last is visited, while it grows and shrinks in between.
  @Test(arguments: 21...32)
  func scansWhatStays(seed: UInt64) {
    let run = TableRun(seed: seed, zeroBits: seed % 3 == 0 ? 0xf : 0)
    run.change(steps: 500 * Int(seed % 5), growing: true)
    var expected = Set(run.model.keys)
    var seen: Set<[UInt8]> = []
    var cursor: UInt = 0
    var growing = seed % 2 == 0
    var calls = 0
    repeat {
      cursor = unsafe run.table.scan(cursor) { entry in seen.insert(unsafe TestEntry.key(entry).array) }
      run.removed = []
      run.change(steps: 40, growing: growing)
      expected.subtract(run.removed)
      calls += 1
      if calls % 150 == 0 { growing.toggle() }
    } while cursor != 0 && calls < 20_000
    #expect(cursor == 0)
    #expect(seen.isSuperset(of: expected))
  }

  /// While nothing changes, a round visits every entry once, also halfway through a move.
  @Test(arguments: [41, 42, 43, 44])
  func scansOnceWhileUnchanged(seed: UInt64) {
    let run = TableRun(seed: seed, zeroBits: 0)
    while run.model.count < 2000 || !run.table.isMoving { run.insert() }
    for buckets in 0..<20 {
      run.table.move(buckets: buckets)
      var seen: [[UInt8]] = []
      var cursor: UInt = 0
      repeat {
        cursor = unsafe run.table.scan(cursor) { entry in seen.append(unsafe TestEntry.key(entry).array) }
      } while cursor != 0
      let isEachOnce = seen.count == run.model.count && Set(seen) == Set(run.model.keys)
      #expect(isEachOnce)
    }
  }

  /// A random entry is each one with the same chance, with long chains and halfway through a move.
  @Test(arguments: [UInt64(0), 3])
  func picksFairly(zeroBits: UInt64) {
    let run = TableRun(seed: 51, zeroBits: zeroBits)
    run.table.pauses = zeroBits == 0 ? 0 : 1
    while run.model.count < 100 || (zeroBits == 0 && !run.table.isMoving) { run.insert() }
    var picked: [[UInt8]: Int] = [:]
    let rounds = 400 * run.model.count
    var random = SeededGenerator(seed: 52)
    for _ in 0..<rounds {
      guard let entry = unsafe run.table.random(random.next()) else { break }
      picked[unsafe TestEntry.key(entry).array, default: 0] += 1
    }
    #expect(picked.count == run.model.count)
    // Chi-squared: mean n, standard deviation sqrt(2n); six of them.
    let chiSquared = picked.values.reduce(0) { $0 + ($1 - 400) * ($1 - 400) } / 400
    #expect(chiSquared < run.model.count + 6 * 25)
  }

  /// Samples show each entry about as often, those at the end of a long chain too, and halfway through a move.
  @Test(arguments: [UInt64(0), 3])
  func samplesFairly(zeroBits: UInt64) {
    let run = TableRun(seed: 53, zeroBits: zeroBits)
    run.table.pauses = zeroBits == 0 ? 0 : 1
    while run.model.count < 200 || (zeroBits == 0 && !run.table.isMoving) { run.insert() }
    var seen: [[UInt8]: Int] = [:]
    let rounds = 100 * run.model.count
    for round in 0..<rounds {
      unsafe run.table.sample(places: 8, count: 5, seed: UInt64(round)) { entry in
        seen[unsafe TestEntry.key(entry).array, default: 0] += 1
      }
    }
    #expect(seen.values.reduce(0, +) == rounds * 8 * 5)
    #expect(seen.count == run.model.count)
    // Buckets have the same chance, and so an entry has the less the fuller its bucket is.
    #expect(seen.values.min() ?? 0 > 8 * 5 * 100 / 5)
  }

  @Test func samplesAllOfAFew() {
    let run = TableRun(seed: 54, zeroBits: 0)
    for _ in 0..<3 { run.insert() }
    var seen: Set<[UInt8]> = []
    unsafe run.table.sample(places: 8, count: 5, seed: 1) { seen.insert(unsafe TestEntry.key($0).array) }
    #expect(seen == Set(run.model.keys))
  }

  @Test func holdsWhatIsThere() {
    let run = TableRun(seed: 55, zeroBits: 0)
    run.change(steps: 3000, growing: true)
    var addresses: [(hash: UInt64, address: UInt)] = []
    unsafe run.table.forEach { entry in
      addresses.append((run.hash(unsafe TestEntry.key(entry)), UInt(bitPattern: entry)))
    }
    func held() -> Int {
      addresses.count { hash, address in
        guard let entry = unsafe UnsafeMutableRawPointer(bitPattern: address) else { return false }
        return unsafe run.table.holds(hash, entry)
      }
    }
    #expect(held() == addresses.count)
    run.removeAll()
    #expect(held() == 0)
  }

  @Test func beginsWithItsCapacity() {
    let run = TableRun(seed: 61, zeroBits: 0, capacity: 50_000)
    let buckets = run.table.bucketCount
    #expect(buckets >= 50_000 / 6)
    while run.model.count < 50_000 { run.insert() }
    #expect(run.table.bucketCount == buckets)
    let isAlike = run.isAlike()
    #expect(isAlike)
  }

  /// Only where there is nothing: entries keep their array, and one that is larger stays.
  @Test func makesRoomAheadOfEntries() {
    let run = TableRun(seed: 62, zeroBits: 0)
    run.table.reserve(50_000)
    let buckets = run.table.bucketCount
    #expect(buckets >= 50_000 / 6)
    run.table.reserve(10)
    #expect(run.table.bucketCount == buckets)
    while run.model.count < 50_000 { run.insert() }
    run.table.reserve(1_000_000)
    #expect(run.table.bucketCount == buckets)
    let isAlike = run.isAlike()
    #expect(isAlike)
  }
}

/// An entry of the tests: a number, the length of the key, the key.
private enum TestEntry: HashTableLayout {
  @unsafe @_lifetime(immortal)
  static func key(_ entry: UnsafeMutableRawPointer) -> Bytes {
    unsafe Bytes(unsafeStart: entry + 16, count: entry.load(fromByteOffset: 8, as: Int.self))
  }

  @unsafe
  static func value(_ entry: UnsafeMutableRawPointer) -> Int { unsafe entry.load(as: Int.self) }

  @unsafe
  static func make(_ bytes: [UInt8], _ value: Int, _ heap: Heap) -> UnsafeMutableRawPointer {
    let entry = unsafe heap.allocate(16 + bytes.count)
    unsafe entry.storeBytes(of: value, as: Int.self)
    unsafe entry.storeBytes(of: bytes.count, toByteOffset: 8, as: Int.self)
    unsafe (entry + 16).copyMemory(from: bytes, byteCount: bytes.count)
    return unsafe entry
  }
}

private final class TableRun {
  let heap = Heap()
  let hash: KeyHash
  private let zeroBits: UInt64
  var table: HashTable<TestEntry>
  var model: [[UInt8]: Int] = [:]
  /// Keys removed by the last changes.
  var removed: Set<[UInt8]> = []
  private var keys: [[UInt8]] = []
  private var random: SeededGenerator
  private var next = 0

  /// Inserts only keys whose hashes have none of `zeroBits`.
  init(seed: UInt64, zeroBits: UInt64, capacity: Int = 0) {
    random = SeededGenerator(seed: seed)
    hash = KeyHash(seed: seed)
    self.zeroBits = zeroBits
    table = HashTable(hash: hash, heap: heap, capacity: capacity)
  }

  deinit { removeAll() }

  func change(steps: Int, growing: Bool) {
    for _ in 0..<steps {
      switch random.below(8) {
      case 0: replace()
      case 1: missing()
      case 2 where random.below(10) == 0: table.move(buckets: random.below(4))
      default: if (random.below(5) < 4) == growing { insert() } else { remove() }
      }
    }
  }

  func insert() {
    var key: [UInt8] = [0, 0, 0, 0]
    repeat {
      next += 1
      for index in 0..<4 { key[index] = UInt8(truncatingIfNeeded: next >> (8 * index)) }
    } while hash(key.bytes) & zeroBits != 0
    unsafe table.insert(hash(key.bytes), TestEntry.make(key, next, heap))
    model[key] = next
    keys.append(key)
  }

  private func replace() {
    guard !keys.isEmpty else { return }
    next += 1
    let key = keys[random.below(keys.count)]
    guard let old = unsafe table.find(hash(key.bytes), key.bytes) else { return }
    let isReplaced = unsafe table.replace(hash(key.bytes), key.bytes, with: TestEntry.make(key, next, heap))
    precondition(isReplaced)
    unsafe heap.deallocate(old, 16 + key.count)
    model[key] = next
  }

  private func missing() {
    let bytes = ascii("none:\(random.below(1000))")
    let hash = hash(bytes.bytes)
    let isFound = unsafe table.find(hash, bytes.bytes) != nil
    let isRemoved = unsafe table.remove(hash, bytes.bytes) != nil
    precondition(!isFound && !isRemoved)
  }

  private func remove() {
    guard !keys.isEmpty else { return }
    keys.swapAt(random.below(keys.count), keys.count - 1)
    let key = keys.removeLast()
    guard let entry = unsafe table.remove(hash(key.bytes), key.bytes) else { return }
    precondition(unsafe TestEntry.key(entry).array == key)
    unsafe heap.deallocate(entry, 16 + key.count)
    model[key] = nil
    removed.insert(key)
  }

  func removeAll() { while !keys.isEmpty { remove() } }

  func isAlike() -> Bool {
    guard table.count == model.count else { return false }
    for (key, value) in model {
      guard let entry = unsafe table.find(hash(key.bytes), key.bytes) else { return false }
      guard unsafe TestEntry.value(entry) == value else { return false }
    }
    var seen: [[UInt8]: Int] = [:]
    var visits = 0
    unsafe table.forEach { entry in
      visits += 1
      seen[unsafe TestEntry.key(entry).array] = unsafe TestEntry.value(entry)
    }
    return visits == model.count && seen == model
  }
}
