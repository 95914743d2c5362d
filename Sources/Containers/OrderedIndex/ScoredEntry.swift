// The blocks that members and their scores live in. Unsafe: they are read and written at raw addresses, which the
// index that owns them vouches for.
//
//   member   [ score: 8 | member length: 1 to 5 | member ]
//
// The length is LEB128, as in FieldBlock.swift. A member of 19 bytes makes a block of 28, which the heap serves as 32.

import CLinux
import Glibc

/// The block of a member and its score.
enum ScoredEntry: BlockLayout {
  @unsafe @_lifetime(immortal)
  static func key(_ entry: UnsafeMutableRawPointer) -> Bytes {
    var address = unsafe UnsafeRawPointer(entry + 8)
    let count = unsafe BlockLength.load(&address)
    return unsafe Bytes(unsafeStart: address, count: count)
  }

  @unsafe
  static func size(_ block: UnsafeMutableRawPointer) -> Int { unsafe leastSize(keyCount: key(block).count) }

  static func leastSize(keyCount: Int) -> Int { 8 + BlockLength.size(keyCount) + keyCount }

  /// Fills a block of `leastSize` bytes.
  @unsafe
  static func store(_ score: Double, _ member: borrowing Bytes, at block: UnsafeMutableRawPointer) {
    unsafe block.storeBytes(of: score, as: Double.self)
    let start = unsafe BlockLength.store(member.count, at: block + 8)
    unsafe memcpy(start, member.baseAddress, member.count)
  }
}

/// A member with its score, where it lies: the address of its block, free to copy while the block is there.
@safe
struct OrderedEntry: Equatable {
  let block: UnsafeMutableRawPointer

  @unsafe
  init(_ block: UnsafeMutableRawPointer) { unsafe self.block = block }

  /// The entry whose address a slot holds below its hint.
  @unsafe @inline(__always)
  init(slot: UInt) {
    unsafe block = UnsafeMutableRawPointer(bitPattern: slot & HashTable<ScoredEntry>.addressMask).unsafelyUnwrapped
  }

  var score: Double {
    @inline(__always) get { unsafe block.load(as: Double.self) }
    nonmutating set { unsafe block.storeBytes(of: newValue, as: Double.self) }
  }

  var member: Bytes {
    @_lifetime(immortal) @inline(__always) get { unsafe ScoredEntry.key(block) }
  }

  /// Asks for its block.
  @inline(__always)
  func prefetch() { unsafe clinux_prefetch(block) }

  /// Whether it stands before an entry of this score and member.
  @inline(__always)
  func precedes(_ score: Double, _ member: borrowing Bytes) -> Bool {
    let own = self.score
    return own == score ? self.member.compare(member) < 0 : own < score
  }

  static func == (left: OrderedEntry, right: OrderedEntry) -> Bool { unsafe left.block == right.block }
}

/// Where a search ends.
enum OrderedBound: ~Escapable {
  /// Before the entries of this score, or behind them.
  case score(Double, isBehind: Bool)
  /// Before this member, or behind it, where all scores are the same.
  case member(Bytes, isBehind: Bool)
}
