// The blocks that fields and members live in. Unsafe: they are read and written at raw addresses, which the
// table that owns them vouches for.
//
//   field    [ field length: 1 to 5 | value length: 1 to 5 | field | value ]
//   member   [ member length: 1 to 5 | member ]
//
// Lengths are LEB128: seven bits a byte, lowest first, the top bit set in all but the last. A field of 15
// bytes with a value of 10 makes a block of 27 bytes, which the heap serves as 32.

import CLinux
import Glibc

/// What a `BlockTable` must know of its blocks.
protocol BlockLayout: HashTableLayout {
  /// The bytes of a block, as it was asked for.
  @unsafe
  static func size(_ block: UnsafeMutableRawPointer) -> Int
  /// The bytes that a block takes, at least, with a key of so many.
  static func leastSize(keyCount: Int) -> Int
}

extension BlockLayout {
  /// The many small elements of collections are where bytes count.
  static var loadMax: Int { 8 }
}

/// A length in front of bytes.
enum BlockLength {
  /// How many bytes the encoding of `value` takes.
  static func size(_ value: Int) -> Int {
    if value < 1 << 7 { return 1 }
    if value < 1 << 14 { return 2 }
    if value < 1 << 21 { return 3 }
    return value < 1 << 28 ? 4 : 5
  }

  /// Writes `value` and returns the address behind it.
  @unsafe
  static func store(_ value: Int, at address: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    precondition(value >= 0 && value < 1 << 35, "a field or value of 32 GB")
    var rest = value
    var place = unsafe address
    while rest >= 1 << 7 {
      unsafe place.storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x80, as: UInt8.self)
      unsafe place += 1
      rest >>= 7
    }
    unsafe place.storeBytes(of: UInt8(rest), as: UInt8.self)
    return unsafe place + 1
  }

  /// Reads the length at `address`, which moves behind it.
  @unsafe @inline(__always)
  static func load(_ address: inout UnsafeRawPointer) -> Int {
    let first = unsafe address.load(as: UInt8.self)
    unsafe address += 1
    return first < 0x80 ? Int(first) : unsafe loadLong(first, &address)
  }

  @unsafe @inline(never)
  private static func loadLong(_ first: UInt8, _ address: inout UnsafeRawPointer) -> Int {
    var value = Int(first & 0x7f)
    var shift = 7
    while true {
      let byte = unsafe address.load(as: UInt8.self)
      unsafe address += 1
      value |= Int(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }
}

/// The block of a field and its value.
enum FieldEntry: BlockLayout {
  /// Where the parts of a block are: the field begins at `start`, the value behind it.
  @safe
  struct Parts {
    let start: UnsafeRawPointer
    let fieldCount: Int
    let valueCount: Int
  }

  @unsafe @inline(__always)
  static func parts(_ block: UnsafeMutableRawPointer) -> Parts {
    var address = UnsafeRawPointer(block)
    let fieldCount = unsafe BlockLength.load(&address)
    let valueCount = unsafe BlockLength.load(&address)
    return unsafe Parts(start: address, fieldCount: fieldCount, valueCount: valueCount)
  }

  @unsafe @_lifetime(immortal)
  static func key(_ entry: UnsafeMutableRawPointer) -> Bytes {
    let parts = unsafe parts(entry)
    return unsafe Bytes(unsafeStart: parts.start, count: parts.fieldCount)
  }

  @unsafe @_lifetime(immortal)
  static func value(_ entry: UnsafeMutableRawPointer) -> Bytes {
    let parts = unsafe parts(entry)
    return unsafe Bytes(unsafeStart: parts.start + parts.fieldCount, count: parts.valueCount)
  }

  @unsafe
  static func size(_ block: UnsafeMutableRawPointer) -> Int {
    let parts = unsafe parts(block)
    return unsafe parts.start - UnsafeRawPointer(block) + parts.fieldCount + parts.valueCount
  }

  static func leastSize(keyCount: Int) -> Int { size(fieldCount: keyCount, valueCount: 1) }

  /// The bytes that a block for these takes.
  static func size(fieldCount: Int, valueCount: Int) -> Int {
    BlockLength.size(fieldCount) + BlockLength.size(valueCount) + fieldCount + valueCount
  }

  /// Fills a block of that many bytes.
  @unsafe
  static func store(_ field: borrowing Bytes, _ value: borrowing Bytes, at block: UnsafeMutableRawPointer) {
    let lengths = unsafe BlockLength.store(field.count, at: block)
    let start = unsafe BlockLength.store(value.count, at: lengths)
    unsafe memcpy(start, field.baseAddress, field.count)
    unsafe memcpy(start + field.count, value.baseAddress, value.count)
  }

  /// Puts another value into a block that is large enough for it.
  @unsafe
  static func replaceValue(_ block: UnsafeMutableRawPointer, with value: borrowing Bytes) {
    let parts = unsafe parts(block)
    let lengths = unsafe block + BlockLength.size(parts.fieldCount)
    let start = unsafe lengths + BlockLength.size(value.count)
    // The field moves by a byte where the length of the value takes more, or fewer, bytes than before.
    if unsafe start != parts.start { unsafe memmove(start, parts.start, parts.fieldCount) }
    _ = unsafe BlockLength.store(value.count, at: lengths)
    unsafe memcpy(start + parts.fieldCount, value.baseAddress, value.count)
  }
}

/// The block of a member.
enum MemberEntry: BlockLayout {
  @unsafe @_lifetime(immortal)
  static func key(_ entry: UnsafeMutableRawPointer) -> Bytes {
    var address = UnsafeRawPointer(entry)
    let count = unsafe BlockLength.load(&address)
    return unsafe Bytes(unsafeStart: address, count: count)
  }

  @unsafe
  static func size(_ block: UnsafeMutableRawPointer) -> Int { unsafe leastSize(keyCount: key(block).count) }

  static func leastSize(keyCount: Int) -> Int { BlockLength.size(keyCount) + keyCount }

  /// Fills a block of `leastSize` bytes.
  @unsafe
  static func store(_ member: borrowing Bytes, at block: UnsafeMutableRawPointer) {
    let start = unsafe BlockLength.store(member.count, at: block)
    unsafe memcpy(start, member.baseAddress, member.count)
  }
}
