import Containers
import ServerKernel

extension SortedSetValue: StoredValue {
  public static var typeName: StaticString { "zset" }
  public static var digestNumber: UInt32 { 3 }
  public static var parameters: [Parameter] { [packedEntriesMax.parameter, packedValueMax.parameter] }

  public var isEmpty: Bool {
    switch storage {
    case .packed(let list): list.isEmpty
    case .index(let index): index.isEmpty
    }
  }

  public var encodingName: StaticString {
    switch storage {
    case .packed: "listpack"
    case .index: "skiplist"
    }
  }

  public func prefetch(_ member: borrowing Bytes, _ stage: PrefetchStage) {
    switch storage {
    case .packed(let list): if stage == .index { list.prefetch() }
    case .index(let index):
      switch stage {
      case .index: index.prefetchBucket(of: member)
      case .element: index.prefetchBlock(of: member)
      }
    }
  }

  public func copy() -> SortedSetValue {
    switch storage {
    case .packed(let list): SortedSetValue(.packed(list.copy()))
    case .index(let index): SortedSetValue(.index(index.copy()))
    }
  }

  /// Both encodings know theirs, so nothing is sampled.
  public func memoryUse(samples: Int) -> Int {
    switch storage {
    case .packed(let list): list.allocatedByteCount
    case .index(let index): index.memoryUse
    }
  }

  public var tableStatistics: [BucketStatistics]? {
    switch storage {
    case .packed: nil
    case .index(let index): index.statistics
    }
  }

  public var freeEffort: Int {
    switch storage {
    case .packed: 1
    case .index(let index): index.count
    }
  }

  // As Redis' rewrite does.
  public static var elementCommand: ElementCommand {
    ElementCommand("ZADD", partsPerElement: 2, takesSecondPartFirst: true)
  }
  public var elementCount: Int { count }

  public func writeElements(into writer: inout ElementWriter) {
    switch storage {
    case .packed(let list): if writer.writePackedList(list) { return }
    case .index: break
    }
    forEach { member, score in
      writer.write(member)
      writer.write(score)
    }
  }

  public init(elementCount: Int, from reader: inout ElementReader) throws(ElementError) {
    var survey = PackedList.Survey()
    if elementCount <= PackedList.byteCountMax,
      let list = reader.readPackedList(parts: 2 * elementCount, distinctEvery: 2, &survey)
    {
      if survey.hasEqualElements { throw Self.isTwice }
      self = try Self.make(of: list, longest: survey.longestDistinct)
      return
    }
    // Sorted as a whole, which takes less time than to find the place of each.
    var scores = ScoreTable(capacity: min(elementCount, Self.fewestWalked))
    for _ in 0..<elementCount {
      let member = try reader.readArray()
      let score = try reader.readDouble()
      var isNew = false
      scores.update(member.bytes) { old in
        isNew = old == nil
        return score
      }
      if !isNew { throw Self.isTwice }
    }
    self.init(scores)
  }

  private static var isTwice: ElementError { ElementError("a sorted set has the same member twice") }

  /// The sorted set of a list of members and scores, no member twice, the longest of so many bytes, in the encoding
  /// that it is to have.
  private static func make(of list: consuming PackedList, longest: Int) throws(ElementError) -> SortedSetValue {
    let isPacked = mayBePacked(count: list.count / 2, longest: longest)
    if isPacked && list.isInOrderOfScores { return SortedSetValue(.packed(list)) }
    var scores = ScoreTable(capacity: list.count / 2)
    var text = DecimalText()
    var index = list.startIndex
    while index < list.endIndex {
      let next = list.index(after: index)
      guard let score = list.element(at: next).double, !score.isNaN else {
        throw ElementError("a score is not a number")
      }
      let member = list.element(at: index)
      scores.update(member.text(&text)) { _ in score }
      index = list.index(after: next)
    }
    return SortedSetValue(scores)
  }

  public static var sortableElements: SortableElements { .ordered }

  public func forEachSortable(
    in positions: Range<Int>, reversed: Bool, _ visit: (_ element: borrowing PackedElement) -> Void
  ) {
    let ranks = reversed ? count - positions.upperBound..<count - positions.lowerBound : positions
    forEach(in: ranks, isReversed: reversed) { member, _ in visit(member) }
  }

  public func digest(into digest: inout ValueDigest) {
    forEach { member, score in
      let text = DecimalText(general: score)
      var pair = ValueDigest()
      pair.mix(member)
      pair.mix(text.bytes)
      digest.xor(pair)
    }
  }
}

// A snapshot takes large sorted sets in pieces.
extension SortedSetValue {
  /// Sets of more members, or of more bytes, are taken by a snapshot in pieces.
  private static var fewestWalked: Int { 1024 }
  private static var leastBytes: Int { 256 << 10 }
  /// Members of a piece: so many bytes of them, as they are on average, and no more than so many.
  private static var pieceBytes: Int { 64 << 10 }
  private static var pieceMembers: Int { 256 }

  /// Begins to be taken by a snapshot in pieces; false when it is not so large. The snapshot's to call.
  public mutating func beginWalk() -> Bool {
    switch consume storage {
    case .packed(let list):
      self = SortedSetValue(.packed(list))
      return false
    case .index(var index):
      let isLarge = index.count >= Self.fewestWalked || index.memoryUse >= Self.leastBytes
      if isLarge { index.beginWalk() }
      self = SortedSetValue(.index(index))
      return isLarge
    }
  }

  /// Writes the next piece; false when it was the last. The snapshot's to call.
  public mutating func continueWalk(into writer: inout ElementWriter) -> Bool {
    switch consume storage {
    case .packed(let list):
      self = SortedSetValue(.packed(list))
      return false
    case .index(var index):
      let average = max(1, index.memoryUse / max(1, index.count))
      let limit = max(1, min(Self.pieceMembers, Self.pieceBytes / average))
      let hasMore = index.continueWalk(members: limit) { member, score in
        writer.write(member)
        writer.write(score)
      }
      self = SortedSetValue(.index(index))
      return hasMore
    }
  }

  /// Ends the walk, at its end or before. The snapshot's to call.
  public mutating func endWalk() {
    switch consume storage {
    case .packed(let list): self = SortedSetValue(.packed(list))
    case .index(var index):
      index.endWalk()
      self = SortedSetValue(.index(index))
    }
  }
}
