import Containers

/// The consumers of a stream's group, and what each has pending, in the order in which they came.
struct ConsumerBuilder {
  private struct Consumer {
    let name: [UInt8]
    let seenTime: Int64
    var pending: [StreamID] = []
  }

  private var consumers: [Consumer] = []
  private var numbers: [[UInt8]: Int] = [:]
  /// The consumer of the entry that came last, which mostly has the next one as well.
  private var last = 0

  mutating func add(_ name: [UInt8], seenTime: Int64) {
    numbers[name] = consumers.count
    consumers.append(Consumer(name: name, seenTime: seenTime))
  }

  mutating func add(pending id: StreamID, of name: borrowing Bytes) {
    if !isLast(name) {
      guard let number = numbers[name.array] else { preconditionFailure("an entry is pending for nobody") }
      last = number
    }
    consumers[last].pending.append(id)
  }

  private func isLast(_ name: borrowing Bytes) -> Bool {
    if consumers.isEmpty { return false }
    let known = consumers[last].name
    return known.bytes == name
  }

  func write(to output: inout ByteBuffer, withActiveTimes: Bool) {
    output.append(length: consumers.count)
    for consumer in consumers {
      output.append(plainString: consumer.name.bytes)
      output.append(littleEndian: consumer.seenTime)
      if withActiveTimes { output.append(littleEndian: consumer.seenTime) }
      output.append(length: consumer.pending.count)
      output.reserve(16 * consumer.pending.count)
      for id in consumer.pending { output.append(packed: id) }
    }
  }
}

extension ByteBuffer {
  /// Appends an identifier as 16 bytes, highest first.
  mutating func append(packed id: StreamID) {
    append(littleEndian: id.time.byteSwapped)
    append(littleEndian: id.sequence.byteSwapped)
  }
}
