import ConformanceSupport
import Containers
import Testing

@testable import ServerKernel

@Suite struct InputBufferTests {
  /// Bytes come and go at random: what is there is what an array would hold, and the memory follows it.
  @Test func holdsWhatArrivedAndWasNotTaken() {
    var random = SeededGenerator(seed: 7)
    var buffer = InputBuffer()
    var model: [UInt8] = []
    var next: UInt8 = 0
    for step in 0..<20_000 {
      let bytes = (0..<random.below(300)).map { _ in
        next &+= 1
        return next
      }
      if step % 2 == 0 {
        buffer.append(bytes.bytes)
      } else {
        let space = unsafe buffer.space(for: max(bytes.count, 1))
        unsafe space.copyMemory(from: bytes, byteCount: bytes.count)
        buffer.advance(by: bytes.count)
      }
      model += bytes
      if step % 10 == 3 {
        let dropped = random.below(min(model.count, 20) + 1)
        buffer.removeLast(dropped)
        model.removeLast(dropped)
      }
      let taken = random.below(3) == 0 ? model.count : random.below(min(model.count, 400) + 1)
      if random.below(50) > 0 || model.count < 100_000 {
        buffer.removeFirst(taken)
        model.removeFirst(taken)
      }
      #expect(buffer.count == model.count && buffer.isEmpty == model.isEmpty)
      if step % 16 == 0 { #expect(buffer.bytes.array == model) }
      if buffer.isEmpty { #expect(buffer.capacity == 0) }
    }
  }
}
