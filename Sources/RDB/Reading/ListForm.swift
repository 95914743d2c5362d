import Containers

/// The forms of a collection in one block.
enum ListForm {
  case listpack, ziplist, zipmap
  /// An array of integers: how wide each is, how many, and they in ascending order.
  case integers

  /// Where the next entry begins.
  struct Place {
    private(set) var position: Int
    /// Its number.
    private(set) var index = 0
    /// Bytes of the entry before it.
    private(set) var previous = 0

    /// The place of the first entry.
    init(_ position: Int) { self.position = position }

    mutating func advance(to end: Int) {
      previous = end - position
      position = end
      index += 1
    }
  }

  /// Whether the frame around the entries is whole.
  func isFramed(_ block: borrowing Bytes) -> Bool {
    switch self {
    case .listpack: return UntrustedListpack.isFramed(block)
    case .ziplist: return UntrustedZiplist.isFramed(block)
    case .zipmap: return UntrustedZipmap.isFramed(block)
    case .integers:
      guard let width = block.unsigned(at: 0, bytes: 4), let count = block.unsigned(at: 4, bytes: 4)
      else { return false }
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

  /// The entry at `place`, in a block whose frame is whole; nil when there is none.
  func entry(_ block: borrowing Bytes, at place: Place) -> UntrustedEntry? {
    let position = place.position
    switch self {
    case .listpack: return UntrustedListpack.entry(block, at: position)
    case .ziplist: return UntrustedZiplist.entry(block, at: position, previous: place.previous)
    case .zipmap: return UntrustedZipmap.entry(block, at: position, isValue: place.index % 2 == 1)
    case .integers:
      let width = Int(block[0])
      guard let value = block.signed(at: position, bytes: width) else { return nil }
      return UntrustedEntry(integer: value, end: position + width)
    }
  }

  /// The entries of a block whose frame is whole, counted one by one; nil when it is damaged. O(bytes).
  func count(_ block: borrowing Bytes) -> Int? {
    var place = Place(headerCount)
    while place.position < block.count - tailCount {
      guard let entry = entry(block, at: place) else { return nil }
      place.advance(to: entry.end)
    }
    return isEnd(block, place) ? place.index : nil
  }

  /// Whether nothing is left behind `place`, and the block agrees.
  func isEnd(_ block: borrowing Bytes, _ place: Place) -> Bool {
    guard place.position == block.count - tailCount else { return false }
    if case .ziplist = self { return UntrustedZiplist.isLast(block, place.position - place.previous) }
    return true
  }
}
