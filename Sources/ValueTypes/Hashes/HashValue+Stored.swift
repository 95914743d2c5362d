import Containers
import ServerKernel

extension HashValue: StoredValue {
  public static var typeName: StaticString { "hash" }
  public static var digestNumber: UInt32 { 4 }
  public static var parameters: [Parameter] { [packedEntriesMax.parameter, packedValueMax.parameter] }

  @inlinable
  public var isEmpty: Bool {
    switch storage {
    case .packed(let list): list.isEmpty
    case .table(let table): table.isEmpty
    }
  }

  public var encodingName: StaticString {
    switch storage {
    case .packed: "listpack"
    case .table: "hashtable"
    }
  }

  public func prefetch(_ field: borrowing Bytes, _ stage: PrefetchStage) {
    switch storage {
    case .packed(let list): if stage == .index { list.prefetch() }
    case .table(let table):
      switch stage {
      case .index: table.prefetchBucket(of: field)
      case .element: table.prefetchBlock(of: field)
      }
    }
  }

  public func copy() -> HashValue {
    switch storage {
    case .packed(let list): HashValue(.packed(list.copy()))
    case .table(let table): HashValue(.table(table.copy()))
    }
  }

  /// Both encodings know theirs, so nothing is sampled.
  public func memoryUse(samples: Int) -> Int {
    switch storage {
    case .packed(let list): list.allocatedByteCount
    case .table(let table): table.memoryUse
    }
  }

  public var tableStatistics: [BucketStatistics]? {
    switch storage {
    case .packed: nil
    case .table(let table): table.statistics
    }
  }

  public var freeEffort: Int {
    switch storage {
    case .packed: 1
    case .table(let table): table.count
    }
  }

  // As Redis' rewrite does.
  public static var elementCommand: ElementCommand { ElementCommand("HMSET", partsPerElement: 2) }
  public var elementCount: Int { count }

  public func writeElements(into writer: inout ElementWriter) {
    switch storage {
    case .packed(let list):
      if writer.writePackedList(list) { return }
      var index = list.startIndex
      let end = list.endIndex
      while index < end {
        writer.write(list.element(at: index))
        index = list.index(after: index)
      }
    case .table(let table):
      table.forEach { field, value in
        writer.write(field)
        writer.write(value)
      }
    }
  }

  public init(elementCount: Int, from reader: inout ElementReader) throws(ElementError) {
    var survey = PackedList.Survey()
    if elementCount <= PackedList.byteCountMax,
      let list = reader.readPackedList(parts: 2 * elementCount, distinctEvery: 2, &survey)
    {
      if survey.hasEqualElements { throw Self.isTwice }
      self.init(packed: list, longest: survey.longest)
      return
    }
    var hash = HashValue()
    for _ in 0..<elementCount {
      let field = try reader.readArray()
      var isNew = false
      try reader.read { isNew = hash.set(field.bytes, $0) }
      if !isNew { throw Self.isTwice }
    }
    self = hash
  }

  private static var isTwice: ElementError { ElementError("a hash has the same field twice") }

  public func digest(into digest: inout ValueDigest) {
    forEach { field, value in
      var pair = ValueDigest()
      pair.mix(field)
      pair.mix(value)
      digest.xor(pair)
    }
  }
}
