// Unsafe: `encodedEntries` is a view of the block; entries that may come from outside are read after checks of how many
// bytes there are.

extension PackedList {
  /// The entries as they lie in memory, which is how Redis' listpack holds them: in a file they
  /// follow its header of six bytes (size in all, count) and precede its end byte 0xFF.
  @inlinable
  public var encodedEntries: Bytes {
    @_lifetime(borrow self) get {
      guard let block = unsafe block else { return Bytes("") }
      return unsafe _overrideLifetime(Bytes(unsafeStart: block + 8, count: byteCount), borrowing: self)
    }
  }

  /// The entry at `offset`, which is below the count; nil when it is cut off, inconsistent or not canonical.
  @inline(__always)
  static func validatedSpot(_ bytes: borrowing Bytes, at offset: Int) -> PackedSpot? {
    let entry = unsafe bytes.baseAddress + offset
    let tag = unsafe entry.load(as: UInt8.self)
    // Most entries are short texts, which could only be integers instead.
    guard tag & 0xc0 == 0x80 else { return validatedRareSpot(bytes, at: offset) }
    let payload = Int(tag & 0x3f)
    let next = offset &+ payload &+ 2
    guard next <= bytes.count, unsafe entry.load(fromByteOffset: payload &+ 1, as: UInt8.self) == tag & 0x3f &+ 1
    else { return nil }
    // The sign and the digits come before the letters. Of an empty text it is the backlen that is looked at.
    if unsafe entry.load(fromByteOffset: 1, as: UInt8.self) <= UInt8(ascii: "9"),
      bytes[offset + 1..<next - 1].integer != nil
    {
      return nil
    }
    return PackedSpot(offset: offset, head: 1, payload: payload, next: next)
  }

  /// The same, of an integer or a longer text.
  private static func validatedRareSpot(_ bytes: borrowing Bytes, at offset: Int) -> PackedSpot? {
    let available = bytes.count - offset
    let tag = bytes[offset]
    // The longest head of all is nine bytes, and what it announces is checked before it is read.
    let restCount =
      switch tag {
      case ..<0x80: 0
      case 0xc0..<0xf0: 1
      case 0xf0: 4
      case 0xf1: 2
      case 0xf2: 3
      case 0xf3: 4
      case 0xf4: 8
      default: -1
      }
    guard restCount >= 0 && available > 1 + restCount else { return nil }
    let address = unsafe bytes.baseAddress + offset
    let (head, payload) = unsafe packedHeadAndPayload(address, available: available)
    let body = head + payload
    let end = offset + body + backlenCount(body)
    guard end <= bytes.count else { return nil }
    guard unsafe bodyCount(before: bytes.baseAddress + end, available: end - offset) == body else { return nil }
    let isText = tag & 0xf0 == 0xe0 || tag == 0xf0
    let canonical =
      isText
      ? PackedHead(bytes[offset + head..<offset + body])
      : PackedHead(unsafe packedInteger(address, tag: tag, restCount: restCount))
    guard unsafe canonical.matches(address) && canonical.payloadCount == payload else { return nil }
    return PackedSpot(offset: offset, head: head, payload: payload, next: end)
  }
}
