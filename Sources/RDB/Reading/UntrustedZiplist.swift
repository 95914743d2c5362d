import Containers

/// A ziplist, which listpacks have taken the place of: of files before Redis 7.
///
///     +-----------+---------+---------+-------+-----+-------+------+
///     | byteCount | tail    | count   | entry | ... | entry | 0xFF |
///     | 4 bytes   | 4 bytes | 2 bytes |                     |      |
///     +-----------+---------+---------+-------+-----+-------+------+
///
/// An entry begins with the size of the one before it, in one byte or, behind 0xFE, in four. The tail is where the last
/// entry begins.
enum UntrustedZiplist {
  static let headerCount = 10

  static func count(_ list: borrowing Bytes) -> Int? {
    guard let count = list.unsigned(at: 8, bytes: 2) else { return nil }
    return count == 0xffff ? nil : count
  }

  static func isFramed(_ list: borrowing Bytes) -> Bool {
    list.count > headerCount && list.unsigned(at: 0, bytes: 4) == list.count && list[list.count - 1] == 0xff
  }

  /// Whether the last entry begins where the header says.
  static func isLast(_ list: borrowing Bytes, _ position: Int) -> Bool {
    list.unsigned(at: 4, bytes: 4) == position
  }

  /// The entry at `position`, behind one of `previous` bytes; nil when there is none, or it does not lie inside.
  static func entry(_ list: borrowing Bytes, at position: Int, previous: Int) -> UntrustedEntry? {
    guard position < list.count, list[position] != 0xff else { return nil }
    let isLong = list[position] == 0xfe
    let claimed = isLong ? list.unsigned(at: position + 1, bytes: 4) : Int(list[position])
    let start = position + (isLong ? 5 : 1)
    guard claimed == previous, start < list.count else { return nil }
    let tag = list[start]
    switch tag >> 6 {
    case 0: return bytes(list, start + 1, count: Int(tag & 0x3f))
    case 1:
      guard let low = list.unsigned(at: start + 1, bytes: 1) else { return nil }
      return bytes(list, start + 2, count: Int(tag & 0x3f) << 8 | low)
    case 2:
      guard let count = list.bigEndian(at: start + 1, bytes: 4) else { return nil }
      return bytes(list, start + 5, count: count)
    default: return integer(list, start, tag)
    }
  }

  private static func integer(_ list: borrowing Bytes, _ start: Int, _ tag: UInt8) -> UntrustedEntry? {
    let width: Int
    switch tag {
    case 0xc0: width = 2
    case 0xd0: width = 4
    case 0xe0: width = 8
    case 0xf0: width = 3
    case 0xfe: width = 1
    case 0xf1...0xfd: return ended(list, UntrustedEntry(integer: Int64(tag & 0x0f) - 1, end: start + 1))
    default: return nil
    }
    guard let value = list.signed(at: start + 1, bytes: width) else { return nil }
    return ended(list, UntrustedEntry(integer: value, end: start + 1 + width))
  }

  private static func bytes(_ list: borrowing Bytes, _ start: Int, count: Int) -> UntrustedEntry? {
    ended(list, UntrustedEntry(payload: start..<start + count, end: start + count))
  }

  /// An entry has at least the end of the list behind it.
  private static func ended(_ list: borrowing Bytes, _ entry: UntrustedEntry) -> UntrustedEntry? {
    entry.end < list.count ? entry : nil
  }
}

/// A zipmap, in which Redis kept small hashes until 2.4: lengths in one byte, or behind 0xFE in four, and behind that
/// of a value how many bytes after it are free.
///
///     +-------+-----------------+------------------------+-----+------+
///     | count | length | field  | length | free | value  | ... | 0xFF |
///     +-------+-----------------+------------------------+-----+------+
enum UntrustedZipmap {
  static let headerCount = 1

  /// How many fields there are; nil when it is not known.
  static func count(_ map: borrowing Bytes) -> Int? {
    guard map.count > headerCount else { return nil }
    return map[0] < 254 ? Int(map[0]) : nil
  }

  /// Whether the end is there, and anything before it: there are no empty ones.
  static func isFramed(_ map: borrowing Bytes) -> Bool { map.count > headerCount + 1 && map[map.count - 1] == 0xff }

  /// The field or the value at `position`; nil when there is none, or it does not lie inside the map.
  static func entry(_ map: borrowing Bytes, at position: Int, isValue: Bool) -> UntrustedEntry? {
    guard position < map.count, map[position] != 0xff else { return nil }
    var start = position + 1
    var count = Int(map[position])
    if count == 254 {
      guard let long = map.unsigned(at: start, bytes: 4) else { return nil }
      count = long
      start += 4
    }
    var free = 0
    if isValue {
      guard let unused = map.unsigned(at: start, bytes: 1) else { return nil }
      free = unused
      start += 1
    }
    let end = start + count + free
    return end < map.count ? UntrustedEntry(payload: start..<start + count, end: end) : nil
  }
}
