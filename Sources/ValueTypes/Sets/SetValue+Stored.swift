import Containers
import ServerKernel

extension SetValue: StoredValue {
  public static var typeName: StaticString { "set" }
  public static var digestNumber: UInt32 { 2 }

  public static var parameters: [Parameter] {
    [integersMax.parameter, packedEntriesMax.parameter, packedValueMax.parameter]
  }

  @inlinable
  public var isEmpty: Bool {
    switch storage {
    case .integers(let integers): integers.isEmpty
    case .packed(let list): list.isEmpty
    case .table(let table): table.isEmpty
    }
  }

  public var encodingName: StaticString {
    switch storage {
    case .integers: "intset"
    case .packed: "listpack"
    case .table: "hashtable"
    }
  }

  public func prefetch(_ member: borrowing Bytes, _ stage: PrefetchStage) {
    switch storage {
    case .integers(let integers): if stage == .index { integers.prefetch() }
    case .packed(let list): if stage == .index { list.prefetch() }
    case .table(let table):
      switch stage {
      case .index: table.prefetchBucket(of: member)
      case .element: table.prefetchBlock(of: member)
      }
    }
  }

  public func copy() -> SetValue {
    switch storage {
    case .integers(let integers): SetValue(.integers(integers.copy()))
    case .packed(let list): SetValue(.packed(list.copy()))
    case .table(let table): SetValue(.table(table.copy()))
    }
  }

  /// All encodings know theirs, so nothing is sampled.
  public func memoryUse(samples: Int) -> Int {
    switch storage {
    case .integers(let integers): integers.memoryUse
    case .packed(let list): list.allocatedByteCount
    case .table(let table): table.memoryUse
    }
  }

  public var tableStatistics: [BucketStatistics]? {
    switch storage {
    case .table(let table): table.statistics
    default: nil
    }
  }

  public var freeEffort: Int {
    switch storage {
    case .table(let table): table.count
    default: 1
    }
  }

  public static var elementCommand: ElementCommand { ElementCommand("SADD") }
  public var elementCount: Int { count }

  public func writeElements(into writer: inout ElementWriter) {
    switch storage {
    case .packed(let list): if writer.writePackedList(list) { return }
    default: break
    }
    forEach { writer.write($0) }
  }

  public init(elementCount: Int, from reader: inout ElementReader) throws(ElementError) {
    var survey = PackedList.Survey()
    if let list = reader.readPackedList(parts: elementCount, distinctEvery: 1, &survey) {
      if survey.hasEqualElements { throw Self.isTwice }
      self.init(packed: list, longest: survey.longest)
      return
    }
    var set = SetValue()
    var left = elementCount
    if Self.mayBePacked(count: elementCount, longest: 0) { set = try Self.gather(&left, from: &reader) }
    for _ in 0..<left {
      var isNew = false
      try reader.read { isNew = set.insert($0) }
      if !isNew { throw Self.isTwice }
    }
    self = set
  }

  /// Bytes of members that are put down before they are looked at.
  private static var mostGathered: Int { 16 << 10 }

  /// The set of the members that come next, `left` or fewer, which are taken from it. They are put down one behind the
  /// other and looked at all at once: that takes less time than to add each of them to a set.
  private static func gather(_ left: inout Int, from reader: inout ElementReader) throws(ElementError) -> SetValue {
    var entries = ByteBuffer(capacity: 16 * min(left, 128))
    var long: [UInt8]?
    let first = left
    while left > 0 && long == nil && entries.count < mostGathered {
      try reader.read { member in
        if mayBePacked(count: 1, longest: member.count) {
          entries.append(packedEntry: member)
        } else {
          long = member.array
        }
      }
      left -= 1
    }
    var survey = PackedList.Survey()
    let count = first - left - (long == nil ? 0 : 1)
    guard let list = PackedList(encodedEntries: entries.bytes, count: count, distinctEvery: 1, &survey),
      !survey.hasEqualElements
    else { throw isTwice }
    let areIntegers = list.hasIntegersOnly
    var set = SetValue(packed: list, longest: survey.longest)
    if areIntegers {
      var integers = SetValue()
      var text = DecimalText()
      set.forEach { integers.insert($0.text(&text)) }
      set = integers
    }
    if let long, !set.insert(long.bytes) { throw isTwice }
    return set
  }

  private static var isTwice: ElementError { ElementError("a set has the same member twice") }

  public static var sortableElements: SortableElements { .unordered }

  public func forEachSortable(
    in positions: Range<Int>, reversed: Bool, _ visit: (_ element: borrowing PackedElement) -> Void
  ) {
    var position = 0
    forEach { member in
      if positions.contains(position) { visit(member) }
      position += 1
    }
  }

  public func digest(into digest: inout ValueDigest) {
    var text = DecimalText()
    forEach { digest.xor($0.text(&text)) }
  }
}
