import Containers

/// The forms of a collection in one block.
enum ListForm {
  case listpack, ziplist, zipmap
  /// An array of integers: how wide each is, how many, and they in ascending order.
  case integers

  /// Whether the frame around the entries is whole.
  func isFramed(_ block: borrowing Bytes) -> Bool {
    switch self {
    case .listpack: return UntrustedListpack.isFramed(block)
    case .ziplist: return UntrustedZiplist.isFramed(block)
    case .zipmap: return UntrustedZipmap.isFramed(block)
    case .integers:
      guard let width = block.unsigned(at: 0, bytes: 4), let count = block.unsigned(at: 4, bytes: 4) else { return false }
      return (width == 2 || width == 4 || width == 8) && block.count - 8 == count * width
    }
  }

  /// Where the first entry is.
  var headerCount: Int {
    switch self {
    case .listpack: UntrustedListpack.headerCount
    case .ziplist: UntrustedZiplist.headerCount
    case .zipmap: UntrustedZipmap.headerCount
    case .integers: 8
    }
  }

  /// Bytes behind the last entry.
  var tailCount: Int {
    if case .integers = self { return 0 }
    return 1
  }

  /// Bytes from which `claimedCount` tells.
  static let claimBytes = 10

  /// How many entries a block says that it has, of which the beginning is enough; nil where it does not say.
  func claimedCount(_ block: borrowing Bytes) -> Int? {
    switch self {
    case .listpack: UntrustedListpack.count(block)
    case .ziplist: UntrustedZiplist.count(block)
    case .zipmap: UntrustedZipmap.count(block).map { 2 * $0 }
    case .integers: block.unsigned(at: 4, bytes: 4)
    }
  }

  /// The entry at `position`, in a block whose frame is whole; nil when there is none. `index` is its number.
  func entry(_ block: borrowing Bytes, at position: Int, index: Int) -> UntrustedEntry? {
    switch self {
    case .listpack: return UntrustedListpack.entry(block, at: position)
    case .ziplist: return UntrustedZiplist.entry(block, at: position)
    case .zipmap: return UntrustedZipmap.entry(block, at: position, isValue: index % 2 == 1)
    case .integers:
      let width = Int(block[0])
      guard let value = block.signed(at: position, bytes: width) else { return nil }
      return UntrustedEntry(integer: value, end: position + width)
    }
  }

  /// The entries of a block whose frame is whole, counted one by one; nil when it is damaged. O(bytes).
  func count(_ block: borrowing Bytes) -> Int? {
    var position = headerCount
    var count = 0
    while position < block.count - tailCount {
      guard let entry = entry(block, at: position, index: count) else { return nil }
      position = entry.end
      count += 1
    }
    return position == block.count - tailCount ? count : nil
  }
}
