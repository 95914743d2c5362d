// Unsafe: `encodedEntries` is a view of the block; `init(encodedEntries:)` copies bytes that
// may come from outside, and believes none of them before `isValid` has walked them all.
import Glibc

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

  /// The list whose entries are `bytes`, as from a file or a RESTORE payload; nil unless they are
  /// well-formed, and every element is in its one canonical form. O(bytes.count).
  public init?(encodedEntries bytes: borrowing Bytes) {
    self.init()
    guard !bytes.isEmpty else { return }
    guard bytes.count <= Self.byteCountMax, let elements = Self.validatedCount(bytes) else { return nil }
    let block = unsafe Heap.shared.allocate(Self.blockSize(bytes.count))
    unsafe block.storeBytes(of: UInt32(bytes.count), as: UInt32.self)
    unsafe block.storeBytes(of: UInt32(elements), toByteOffset: 4, as: UInt32.self)
    unsafe memcpy(block + Self.headerCount, bytes.baseAddress, bytes.count)
    unsafe place = ShortPointer(block)
  }

  /// How many entries `bytes` hold; nil when they are not exactly a run of canonical entries.
  private static func validatedCount(_ bytes: borrowing Bytes) -> Int? {
    var offset = 0
    var count = 0
    while offset < bytes.count {
      guard let next = validatedEnd(bytes, at: offset) else { return nil }
      offset = next
      count += 1
    }
    return count
  }

  /// The offset behind the entry at `offset`; nil when it is cut off, inconsistent or not canonical.
  private static func validatedEnd(_ bytes: borrowing Bytes, at offset: Int) -> Int? {
    let available = bytes.count - offset
    let tag = bytes[offset]
    // Most entries are short texts, which could only be integers instead.
    if tag & 0xc0 == 0x80 {
      let body = 1 + Int(tag & 0x3f)
      guard available > body && bytes[offset + body] == UInt8(body) else { return nil }
      // The sign and the digits come before the letters.
      let mayBeInteger = body > 1 && bytes[offset + 1] <= UInt8(ascii: "9")
      return mayBeInteger && bytes[offset + 1..<offset + body].integer != nil ? nil : offset + body + 1
    }
    // The longest head of all is nine bytes, and what it announces is checked before it is read.
    let restCount =
      switch tag {
      case ..<0xc0: 0
      case ..<0xf0: 1
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
    let isText = tag & 0xc0 == 0x80 || tag & 0xf0 == 0xe0 || tag == 0xf0
    let canonical =
      isText
      ? PackedHead(bytes[offset + head..<offset + body])
      : PackedHead(unsafe packedInteger(address, tag: tag, restCount: restCount))
    return unsafe canonical.matches(address) && canonical.payloadCount == payload ? end : nil
  }
}
