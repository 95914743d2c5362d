import Containers
import ServerKernel

extension StreamValue: StoredValue {
  public static var typeName: StaticString { "stream" }
  public static var digestNumber: UInt32 { 6 }
  public static var parameters: [Parameter] { [nodeBytesMax.parameter, nodeEntriesMax.parameter] }

  /// Never: a stream without entries still knows its last identifier, and has groups.
  public var isEmpty: Bool { false }
  public var encodingName: StaticString { "stream" }

  public func copy() -> StreamValue { StreamValue(stream.copy()) }

  /// The stream knows it, so nothing is sampled.
  public func memoryUse(samples: Int) -> Int { stream.memoryUse }
  public var freeEffort: Int { stream.freeEffort }

  public func digest(into digest: inout ValueDigest) {
    var total = ValueDigest()
    swap(&total, &digest)
    stream.forEach(from: .zero, to: .max) { entry in
      let time = DecimalText(entry.id.time)
      let sequence = DecimalText(entry.id.sequence)
      var id = ByteBuffer()
      id.append(time.bytes)
      id.append(Bytes("."))
      id.append(sequence.bytes)
      total.mix(id.bytes)
      entry.forEachField { field, value in
        total.mix(field)
        total.mix(value)
      }
      return true
    }
    swap(&total, &digest)
  }
}

extension ValueDigest {
  /// As `mix` of the element's text.
  fileprivate mutating func mix(_ element: borrowing PackedElement) {
    var text = DecimalText()
    mix(element.text(&text))
  }
}
