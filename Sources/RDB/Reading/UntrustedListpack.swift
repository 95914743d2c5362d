import Containers

/// An entry of a list of bytes and integers in one block.
struct UntrustedEntry {
  /// Where the next one begins.
  let end: Int
  /// Its bytes; nothing of an integer.
  var payload = 0..<0
  var integer: Int64 = 0
  var isInteger: Bool

  init(payload: Range<Int>, end: Int) {
    self.payload = payload
    self.end = end
    isInteger = false
  }

  init(integer: Int64, end: Int) {
    self.integer = integer
    self.end = end
    isInteger = true
  }
}

extension Bytes {
  /// An integer of so many bytes from `offset` on, lowest first, two's complement; nil when they are not there.
  func signed(at offset: Int, bytes count: Int) -> Int64? {
    guard offset >= 0, count <= self.count - offset else { return nil }
    var word: UInt64 = 0
    for index in 0..<count { word |= UInt64(self[offset + index]) << UInt64(8 * index) }
    let unused = UInt64(64 - 8 * count)
    return Int64(bitPattern: word << unused) >> Int64(unused)
  }

  /// An integer of so many bytes from `offset` on, lowest first, not negative; nil when they are not there.
  func unsigned(at offset: Int, bytes count: Int) -> Int? {
    guard offset >= 0, count <= self.count - offset, count < 8 else { return nil }
    var word = 0
    for index in 0..<count { word |= Int(self[offset + index]) << (8 * index) }
    return word
  }

  /// The same, highest first.
  func bigEndian(at offset: Int, bytes count: Int) -> Int? {
    guard offset >= 0, count <= self.count - offset, count < 8 else { return nil }
    var word = 0
    for index in 0..<count { word = word << 8 | Int(self[offset + index]) }
    return word
  }
}

/// A listpack from outside (`PackedEntry` describes its entries), of which nothing is believed.
///
///     +-----------+---------+-------+-----+-------+------+
///     | byteCount | count   | entry | ... | entry | 0xFF |
///     | 4 bytes   | 2 bytes |                     |      |
///     +-----------+---------+-------+-----+-------+------+
enum UntrustedListpack {
  static let headerCount = 6

  /// What its header says, or the counted entries where it says that it does not know; nil when it is damaged.
  static func count(_ list: borrowing Bytes) -> Int? {
    guard let count = list.unsigned(at: 4, bytes: 2) else { return nil }
    return count == 0xffff ? nil : count
  }

  /// Whether the frame around the entries is whole.
  static func isFramed(_ list: borrowing Bytes) -> Bool {
    list.count > headerCount && list.unsigned(at: 0, bytes: 4) == list.count && list[list.count - 1] == 0xff
  }

  /// The entry at `position`; nil when there is none, or it does not lie inside the list.
  static func entry(_ list: borrowing Bytes, at position: Int) -> UntrustedEntry? {
    guard position < list.count else { return nil }
    let tag = list[position]
    if tag < 0x80 { return integer(Int64(tag), list, position, headCount: 1) }
    switch tag {
    case ..<0xc0: return bytes(list, position, headCount: 1, count: Int(tag & 0x3f))
    case ..<0xe0:
      guard let low = list.unsigned(at: position + 1, bytes: 1) else { return nil }
      let value = Int64(tag & 0x1f) << 8 | Int64(low)
      return integer(value >= 4096 ? value - 8192 : value, list, position, headCount: 2)
    case ..<0xf0:
      guard let low = list.unsigned(at: position + 1, bytes: 1) else { return nil }
      return bytes(list, position, headCount: 2, count: Int(tag & 0x0f) << 8 | low)
    case 0xf0:
      guard let count = list.unsigned(at: position + 1, bytes: 4) else { return nil }
      return bytes(list, position, headCount: 5, count: count)
    case 0xf1: return integer(list.signed(at: position + 1, bytes: 2), list, position, headCount: 3)
    case 0xf2: return integer(list.signed(at: position + 1, bytes: 3), list, position, headCount: 4)
    case 0xf3: return integer(list.signed(at: position + 1, bytes: 4), list, position, headCount: 5)
    case 0xf4: return integer(list.signed(at: position + 1, bytes: 8), list, position, headCount: 9)
    default: return nil
    }
  }

  private static func integer(
    _ value: Int64?, _ list: borrowing Bytes, _ position: Int, headCount: Int
  ) -> UntrustedEntry? {
    guard let value, let end = end(list, position, headCount) else { return nil }
    return UntrustedEntry(integer: value, end: end)
  }

  private static func bytes(
    _ list: borrowing Bytes, _ position: Int, headCount: Int, count: Int
  ) -> UntrustedEntry? {
    guard let end = end(list, position, headCount + count) else { return nil }
    return UntrustedEntry(payload: position + headCount..<position + headCount + count, end: end)
  }

  /// The end of an entry whose body has so many bytes; nil unless what follows says so, too.
  private static func end(_ list: borrowing Bytes, _ position: Int, _ body: Int) -> Int? {
    let size = body < 128 ? 1 : body < 16383 ? 2 : body < 2_097_151 ? 3 : body < 268_435_455 ? 4 : 5
    let start = position + body
    guard start + size <= list.count else { return nil }
    var value = 0
    for index in 0..<size { value = value << 7 | Int(list[start + index] & 0x7f) }
    return value == body ? start + size : nil
  }
}
