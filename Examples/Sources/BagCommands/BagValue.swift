import ServerKernel

/// A bag of words that counts how often each was added.
struct BagValue: StoredValue, ~Copyable {
  static var typeName: StaticString { "bag" }
  static var digestNumber: UInt32 { 5 }

  var words = FieldTable()

  init() {}

  var isEmpty: Bool { words.isEmpty }
  var encodingName: StaticString { "hashtable" }
  var freeEffort: Int { words.count }
  func memoryUse(samples: Int) -> Int { words.memoryUse }

  func copy() -> BagValue {
    var copy = BagValue()
    copy.words = words.copy()
    return copy
  }

  func rewrite(_ key: borrowing Bytes, into commands: inout CommandWriter) {
    words.forEach { word, count in
      commands.begin("BAGADD", arguments: 3)
      commands.argument(key)
      commands.argument(word)
      commands.argument(count)
    }
  }

  func digest(into digest: inout ValueDigest) {
    words.forEach { word, count in
      var element = ValueDigest()
      element.mix(word)
      element.mix(count)
      digest.xor(element)
    }
  }
}
