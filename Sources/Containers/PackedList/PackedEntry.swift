// Unsafe: entries are decoded from and encoded to raw addresses. Whoever calls these functions
// has checked that the entry lies inside its list, or made room for it.

// # The encoding of one entry
//
//     +------+----------+-------------+----------+
//     | tag  | rest     | payload     | backlen  |
//     | 1    | 0 to 8   | 0 to length | 1 to 5   |  bytes
//     +------+----------+-------------+----------+
//
//     tag        rest                        element
//     0xxxxxxx   -                           integer 0 to 127
//     10xxxxxx   -                           bytes, length 0 to 63 in the tag
//     110xxxxx   1 byte                      integer of 13 bits, two's complement
//     1110xxxx   1 byte                      bytes, length 64 to 4095, high bits in the tag
//     11110000   4 bytes, lowest first       bytes, length 4096 and more
//     11110001   2 bytes, lowest first       integer of 16 bits
//     11110010   3 bytes, lowest first       integer of 24 bits
//     11110011   4 bytes, lowest first       integer of 32 bits
//     11110100   8 bytes, lowest first       integer of 64 bits
//
// The backlen repeats the size of what precedes it in groups of seven bits, highest group first;
// all but the first byte have their top bit set, so it can be read from its end. It is what
// makes a walk toward the head possible.
//
// These are the entries of Redis' listpack, on purpose: RDB files and DUMP payloads hold small
// collections as listpacks, so saving and loading one is a copy.
//
// Each element has exactly one encoding (canonical decimal text is always an integer, in the
// shortest form), so two elements are equal exactly when their entries are the same bytes.

/// The beginning of an entry: the tag and the rest, before a payload of bytes.
@usableFromInline
struct PackedHead {
  @usableFromInline let tag: UInt8
  /// How many bytes of `rest` belong to the head: 0, 1, 2, 3, 4 or 8.
  @usableFromInline let restCount: Int
  @usableFromInline let rest: UInt64
  /// How many payload bytes follow; 0 for integers.
  @usableFromInline let payloadCount: Int

  /// The size of the entry without its backlen.
  @usableFromInline var bodyCount: Int { 1 + restCount + payloadCount }

  /// The size of the entry.
  @usableFromInline var entryCount: Int { bodyCount + backlenCount(bodyCount) }

  /// The head for an element: an integer where the bytes spell one.
  @usableFromInline
  init(_ element: borrowing Bytes) {
    if let value = element.integer {
      self.init(value)
    } else {
      self.init(payloadCount: element.count)
    }
  }

  /// The head for `payloadCount` bytes that are not an integer.
  @usableFromInline
  init(payloadCount: Int) {
    self.payloadCount = payloadCount
    switch payloadCount {
    case ..<64: (tag, restCount, rest) = (0x80 | UInt8(payloadCount), 0, 0)
    case ..<4096: (tag, restCount, rest) = (0xe0 | UInt8(payloadCount >> 8), 1, UInt64(payloadCount & 0xff))
    default: (tag, restCount, rest) = (0xf0, 4, UInt64(payloadCount))
    }
  }

  /// The head, which is all but the backlen, for an integer.
  @usableFromInline
  init(_ value: Int64) {
    payloadCount = 0
    rest = UInt64(bitPattern: value)
    switch value {
    case 0...127: (tag, restCount) = (UInt8(value), 0)
    case -4096...4095: (tag, restCount) = (0xc0 | UInt8(truncatingIfNeeded: value >> 8) & 0x1f, 1)
    case -0x8000...0x7fff: (tag, restCount) = (0xf1, 2)
    case -0x80_0000...0x7f_ffff: (tag, restCount) = (0xf2, 3)
    case -0x8000_0000...0x7fff_ffff: (tag, restCount) = (0xf3, 4)
    default: (tag, restCount) = (0xf4, 8)
    }
  }

  /// Writes tag and rest at `address`.
  @unsafe
  func store(at address: UnsafeMutableRawPointer) {
    unsafe address.storeBytes(of: tag, as: UInt8.self)
    for index in 0..<restCount {
      let byte = UInt8(truncatingIfNeeded: rest >> UInt64(8 * index))
      unsafe address.storeBytes(of: byte, toByteOffset: 1 + index, as: UInt8.self)
    }
  }

  /// Whether the tag and rest at `address`, where an entry was located, are these.
  @unsafe @inline(__always)
  func matches(_ address: UnsafeRawPointer) -> Bool {
    guard unsafe address.load(as: UInt8.self) == tag else { return false }
    for index in 0..<restCount {
      let byte = unsafe address.load(fromByteOffset: 1 + index, as: UInt8.self)
      if byte != UInt8(truncatingIfNeeded: rest >> UInt64(8 * index)) { return false }
    }
    return true
  }
}

/// How many bytes the tag and rest at `address` have, and how many payload bytes follow.
///
/// Reads at most `available` bytes, and traps rather than believe a tag that needs more.
@unsafe @inline(__always)
func packedHeadAndPayload(_ address: UnsafeRawPointer, available: Int) -> (head: Int, payload: Int) {
  precondition(available > 0, "packed list index out of range")
  let tag = unsafe address.load(as: UInt8.self)
  if tag & 0xc0 == 0x80 { return (1, Int(tag & 0x3f)) }
  if tag < 0x80 { return (1, 0) }
  if tag & 0xe0 == 0xc0 { return (2, 0) }
  if tag & 0xf0 == 0xe0 {
    precondition(available >= 2, "packed list index out of range")
    return (2, Int(tag & 0x0f) << 8 | Int(unsafe address.load(fromByteOffset: 1, as: UInt8.self)))
  }
  switch tag {
  case 0xf0:
    precondition(available >= 5, "packed list index out of range")
    return (5, Int(UInt32(littleEndian: unsafe address.loadUnaligned(fromByteOffset: 1, as: UInt32.self))))
  case 0xf1: return (3, 0)
  case 0xf2: return (4, 0)
  case 0xf3: return (5, 0)
  case 0xf4: return (9, 0)
  default: preconditionFailure("packed list index is not at an element")
  }
}

/// The integer whose `tag` is at `address`, with `restCount` readable bytes behind it.
@unsafe
func packedInteger(_ address: UnsafeRawPointer, tag: UInt8, restCount: Int) -> Int64 {
  if tag < 0x80 { return Int64(tag) }
  var value: UInt64 = 0
  for index in 0..<restCount {
    value |= UInt64(unsafe address.load(fromByteOffset: 1 + index, as: UInt8.self)) << UInt64(8 * index)
  }
  var bits = UInt64(8 * restCount)
  if tag < 0xe0 {
    value |= UInt64(tag & 0x1f) << 8
    bits = 13
  }
  // Moves the sign bit to the top, and the value back down behind copies of it.
  return Int64(bitPattern: value << (64 - bits)) >> Int64(64 - bits)
}

/// How many bytes the backlen of a body of `count` bytes has.
///
/// The limits of the longer forms are Redis', one below what the bits would allow.
@inline(__always) @usableFromInline
func backlenCount(_ count: Int) -> Int {
  if count <= 127 { return 1 }
  if count < 16383 { return 2 }
  if count < 2_097_151 { return 3 }
  return count < 268_435_455 ? 4 : 5
}

/// Writes the backlen of a body of `count` bytes at `address`, and returns how many bytes it has.
@unsafe
func storeBacklen(_ count: Int, at address: UnsafeMutableRawPointer) -> Int {
  let size = backlenCount(count)
  for index in 0..<size {
    let group = UInt8(truncatingIfNeeded: count >> (7 * (size - 1 - index))) & 0x7f
    unsafe address.storeBytes(of: index == 0 ? group : group | 0x80, toByteOffset: index, as: UInt8.self)
  }
  return size
}

/// The body size in the backlen that ends before `end`, of which `available` bytes may be read;
/// -1 when none ends there.
@unsafe @inline(__always)
func bodyCount(before end: UnsafeRawPointer, available: Int) -> Int {
  // Nearly all entries are short, and their backlen is one byte.
  if available > 0 {
    let byte = unsafe (end - 1).load(as: UInt8.self)
    if byte < 0x80 { return Int(byte) }
  }
  var count = 0
  for index in 0..<min(5, available) {
    let byte = unsafe (end - index - 1).load(as: UInt8.self)
    count |= Int(byte & 0x7f) << (7 * index)
    if byte < 0x80 { return count }
  }
  return -1
}
