import ConformanceSupport
import Containers
import Testing

@Suite struct ByteBufferTests {
  @Test func linesAreTakenWhenTheyAreWhole() {
    var buffer = ByteBuffer()
    buffer.append("first\r\n\nlone\rreturn\r\r\nhalf")
    var lines: [String] = []
    while let line = buffer.takeLine() { lines.append(String(decoding: line, as: UTF8.self)) }
    #expect(lines == ["first", "", "lone\rreturn\r"])
    let rest = buffer.bytes.string
    #expect(rest == "half")
  }

  @Test func behavesAsAnArray() {
    var random = SeededGenerator(seed: 29)
    var buffer = ByteBuffer()
    var model: [UInt8] = []
    for step in 0..<20_000 {
      switch random.below(8) {
      case 0...2:
        let bytes = random.bytes(random.below(40), from: Array(0...255))
        buffer.append(bytes.bytes)
        model += bytes
      case 3:
        buffer.append(7)
        model.append(7)
      case 4:
        let value = Int64(bitPattern: random.next() >> UInt64(random.below(64)))
        buffer.append(decimal: value)
        model += ascii(String(value))
      case 5:
        let amount = random.below(model.count + 1)
        buffer.removeFirst(amount)
        model.removeFirst(amount)
      case 6:
        buffer.append(littleEndian: UInt32(step))
        model += (0..<4).map { UInt8(truncatingIfNeeded: step >> ($0 * 8)) }
      default:
        let left = model.count - random.below(min(model.count, 10) + 1)
        buffer.truncate(to: left)
        model.removeLast(model.count - left)
      }
      let isEqual = buffer.bytes == model.bytes && buffer.count == model.count && buffer.capacity >= buffer.count
      #expect(isEqual, "seed 29, step \(step)")
      if !isEqual { return }
    }
  }

  @Test func growsAsDocumented() {
    var buffer = ByteBuffer(capacity: 100)
    let exact = buffer.capacity
    buffer.append(repeating: 1, count: 101)
    let doubled = buffer.capacity
    buffer.append(repeating: 1, count: 4 << 20)
    let large = buffer.capacity
    buffer.append(repeating: 1, count: large - buffer.count + 1)
    let larger = buffer.capacity
    buffer.removeAll(keepingCapacityUpTo: 1 << 30)
    let kept = buffer.capacity
    buffer.removeAll(keepingCapacityUpTo: 1024)
    let released = buffer.capacity
    #expect(exact == 100)
    #expect(doubled == 200)
    #expect(larger == large + large / 4)
    #expect(kept == larger)
    #expect(released == 0)
  }
}
