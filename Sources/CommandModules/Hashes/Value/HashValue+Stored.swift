import Containers
import ServerKernel

extension HashValue: StoredValue {
  static var typeName: StaticString { "hash" }
  static var digestNumber: UInt32 { 4 }

  init() { self = .packed(PackedList()) }

  var isEmpty: Bool {
    switch self {
    case .packed(let list): list.isEmpty
    case .table(let table): table.isEmpty
    }
  }

  var encodingName: StaticString {
    switch self {
    case .packed: "listpack"
    case .table: "hashtable"
    }
  }

  func prefetch(_ field: borrowing Bytes, _ stage: PrefetchStage) {
    switch self {
    case .packed(let list): if stage == .index { list.prefetch() }
    case .table(let table):
      switch stage {
      case .index: table.prefetchBucket(of: field)
      case .element: table.prefetchBlock(of: field)
      }
    }
  }

  func copy() -> HashValue {
    switch self {
    case .packed(let list): .packed(list.copy())
    case .table(let table): .table(table.copy())
    }
  }

  /// Both encodings know theirs, so nothing is sampled.
  func memoryUse(samples: Int) -> Int {
    switch self {
    case .packed(let list): list.allocatedByteCount + 8
    case .table(let table): table.memoryUse
    }
  }

  var tableStatistics: [BucketStatistics]? {
    switch self {
    case .packed: nil
    case .table(let table): table.statistics
    }
  }

  var freeEffort: Int {
    switch self {
    case .packed: 1
    case .table(let table): table.count
    }
  }

  // As Redis' rewrite does.
  static var elementCommand: ElementCommand { ElementCommand("HMSET", partsPerElement: 2) }
  var elementCount: Int { count }

  func writeElements(into writer: inout ElementWriter) {
    switch self {
    case .packed(let list):
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

  init(elementCount: Int, from reader: inout ElementReader) throws(ElementError) {
    self.init()
    for _ in 0..<elementCount {
      let field = try reader.readArray()
      var isNew = false
      try reader.read { isNew = set(field.bytes, $0) }
      if !isNew { throw ElementError("a hash has the same field twice") }
    }
  }

  func digest(into digest: inout ValueDigest) {
    forEach { field, value in
      var pair = ValueDigest()
      pair.mix(field)
      pair.mix(value)
      digest.xor(pair)
    }
  }
}
