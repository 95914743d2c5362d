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

  static var elementCommand: ElementCommand { ElementCommand("BAGADD", partsPerElement: 2, elementsPerCall: 1) }
  var elementCount: Int { words.count }

  func writeElements(into writer: inout ElementWriter) {
    words.forEach { word, count in
      writer.write(word)
      writer.write(count)
    }
  }

  init(elementCount: Int, from reader: inout ElementReader) throws(ElementError) {
    for _ in 0..<elementCount {
      let word = try reader.readArray()
      try reader.read { words.set(word.bytes, $0) }
    }
  }

  // Large bags are taken by a snapshot in pieces: as they were when it began, whatever changes meanwhile.
  mutating func beginWalk() -> Bool {
    if words.count < 1000 { return false }
    words.beginWalk()
    return true
  }

  mutating func continueWalk(into writer: inout ElementWriter) -> Bool {
    words.continueWalk(fields: 256) { word, count in
      writer.write(word)
      writer.write(count)
    }
  }

  mutating func endWalk() { words.endWalk() }

  func digest(into digest: inout ValueDigest) {
    words.forEach { word, count in
      var element = ValueDigest()
      element.mix(word)
      element.mix(count)
      digest.xor(element)
    }
  }
}
