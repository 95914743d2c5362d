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

  var freeEffort: Int {
    switch self {
    case .packed: 1
    case .table(let table): table.count
    }
  }

  func rewrite(_ key: borrowing Bytes, into commands: inout CommandWriter) {
    var rest = count
    var room = 0
    forEach { field, value in
      if room == 0 {
        room = min(rest, CommandWriter.elementsPerCommand)
        rest -= room
        commands.begin("HMSET", arguments: 1 + 2 * room)
        commands.argument(key)
      }
      commands.argument(field)
      commands.argument(value)
      room -= 1
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
