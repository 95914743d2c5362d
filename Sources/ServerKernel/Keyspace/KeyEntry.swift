// One key and its value in one block of the slab heap:
//
//   0       meta    bits 0-4 type, bit 5 has a time to live, bit 6 long key, bit 7 snapshot parity
//   1..<4   clock   last access: seconds (LRU), or minutes and a logarithmic counter (LFU)
//   [8]     time to live ends, Unix milliseconds; only with bit 5
//   1 | 4   length of the key; four bytes with bit 6
//   ...     the key
//   ...     the value:
//     type 0   integer    8 bytes
//     type 1,2 inline     length (1 byte, or 255 and 4 bytes), bytes; 2 when a command edited it ("raw")
//     type 3   string of its own allocation: a ByteBuffer, aligned to 8
//     type 4.. a StoredValue, aligned to 8, whose kind has this number
//
// A string of 3 bytes under a key of 16 takes 25 bytes, and so a block of 32.
// Unsafe throughout: it is the layout of raw memory.

import Containers
import Glibc

@usableFromInline
enum KeyEntry: HashTableLayout {
  @usableFromInline typealias Pointer = UnsafeMutableRawPointer

  @inlinable static var typeMask: UInt8 { 0x1f }
  @inlinable static var hasExpiration: UInt8 { 0x20 }
  @inlinable static var hasLongKey: UInt8 { 0x40 }
  @inlinable static var snapshotParity: UInt8 { 0x80 }

  @inlinable static var integerType: UInt8 { 0 }
  @inlinable static var inlineType: UInt8 { 1 }
  @inlinable static var editedType: UInt8 { 2 }
  @inlinable static var bufferType: UInt8 { 3 }
  @inlinable static var firstKind: UInt8 { 4 }

  /// Strings whose entry would be larger live in an allocation of their own.
  @inlinable static var largestInline: Int { Heap.largestBlock }

  @unsafe @inlinable
  static func meta(_ entry: Pointer) -> UInt8 { unsafe entry.load(as: UInt8.self) }

  @unsafe @inlinable
  static func type(_ entry: Pointer) -> UInt8 { unsafe meta(entry) & typeMask }

  @unsafe @inlinable
  static func clock(_ entry: Pointer) -> UInt32 { unsafe entry.load(as: UInt32.self) >> 8 }

  @unsafe @inlinable
  static func setClock(_ entry: Pointer, _ clock: UInt32) {
    let word = unsafe entry.load(as: UInt32.self)
    // Only when it differs: a read should not make the cache line dirty.
    if word >> 8 != clock { unsafe entry.storeBytes(of: word & 0xff | clock << 8, as: UInt32.self) }
  }

  /// End of the time to live, Unix milliseconds; nil without one.
  @unsafe @inlinable
  static func expiration(_ entry: Pointer) -> Int64? {
    unsafe meta(entry) & hasExpiration == 0 ? nil : entry.loadUnaligned(fromByteOffset: 4, as: Int64.self)
  }

  @unsafe @inlinable
  static func setExpiration(_ entry: Pointer, _ time: Int64) {
    unsafe entry.storeBytes(of: time, toByteOffset: 4, as: Int64.self)
  }

  @unsafe @inlinable @inline(__always) @_lifetime(immortal)
  static func key(_ entry: Pointer) -> Bytes {
    let meta = unsafe self.meta(entry)
    let offset = 4 &+ Int((meta & hasExpiration) >> 2)
    if meta & hasLongKey == 0 {
      let count = unsafe Int(entry.load(fromByteOffset: offset, as: UInt8.self))
      return unsafe Bytes(unsafeStart: entry + (offset &+ 1), count: count)
    }
    let count = unsafe Int(entry.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    return unsafe Bytes(unsafeStart: entry + (offset &+ 4), count: count)
  }

  @inlinable
  static func valueOffset(keyCount: Int, expires: Bool, type: UInt8) -> Int {
    let offset = 4 &+ (expires ? 8 : 0) &+ (keyCount < 256 ? 1 : 4) &+ keyCount
    return type >= bufferType ? (offset &+ 7) & ~7 : offset
  }

  /// The bytes that an entry takes with a short string, or with an integer.
  static func shortSize(keyCount: Int) -> Int {
    valueOffset(keyCount: keyCount, expires: false, type: integerType) &+ 8
  }

  @unsafe @inlinable
  static func value(_ entry: Pointer) -> Pointer {
    let key = unsafe self.key(entry)
    let end = unsafe key.baseAddress - UnsafeRawPointer(entry) + key.count
    return unsafe entry + (type(entry) >= bufferType ? (end &+ 7) & ~7 : end)
  }

  /// Bytes that an inline string of this length takes.
  @inlinable
  static func inlineSize(_ count: Int) -> Int { count < 255 ? count &+ 1 : count &+ 5 }

  @unsafe @inlinable @_lifetime(immortal)
  static func inlineString(_ value: Pointer) -> Bytes {
    let short = unsafe Int(value.load(as: UInt8.self))
    if short < 255 { return unsafe Bytes(unsafeStart: value + 1, count: short) }
    let count = unsafe Int(value.loadUnaligned(fromByteOffset: 1, as: UInt32.self))
    return unsafe Bytes(unsafeStart: value + 5, count: count)
  }

  @unsafe @inlinable
  static func storeInline(_ value: Pointer, _ bytes: borrowing Bytes) {
    let count = bytes.count
    if count < 255 {
      unsafe value.storeBytes(of: UInt8(truncatingIfNeeded: count), as: UInt8.self)
      unsafe memcpy(value + 1, bytes.baseAddress, count)
    } else {
      unsafe value.storeBytes(of: 255, as: UInt8.self)
      unsafe value.storeBytes(of: UInt32(truncatingIfNeeded: count), toByteOffset: 1, as: UInt32.self)
      unsafe memcpy(value + 5, bytes.baseAddress, count)
    }
  }

  @unsafe @inlinable
  static func buffer(_ value: Pointer) -> UnsafeMutablePointer<ByteBuffer> {
    unsafe value.assumingMemoryBound(to: ByteBuffer.self)
  }

  /// An entry with header and key filled in and room for a value of `valueSize` bytes.
  @unsafe @inlinable
  static func make(
    _ heap: Heap, key: borrowing Bytes, type: UInt8, valueSize: Int, expiration: Int64?, clock: UInt32, parity: UInt8
  ) -> Pointer {
    let count = key.count
    let offset = valueOffset(keyCount: count, expires: expiration != nil, type: type)
    let entry = unsafe heap.allocate(offset &+ valueSize)
    let meta = type | (expiration != nil ? hasExpiration : 0) | (count < 256 ? 0 : hasLongKey) | parity
    unsafe entry.storeBytes(of: UInt32(meta) | clock << 8, as: UInt32.self)
    var position = 4
    if let expiration {
      unsafe entry.storeBytes(of: expiration, toByteOffset: 4, as: Int64.self)
      position = 12
    }
    if count < 256 {
      unsafe entry.storeBytes(of: UInt8(truncatingIfNeeded: count), toByteOffset: position, as: UInt8.self)
      position &+= 1
    } else {
      unsafe entry.storeBytes(of: UInt32(count), toByteOffset: position, as: UInt32.self)
      position &+= 4
    }
    unsafe memcpy(entry + position, key.baseAddress, count)
    return unsafe entry
  }
}

/// The entries of keys that expire, as their table sees them: one more slot for the same entry. The table is not on
/// the path of reads, so its buckets get fuller than those of the keys.
@usableFromInline
enum ExpiringEntry: HashTableLayout {
  @inlinable static var loadMax: Int { 8 }

  @unsafe @inlinable @inline(__always) @_lifetime(immortal)
  static func key(_ entry: UnsafeMutableRawPointer) -> Bytes { unsafe KeyEntry.key(entry) }
}
