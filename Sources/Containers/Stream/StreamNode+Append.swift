// Unsafe: see StreamNode.swift. What is measured first and what is written then are the same elements.

import Glibc

/// The fields of an entry to be added: passes each name and each value to `visit`, in turn. Called several times, with
/// the same result.
public typealias StreamFields = (_ visit: (borrowing Bytes) -> Void) -> Void

/// What the elements of an entry take.
struct StreamFieldSizes {
  /// Names and values in a node, without backlens, and in a listpack, with them.
  var nameBytes = 0
  var valueBytes = 0
  var listpackNameBytes = 0
  var listpackValueBytes = 0
  /// Bytes of the elements themselves.
  var textBytes = 0
  /// Whether the names are those that a node begins with.
  var areSame: Bool

  /// Measures fields that are to be added to a node, or to a new one.
  init(_ fields: StreamFields, count: Int, _ node: StreamNode?) {
    var sizes = StreamFieldSizes(areSame: node?.fieldCount == count)
    var offset = StreamNode.headerSize
    var isName = true
    fields { element in
      let head = PackedHead(element)
      sizes.textBytes += element.count
      if isName {
        sizes.nameBytes += head.bodyCount
        sizes.listpackNameBytes += head.entryCount
        if sizes.areSame, let node, !node.holds(element, head, at: &offset) { sizes.areSame = false }
      } else {
        sizes.valueBytes += head.bodyCount
        sizes.listpackValueBytes += head.entryCount
      }
      isName.toggle()
    }
    self = sizes
  }

  private init(areSame: Bool) { self.areSame = areSame }
}

extension StreamNode {
  /// A new node with one entry.
  static func make(
    _ heap: Heap, _ id: StreamID, fieldCount: Int, _ fields: StreamFields, _ sizes: StreamFieldSizes, walk: UInt32
  ) -> StreamNode {
    let node = StreamNode(
      heap, id, fieldCount: fieldCount, nameBytes: sizes.nameBytes, room: largestFrame + sizes.valueBytes, walk: walk)
    var offset = headerSize
    var isName = true
    fields { element in
      if isName { node.store(element, at: &offset) }
      isName.toggle()
    }
    // The names stand between their number and a zero.
    node.contentBytes = listpackSize(fieldCount) + sizes.listpackNameBytes + 2
    var same = sizes
    same.areSame = true
    return node.appending(heap, id, fieldCount: fieldCount, fields, same)
  }

  /// The most that an item takes beside its elements.
  private static var largestFrame: Int { 10 + 1 + 10 + 10 + 10 + 5 }

  /// The node, perhaps in another block, with an entry behind all others.
  func appending(
    _ heap: Heap, _ id: StreamID, fieldCount: Int, _ fields: StreamFields, _ sizes: StreamFieldSizes
  ) -> StreamNode {
    let first = firstID
    let time = id.time &- first.time
    let sequence = Int64(bitPattern: id.sequence &- first.sequence)
    let folded = PackedNumber.folded(sequence)
    var body = 1 + PackedNumber.size(time) + PackedNumber.size(folded) + sizes.valueBytes
    if !sizes.areSame { body += PackedNumber.size(UInt64(fieldCount)) + sizes.nameBytes }
    let size = PackedNumber.size(UInt64(body)) + body + backlenCount(body)
    let node = withRoom(size, heap)
    var place = unsafe node.start + node.end
    unsafe PackedNumber.store(UInt64(body), at: &place)
    unsafe place.storeBytes(of: sizes.areSame ? Self.hasSameFieldsFlag : 0, as: UInt8.self)
    unsafe place += 1
    unsafe PackedNumber.store(time, at: &place)
    unsafe PackedNumber.store(folded, at: &place)
    if !sizes.areSame { unsafe PackedNumber.store(UInt64(fieldCount), at: &place) }
    var offset = unsafe place - node.start
    var isName = true
    fields { element in
      if !isName || !sizes.areSame { node.store(element, at: &offset) }
      isName.toggle()
    }
    _ = unsafe storeBacklen(body, at: node.start + offset)
    node.end += size
    node.live += 1
    node.contentBytes += listpackItemSize(time, sequence, fieldCount, sizes)
    return node
  }

  /// What an entry takes in a listpack: flags, the two differences, its elements, and how many of all these there are.
  private func listpackItemSize(
    _ time: UInt64, _ sequence: Int64, _ fieldCount: Int, _ sizes: StreamFieldSizes
  ) -> Int {
    var bytes = 2 + PackedHead(Int64(bitPattern: time)).entryCount + PackedHead(sequence).entryCount
    bytes += sizes.listpackValueBytes
    if sizes.areSame { return bytes + Self.listpackSize(fieldCount + 3) }
    bytes += Self.listpackSize(fieldCount) + sizes.listpackNameBytes
    return bytes + Self.listpackSize(2 * fieldCount + 4)
  }

  /// Writes an element at an offset, which moves behind it.
  @inline(__always)
  private func store(_ element: borrowing Bytes, at offset: inout Int) {
    let head = PackedHead(element)
    let address = unsafe start + offset
    unsafe head.store(at: address)
    unsafe memcpy(address + 1 + head.restCount, element.baseAddress, head.payloadCount)
    offset += head.bodyCount
  }
}
